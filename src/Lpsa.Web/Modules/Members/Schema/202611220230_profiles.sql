-- Only those who want to be found have a row here. The numbers of seen_by: 0 nobody, 1 my groups, 2 members, 3 everyone.
CREATE TABLE member_profiles (
  member_id {id} NOT NULL CONSTRAINT pk_member_profiles PRIMARY KEY CONSTRAINT fk_member_profiles_member_id REFERENCES members (id) ON DELETE CASCADE,
  slug {text} NOT NULL,
  listed {bool} NOT NULL,
  headline {text} NOT NULL,
  about {text} NOT NULL,
  website {text} NOT NULL,
  orcid {text} NOT NULL,
  linked_in {text} NOT NULL,
  advice {bool} NOT NULL,
  speaking {bool} NOT NULL,
  reviewing {bool} NOT NULL,
  mentoring {bool} NOT NULL,
  name_seen_by {int} NOT NULL,
  headline_seen_by {int} NOT NULL,
  about_seen_by {int} NOT NULL,
  website_seen_by {int} NOT NULL,
  orcid_seen_by {int} NOT NULL,
  linked_in_seen_by {int} NOT NULL,
  country_seen_by {int} NOT NULL,
  institution_seen_by {int} NOT NULL,
  stakeholder_seen_by {int} NOT NULL,
  themes_seen_by {int} NOT NULL,
  sectors_seen_by {int} NOT NULL,
  languages_seen_by {int} NOT NULL,
  availability_seen_by {int} NOT NULL,
  author_slug {text} NULL,
  changed_at {instant} NOT NULL
);
CREATE UNIQUE INDEX ix_member_profiles_slug ON member_profiles (slug);
CREATE INDEX ix_member_profiles_listed_changed_at ON member_profiles (listed, changed_at);
