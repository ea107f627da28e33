CREATE TABLE edited_terms (
  id {id} NOT NULL CONSTRAINT pk_edited_terms PRIMARY KEY,
  vocabulary {text} NOT NULL,
  code {text} NOT NULL,
  slug {text} NOT NULL,
  parent {text} NULL,
  labels {text} NOT NULL,
  definitions {text} NOT NULL,
  alternatives {text} NOT NULL,
  cofog {text} NOT NULL,
  merged_into {text} NULL
);
CREATE UNIQUE INDEX ix_edited_terms_vocabulary_code ON edited_terms (vocabulary, code);
CREATE UNIQUE INDEX ix_edited_terms_vocabulary_slug ON edited_terms (vocabulary, slug);
