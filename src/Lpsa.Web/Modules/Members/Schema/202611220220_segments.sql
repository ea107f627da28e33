CREATE TABLE member_segments (
  id {id} NOT NULL CONSTRAINT pk_member_segments PRIMARY KEY,
  name {text} NOT NULL,
  query {text} NOT NULL,
  created_at {instant} NOT NULL
);
CREATE UNIQUE INDEX ix_member_segments_name ON member_segments (name);

CREATE TABLE member_notes (
  id {id} NOT NULL CONSTRAINT pk_member_notes PRIMARY KEY,
  member_id {id} NOT NULL CONSTRAINT fk_member_notes_member_id REFERENCES members (id) ON DELETE CASCADE,
  author {text} NOT NULL,
  text {text} NOT NULL,
  at {instant} NOT NULL
);
CREATE INDEX ix_member_notes_member_id ON member_notes (member_id);
