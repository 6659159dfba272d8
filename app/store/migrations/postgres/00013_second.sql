-- +goose Up

ALTER TABLE queue_items DROP CONSTRAINT queue_items_kind_check;
ALTER TABLE queue_items ADD CONSTRAINT queue_items_kind_check CHECK (kind IN ('look', 'report', 'second', 'appeal'));
ALTER TABLE queue_items ADD COLUMN asks BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE queue_items ALTER COLUMN asks DROP DEFAULT;
CREATE TABLE desk_asides (
  item_id BYTEA NOT NULL REFERENCES queue_items (id) ON DELETE CASCADE,
  tag BYTEA NOT NULL,
  PRIMARY KEY (item_id, tag)
);

ALTER TABLE decisions DROP CONSTRAINT decisions_action_check;
ALTER TABLE decisions ADD CONSTRAINT decisions_action_check CHECK (action IN ('mask', 'hide', 'remove', 'close', 'pause', 'shut'));
ALTER TABLE decisions ADD COLUMN board TEXT NOT NULL DEFAULT '', ADD COLUMN lang TEXT NOT NULL DEFAULT '', ADD COLUMN days INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN second TEXT NOT NULL DEFAULT '' CHECK (second IN ('', 'waits', 'agreed', 'refused')),
  ADD COLUMN appeal TEXT NOT NULL DEFAULT '' CHECK (appeal IN ('', 'open', 'stays', 'changed')),
  ADD COLUMN appeal_note_id BYTEA, ADD COLUMN answer TEXT NOT NULL DEFAULT '';
ALTER TABLE decisions ALTER COLUMN board DROP DEFAULT, ALTER COLUMN lang DROP DEFAULT, ALTER COLUMN days DROP DEFAULT,
  ALTER COLUMN second DROP DEFAULT, ALTER COLUMN appeal DROP DEFAULT, ALTER COLUMN answer DROP DEFAULT;

CREATE TABLE desk_debriefs (
  id BYTEA PRIMARY KEY,
  role_account_id BYTEA NOT NULL,
  asked_day TEXT NOT NULL,
  due_day TEXT NOT NULL,
  held_day TEXT
);
CREATE INDEX desk_debriefs_due ON desk_debriefs (due_day);
