-- +goose Up

-- Pages of the portal that a person read aloud. Everybody hears one once a second person has.
CREATE TABLE page_recordings (
  id BLOB PRIMARY KEY,
  page TEXT NOT NULL,
  lang TEXT NOT NULL,
  type TEXT NOT NULL CHECK (type IN ('audio/mpeg', 'audio/mp4', 'audio/ogg')),
  seconds INTEGER NOT NULL CHECK (seconds BETWEEN 1 AND 1200),
  size INTEGER NOT NULL CHECK (size BETWEEN 1 AND 6291456),
  sent_by BLOB,
  day TEXT NOT NULL,
  heard_by BLOB,
  heard_day TEXT,
  bytes BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX page_recordings_page ON page_recordings (page, lang);
