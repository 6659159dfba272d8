-- +goose Up

CREATE TABLE materials (
  id BLOB PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('leaflet', 'pocket', 'guide', 'unit', 'magazine', 'podcast', 'poster')),
  title TEXT NOT NULL,
  purpose TEXT NOT NULL,
  audience TEXT NOT NULL,
  lang TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('idea', 'draft', 'consultation', 'decision', 'translation', 'published', 'archived')),
  signed_by BLOB,
  day TEXT NOT NULL,
  version INTEGER NOT NULL,
  decided_version INTEGER NOT NULL,
  published_version INTEGER NOT NULL,
  published_day TEXT,
  review_day TEXT
) WITHOUT ROWID;
CREATE INDEX materials_state ON materials (state, title, id);
CREATE TABLE material_wants (
  material_id BLOB NOT NULL REFERENCES materials (id),
  tag BLOB NOT NULL,
  PRIMARY KEY (material_id, tag)
) WITHOUT ROWID;
CREATE TABLE material_people (
  material_id BLOB NOT NULL REFERENCES materials (id),
  role_account_id BLOB NOT NULL,
  credit TEXT NOT NULL CHECK (credit IN ('none', 'handle', 'alias')),
  alias TEXT NOT NULL,
  PRIMARY KEY (material_id, role_account_id)
) WITHOUT ROWID;
CREATE INDEX material_people_account ON material_people (role_account_id);
CREATE TABLE material_versions (
  material_id BLOB NOT NULL REFERENCES materials (id),
  number INTEGER NOT NULL,
  base INTEGER NOT NULL,
  title TEXT NOT NULL,
  body TEXT NOT NULL,
  note TEXT NOT NULL,
  written_by BLOB,
  day TEXT NOT NULL,
  PRIMARY KEY (material_id, number)
) WITHOUT ROWID;
CREATE TABLE material_suggestions (
  id BLOB PRIMARY KEY,
  material_id BLOB NOT NULL REFERENCES materials (id),
  version INTEGER NOT NULL,
  part INTEGER NOT NULL,
  passage TEXT NOT NULL,
  wanted TEXT NOT NULL,
  why TEXT NOT NULL,
  signed_by BLOB,
  day TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'changed', 'kept')),
  answer TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX material_suggestions_material ON material_suggestions (material_id, state);
CREATE TABLE material_consultations (
  id BLOB PRIMARY KEY,
  material_id BLOB NOT NULL REFERENCES materials (id),
  number INTEGER NOT NULL,
  version INTEGER NOT NULL,
  least INTEGER NOT NULL CHECK (least BETWEEN 1 AND 1000),
  not_asked TEXT NOT NULL,
  opened_day TEXT NOT NULL,
  closes_day TEXT NOT NULL,
  closed_day TEXT,
  state TEXT NOT NULL CHECK (state IN ('open', 'closed')),
  UNIQUE (material_id, number)
) WITHOUT ROWID;
CREATE TABLE material_questions (
  consultation_id BLOB NOT NULL REFERENCES material_consultations (id),
  number INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('scale', 'words')),
  words TEXT NOT NULL,
  PRIMARY KEY (consultation_id, number)
) WITHOUT ROWID;
CREATE TABLE material_voices (
  consultation_id BLOB NOT NULL REFERENCES material_consultations (id),
  tag BLOB NOT NULL,
  community BOOLEAN NOT NULL,
  PRIMARY KEY (consultation_id, tag)
) WITHOUT ROWID;
CREATE TABLE material_replies (
  id BLOB PRIMARY KEY,
  consultation_id BLOB NOT NULL REFERENCES material_consultations (id),
  number INTEGER NOT NULL,
  scale INTEGER NOT NULL CHECK (scale BETWEEN 0 AND 5),
  words TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX material_replies_consultation ON material_replies (consultation_id, number);
CREATE TABLE material_decisions (
  id BLOB PRIMARY KEY,
  material_id BLOB NOT NULL REFERENCES materials (id),
  number INTEGER NOT NULL,
  version INTEGER NOT NULL,
  opened_day TEXT NOT NULL,
  closes_day TEXT NOT NULL,
  closed_day TEXT,
  state TEXT NOT NULL CHECK (state IN ('open', 'passed', 'against', 'few', 'staff', 'stopped')),
  UNIQUE (material_id, number)
) WITHOUT ROWID;
CREATE INDEX material_decisions_open ON material_decisions (state, closes_day);
CREATE TABLE material_ballots (
  decision_id BLOB NOT NULL REFERENCES material_decisions (id),
  tag BLOB NOT NULL,
  staff BOOLEAN NOT NULL,
  PRIMARY KEY (decision_id, tag)
) WITHOUT ROWID;
CREATE TABLE material_votes (
  id BLOB PRIMARY KEY,
  decision_id BLOB NOT NULL REFERENCES material_decisions (id),
  choice TEXT NOT NULL CHECK (choice IN ('yes', 'no', 'aside')),
  words TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX material_votes_decision ON material_votes (decision_id);
CREATE TABLE material_feedback (
  id BLOB PRIMARY KEY,
  material_id BLOB NOT NULL REFERENCES materials (id),
  version INTEGER NOT NULL,
  lang TEXT NOT NULL,
  useful TEXT NOT NULL CHECK (useful IN ('', 'yes', 'no')),
  plain TEXT NOT NULL CHECK (plain IN ('', 'yes', 'no')),
  missing TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX material_feedback_material ON material_feedback (material_id, version);
