-- +goose Up

-- A text may hold somebody's own story, be about what harms if it is wrong, and be taken back.
ALTER TABLE materials ADD COLUMN story BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE materials ADD COLUMN subjects TEXT NOT NULL DEFAULT '';
ALTER TABLE materials ADD COLUMN withdrawn_day TEXT;
ALTER TABLE materials ADD COLUMN withdrawn_by TEXT NOT NULL DEFAULT '' CHECK (withdrawn_by IN ('', 'her', 'group'));
ALTER TABLE materials ADD COLUMN withdrawn_why TEXT NOT NULL DEFAULT '' CHECK (withdrawn_why IN ('', 'wrong', 'old', 'harm', 'asked'));

-- Whose story it is stands nowhere: a fingerprint of the code that she keeps, and a mark that
-- only her live session makes.
CREATE TABLE material_stories (
  material_id BLOB PRIMARY KEY REFERENCES materials (id),
  code_hash BLOB NOT NULL UNIQUE,
  tag BLOB
) WITHOUT ROWID;
CREATE TABLE material_consents (
  id BLOB PRIMARY KEY,
  material_id BLOB NOT NULL REFERENCES materials (id),
  use TEXT NOT NULL CHECK (use IN ('page', 'print', 'audio', 'magazine', 'training', 'talk', 'social')),
  langs TEXT NOT NULL,
  from_day TEXT NOT NULL,
  until_day TEXT,
  recognise TEXT NOT NULL CHECK (recognise IN ('nobody', 'few', 'many')),
  removed TEXT NOT NULL,
  said TEXT NOT NULL CHECK (said IN ('herself', 'talk', 'paper', 'message')),
  ended_day TEXT
) WITHOUT ROWID;
CREATE INDEX material_consents_material ON material_consents (material_id, use);
CREATE TABLE material_terms (
  id BLOB PRIMARY KEY,
  material_id BLOB NOT NULL REFERENCES materials (id),
  lang TEXT NOT NULL,
  preferred TEXT NOT NULL,
  refused TEXT NOT NULL,
  why TEXT NOT NULL,
  day TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX material_terms_material ON material_terms (material_id, lang);
CREATE TABLE material_prints (
  id BLOB PRIMARY KEY,
  material_id BLOB NOT NULL REFERENCES materials (id),
  day TEXT NOT NULL,
  lang TEXT NOT NULL,
  sheet TEXT NOT NULL CHECK (sheet IN ('a4', 'pocket', 'other')),
  copies INTEGER NOT NULL CHECK (copies BETWEEN 1 AND 100000),
  place TEXT NOT NULL CHECK (place IN ('clinic', 'street', 'shelter', 'drop-in', 'office', 'event', 'other'))
) WITHOUT ROWID;
CREATE INDEX material_prints_material ON material_prints (material_id, day);
