CREATE TABLE used_challenges (
  hash {text} NOT NULL CONSTRAINT pk_used_challenges PRIMARY KEY,
  expires_at {instant} NOT NULL
);
CREATE INDEX ix_used_challenges_expires_at ON used_challenges (expires_at);
