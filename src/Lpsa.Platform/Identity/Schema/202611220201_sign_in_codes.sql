CREATE TABLE sign_in_codes (
  browser_hash {text} NOT NULL CONSTRAINT pk_sign_in_codes PRIMARY KEY,
  token_hash {text} NOT NULL CONSTRAINT fk_sign_in_codes_token_hash REFERENCES sign_in_links (token_hash) ON DELETE CASCADE,
  code_hash {text} NOT NULL,
  tries {int} NOT NULL
);
CREATE INDEX ix_sign_in_codes_token_hash ON sign_in_codes (token_hash);
