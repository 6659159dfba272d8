-- +goose Up

-- Somebody goes through a module again after its time, so a day belongs to the key.
CREATE TABLE training_completions_next (
  role_account_id BYTEA NOT NULL,
  module TEXT NOT NULL,
  version INTEGER NOT NULL,
  minutes INTEGER NOT NULL CHECK (minutes > 0),
  day TEXT NOT NULL,
  PRIMARY KEY (role_account_id, module, day)
);
INSERT INTO training_completions_next (role_account_id, module, version, minutes, day)
  SELECT role_account_id, module, version, minutes, day FROM training_completions;
DROP TABLE training_completions;
ALTER TABLE training_completions_next RENAME TO training_completions;

CREATE TABLE training_practices (
  role_account_id BYTEA NOT NULL,
  module TEXT NOT NULL,
  version INTEGER NOT NULL,
  signer_id BYTEA NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('asked', 'again', 'signed')),
  seen TEXT NOT NULL,
  day TEXT NOT NULL,
  PRIMARY KEY (role_account_id, module)
);
CREATE INDEX training_practices_signer ON training_practices (signer_id, state);

CREATE TABLE training_assignments (
  role_account_id BYTEA NOT NULL,
  module TEXT NOT NULL,
  given_by BYTEA NOT NULL,
  until TEXT NOT NULL,
  day TEXT NOT NULL,
  PRIMARY KEY (role_account_id, module)
);

CREATE TABLE training_shelf (
  slug TEXT NOT NULL,
  version INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('draft', 'open')),
  digest BYTEA NOT NULL,
  whole BYTEA NOT NULL,
  brought_by BYTEA NOT NULL,
  day TEXT NOT NULL,
  PRIMARY KEY (slug, version)
);
