-- +goose Up

-- A key follows the one before it by a signature of that one.
ALTER TABLE role_keys ADD COLUMN cert BLOB;

CREATE TABLE sealed_keys_new (
  sealed_id BLOB NOT NULL REFERENCES sealed (id) ON DELETE CASCADE,
  reader_kind TEXT NOT NULL CHECK (reader_kind IN ('role', 'circle', 'recovery')),
  reader_id TEXT NOT NULL,
  epoch INTEGER NOT NULL,
  wrap BLOB NOT NULL,
  PRIMARY KEY (sealed_id, reader_kind, reader_id)
) WITHOUT ROWID;
INSERT INTO sealed_keys_new SELECT sealed_id, reader_kind, reader_id, epoch, wrap FROM sealed_keys;
DROP TABLE sealed_keys;
ALTER TABLE sealed_keys_new RENAME TO sealed_keys;

-- The private half of a recovery key exists nowhere: its halves lie with three people, and
-- any two of them join it for a moment.
CREATE TABLE recoveries (
  epoch INTEGER PRIMARY KEY,
  pub BLOB NOT NULL,
  made_by BLOB NOT NULL,
  made_day TEXT NOT NULL,
  ended_day TEXT
) WITHOUT ROWID;
CREATE TABLE recovery_shares (
  epoch INTEGER NOT NULL,
  holder_id BLOB NOT NULL,
  other_id BLOB NOT NULL,
  wrap BLOB NOT NULL,
  PRIMARY KEY (epoch, holder_id, other_id)
) WITHOUT ROWID;
CREATE TABLE recovery_requests (
  id BLOB PRIMARY KEY,
  epoch INTEGER NOT NULL,
  purpose TEXT NOT NULL CHECK (purpose IN ('read', 'holder')),
  asked_by BLOB NOT NULL,
  for_id BLOB NOT NULL,
  leaves_id BLOB,
  why_id BLOB NOT NULL,
  asked_day TEXT NOT NULL,
  ends TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'done', 'closed')),
  confirmed_by BLOB,
  done_day TEXT,
  CHECK (confirmed_by IS NULL OR confirmed_by <> asked_by)
) WITHOUT ROWID;
CREATE TABLE recovery_halves (
  request_id BLOB NOT NULL REFERENCES recovery_requests (id) ON DELETE CASCADE,
  holder_id BLOB NOT NULL,
  wrap BLOB NOT NULL,
  ends TEXT NOT NULL,
  PRIMARY KEY (request_id, holder_id)
) WITHOUT ROWID;
CREATE TABLE recovery_openings (
  request_id BLOB NOT NULL REFERENCES recovery_requests (id) ON DELETE CASCADE,
  sealed_id BLOB NOT NULL,
  PRIMARY KEY (request_id, sealed_id)
) WITHOUT ROWID;
CREATE INDEX recovery_openings_sealed ON recovery_openings (sealed_id);

-- Several contracts follow one another. Those from before know their days only where the
-- profile knew them.
DROP INDEX contracts_present;
ALTER TABLE contracts ADD COLUMN kind TEXT NOT NULL DEFAULT '';
ALTER TABLE contracts ADD COLUMN paid BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE contracts ADD COLUMN additional BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE contracts ADD COLUMN from_day TEXT;
ALTER TABLE contracts ADD COLUMN to_day TEXT;
UPDATE contracts SET
  kind = COALESCE((SELECT work_kind FROM profiles WHERE profiles.account_id = contracts.account_id), ''),
  paid = (SELECT paid_from FROM profiles WHERE profiles.account_id = contracts.account_id) IS NOT NULL,
  from_day = (SELECT paid_from FROM profiles WHERE profiles.account_id = contracts.account_id),
  to_day = (SELECT NULLIF(paid_until, '9999-12-31') FROM profiles WHERE profiles.account_id = contracts.account_id)
WHERE present;
CREATE INDEX contracts_account ON contracts (account_id);

CREATE TABLE contract_texts (
  id BLOB PRIMARY KEY,
  contract_id BLOB NOT NULL REFERENCES contracts (id),
  account_id BLOB NOT NULL,
  lang TEXT NOT NULL,
  version INTEGER NOT NULL,
  parts INTEGER NOT NULL CHECK (parts BETWEEN 1 AND 20),
  saved_by BLOB NOT NULL,
  saved_day TEXT NOT NULL,
  words_id BLOB NOT NULL,
  UNIQUE (contract_id, lang, version)
) WITHOUT ROWID;
CREATE TABLE contract_ticks (
  text_id BLOB NOT NULL REFERENCES contract_texts (id),
  part INTEGER NOT NULL,
  day TEXT NOT NULL,
  words_id BLOB NOT NULL,
  PRIMARY KEY (text_id, part)
) WITHOUT ROWID;
CREATE TABLE contract_questions (
  id BLOB PRIMARY KEY,
  text_id BLOB NOT NULL REFERENCES contract_texts (id),
  part INTEGER NOT NULL,
  day TEXT NOT NULL,
  words_id BLOB NOT NULL,
  answer_id BLOB,
  answered_by BLOB,
  answered_day TEXT
) WITHOUT ROWID;
CREATE INDEX contract_questions_text ON contract_questions (text_id);

CREATE TABLE payroll_details (
  account_id BLOB PRIMARY KEY,
  saved_day TEXT NOT NULL,
  words_id BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE payroll_reads (
  id BLOB PRIMARY KEY,
  account_id BLOB NOT NULL,
  reader_id BLOB NOT NULL,
  day TEXT NOT NULL,
  purpose TEXT NOT NULL CHECK (purpose IN ('pay', 'check', 'file'))
) WITHOUT ROWID;
CREATE INDEX payroll_reads_account ON payroll_reads (account_id, day);
