-- +goose Up

CREATE TABLE statements (
  code_hash BLOB PRIMARY KEY,
  module TEXT NOT NULL,
  version INTEGER NOT NULL,
  day TEXT NOT NULL,
  ends TEXT,
  state TEXT NOT NULL CHECK (state IN ('counts', 'back', 'revoked', 'allowed'))
) WITHOUT ROWID;
