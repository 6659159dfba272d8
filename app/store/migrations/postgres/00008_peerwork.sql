-- +goose Up

CREATE TABLE organisations (
  id BYTEA PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  mode TEXT NOT NULL CHECK (mode IN ('membership', 'employment', 'consultation'))
);
CREATE TABLE profiles (
  account_id BYTEA PRIMARY KEY,
  organisation_id BYTEA REFERENCES organisations (id),
  state TEXT NOT NULL CHECK (state IN ('hidden', 'asked', 'shown')),
  low BOOLEAN NOT NULL,
  mine_id BYTEA,
  team_id BYTEA,
  wish_id BYTEA,
  asked_by BYTEA,
  shown_by BYTEA,
  shown_day TEXT,
  work_kind TEXT NOT NULL CHECK (work_kind IN ('', 'permanent', 'fixed', 'project', 'fee', 'intern', 'reimbursement', 'voucher', 'volunteer', 'board')),
  paid_from TEXT,
  paid_until TEXT
);
CREATE TABLE profile_fields (
  account_id BYTEA NOT NULL REFERENCES profiles (account_id),
  field TEXT NOT NULL,
  audience TEXT NOT NULL CHECK (audience IN ('members', 'public')),
  words TEXT NOT NULL,
  PRIMARY KEY (account_id, field)
);
CREATE TABLE profile_consents (
  account_id BYTEA NOT NULL REFERENCES profiles (account_id),
  purpose TEXT NOT NULL CHECK (purpose IN ('members', 'public')),
  day TEXT NOT NULL,
  PRIMARY KEY (account_id, purpose)
);
CREATE TABLE risks (
  id BYTEA PRIMARY KEY,
  account_id BYTEA NOT NULL,
  made_by BYTEA NOT NULL,
  made_day TEXT NOT NULL,
  review_day TEXT NOT NULL,
  words_id BYTEA NOT NULL
);
CREATE INDEX risks_account ON risks (account_id, review_day);
CREATE TABLE contracts (
  id BYTEA PRIMARY KEY,
  account_id BYTEA NOT NULL,
  saved_by BYTEA NOT NULL,
  saved_day TEXT NOT NULL,
  present BOOLEAN NOT NULL,
  remind_day TEXT,
  words_id BYTEA NOT NULL
);
CREATE UNIQUE INDEX contracts_present ON contracts (account_id) WHERE present;
CREATE TABLE work_weeks (
  id BYTEA PRIMARY KEY,
  account_id BYTEA NOT NULL,
  monday TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'closed', 'approved', 'cut', 'disputed', 'paid')),
  closed_day TEXT,
  closed_minutes INTEGER NOT NULL,
  decided_by BYTEA,
  decided_day TEXT,
  approved_minutes INTEGER NOT NULL,
  reason_id BYTEA,
  dispute_until TEXT,
  dispute_id BYTEA,
  paid_by BYTEA,
  paid_day TEXT,
  paid_reference TEXT NOT NULL,
  UNIQUE (account_id, monday)
);
CREATE INDEX work_weeks_state ON work_weeks (state, monday);
CREATE TABLE work_lines (
  id BYTEA PRIMARY KEY,
  week_id BYTEA NOT NULL REFERENCES work_weeks (id),
  account_id BYTEA NOT NULL,
  day TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('outreach', 'forum', 'training', 'supervision', 'co-design', 'mentoring', 'translation', 'travel', 'moderation')),
  minutes INTEGER NOT NULL CHECK (minutes BETWEEN 1 AND 1440),
  source TEXT,
  note_id BYTEA,
  UNIQUE (account_id, source)
);
CREATE INDEX work_lines_week ON work_lines (week_id, day);
