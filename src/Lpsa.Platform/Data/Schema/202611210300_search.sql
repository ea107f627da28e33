CREATE TABLE search_state (
  id {int} NOT NULL CONSTRAINT pk_search_state PRIMARY KEY,
  generation {int} NOT NULL,
  revision {long} NOT NULL,
  analysis {int} NOT NULL
);
INSERT INTO search_state (id, generation, revision, analysis) VALUES (1, 1, 0, 0);

CREATE TABLE search_documents (
  number {long} NOT NULL CONSTRAINT pk_search_documents PRIMARY KEY,
  kind {text} NOT NULL,
  id {id} NOT NULL,
  language {text} NOT NULL,
  date {instant} NULL,
  facets {text} NOT NULL,
  hash {text} NOT NULL,
  revision {long} NOT NULL,
  signature {bytes} NOT NULL
);
CREATE UNIQUE INDEX ix_search_documents_kind_id_language ON search_documents (kind, id, language);
CREATE INDEX ix_search_documents_revision ON search_documents (revision);

CREATE TABLE search_texts (
  number {long} NOT NULL CONSTRAINT pk_search_texts PRIMARY KEY,
  path {text} NOT NULL,
  title {text} NOT NULL,
  summary {text} NOT NULL,
  keywords {text} NOT NULL,
  body {bytes} NOT NULL
);

CREATE TABLE search_removals (
  number {long} NOT NULL CONSTRAINT pk_search_removals PRIMARY KEY,
  revision {long} NOT NULL
);
CREATE INDEX ix_search_removals_revision ON search_removals (revision);

CREATE TABLE search_words (
  word {text} NOT NULL CONSTRAINT pk_search_words PRIMARY KEY,
  size {int} NOT NULL,
  tail {text} NOT NULL,
  shown {text} NOT NULL,
  documents {int} NOT NULL
);
CREATE INDEX ix_search_words_size_word ON search_words (size, word);
CREATE INDEX ix_search_words_tail_size ON search_words (tail, size);

--only sqlite
CREATE VIRTUAL TABLE search_tokens USING fts5(tokens, content='', contentless_delete=1, detail=none, tokenize='ascii');
--end
--only postgres
CREATE TABLE search_tokens (
  number bigint NOT NULL CONSTRAINT pk_search_tokens PRIMARY KEY,
  tokens tsvector NOT NULL
);
CREATE INDEX ix_search_tokens_tokens ON search_tokens USING gin (tokens);
-- The planner takes unpacking a tsvector for cheap and would rather read the whole table (100 ms for 5,000 documents).
-- "+ 0" keeps it from walking the primary key for the same reason.
CREATE FUNCTION search_match(query tsquery, most integer) RETURNS bigint[]
LANGUAGE plpgsql STABLE SET enable_seqscan = off SET jit = off AS $$
BEGIN
  RETURN (
    SELECT coalesce(array_agg(m.number), ARRAY[]::bigint[])
    FROM (SELECT t.number FROM search_tokens t WHERE t.tokens @@ query ORDER BY t.number + 0 LIMIT most) m
  );
END $$;
--end
