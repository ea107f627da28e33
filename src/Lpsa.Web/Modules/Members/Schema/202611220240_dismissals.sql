CREATE TABLE member_dismissals (
  member_id {id} NOT NULL CONSTRAINT fk_member_dismissals_member_id REFERENCES members (id) ON DELETE CASCADE,
  path {text} NOT NULL,
  at {instant} NOT NULL,
  CONSTRAINT pk_member_dismissals PRIMARY KEY (member_id, path)
);
