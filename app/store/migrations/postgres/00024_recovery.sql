-- +goose Up

-- A key follows the one before it by a signature of that one.
ALTER TABLE role_keys ADD COLUMN cert BYTEA;

ALTER TABLE sealed_keys DROP CONSTRAINT sealed_keys_reader_kind_check;
ALTER TABLE sealed_keys ADD CONSTRAINT sealed_keys_reader_kind_check CHECK (reader_kind IN ('role', 'circle', 'recovery'));

-- The private half of a recovery key exists nowhere: its halves lie with three people, and
-- any two of them join it for a moment.
CREATE TABLE recoveries (
  epoch INTEGER PRIMARY KEY,
  pub BYTEA NOT NULL,
  made_by BYTEA NOT NULL,
  made_day TEXT NOT NULL,
  ended_day TEXT
);
CREATE TABLE recovery_shares (
  epoch INTEGER NOT NULL,
  holder_id BYTEA NOT NULL,
  other_id BYTEA NOT NULL,
  wrap BYTEA NOT NULL,
  PRIMARY KEY (epoch, holder_id, other_id)
);
CREATE TABLE recovery_requests (
  id BYTEA PRIMARY KEY,
  epoch INTEGER NOT NULL,
  purpose TEXT NOT NULL CHECK (purpose IN ('read', 'holder')),
  asked_by BYTEA NOT NULL,
  for_id BYTEA NOT NULL,
  leaves_id BYTEA,
  why_id BYTEA NOT NULL,
  asked_day TEXT NOT NULL,
  ends TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'done', 'closed')),
  confirmed_by BYTEA,
  done_day TEXT,
  CHECK (confirmed_by IS NULL OR confirmed_by <> asked_by)
);
CREATE TABLE recovery_halves (
  request_id BYTEA NOT NULL REFERENCES recovery_requests (id) ON DELETE CASCADE,
  holder_id BYTEA NOT NULL,
  wrap BYTEA NOT NULL,
  ends TEXT NOT NULL,
  PRIMARY KEY (request_id, holder_id)
);
CREATE TABLE recovery_openings (
  request_id BYTEA NOT NULL REFERENCES recovery_requests (id) ON DELETE CASCADE,
  sealed_id BYTEA NOT NULL,
  PRIMARY KEY (request_id, sealed_id)
);
CREATE INDEX recovery_openings_sealed ON recovery_openings (sealed_id);

-- Several contracts follow one another. Those from before know their days only where the
-- profile knew them.
DROP INDEX contracts_present;
ALTER TABLE contracts ADD COLUMN kind TEXT NOT NULL DEFAULT '', ADD COLUMN paid BOOLEAN NOT NULL DEFAULT FALSE, ADD COLUMN additional BOOLEAN NOT NULL DEFAULT FALSE,
  ADD COLUMN from_day TEXT, ADD COLUMN to_day TEXT;
UPDATE contracts SET
  kind = COALESCE((SELECT work_kind FROM profiles WHERE profiles.account_id = contracts.account_id), ''),
  paid = (SELECT paid_from FROM profiles WHERE profiles.account_id = contracts.account_id) IS NOT NULL,
  from_day = (SELECT paid_from FROM profiles WHERE profiles.account_id = contracts.account_id),
  to_day = (SELECT NULLIF(paid_until, '9999-12-31') FROM profiles WHERE profiles.account_id = contracts.account_id)
WHERE present;
ALTER TABLE contracts ALTER COLUMN kind DROP DEFAULT, ALTER COLUMN paid DROP DEFAULT, ALTER COLUMN additional DROP DEFAULT;
CREATE INDEX contracts_account ON contracts (account_id);

CREATE TABLE contract_texts (
  id BYTEA PRIMARY KEY,
  contract_id BYTEA NOT NULL REFERENCES contracts (id),
  account_id BYTEA NOT NULL,
  lang TEXT NOT NULL,
  version INTEGER NOT NULL,
  parts INTEGER NOT NULL CHECK (parts BETWEEN 1 AND 20),
  saved_by BYTEA NOT NULL,
  saved_day TEXT NOT NULL,
  words_id BYTEA NOT NULL,
  UNIQUE (contract_id, lang, version)
);
CREATE TABLE contract_ticks (
  text_id BYTEA NOT NULL REFERENCES contract_texts (id),
  part INTEGER NOT NULL,
  day TEXT NOT NULL,
  words_id BYTEA NOT NULL,
  PRIMARY KEY (text_id, part)
);
CREATE TABLE contract_questions (
  id BYTEA PRIMARY KEY,
  text_id BYTEA NOT NULL REFERENCES contract_texts (id),
  part INTEGER NOT NULL,
  day TEXT NOT NULL,
  words_id BYTEA NOT NULL,
  answer_id BYTEA,
  answered_by BYTEA,
  answered_day TEXT
);
CREATE INDEX contract_questions_text ON contract_questions (text_id);

CREATE TABLE payroll_details (
  account_id BYTEA PRIMARY KEY,
  saved_day TEXT NOT NULL,
  words_id BYTEA NOT NULL
);
CREATE TABLE payroll_reads (
  id BYTEA PRIMARY KEY,
  account_id BYTEA NOT NULL,
  reader_id BYTEA NOT NULL,
  day TEXT NOT NULL,
  purpose TEXT NOT NULL CHECK (purpose IN ('pay', 'check', 'file'))
);
CREATE INDEX payroll_reads_account ON payroll_reads (account_id, day);
