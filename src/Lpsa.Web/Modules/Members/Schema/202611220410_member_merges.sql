-- Two members who may be one person. The score only orders the list; "not the same" is remembered here.
CREATE TABLE member_pairs (
  first_id {id} NOT NULL CONSTRAINT fk_member_pairs_first_id REFERENCES members (id) ON DELETE CASCADE,
  second_id {id} NOT NULL CONSTRAINT fk_member_pairs_second_id REFERENCES members (id) ON DELETE CASCADE,
  state {text} NOT NULL,
  score {int} NOT NULL,
  reasons {text} NOT NULL,
  found_at {instant} NOT NULL,
  CONSTRAINT pk_member_pairs PRIMARY KEY (first_id, second_id)
);
CREATE INDEX ix_member_pairs_second_id ON member_pairs (second_id);
CREATE INDEX ix_member_pairs_state_score_first_id_second_id ON member_pairs (state, score, first_id, second_id);

-- By what members may be found to be the same: one row for each way, equal keys mean a likeness.
CREATE TABLE member_likenesses (
  member_id {id} NOT NULL CONSTRAINT fk_member_likenesses_member_id REFERENCES members (id) ON DELETE CASCADE,
  key {text} NOT NULL,
  CONSTRAINT pk_member_likenesses PRIMARY KEY (member_id, key)
);
CREATE INDEX ix_member_likenesses_key_member_id ON member_likenesses (key, member_id);

-- A merge stands while standing_id is set: it is the id of the account that was merged, which can be merged once.
CREATE TABLE member_merges (
  id {id} NOT NULL CONSTRAINT pk_member_merges PRIMARY KEY,
  standing_id {id} NULL,
  merged_id {id} NOT NULL CONSTRAINT fk_member_merges_merged_id REFERENCES accounts (id) ON DELETE CASCADE,
  survivor_id {id} NOT NULL CONSTRAINT fk_member_merges_survivor_id REFERENCES accounts (id) ON DELETE CASCADE,
  merged_link_version {int} NOT NULL,
  survivor_link_version {int} NOT NULL,
  by_account {id} NULL CONSTRAINT fk_member_merges_by_account REFERENCES accounts (id) ON DELETE SET NULL,
  at {instant} NOT NULL,
  steps {text} NULL,
  undone_at {instant} NULL
);
CREATE UNIQUE INDEX ix_member_merges_standing_id ON member_merges (standing_id);
CREATE INDEX ix_member_merges_merged_id ON member_merges (merged_id);
CREATE INDEX ix_member_merges_survivor_id ON member_merges (survivor_id);
CREATE INDEX ix_member_merges_by_account ON member_merges (by_account);
CREATE INDEX ix_member_merges_at ON member_merges (at);
