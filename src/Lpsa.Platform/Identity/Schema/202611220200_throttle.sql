CREATE TABLE throttle_counts (
  key {text} NOT NULL,
  starts_at {instant} NOT NULL,
  ends_at {instant} NOT NULL,
  taken {int} NOT NULL,
  CONSTRAINT pk_throttle_counts PRIMARY KEY (key, starts_at)
);
CREATE INDEX ix_throttle_counts_ends_at ON throttle_counts (ends_at);
