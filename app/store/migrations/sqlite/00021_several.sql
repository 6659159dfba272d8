-- +goose Up

CREATE TABLE supervision_relations_new (
  id BLOB PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('individual', 'group', 'pair', 'intervision', 'debrief', 'case', 'mentoring')),
  cadence_days INTEGER NOT NULL CHECK (cadence_days BETWEEN 1 AND 366),
  outside BOOLEAN NOT NULL,
  paid BOOLEAN NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('proposed', 'open', 'refused', 'ended')),
  proposed_by BLOB NOT NULL,
  agreement_id BLOB NOT NULL,
  open_day TEXT,
  next_day TEXT,
  terms INTEGER NOT NULL,
  review_day TEXT,
  replaces_id BLOB,
  end_id BLOB
) WITHOUT ROWID;
INSERT INTO supervision_relations_new SELECT id, kind, cadence_days, outside, paid, state, proposed_by, agreement_id, open_day, next_day, 1, NULL, NULL, NULL
  FROM supervision_relations;
CREATE TABLE supervision_members (
  relation_id BLOB NOT NULL REFERENCES supervision_relations_new (id),
  account_id BLOB NOT NULL,
  part TEXT NOT NULL CHECK (part IN ('peer', 'supervisor')),
  print BLOB NOT NULL,
  sign BLOB,
  since_day TEXT NOT NULL,
  left_day TEXT,
  added_by BLOB,
  added_sign BLOB,
  PRIMARY KEY (relation_id, account_id)
) WITHOUT ROWID;
INSERT INTO supervision_members SELECT id, peer_id, 'peer', peer_print, peer_sign, COALESCE(open_day, ''), NULL, NULL, NULL FROM supervision_relations;
INSERT INTO supervision_members SELECT id, supervisor_id, 'supervisor', supervisor_print, supervisor_sign, COALESCE(open_day, ''), NULL, NULL, NULL
  FROM supervision_relations;
CREATE TABLE supervision_entries_new (
  id BLOB PRIMARY KEY,
  relation_id BLOB NOT NULL REFERENCES supervision_relations_new (id),
  form TEXT NOT NULL CHECK (form IN ('talk', 'minutes')),
  held_day TEXT NOT NULL,
  minutes INTEGER NOT NULL CHECK (minutes BETWEEN 1 AND 600),
  mode TEXT NOT NULL CHECK (mode IN ('person', 'phone', 'online', 'text')),
  state TEXT NOT NULL CHECK (state IN ('written', 'signed', 'declined')),
  led_by BLOB NOT NULL,
  words_id BLOB NOT NULL,
  choice_id BLOB,
  version INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO supervision_entries_new SELECT e.id, e.relation_id, 'talk', e.held_day, e.minutes, e.mode, e.state, r.peer_id, e.words_id, NULL, e.version
  FROM supervision_entries e JOIN supervision_relations r ON r.id = e.relation_id;
CREATE TABLE supervision_present (
  entry_id BLOB NOT NULL REFERENCES supervision_entries_new (id),
  account_id BLOB NOT NULL,
  PRIMARY KEY (entry_id, account_id)
) WITHOUT ROWID;
INSERT INTO supervision_present SELECT e.id, m.account_id FROM supervision_entries e JOIN supervision_members m ON m.relation_id = e.relation_id;
CREATE TABLE supervision_actions_new (
  id BLOB PRIMARY KEY,
  entry_id BLOB NOT NULL REFERENCES supervision_entries_new (id),
  relation_id BLOB NOT NULL REFERENCES supervision_relations_new (id),
  due_day TEXT,
  done_day TEXT
) WITHOUT ROWID;
INSERT INTO supervision_actions_new SELECT id, entry_id, relation_id, due_day, done_day FROM supervision_actions;
CREATE TABLE supervision_links_new (
  id BLOB PRIMARY KEY,
  relation_id BLOB NOT NULL REFERENCES supervision_relations_new (id),
  number INTEGER NOT NULL,
  entry_id BLOB NOT NULL REFERENCES supervision_entries_new (id),
  signer_id BLOB NOT NULL,
  epoch INTEGER NOT NULL,
  verdict TEXT NOT NULL CHECK (verdict IN ('sign', 'disagree', 'decline', 'add')),
  day TEXT NOT NULL,
  proof INTEGER NOT NULL,
  words_id BLOB,
  box_hash BLOB NOT NULL,
  choice_hash BLOB,
  words_hash BLOB,
  prev BLOB NOT NULL,
  sign BLOB NOT NULL,
  hash BLOB NOT NULL,
  UNIQUE (relation_id, number)
) WITHOUT ROWID;
INSERT INTO supervision_links_new
  SELECT id, relation_id, number, entry_id, signer_id, epoch, verdict, day, 1, words_id, box_hash, NULL, words_hash, prev, sign, hash FROM supervision_links;
DROP TABLE supervision_links;
DROP TABLE supervision_actions;
DROP TABLE supervision_entries;
DROP TABLE supervision_relations;
ALTER TABLE supervision_relations_new RENAME TO supervision_relations;
ALTER TABLE supervision_entries_new RENAME TO supervision_entries;
ALTER TABLE supervision_actions_new RENAME TO supervision_actions;
ALTER TABLE supervision_links_new RENAME TO supervision_links;
CREATE INDEX supervision_members_account ON supervision_members (account_id);
CREATE INDEX supervision_entries_relation ON supervision_entries (relation_id, held_day);
CREATE INDEX supervision_present_account ON supervision_present (account_id);
CREATE INDEX supervision_actions_relation ON supervision_actions (relation_id);
CREATE UNIQUE INDEX supervision_links_once ON supervision_links (entry_id, signer_id) WHERE verdict <> 'add';

CREATE TABLE supervision_reads (
  entry_id BLOB NOT NULL REFERENCES supervision_entries (id),
  account_id BLOB NOT NULL,
  day TEXT NOT NULL,
  PRIMARY KEY (entry_id, account_id, day)
) WITHOUT ROWID;
CREATE TABLE supervision_codes (
  code TEXT NOT NULL,
  entry_id BLOB NOT NULL REFERENCES supervision_entries (id),
  ends TEXT NOT NULL,
  PRIMARY KEY (code, entry_id)
) WITHOUT ROWID;
