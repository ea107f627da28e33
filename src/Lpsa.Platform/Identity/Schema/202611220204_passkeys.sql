CREATE TABLE passkeys (
  credential_id {text} NOT NULL CONSTRAINT pk_passkeys PRIMARY KEY,
  account_id {id} NOT NULL CONSTRAINT fk_passkeys_account_id REFERENCES accounts (id) ON DELETE CASCADE,
  public_key {text} NOT NULL,
  name {text} NOT NULL,
  transports {text} NOT NULL,
  sign_count {long} NOT NULL,
  is_backup_eligible {bool} NOT NULL,
  is_backed_up {bool} NOT NULL,
  created_at {instant} NOT NULL,
  used_at {instant} NULL
);
CREATE INDEX ix_passkeys_account_id ON passkeys (account_id);
