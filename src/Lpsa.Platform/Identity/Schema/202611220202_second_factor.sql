CREATE TABLE authenticator_apps (
  account_id {id} NOT NULL CONSTRAINT pk_authenticator_apps PRIMARY KEY CONSTRAINT fk_authenticator_apps_account_id REFERENCES accounts (id) ON DELETE CASCADE,
  secret {text} NOT NULL,
  last_step {long} NOT NULL,
  set_up_at {instant} NOT NULL
);

CREATE TABLE recovery_codes (
  code_hash {text} NOT NULL CONSTRAINT pk_recovery_codes PRIMARY KEY,
  account_id {id} NOT NULL CONSTRAINT fk_recovery_codes_account_id REFERENCES accounts (id) ON DELETE CASCADE,
  used_at {instant} NULL
);
CREATE INDEX ix_recovery_codes_account_id ON recovery_codes (account_id);

CREATE TABLE half_sessions (
  token_hash {text} NOT NULL CONSTRAINT pk_half_sessions PRIMARY KEY,
  account_id {id} NOT NULL CONSTRAINT fk_half_sessions_account_id REFERENCES accounts (id) ON DELETE CASCADE,
  back {text} NOT NULL,
  expires_at {instant} NOT NULL,
  tries {int} NOT NULL
);
CREATE INDEX ix_half_sessions_account_id ON half_sessions (account_id);

ALTER TABLE sessions ADD COLUMN two_factors_at {instant} NULL;
