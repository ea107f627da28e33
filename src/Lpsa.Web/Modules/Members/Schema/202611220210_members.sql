-- A member is an account that said yes; both share their id. What a person says of themselves is here and not in accounts.
CREATE TABLE members (
  id {id} NOT NULL CONSTRAINT pk_members PRIMARY KEY CONSTRAINT fk_members_id REFERENCES accounts (id) ON DELETE CASCADE,
  state {text} NOT NULL,
  joined_at {instant} NOT NULL,
  left_at {instant} NULL,
  origin {text} NOT NULL,
  language {text} NOT NULL,
  country {text} NULL,
  stakeholder {text} NULL,
  institution {text} NOT NULL,
  position {text} NOT NULL,
  newsletter {text} NOT NULL,
  announcements {text} NOT NULL,
  group_messages {text} NOT NULL,
  event_reminders {text} NOT NULL,
  digests {text} NOT NULL,
  paused_until {date} NULL,
  link_version {int} NOT NULL,
  changed_at {instant} NOT NULL
);
CREATE INDEX ix_members_state_country ON members (state, country);
CREATE INDEX ix_members_joined_at ON members (joined_at);

CREATE TABLE member_interests (
  member_id {id} NOT NULL CONSTRAINT fk_member_interests_member_id REFERENCES members (id) ON DELETE CASCADE,
  axis {text} NOT NULL,
  code {text} NOT NULL,
  CONSTRAINT pk_member_interests PRIMARY KEY (member_id, axis, code)
);
CREATE INDEX ix_member_interests_axis_code ON member_interests (axis, code);

-- One row for each stretch of membership, so that a count of an old date stays what it was when somebody comes back.
CREATE TABLE member_periods (
  id {id} NOT NULL CONSTRAINT pk_member_periods PRIMARY KEY,
  member_id {id} NOT NULL CONSTRAINT fk_member_periods_member_id REFERENCES members (id) ON DELETE CASCADE,
  started_at {instant} NOT NULL,
  ended_at {instant} NULL
);
CREATE INDEX ix_member_periods_member_id ON member_periods (member_id);
CREATE INDEX ix_member_periods_started_at ON member_periods (started_at);

CREATE TABLE member_consents (
  id {id} NOT NULL CONSTRAINT pk_member_consents PRIMARY KEY,
  member_id {id} NOT NULL CONSTRAINT fk_member_consents_member_id REFERENCES members (id) ON DELETE CASCADE,
  at {instant} NOT NULL,
  act {text} NOT NULL,
  how {text} NOT NULL,
  shown {text} NOT NULL,
  choices {json} NOT NULL,
  network {text} NOT NULL,
  asked_at {instant} NULL
);
CREATE INDEX ix_member_consents_member_id ON member_consents (member_id);

CREATE TABLE member_registrations (
  id {id} NOT NULL CONSTRAINT pk_member_registrations PRIMARY KEY,
  token_hash {text} NULL,
  email {text} NOT NULL,
  email_key {text} NOT NULL,
  choices {json} NOT NULL,
  language {text} NOT NULL,
  shown {text} NOT NULL,
  network {text} NOT NULL,
  asked_at {instant} NOT NULL,
  expires_at {instant} NOT NULL,
  used_at {instant} NULL
);
CREATE UNIQUE INDEX ix_member_registrations_token_hash ON member_registrations (token_hash);
CREATE INDEX ix_member_registrations_email_key ON member_registrations (email_key);
CREATE INDEX ix_member_registrations_expires_at ON member_registrations (expires_at);

-- Keyed hashes, so that a person who was erased stays unwritten-to without being on a list.
CREATE TABLE suppressions (
  address_hash {text} NOT NULL,
  scope {text} NOT NULL,
  reason {text} NOT NULL,
  origin {text} NOT NULL,
  at {instant} NOT NULL,
  CONSTRAINT pk_suppressions PRIMARY KEY (address_hash, scope)
);

CREATE TABLE secret_keys (
  name {text} NOT NULL CONSTRAINT pk_secret_keys PRIMARY KEY,
  value {bytes} NOT NULL
);
