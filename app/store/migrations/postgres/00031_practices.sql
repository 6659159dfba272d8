-- +goose Up

CREATE TABLE practices (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('practice', 'organisation', 'publication', 'law', 'instrument', 'programme', 'method')),
  form TEXT NOT NULL CHECK (form IN ('practice', 'sheet', 'interviewed', 'reference')),
  source TEXT NOT NULL CHECK (source IN ('conecta', 'voiceover', 'exchange', 'other', 'host')),
  source_place TEXT NOT NULL,
  as_of TEXT NOT NULL,
  country TEXT NOT NULL,
  city TEXT NOT NULL,
  languages TEXT NOT NULL,
  started TEXT NOT NULL,
  ended TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('active', 'trying', 'planned', 'stopped', 'unknown')),
  status_note TEXT NOT NULL,
  peers TEXT NOT NULL CHECK (peers IN ('yes', 'no', 'not with trafficking', 'unknown')),
  keep TEXT NOT NULL,
  lang TEXT NOT NULL,
  summary TEXT NOT NULL,
  sheet TEXT NOT NULL,
  criteria TEXT NOT NULL,
  standing TEXT NOT NULL CHECK (standing IN ('meets', 'not', 'open')),
  verified_on TEXT,
  verified_by BYTEA,
  edited BOOLEAN NOT NULL,
  source_hash BYTEA,
  toks TEXT NOT NULL,
  place BYTEA NOT NULL UNIQUE
);
CREATE TABLE practice_corrections (
  id BYTEA PRIMARY KEY,
  practice TEXT NOT NULL REFERENCES practices (id),
  words TEXT NOT NULL,
  day TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'used', 'not-used'))
);
CREATE INDEX practice_corrections_practice ON practice_corrections (practice, state);
CREATE TABLE practice_interviews (
  id BYTEA PRIMARY KEY,
  practice TEXT NOT NULL,
  name TEXT NOT NULL,
  country TEXT NOT NULL,
  city TEXT NOT NULL,
  lang TEXT NOT NULL,
  started TEXT NOT NULL,
  status TEXT NOT NULL,
  status_note TEXT NOT NULL,
  peers TEXT NOT NULL,
  asked BOOLEAN NOT NULL,
  summary TEXT NOT NULL,
  answers TEXT NOT NULL,
  sheet TEXT NOT NULL,
  criteria TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('draft', 'check')),
  back TEXT NOT NULL,
  written_by BYTEA,
  day TEXT NOT NULL,
  version INTEGER NOT NULL
);

-- Which text of the program a material came from, and whether its words in a language did:
-- pages say so until people here have read them.
ALTER TABLE materials ADD COLUMN shipped TEXT NOT NULL DEFAULT '';
ALTER TABLE translate_languages ADD COLUMN shipped BOOLEAN NOT NULL DEFAULT FALSE;
