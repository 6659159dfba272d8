-- +goose Up

CREATE TABLE supervision_relations (
  id BYTEA PRIMARY KEY,
  supervisor_id BYTEA NOT NULL,
  peer_id BYTEA NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('individual', 'group', 'pair', 'intervision', 'debrief', 'case', 'mentoring')),
  cadence_days INTEGER NOT NULL CHECK (cadence_days BETWEEN 1 AND 366),
  outside BOOLEAN NOT NULL,
  paid BOOLEAN NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('proposed', 'open', 'refused', 'ended')),
  proposed_by BYTEA NOT NULL,
  agreement_id BYTEA NOT NULL,
  supervisor_print BYTEA NOT NULL,
  peer_print BYTEA NOT NULL,
  supervisor_sign BYTEA,
  peer_sign BYTEA,
  open_day TEXT,
  next_day TEXT,
  CHECK (supervisor_id <> peer_id)
);
CREATE INDEX supervision_relations_peer ON supervision_relations (peer_id);
CREATE INDEX supervision_relations_supervisor ON supervision_relations (supervisor_id);
CREATE TABLE supervision_entries (
  id BYTEA PRIMARY KEY,
  relation_id BYTEA NOT NULL REFERENCES supervision_relations (id),
  held_day TEXT NOT NULL,
  minutes INTEGER NOT NULL CHECK (minutes BETWEEN 1 AND 600),
  mode TEXT NOT NULL CHECK (mode IN ('person', 'phone', 'online', 'text')),
  state TEXT NOT NULL CHECK (state IN ('written', 'signed', 'declined')),
  words_id BYTEA NOT NULL,
  version INTEGER NOT NULL
);
CREATE INDEX supervision_entries_relation ON supervision_entries (relation_id, held_day);
CREATE TABLE supervision_actions (
  id BYTEA PRIMARY KEY,
  entry_id BYTEA NOT NULL REFERENCES supervision_entries (id),
  relation_id BYTEA NOT NULL REFERENCES supervision_relations (id),
  due_day TEXT,
  done_day TEXT
);
CREATE INDEX supervision_actions_relation ON supervision_actions (relation_id);
CREATE TABLE supervision_links (
  id BYTEA PRIMARY KEY,
  relation_id BYTEA NOT NULL REFERENCES supervision_relations (id),
  number INTEGER NOT NULL,
  entry_id BYTEA NOT NULL REFERENCES supervision_entries (id),
  signer_id BYTEA NOT NULL,
  epoch INTEGER NOT NULL,
  verdict TEXT NOT NULL CHECK (verdict IN ('sign', 'disagree', 'decline', 'add')),
  day TEXT NOT NULL,
  words_id BYTEA,
  box_hash BYTEA NOT NULL,
  words_hash BYTEA,
  prev BYTEA NOT NULL,
  sign BYTEA NOT NULL,
  hash BYTEA NOT NULL,
  UNIQUE (relation_id, number)
);
CREATE UNIQUE INDEX supervision_links_once ON supervision_links (entry_id, signer_id) WHERE verdict <> 'add';
