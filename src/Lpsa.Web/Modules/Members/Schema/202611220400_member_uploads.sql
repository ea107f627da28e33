-- A file that staff sent through the pages: what is to be done with it, how far that is, and what came of it.
CREATE TABLE member_uploads (
  id {id} NOT NULL CONSTRAINT pk_member_uploads PRIMARY KEY,
  file {text} NOT NULL,
  length {long} NOT NULL,
  stored {text} NULL,
  by_account {id} NULL CONSTRAINT fk_member_uploads_by_account REFERENCES accounts (id) ON DELETE SET NULL,
  state {text} NOT NULL,
  shape {json} NOT NULL,
  fields {json} NOT NULL,
  keeps_going {bool} NOT NULL,
  format {text} NOT NULL,
  problem {text} NULL,
  rows_total {int} NOT NULL,
  rows_done {int} NOT NULL,
  taken {int} NOT NULL,
  changed {int} NOT NULL,
  unchanged {int} NOT NULL,
  suppressed {int} NOT NULL,
  rejected {int} NOT NULL,
  created_at {instant} NOT NULL,
  started_at {instant} NULL,
  ended_at {instant} NULL
);
CREATE INDEX ix_member_uploads_by_account ON member_uploads (by_account);
CREATE INDEX ix_member_uploads_created_at ON member_uploads (created_at);

-- What the check found about single rows. Holds addresses, so it goes a month after the file.
CREATE TABLE member_upload_lines (
  upload_id {id} NOT NULL CONSTRAINT fk_member_upload_lines_upload_id REFERENCES member_uploads (id) ON DELETE CASCADE,
  number {int} NOT NULL,
  kind {text} NOT NULL,
  part {text} NOT NULL,
  line {long} NOT NULL,
  field {text} NOT NULL,
  value {text} NOT NULL,
  reason {text} NOT NULL,
  CONSTRAINT pk_member_upload_lines PRIMARY KEY (upload_id, number)
);
CREATE INDEX ix_member_upload_lines_upload_id_kind_number ON member_upload_lines (upload_id, kind, number);
