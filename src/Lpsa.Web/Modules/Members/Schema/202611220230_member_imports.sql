-- One row for each file that changed something; the audit log has it instead of a line for every person in the file.
CREATE TABLE member_imports (
  id {id} NOT NULL CONSTRAINT pk_member_imports PRIMARY KEY,
  at {instant} NOT NULL,
  file {text} NOT NULL,
  format {text} NOT NULL,
  taken {int} NOT NULL,
  changed {int} NOT NULL,
  suppressed {int} NOT NULL,
  rejected {int} NOT NULL
);
