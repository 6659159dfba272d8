-- +goose Up

CREATE TABLE training_units (
  role_account_id BLOB NOT NULL,
  module TEXT NOT NULL,
  unit TEXT NOT NULL,
  version INTEGER NOT NULL,
  day TEXT NOT NULL,
  PRIMARY KEY (role_account_id, module, unit)
) WITHOUT ROWID;
CREATE TABLE training_completions (
  role_account_id BLOB NOT NULL,
  module TEXT NOT NULL,
  version INTEGER NOT NULL,
  minutes INTEGER NOT NULL CHECK (minutes > 0),
  day TEXT NOT NULL,
  PRIMARY KEY (role_account_id, module)
) WITHOUT ROWID;
CREATE TABLE training_waivers (
  role_account_id BLOB NOT NULL,
  module TEXT NOT NULL,
  reason TEXT NOT NULL CHECK (reason IN ('elsewhere', 'experience', 'teaches', 'other-work')),
  given_by BLOB NOT NULL,
  day TEXT NOT NULL,
  PRIMARY KEY (role_account_id, module)
) WITHOUT ROWID;
