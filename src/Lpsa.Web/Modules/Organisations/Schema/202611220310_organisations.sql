CREATE TABLE organisations (
  id {id} NOT NULL CONSTRAINT pk_organisations PRIMARY KEY,
  slug {text} NOT NULL,
  name {text} NOT NULL,
  language {text} NOT NULL,
  acronym {text} NOT NULL,
  other_names {text} NOT NULL,
  kind {text} NOT NULL,
  country {text} NULL,
  website {text} NOT NULL,
  ror {text} NOT NULL,
  wikidata {text} NOT NULL,
  description {text} NOT NULL,
  state {text} NOT NULL,
  closed_on {date} NULL,
  closed_note {text} NOT NULL,
  changed_at {instant} NOT NULL
);
CREATE UNIQUE INDEX ix_organisations_slug ON organisations (slug);
CREATE INDEX ix_organisations_state_name ON organisations (state, name);
CREATE INDEX ix_organisations_country ON organisations (country);

-- Recognition, partnership and a seat on the Advisory Board are decided one by one and never follow from each other.
CREATE TABLE organisation_marks (
  id {id} NOT NULL CONSTRAINT pk_organisation_marks PRIMARY KEY,
  organisation_id {id} NOT NULL CONSTRAINT fk_organisation_marks_organisation_id REFERENCES organisations (id) ON DELETE CASCADE,
  kind {text} NOT NULL,
  from_day {date} NOT NULL,
  until_day {date} NULL,
  note {text} NOT NULL,
  end_note {text} NOT NULL,
  decided_at {instant} NOT NULL
);
CREATE INDEX ix_organisation_marks_organisation_id_kind ON organisation_marks (organisation_id, kind);

-- Written by the person alone. The numbers of seen_by: 0 nobody, 1 my groups, 2 members, 3 everyone.
CREATE TABLE organisation_affiliations (
  id {id} NOT NULL CONSTRAINT pk_organisation_affiliations PRIMARY KEY,
  organisation_id {id} NOT NULL CONSTRAINT fk_organisation_affiliations_organisation_id REFERENCES organisations (id) ON DELETE CASCADE,
  account_id {id} NOT NULL CONSTRAINT fk_organisation_affiliations_account_id REFERENCES accounts (id) ON DELETE CASCADE,
  role {text} NOT NULL,
  from_day {date} NULL,
  until_day {date} NULL,
  seen_by {int} NOT NULL,
  standing {text} NOT NULL,
  represents {bool} NOT NULL,
  said_at {instant} NOT NULL,
  answered_at {instant} NULL
);
CREATE UNIQUE INDEX ix_organisation_affiliations_organisation_id_account_id ON organisation_affiliations (organisation_id, account_id);
CREATE INDEX ix_organisation_affiliations_account_id ON organisation_affiliations (account_id);

CREATE TABLE recognition_requests (
  id {id} NOT NULL CONSTRAINT pk_recognition_requests PRIMARY KEY,
  account_id {id} NULL CONSTRAINT fk_recognition_requests_account_id REFERENCES accounts (id) ON DELETE SET NULL,
  organisation_id {id} NULL CONSTRAINT fk_recognition_requests_organisation_id REFERENCES organisations (id) ON DELETE SET NULL,
  name {text} NOT NULL,
  kind {text} NOT NULL,
  country {text} NULL,
  website {text} NOT NULL,
  mark {text} NOT NULL,
  reason {text} NOT NULL,
  evidence {text} NOT NULL,
  wants_to_represent {bool} NOT NULL,
  state {text} NOT NULL,
  asked_at {instant} NOT NULL,
  changed_at {instant} NOT NULL
);
CREATE INDEX ix_recognition_requests_account_id ON recognition_requests (account_id);
CREATE INDEX ix_recognition_requests_organisation_id ON recognition_requests (organisation_id);
CREATE INDEX ix_recognition_requests_state_asked_at ON recognition_requests (state, asked_at);

CREATE TABLE recognition_steps (
  id {id} NOT NULL CONSTRAINT pk_recognition_steps PRIMARY KEY,
  request_id {id} NOT NULL CONSTRAINT fk_recognition_steps_request_id REFERENCES recognition_requests (id) ON DELETE CASCADE,
  state {text} NOT NULL,
  by_staff {bool} NOT NULL,
  note {text} NOT NULL,
  at {instant} NOT NULL
);
CREATE INDEX ix_recognition_steps_request_id_at ON recognition_steps (request_id, at);
