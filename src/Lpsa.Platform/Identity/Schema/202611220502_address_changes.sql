CREATE TABLE address_changes (
  id {id} NOT NULL CONSTRAINT pk_address_changes PRIMARY KEY,
  account_id {id} NOT NULL CONSTRAINT fk_address_changes_account_id REFERENCES accounts (id) ON DELETE CASCADE,
  old_email {text} NOT NULL,
  new_email {text} NOT NULL,
  language {text} NOT NULL,
  by_staff {bool} NOT NULL,
  asked_at {instant} NOT NULL,
  not_before {instant} NOT NULL,
  expires_at {instant} NOT NULL,
  old_hash {text} NULL,
  new_hash {text} NULL,
  old_confirmed_at {instant} NULL,
  new_confirmed_at {instant} NULL,
  done_at {instant} NULL,
  undo_hash {text} NULL,
  undo_until {instant} NULL,
  undone_at {instant} NULL
);
CREATE INDEX ix_address_changes_account_id ON address_changes (account_id);
CREATE UNIQUE INDEX ix_address_changes_old_hash ON address_changes (old_hash);
CREATE UNIQUE INDEX ix_address_changes_new_hash ON address_changes (new_hash);
CREATE UNIQUE INDEX ix_address_changes_undo_hash ON address_changes (undo_hash);
