CREATE TABLE post_comments (
  id {id} NOT NULL CONSTRAINT pk_post_comments PRIMARY KEY,
  post_id {id} NOT NULL CONSTRAINT fk_post_comments_post_id REFERENCES posts (id) ON DELETE CASCADE,
  parent_id {id} NULL,
  author {text} NOT NULL,
  body {text} NOT NULL,
  written_at {instant} NULL
);
CREATE INDEX ix_post_comments_post_id ON post_comments (post_id);
