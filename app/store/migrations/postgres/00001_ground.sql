-- +goose Up

CREATE TABLE site (name TEXT PRIMARY KEY, value BYTEA NOT NULL);
CREATE TABLE jobs (
  id BYTEA PRIMARY KEY,
  kind TEXT NOT NULL,
  payload TEXT NOT NULL,
  due TEXT NOT NULL,
  tries INTEGER NOT NULL,
  held_until TEXT NOT NULL
);
CREATE INDEX jobs_due ON jobs (due);
CREATE UNIQUE INDEX jobs_one_of_a_kind ON jobs (kind) WHERE payload = '';
CREATE TABLE audit_rows (
  id BYTEA PRIMARY KEY,
  number BIGINT UNIQUE,
  at TEXT NOT NULL,
  kind TEXT NOT NULL,
  salt BYTEA NOT NULL,
  matter TEXT,
  matter_hash BYTEA NOT NULL,
  prev BYTEA,
  hash BYTEA
);
