-- +goose Up

-- Kinds of meetings, series of dates, and whom one is for: a group of the forum, or the
-- people of one agreement of supervision. The number of changes goes into calendar files.
ALTER TABLE meetings ADD COLUMN kind TEXT NOT NULL DEFAULT 'meeting' CHECK (kind IN ('workshop', 'meeting', 'talk', 'supervision'));
ALTER TABLE meetings ADD COLUMN series_id BLOB;
ALTER TABLE meetings ADD COLUMN board TEXT NOT NULL DEFAULT '';
ALTER TABLE meetings ADD COLUMN relation_id BLOB;
ALTER TABLE meetings ADD COLUMN rests BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE meetings ADD COLUMN note TEXT NOT NULL DEFAULT '';
ALTER TABLE meetings ADD COLUMN changes INTEGER NOT NULL DEFAULT 0;
UPDATE meetings SET kind = 'workshop' WHERE module <> '';
CREATE INDEX meetings_series ON meetings (series_id, day);
