-- Letters that one member had relayed to another. Withheld: the recipient had blocked the sender, who is not told.
CREATE TABLE member_messages (
  id {id} NOT NULL CONSTRAINT pk_member_messages PRIMARY KEY,
  sender_id {id} NOT NULL CONSTRAINT fk_member_messages_sender_id REFERENCES members (id) ON DELETE CASCADE,
  recipient_id {id} NOT NULL CONSTRAINT fk_member_messages_recipient_id REFERENCES members (id) ON DELETE CASCADE,
  body {text} NOT NULL,
  sent_at {instant} NOT NULL,
  withheld {bool} NOT NULL,
  reported_at {instant} NULL,
  report {text} NOT NULL
);
CREATE INDEX ix_member_messages_sender_id_sent_at ON member_messages (sender_id, sent_at);
CREATE INDEX ix_member_messages_recipient_id_sent_at ON member_messages (recipient_id, sent_at);
CREATE INDEX ix_member_messages_reported_at ON member_messages (reported_at);

CREATE TABLE member_blocks (
  member_id {id} NOT NULL CONSTRAINT fk_member_blocks_member_id REFERENCES members (id) ON DELETE CASCADE,
  blocked_id {id} NOT NULL CONSTRAINT fk_member_blocks_blocked_id REFERENCES members (id) ON DELETE CASCADE,
  at {instant} NOT NULL,
  CONSTRAINT pk_member_blocks PRIMARY KEY (member_id, blocked_id)
);
CREATE INDEX ix_member_blocks_blocked_id ON member_blocks (blocked_id);
