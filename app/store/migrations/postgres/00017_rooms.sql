-- +goose Up

ALTER TABLE boards ADD COLUMN closed TEXT;
ALTER TABLE board_texts ADD COLUMN rules TEXT NOT NULL DEFAULT '';
ALTER TABLE board_texts ALTER COLUMN rules DROP DEFAULT;
CREATE TABLE board_closings (
  board TEXT PRIMARY KEY REFERENCES boards (slug),
  tag BYTEA NOT NULL,
  ends TEXT NOT NULL
);

ALTER TABLE decisions DROP CONSTRAINT decisions_action_check;
ALTER TABLE decisions ADD CONSTRAINT decisions_action_check CHECK (action IN ('mask', 'hide', 'remove', 'close', 'pause', 'shut', 'out'));
