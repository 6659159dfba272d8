-- +goose Up

-- What somebody told without an account. Her words are sealed; the row holds what puts the
-- waiting ones in order. Nothing here leads to a person.
CREATE TABLE notices (
  id BLOB PRIMARY KEY CHECK (length(id) = 16),
  country TEXT NOT NULL,
  region TEXT NOT NULL DEFAULT '',
  kind TEXT NOT NULL,
  wish TEXT NOT NULL,
  lang TEXT NOT NULL,
  urgent BOOLEAN NOT NULL DEFAULT FALSE,
  state TEXT NOT NULL CHECK (state IN ('waits', 'answered', 'closed')),
  step TEXT NOT NULL DEFAULT '',
  goes TEXT NOT NULL DEFAULT '' CHECK (goes IN ('', 'yes', 'no')),
  day TEXT NOT NULL,
  code_hash BLOB NOT NULL UNIQUE,
  hers BLOB NOT NULL,
  last_no INTEGER NOT NULL,
  claimed_by BLOB,
  claimed_until TEXT NOT NULL DEFAULT '',
  keep_until TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE notice_parts (
  id BLOB PRIMARY KEY CHECK (length(id) = 16),
  notice_id BLOB NOT NULL,
  no INTEGER NOT NULL,
  sealed_id BLOB NOT NULL,
  day TEXT NOT NULL
) WITHOUT ROWID;
CREATE UNIQUE INDEX notice_parts_order ON notice_parts (notice_id, no);

-- Warnings for everybody. They know no notice.
CREATE TABLE tips (
  id BLOB PRIMARY KEY CHECK (length(id) = 16),
  country TEXT NOT NULL,
  region TEXT NOT NULL DEFAULT '',
  kind TEXT NOT NULL,
  month TEXT NOT NULL,
  until TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE tip_texts (
  tip_id BLOB NOT NULL REFERENCES tips (id),
  lang TEXT NOT NULL,
  title TEXT NOT NULL,
  body TEXT NOT NULL,
  written_by BLOB NOT NULL,
  shown_by BLOB,
  PRIMARY KEY (tip_id, lang)
) WITHOUT ROWID;
