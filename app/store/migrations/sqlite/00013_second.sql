-- +goose Up

CREATE TABLE queue_items_new (
  id BLOB PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('look', 'report', 'second', 'appeal')),
  post_id BLOB NOT NULL,
  board TEXT NOT NULL,
  lang TEXT NOT NULL,
  urgent INTEGER NOT NULL,
  reasons TEXT NOT NULL,
  since TEXT NOT NULL,
  claimed_by BLOB,
  claimed_until TEXT NOT NULL,
  asks BOOLEAN NOT NULL,
  UNIQUE (post_id, kind)
) WITHOUT ROWID;
INSERT INTO queue_items_new SELECT id, kind, post_id, board, lang, urgent, reasons, since, claimed_by, claimed_until, FALSE FROM queue_items;
DROP TABLE queue_items;
ALTER TABLE queue_items_new RENAME TO queue_items;
CREATE INDEX queue_order ON queue_items (urgent DESC, since, id);
CREATE TABLE desk_asides (
  item_id BLOB NOT NULL REFERENCES queue_items (id) ON DELETE CASCADE,
  tag BLOB NOT NULL,
  PRIMARY KEY (item_id, tag)
) WITHOUT ROWID;

CREATE TABLE decisions_new (
  id BLOB PRIMARY KEY,
  post_id BLOB NOT NULL,
  topic_id BLOB NOT NULL,
  tag BLOB,
  role_account_id BLOB,
  action TEXT NOT NULL CHECK (action IN ('mask', 'hide', 'remove', 'close', 'pause', 'shut')),
  reason TEXT NOT NULL,
  words TEXT NOT NULL,
  day TEXT NOT NULL,
  waited TEXT NOT NULL CHECK (waited IN ('minutes', 'hour', 'day', 'longer')),
  made_by BLOB NOT NULL,
  board TEXT NOT NULL,
  lang TEXT NOT NULL,
  days INTEGER NOT NULL,
  second TEXT NOT NULL CHECK (second IN ('', 'waits', 'agreed', 'refused')),
  appeal TEXT NOT NULL CHECK (appeal IN ('', 'open', 'stays', 'changed')),
  appeal_note_id BLOB,
  answer TEXT NOT NULL
) WITHOUT ROWID;
INSERT INTO decisions_new SELECT id, post_id, topic_id, tag, role_account_id, action, reason, words, day, waited, made_by, '', '', 0, '', '', NULL, '' FROM decisions;
DROP TABLE decisions;
ALTER TABLE decisions_new RENAME TO decisions;
CREATE INDEX decisions_tag ON decisions (tag);
CREATE INDEX decisions_post ON decisions (post_id);

CREATE TABLE desk_debriefs (
  id BLOB PRIMARY KEY,
  role_account_id BLOB NOT NULL,
  asked_day TEXT NOT NULL,
  due_day TEXT NOT NULL,
  held_day TEXT
) WITHOUT ROWID;
CREATE INDEX desk_debriefs_due ON desk_debriefs (due_day);
