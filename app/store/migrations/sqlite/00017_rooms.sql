-- +goose Up

ALTER TABLE boards ADD COLUMN closed TEXT;
ALTER TABLE board_texts ADD COLUMN rules TEXT NOT NULL DEFAULT '';
CREATE TABLE board_closings (
  board TEXT PRIMARY KEY REFERENCES boards (slug),
  tag BLOB NOT NULL,
  ends TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE decisions_new (
  id BLOB PRIMARY KEY,
  post_id BLOB NOT NULL,
  topic_id BLOB NOT NULL,
  tag BLOB,
  role_account_id BLOB,
  action TEXT NOT NULL CHECK (action IN ('mask', 'hide', 'remove', 'close', 'pause', 'shut', 'out')),
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
INSERT INTO decisions_new SELECT id, post_id, topic_id, tag, role_account_id, action, reason, words, day, waited, made_by, board, lang, days, second, appeal, appeal_note_id, answer FROM decisions;
DROP TABLE decisions;
ALTER TABLE decisions_new RENAME TO decisions;
CREATE INDEX decisions_tag ON decisions (tag);
CREATE INDEX decisions_post ON decisions (post_id);
