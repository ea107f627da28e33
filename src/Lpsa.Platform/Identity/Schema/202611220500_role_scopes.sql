CREATE TABLE account_roles_before AS SELECT account_id, role, until FROM account_roles;
DROP TABLE account_roles;
CREATE TABLE account_roles (
  account_id {id} NOT NULL CONSTRAINT fk_account_roles_account_id REFERENCES accounts (id) ON DELETE CASCADE,
  role {text} NOT NULL,
  scope {text} NOT NULL,
  until {instant} NULL,
  CONSTRAINT pk_account_roles PRIMARY KEY (account_id, role, scope)
);
INSERT INTO account_roles (account_id, role, scope, until) SELECT account_id, role, 'everything', until FROM account_roles_before;
DROP TABLE account_roles_before;
