-- +goose Up

CREATE TABLE directory_entries (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('organisation', 'service', 'helpline', 'network', 'programme', 'public-body', 'funder', 'instrument')),
  name TEXT NOT NULL,
  country TEXT NOT NULL,
  city TEXT NOT NULL,
  also TEXT NOT NULL,
  languages TEXT NOT NULL,
  needs TEXT NOT NULL,
  phone TEXT NOT NULL,
  what TEXT NOT NULL,
  conditions TEXT NOT NULL,
  free TEXT NOT NULL CHECK (free IN ('', 'yes', 'no')),
  anonymous TEXT NOT NULL CHECK (anonymous IN ('', 'yes', 'no')),
  no_papers TEXT NOT NULL CHECK (no_papers IN ('', 'yes', 'no')),
  hours TEXT NOT NULL,
  source TEXT NOT NULL,
  verified_on TEXT,
  verified_by BLOB,
  edited BOOLEAN NOT NULL,
  source_hash BLOB,
  toks TEXT NOT NULL,
  place BLOB NOT NULL UNIQUE
) WITHOUT ROWID;
CREATE TABLE corrections (
  id BLOB PRIMARY KEY,
  entry TEXT NOT NULL REFERENCES directory_entries (id),
  words TEXT NOT NULL,
  day TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'used', 'not-used'))
) WITHOUT ROWID;
CREATE INDEX corrections_entry ON corrections (entry, state);
