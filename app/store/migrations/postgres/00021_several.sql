-- +goose Up

CREATE TABLE supervision_members (
  relation_id BYTEA NOT NULL REFERENCES supervision_relations (id),
  account_id BYTEA NOT NULL,
  part TEXT NOT NULL CHECK (part IN ('peer', 'supervisor')),
  print BYTEA NOT NULL,
  sign BYTEA,
  since_day TEXT NOT NULL,
  left_day TEXT,
  added_by BYTEA,
  added_sign BYTEA,
  PRIMARY KEY (relation_id, account_id)
);
INSERT INTO supervision_members SELECT id, peer_id, 'peer', peer_print, peer_sign, COALESCE(open_day, ''), NULL, NULL, NULL FROM supervision_relations;
INSERT INTO supervision_members SELECT id, supervisor_id, 'supervisor', supervisor_print, supervisor_sign, COALESCE(open_day, ''), NULL, NULL, NULL
  FROM supervision_relations;
CREATE TABLE supervision_present (
  entry_id BYTEA NOT NULL REFERENCES supervision_entries (id),
  account_id BYTEA NOT NULL,
  PRIMARY KEY (entry_id, account_id)
);
INSERT INTO supervision_present SELECT e.id, m.account_id FROM supervision_entries e JOIN supervision_members m ON m.relation_id = e.relation_id;

ALTER TABLE supervision_entries ADD COLUMN form TEXT NOT NULL DEFAULT 'talk' CHECK (form IN ('talk', 'minutes'));
ALTER TABLE supervision_entries ALTER COLUMN form DROP DEFAULT;
ALTER TABLE supervision_entries ADD COLUMN led_by BYTEA NOT NULL DEFAULT '';
UPDATE supervision_entries SET led_by = (SELECT r.peer_id FROM supervision_relations r WHERE r.id = supervision_entries.relation_id);
ALTER TABLE supervision_entries ALTER COLUMN led_by DROP DEFAULT;
ALTER TABLE supervision_entries ADD COLUMN choice_id BYTEA;

ALTER TABLE supervision_links ADD COLUMN proof INTEGER NOT NULL DEFAULT 1;
ALTER TABLE supervision_links ALTER COLUMN proof DROP DEFAULT;
ALTER TABLE supervision_links ADD COLUMN choice_hash BYTEA;

ALTER TABLE supervision_relations ADD COLUMN terms INTEGER NOT NULL DEFAULT 1;
ALTER TABLE supervision_relations ALTER COLUMN terms DROP DEFAULT;
ALTER TABLE supervision_relations ADD COLUMN review_day TEXT, ADD COLUMN replaces_id BYTEA, ADD COLUMN end_id BYTEA;
ALTER TABLE supervision_relations DROP COLUMN supervisor_id, DROP COLUMN peer_id, DROP COLUMN supervisor_print, DROP COLUMN peer_print,
  DROP COLUMN supervisor_sign, DROP COLUMN peer_sign;
CREATE INDEX supervision_members_account ON supervision_members (account_id);
CREATE INDEX supervision_present_account ON supervision_present (account_id);

CREATE TABLE supervision_reads (
  entry_id BYTEA NOT NULL REFERENCES supervision_entries (id),
  account_id BYTEA NOT NULL,
  day TEXT NOT NULL,
  PRIMARY KEY (entry_id, account_id, day)
);
CREATE TABLE supervision_codes (
  code TEXT NOT NULL,
  entry_id BYTEA NOT NULL REFERENCES supervision_entries (id),
  ends TEXT NOT NULL,
  PRIMARY KEY (code, entry_id)
);
