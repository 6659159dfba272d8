-- +goose Up

CREATE TABLE training_units (
  role_account_id BYTEA NOT NULL,
  module TEXT NOT NULL,
  unit TEXT NOT NULL,
  version INTEGER NOT NULL,
  day TEXT NOT NULL,
  PRIMARY KEY (role_account_id, module, unit)
);
CREATE TABLE training_completions (
  role_account_id BYTEA NOT NULL,
  module TEXT NOT NULL,
  version INTEGER NOT NULL,
  minutes INTEGER NOT NULL CHECK (minutes > 0),
  day TEXT NOT NULL,
  PRIMARY KEY (role_account_id, module)
);
CREATE TABLE training_waivers (
  role_account_id BYTEA NOT NULL,
  module TEXT NOT NULL,
  reason TEXT NOT NULL CHECK (reason IN ('elsewhere', 'experience', 'teaches', 'other-work')),
  given_by BYTEA NOT NULL,
  day TEXT NOT NULL,
  PRIMARY KEY (role_account_id, module)
);
