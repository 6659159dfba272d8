-- +goose Up

CREATE TABLE organisations (
  id BLOB PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  mode TEXT NOT NULL CHECK (mode IN ('membership', 'employment', 'consultation'))
) WITHOUT ROWID;
CREATE TABLE profiles (
  account_id BLOB PRIMARY KEY,
  organisation_id BLOB REFERENCES organisations (id),
  state TEXT NOT NULL CHECK (state IN ('hidden', 'asked', 'shown')),
  low BOOLEAN NOT NULL,
  mine_id BLOB,
  team_id BLOB,
  wish_id BLOB,
  asked_by BLOB,
  shown_by BLOB,
  shown_day TEXT,
  work_kind TEXT NOT NULL CHECK (work_kind IN ('', 'permanent', 'fixed', 'project', 'fee', 'intern', 'reimbursement', 'voucher', 'volunteer', 'board')),
  paid_from TEXT,
  paid_until TEXT
) WITHOUT ROWID;
CREATE TABLE profile_fields (
  account_id BLOB NOT NULL REFERENCES profiles (account_id),
  field TEXT NOT NULL,
  audience TEXT NOT NULL CHECK (audience IN ('members', 'public')),
  words TEXT NOT NULL,
  PRIMARY KEY (account_id, field)
) WITHOUT ROWID;
CREATE TABLE profile_consents (
  account_id BLOB NOT NULL REFERENCES profiles (account_id),
  purpose TEXT NOT NULL CHECK (purpose IN ('members', 'public')),
  day TEXT NOT NULL,
  PRIMARY KEY (account_id, purpose)
) WITHOUT ROWID;
CREATE TABLE risks (
  id BLOB PRIMARY KEY,
  account_id BLOB NOT NULL,
  made_by BLOB NOT NULL,
  made_day TEXT NOT NULL,
  review_day TEXT NOT NULL,
  words_id BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX risks_account ON risks (account_id, review_day);
CREATE TABLE contracts (
  id BLOB PRIMARY KEY,
  account_id BLOB NOT NULL,
  saved_by BLOB NOT NULL,
  saved_day TEXT NOT NULL,
  present BOOLEAN NOT NULL,
  remind_day TEXT,
  words_id BLOB NOT NULL
) WITHOUT ROWID;
CREATE UNIQUE INDEX contracts_present ON contracts (account_id) WHERE present;
CREATE TABLE work_weeks (
  id BLOB PRIMARY KEY,
  account_id BLOB NOT NULL,
  monday TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'closed', 'approved', 'cut', 'disputed', 'paid')),
  closed_day TEXT,
  closed_minutes INTEGER NOT NULL,
  decided_by BLOB,
  decided_day TEXT,
  approved_minutes INTEGER NOT NULL,
  reason_id BLOB,
  dispute_until TEXT,
  dispute_id BLOB,
  paid_by BLOB,
  paid_day TEXT,
  paid_reference TEXT NOT NULL,
  UNIQUE (account_id, monday)
) WITHOUT ROWID;
CREATE INDEX work_weeks_state ON work_weeks (state, monday);
CREATE TABLE work_lines (
  id BLOB PRIMARY KEY,
  week_id BLOB NOT NULL REFERENCES work_weeks (id),
  account_id BLOB NOT NULL,
  day TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('outreach', 'forum', 'training', 'supervision', 'co-design', 'mentoring', 'translation', 'travel', 'moderation')),
  minutes INTEGER NOT NULL CHECK (minutes BETWEEN 1 AND 1440),
  source TEXT,
  note_id BLOB,
  UNIQUE (account_id, source)
) WITHOUT ROWID;
CREATE INDEX work_lines_week ON work_lines (week_id, day);
