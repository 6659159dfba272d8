-- +goose Up

-- A text about health, law or an emergency is read by two people; an edition is counted from
-- one and says from which text a translation was made.
ALTER TABLE translate_documents ADD COLUMN critical BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE translate_documents ADD COLUMN edition INTEGER NOT NULL DEFAULT 1;

-- How many people have said that these words are right, and why a draft was not taken over.
ALTER TABLE translate_targets ADD COLUMN reviews INTEGER NOT NULL DEFAULT 0;
ALTER TABLE translate_targets ADD COLUMN trouble TEXT NOT NULL DEFAULT '';
UPDATE translate_targets SET reviews = 1 WHERE state = 'reviewed';

-- Where words come from, and what a reviewer said about a check.
ALTER TABLE translate_history ADD COLUMN origin TEXT NOT NULL DEFAULT '' CHECK (origin IN ('', 'machine', 'memory', 'file'));
ALTER TABLE translate_history ADD COLUMN model TEXT NOT NULL DEFAULT '';
ALTER TABLE translate_history ADD COLUMN edition INTEGER NOT NULL DEFAULT 0;
ALTER TABLE translate_history ADD COLUMN denies BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE translate_history SET origin = 'machine' WHERE act = 'machine';

-- From which text the memory has a sentence, so that it can lose what a text took back.
ALTER TABLE translate_memory ADD COLUMN document_id BLOB;

ALTER TABLE translate_batches ADD COLUMN asked_by BLOB;

-- What left for the machine: never the words themselves.
CREATE TABLE translate_egress (
  id BLOB PRIMARY KEY,
  day TEXT NOT NULL,
  purpose TEXT NOT NULL CHECK (purpose IN ('draft', 'back')),
  document_id BLOB NOT NULL,
  lang TEXT NOT NULL,
  asked_by BLOB,
  address TEXT NOT NULL,
  model TEXT NOT NULL,
  hash BLOB NOT NULL,
  size INTEGER NOT NULL,
  tokens_in BIGINT NOT NULL,
  tokens_out BIGINT NOT NULL,
  cost BIGINT NOT NULL,
  trouble TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX translate_egress_day ON translate_egress (day, id);

-- What a second machine makes of a translation, in the language of the source: a help for
-- the eye, never a translation itself.
CREATE TABLE translate_backs (
  segment_id BLOB NOT NULL REFERENCES translate_segments (id),
  lang TEXT NOT NULL,
  version INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'done', 'failed')),
  words TEXT NOT NULL,
  tries INTEGER NOT NULL,
  trouble TEXT NOT NULL,
  asked_by BLOB,
  PRIMARY KEY (segment_id, lang)
) WITHOUT ROWID;

-- Somebody of the community read a language. Nobody's name stands here.
CREATE TABLE translate_readings (
  id BLOB PRIMARY KEY,
  document_id BLOB NOT NULL REFERENCES translate_documents (id),
  lang TEXT NOT NULL,
  day TEXT NOT NULL,
  edition INTEGER NOT NULL,
  understood TEXT NOT NULL CHECK (understood IN ('yes', 'partly', 'no')),
  hard TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX translate_readings_lang ON translate_readings (document_id, lang);
