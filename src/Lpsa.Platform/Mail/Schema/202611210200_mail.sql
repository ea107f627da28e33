CREATE TABLE outgoing_mail (
  id {id} NOT NULL CONSTRAINT pk_outgoing_mail PRIMARY KEY,
  kind {text} NOT NULL,
  from_address {text} NOT NULL,
  from_name {text} NOT NULL,
  to_address {text} NOT NULL,
  to_name {text} NOT NULL,
  reply_to {text} NULL,
  subject {text} NOT NULL,
  text {text} NOT NULL,
  html {text} NOT NULL,
  headers {json} NOT NULL,
  state {text} NOT NULL,
  attempt {int} NOT NULL,
  explanation {text} NULL,
  created_at {instant} NOT NULL,
  next_at {instant} NOT NULL,
  expires_at {instant} NOT NULL,
  ended_at {instant} NULL
);
CREATE INDEX ix_outgoing_mail_state_next_at ON outgoing_mail (state, next_at);
CREATE INDEX ix_outgoing_mail_to_address ON outgoing_mail (to_address);
