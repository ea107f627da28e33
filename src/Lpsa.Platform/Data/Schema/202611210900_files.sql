CREATE TABLE files (
  id {id} NOT NULL CONSTRAINT pk_files PRIMARY KEY,
  name {text} NOT NULL,
  content_type {text} NOT NULL,
  hash {text} NOT NULL,
  length {long} NOT NULL,
  width {int} NULL,
  height {int} NULL,
  alternative_text {text} NOT NULL,
  is_public {bool} NOT NULL,
  created_at {instant} NOT NULL
);
CREATE INDEX ix_files_hash ON files (hash);

CREATE TABLE file_chunks (
  hash {text} NOT NULL,
  number {int} NOT NULL,
  bytes {bytes} NOT NULL,
  CONSTRAINT pk_file_chunks PRIMARY KEY (hash, number)
);
