-- +goose Up

ALTER TABLE directory_entries ADD COLUMN opening TEXT NOT NULL DEFAULT '';
ALTER TABLE directory_entries ADD COLUMN acts TEXT NOT NULL DEFAULT '' CHECK (acts IN ('', 'case', 'informs'));
ALTER TABLE directory_entries ADD COLUMN tried_on TEXT;
CREATE TABLE directory_relations (
  from_id TEXT NOT NULL REFERENCES directory_entries (id),
  kind TEXT NOT NULL CHECK (kind IN ('member', 'agreement', 'part', 'runs')),
  to_id TEXT NOT NULL REFERENCES directory_entries (id),
  shipped BOOLEAN NOT NULL,
  PRIMARY KEY (from_id, kind, to_id)
) WITHOUT ROWID;
CREATE INDEX directory_relations_to ON directory_relations (to_id);
CREATE TABLE directory_state (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  version BIGINT NOT NULL
);
INSERT INTO directory_state (id, version) VALUES (1, 1);
