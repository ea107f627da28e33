CREATE TABLE authors (
  id {id} NOT NULL CONSTRAINT pk_authors PRIMARY KEY,
  slug {text} NOT NULL,
  name {text} NOT NULL,
  is_organisation {bool} NOT NULL,
  about {text} NULL,
  website {text} NULL
);
CREATE UNIQUE INDEX ix_authors_slug ON authors (slug);

CREATE TABLE posts (
  id {id} NOT NULL CONSTRAINT pk_posts PRIMARY KEY,
  slug {text} NOT NULL,
  kind {text} NOT NULL,
  state {text} NOT NULL,
  language {text} NOT NULL,
  title {text} NOT NULL,
  summary {text} NOT NULL,
  body {text} NOT NULL,
  date {date} NULL,
  precision {text} NOT NULL,
  licence {text} NULL,
  picture {text} NULL,
  picture_text {text} NULL,
  source_address {text} NULL,
  source_note {text} NULL,
  import_key {text} NULL,
  checked_on {date} NULL,
  created_at {instant} NOT NULL,
  created_by {id} NULL,
  changed_at {instant} NOT NULL,
  published_at {instant} NULL,
  due_at {instant} NULL,
  preview_token {text} NULL,
  content_version {int} NOT NULL,
  version {int} NOT NULL
);
CREATE UNIQUE INDEX ix_posts_slug ON posts (slug);
CREATE UNIQUE INDEX ix_posts_import_key ON posts (import_key);
CREATE UNIQUE INDEX ix_posts_preview_token ON posts (preview_token);
CREATE INDEX ix_posts_state_due_at ON posts (state, due_at);

CREATE TABLE post_facets (
  post_id {id} NOT NULL CONSTRAINT fk_post_facets_post_id REFERENCES posts (id) ON DELETE CASCADE,
  axis {text} NOT NULL,
  code {text} NOT NULL,
  CONSTRAINT pk_post_facets PRIMARY KEY (post_id, axis, code)
);
CREATE INDEX ix_post_facets_axis_code ON post_facets (axis, code);

CREATE TABLE post_credits (
  post_id {id} NOT NULL CONSTRAINT fk_post_credits_post_id REFERENCES posts (id) ON DELETE CASCADE,
  author_id {id} NOT NULL CONSTRAINT fk_post_credits_author_id REFERENCES authors (id) ON DELETE RESTRICT,
  role {text} NOT NULL,
  position {int} NOT NULL,
  CONSTRAINT pk_post_credits PRIMARY KEY (post_id, author_id, role)
);
CREATE INDEX ix_post_credits_author_id ON post_credits (author_id);

CREATE TABLE post_translations (
  post_id {id} NOT NULL CONSTRAINT fk_post_translations_post_id REFERENCES posts (id) ON DELETE CASCADE,
  language {text} NOT NULL,
  title {text} NOT NULL,
  summary {text} NOT NULL,
  body {text} NOT NULL,
  state {text} NOT NULL,
  source_version {int} NOT NULL,
  changed_at {instant} NOT NULL,
  CONSTRAINT pk_post_translations PRIMARY KEY (post_id, language)
);

CREATE TABLE post_revisions (
  id {id} NOT NULL CONSTRAINT pk_post_revisions PRIMARY KEY,
  post_id {id} NOT NULL CONSTRAINT fk_post_revisions_post_id REFERENCES posts (id) ON DELETE CASCADE,
  language {text} NOT NULL,
  number {int} NOT NULL,
  title {text} NOT NULL,
  summary {text} NOT NULL,
  body {text} NOT NULL,
  saved_at {instant} NOT NULL,
  saved_by {text} NOT NULL
);
CREATE UNIQUE INDEX ix_post_revisions_post_id_language_number ON post_revisions (post_id, language, number);

CREATE TABLE post_working_copies (
  post_id {id} NOT NULL CONSTRAINT fk_post_working_copies_post_id REFERENCES posts (id) ON DELETE CASCADE,
  account_id {id} NOT NULL CONSTRAINT fk_post_working_copies_account_id REFERENCES accounts (id) ON DELETE CASCADE,
  language {text} NOT NULL,
  base_version {int} NOT NULL,
  title {text} NOT NULL,
  summary {text} NOT NULL,
  body {text} NOT NULL,
  saved_at {instant} NOT NULL,
  CONSTRAINT pk_post_working_copies PRIMARY KEY (post_id, account_id, language)
);
CREATE INDEX ix_post_working_copies_account_id ON post_working_copies (account_id);
