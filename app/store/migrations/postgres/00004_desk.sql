-- +goose Up

CREATE TABLE queue_items (
  id BYTEA PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('look', 'report')),
  post_id BYTEA NOT NULL,
  board TEXT NOT NULL,
  lang TEXT NOT NULL,
  urgent INTEGER NOT NULL,
  reasons TEXT NOT NULL,
  since TEXT NOT NULL,
  claimed_by BYTEA,
  claimed_until TEXT NOT NULL,
  UNIQUE (post_id, kind)
);
CREATE INDEX queue_order ON queue_items (urgent DESC, since, id);
CREATE TABLE decisions (
  id BYTEA PRIMARY KEY,
  post_id BYTEA NOT NULL,
  topic_id BYTEA NOT NULL,
  tag BYTEA,
  role_account_id BYTEA,
  action TEXT NOT NULL CHECK (action IN ('mask', 'hide', 'remove', 'close', 'pause')),
  reason TEXT NOT NULL,
  words TEXT NOT NULL,
  day TEXT NOT NULL,
  waited TEXT NOT NULL CHECK (waited IN ('minutes', 'hour', 'day', 'longer')),
  made_by BYTEA NOT NULL
);
CREATE INDEX decisions_tag ON decisions (tag);
CREATE INDEX decisions_post ON decisions (post_id);
CREATE TABLE desk_counts (
  month TEXT NOT NULL,
  action TEXT NOT NULL,
  reason TEXT NOT NULL,
  waited TEXT NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (month, action, reason, waited)
);
