-- +goose Up

CREATE TABLE site (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE jobs (
  id BLOB PRIMARY KEY,
  kind TEXT NOT NULL,
  payload TEXT NOT NULL,
  due TEXT NOT NULL,
  tries INTEGER NOT NULL,
  held_until TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX jobs_due ON jobs (due);
CREATE UNIQUE INDEX jobs_one_of_a_kind ON jobs (kind) WHERE payload = '';
CREATE TABLE audit_rows (
  id BLOB PRIMARY KEY,
  number BIGINT UNIQUE,
  at TEXT NOT NULL,
  kind TEXT NOT NULL,
  salt BLOB NOT NULL,
  matter TEXT,
  matter_hash BLOB NOT NULL,
  prev BLOB,
  hash BLOB
) WITHOUT ROWID;
