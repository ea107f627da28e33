CREATE TABLE passwords (
  account_id {id} NOT NULL CONSTRAINT pk_passwords PRIMARY KEY CONSTRAINT fk_passwords_account_id REFERENCES accounts (id) ON DELETE CASCADE,
  hash {text} NOT NULL,
  set_at {instant} NOT NULL
);
