-- +goose Up

-- Who is in low profile, or has left it and waits for the second of two people. Every area
-- asks this table before it writes her name where people read who have no work with her.
CREATE TABLE veils (
  account_id BLOB PRIMARY KEY,
  level TEXT NOT NULL CHECK (level IN ('wide', 'low'))
) WITHOUT ROWID;
INSERT INTO veils (account_id, level) SELECT account_id, 'low' FROM profiles WHERE low;
CREATE TABLE profile_views (
  about BLOB NOT NULL,
  viewer BLOB NOT NULL,
  day TEXT NOT NULL,
  what TEXT NOT NULL CHECK (what IN ('profile', 'wish', 'risk', 'contract')),
  PRIMARY KEY (about, viewer, day, what)
) WITHOUT ROWID;
ALTER TABLE risks ADD COLUMN number INTEGER NOT NULL DEFAULT 0;

CREATE TABLE career_skills (
  id BLOB PRIMARY KEY,
  account_id BLOB NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('soft', 'hard')),
  day TEXT NOT NULL,
  words_id BLOB NOT NULL,
  asked_id BLOB,
  confirmed_day TEXT
) WITHOUT ROWID;
CREATE INDEX career_skills_account ON career_skills (account_id, day);
CREATE TABLE career_talks (
  id BLOB PRIMARY KEY,
  account_id BLOB NOT NULL,
  with_id BLOB NOT NULL,
  day TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('planned', 'noted', 'held')),
  words_id BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX career_talks_account ON career_talks (account_id, day);
CREATE TABLE career_steps (
  id BLOB PRIMARY KEY,
  account_id BLOB NOT NULL,
  step TEXT NOT NULL CHECK (step IN ('peer', 'experienced', 'mentor', 'trainer', 'lead', 'board')),
  day TEXT NOT NULL,
  by_id BLOB NOT NULL,
  words_id BLOB,
  kept_day TEXT,
  UNIQUE (account_id, step)
) WITHOUT ROWID;

-- A note about a conflict names its reader and nobody else: its key lies in a box of whoever
-- wrote it.
CREATE TABLE conflict_contacts (
  account_id BLOB PRIMARY KEY,
  organisation TEXT NOT NULL,
  named_by BLOB NOT NULL,
  day TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE conflict_notes (
  id BLOB PRIMARY KEY,
  contact_id BLOB NOT NULL,
  last_no INTEGER NOT NULL,
  keep_until TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE conflict_parts (
  note_id BLOB NOT NULL REFERENCES conflict_notes (id) ON DELETE CASCADE,
  no INTEGER NOT NULL,
  sealed_id BLOB NOT NULL,
  nonce_hash BLOB NOT NULL UNIQUE,
  PRIMARY KEY (note_id, no)
) WITHOUT ROWID;
