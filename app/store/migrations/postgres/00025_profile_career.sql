-- +goose Up

-- Who is in low profile, or has left it and waits for the second of two people. Every area
-- asks this table before it writes her name where people read who have no work with her.
CREATE TABLE veils (
  account_id BYTEA PRIMARY KEY,
  level TEXT NOT NULL CHECK (level IN ('wide', 'low'))
);
INSERT INTO veils (account_id, level) SELECT account_id, 'low' FROM profiles WHERE low;
CREATE TABLE profile_views (
  about BYTEA NOT NULL,
  viewer BYTEA NOT NULL,
  day TEXT NOT NULL,
  what TEXT NOT NULL CHECK (what IN ('profile', 'wish', 'risk', 'contract')),
  PRIMARY KEY (about, viewer, day, what)
);
ALTER TABLE risks ADD COLUMN number INTEGER NOT NULL DEFAULT 0;

CREATE TABLE career_skills (
  id BYTEA PRIMARY KEY,
  account_id BYTEA NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('soft', 'hard')),
  day TEXT NOT NULL,
  words_id BYTEA NOT NULL,
  asked_id BYTEA,
  confirmed_day TEXT
);
CREATE INDEX career_skills_account ON career_skills (account_id, day);
CREATE TABLE career_talks (
  id BYTEA PRIMARY KEY,
  account_id BYTEA NOT NULL,
  with_id BYTEA NOT NULL,
  day TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('planned', 'noted', 'held')),
  words_id BYTEA NOT NULL
);
CREATE INDEX career_talks_account ON career_talks (account_id, day);
CREATE TABLE career_steps (
  id BYTEA PRIMARY KEY,
  account_id BYTEA NOT NULL,
  step TEXT NOT NULL CHECK (step IN ('peer', 'experienced', 'mentor', 'trainer', 'lead', 'board')),
  day TEXT NOT NULL,
  by_id BYTEA NOT NULL,
  words_id BYTEA,
  kept_day TEXT,
  UNIQUE (account_id, step)
);

-- A note about a conflict names its reader and nobody else: its key lies in a box of whoever
-- wrote it.
CREATE TABLE conflict_contacts (
  account_id BYTEA PRIMARY KEY,
  organisation TEXT NOT NULL,
  named_by BYTEA NOT NULL,
  day TEXT NOT NULL
);
CREATE TABLE conflict_notes (
  id BYTEA PRIMARY KEY,
  contact_id BYTEA NOT NULL,
  last_no INTEGER NOT NULL,
  keep_until TEXT NOT NULL
);
CREATE TABLE conflict_parts (
  note_id BYTEA NOT NULL REFERENCES conflict_notes (id) ON DELETE CASCADE,
  no INTEGER NOT NULL,
  sealed_id BYTEA NOT NULL,
  nonce_hash BYTEA NOT NULL UNIQUE,
  PRIMARY KEY (note_id, no)
);
