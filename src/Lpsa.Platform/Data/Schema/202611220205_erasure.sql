CREATE TABLE erasure_requests (
  account_id {id} NOT NULL CONSTRAINT pk_erasure_requests PRIMARY KEY CONSTRAINT fk_erasure_requests_account_id REFERENCES accounts (id) ON DELETE CASCADE,
  token_hash {text} NOT NULL,
  asked_at {instant} NOT NULL,
  due_at {instant} NULL
);
CREATE UNIQUE INDEX ix_erasure_requests_token_hash ON erasure_requests (token_hash);
CREATE INDEX ix_erasure_requests_due_at ON erasure_requests (due_at);

CREATE TABLE erased_accounts (
  id {id} NOT NULL CONSTRAINT pk_erased_accounts PRIMARY KEY,
  at {instant} NOT NULL
);
