CREATE TABLE jobs (
  id {id} NOT NULL CONSTRAINT pk_jobs PRIMARY KEY,
  handler {text} NOT NULL,
  payload {json} NOT NULL,
  unique_key {text} NULL,
  state {text} NOT NULL,
  due_at {instant} NOT NULL,
  leased_until {instant} NULL,
  tries {int} NOT NULL,
  last_error {text} NULL,
  created_at {instant} NOT NULL
);
CREATE UNIQUE INDEX ix_jobs_unique_key ON jobs (unique_key);
CREATE INDEX ix_jobs_state_due_at ON jobs (state, due_at);

CREATE TABLE audit_entries (
  number {long} NOT NULL CONSTRAINT pk_audit_entries PRIMARY KEY,
  at {instant} NOT NULL,
  actor {text} NOT NULL,
  action {text} NOT NULL,
  entity {text} NOT NULL,
  entity_id {text} NOT NULL,
  before {text} NULL,
  after {text} NULL,
  previous_hash {text} NOT NULL,
  hash {text} NOT NULL
);
CREATE INDEX ix_audit_entries_entity_entity_id ON audit_entries (entity, entity_id);
--only sqlite
CREATE TRIGGER audit_entries_no_update BEFORE UPDATE ON audit_entries BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_entries_no_delete BEFORE DELETE ON audit_entries BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
--end
--only postgres
CREATE FUNCTION audit_entries_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$;
CREATE TRIGGER audit_entries_append_only BEFORE UPDATE OR DELETE ON audit_entries FOR EACH ROW EXECUTE FUNCTION audit_entries_refuse();
CREATE TRIGGER audit_entries_no_truncate BEFORE TRUNCATE ON audit_entries FOR EACH STATEMENT EXECUTE FUNCTION audit_entries_refuse();
--end

CREATE TABLE accounts (
  id {id} NOT NULL CONSTRAINT pk_accounts PRIMARY KEY,
  email {text} NOT NULL,
  email_key {text} NOT NULL,
  name {text} NOT NULL,
  created_at {instant} NOT NULL,
  closed_at {instant} NULL
);
CREATE UNIQUE INDEX ix_accounts_email_key ON accounts (email_key);

CREATE TABLE account_roles (
  account_id {id} NOT NULL CONSTRAINT fk_account_roles_account_id REFERENCES accounts (id) ON DELETE CASCADE,
  role {text} NOT NULL,
  until {instant} NULL,
  CONSTRAINT pk_account_roles PRIMARY KEY (account_id, role)
);

CREATE TABLE sessions (
  id {id} NOT NULL CONSTRAINT pk_sessions PRIMARY KEY,
  account_id {id} NOT NULL CONSTRAINT fk_sessions_account_id REFERENCES accounts (id) ON DELETE CASCADE,
  started_at {instant} NOT NULL,
  expires_at {instant} NOT NULL,
  device {text} NOT NULL
);
CREATE INDEX ix_sessions_account_id ON sessions (account_id);

CREATE TABLE sign_in_links (
  token_hash {text} NOT NULL CONSTRAINT pk_sign_in_links PRIMARY KEY,
  account_id {id} NOT NULL CONSTRAINT fk_sign_in_links_account_id REFERENCES accounts (id) ON DELETE CASCADE,
  expires_at {instant} NOT NULL,
  used_at {instant} NULL
);
CREATE INDEX ix_sign_in_links_account_id ON sign_in_links (account_id);

CREATE TABLE protection_keys (
  id {id} NOT NULL CONSTRAINT pk_protection_keys PRIMARY KEY,
  name {text} NOT NULL,
  xml {text} NOT NULL
);

CREATE TABLE settings (
  key {text} NOT NULL CONSTRAINT pk_settings PRIMARY KEY,
  value {text} NOT NULL
);

CREATE TABLE old_addresses (
  path {text} NOT NULL CONSTRAINT pk_old_addresses PRIMARY KEY,
  target {text} NOT NULL
);
