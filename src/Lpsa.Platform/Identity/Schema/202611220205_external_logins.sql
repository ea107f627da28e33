CREATE TABLE external_logins (
  service {text} NOT NULL,
  subject {text} NOT NULL,
  account_id {id} NOT NULL CONSTRAINT fk_external_logins_account_id REFERENCES accounts (id) ON DELETE CASCADE,
  linked_at {instant} NOT NULL,
  CONSTRAINT pk_external_logins PRIMARY KEY (service, subject)
);
CREATE INDEX ix_external_logins_account_id ON external_logins (account_id);
