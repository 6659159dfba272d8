-- +goose Up

-- What somebody told without an account. Her words are sealed; the row holds what puts the
-- waiting ones in order. Nothing here leads to a person.
CREATE TABLE notices (
  id BYTEA PRIMARY KEY CHECK (length(id) = 16),
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
  code_hash BYTEA NOT NULL UNIQUE,
  hers BYTEA NOT NULL,
  last_no INTEGER NOT NULL,
  claimed_by BYTEA,
  claimed_until TEXT NOT NULL DEFAULT '',
  keep_until TEXT NOT NULL
);

CREATE TABLE notice_parts (
  id BYTEA PRIMARY KEY CHECK (length(id) = 16),
  notice_id BYTEA NOT NULL,
  no INTEGER NOT NULL,
  sealed_id BYTEA NOT NULL,
  day TEXT NOT NULL
);
CREATE UNIQUE INDEX notice_parts_order ON notice_parts (notice_id, no);

-- Warnings for everybody. They know no notice.
CREATE TABLE tips (
  id BYTEA PRIMARY KEY CHECK (length(id) = 16),
  country TEXT NOT NULL,
  region TEXT NOT NULL DEFAULT '',
  kind TEXT NOT NULL,
  month TEXT NOT NULL,
  until TEXT NOT NULL
);

CREATE TABLE tip_texts (
  tip_id BYTEA NOT NULL REFERENCES tips (id),
  lang TEXT NOT NULL,
  title TEXT NOT NULL,
  body TEXT NOT NULL,
  written_by BYTEA NOT NULL,
  shown_by BYTEA,
  PRIMARY KEY (tip_id, lang)
);
