-- +goose Up

CREATE TABLE accounts (
  id BLOB PRIMARY KEY,
  salt BLOB NOT NULL,
  lookup BLOB NOT NULL UNIQUE,
  kdf INTEGER NOT NULL,
  sealed BLOB NOT NULL,
  gen BLOB NOT NULL,
  keep_until TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE boxes (
  addr BLOB PRIMARY KEY,
  box BLOB NOT NULL,
  keep_until TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE sessions (
  id BLOB PRIMARY KEY,
  owner BLOB NOT NULL,
  label_box BLOB NOT NULL,
  box BLOB NOT NULL,
  ends TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX sessions_owner ON sessions (owner);
CREATE INDEX sessions_ends ON sessions (ends);
CREATE TABLE invite_batches (
  id BLOB PRIMARY KEY,
  label TEXT NOT NULL,
  code_hash BLOB NOT NULL UNIQUE,
  code_box BLOB NOT NULL,
  most INTEGER NOT NULL CHECK (most >= 10),
  uses INTEGER NOT NULL,
  expires TEXT NOT NULL,
  closed BOOLEAN NOT NULL
) WITHOUT ROWID;
CREATE TABLE role_accounts (
  id BLOB PRIMARY KEY,
  handle TEXT NOT NULL UNIQUE,
  roles TEXT NOT NULL,
  salt BLOB NOT NULL,
  sealed BLOB NOT NULL,
  gen BLOB NOT NULL,
  ended TEXT
) WITHOUT ROWID;
CREATE TABLE role_keys (
  account_id BLOB NOT NULL,
  epoch INTEGER NOT NULL,
  enc_pub BLOB NOT NULL,
  sign_pub BLOB NOT NULL,
  from_day TEXT NOT NULL,
  until_day TEXT,
  PRIMARY KEY (account_id, epoch)
) WITHOUT ROWID;
CREATE TABLE role_links (
  token_hash BLOB PRIMARY KEY,
  roles TEXT NOT NULL,
  ends TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE circles (
  id TEXT NOT NULL,
  epoch INTEGER NOT NULL,
  pub BLOB NOT NULL,
  PRIMARY KEY (id, epoch)
) WITHOUT ROWID;
CREATE TABLE circle_keys (
  circle TEXT NOT NULL,
  epoch INTEGER NOT NULL,
  account_id BLOB NOT NULL,
  wrap BLOB NOT NULL,
  PRIMARY KEY (circle, epoch, account_id)
) WITHOUT ROWID;
CREATE TABLE sealed (
  id BLOB PRIMARY KEY,
  kind TEXT NOT NULL,
  box BLOB NOT NULL CHECK (substr(box, 1, 1) = x'01'),
  box_hash BLOB NOT NULL,
  delete_after TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE sealed_keys (
  sealed_id BLOB NOT NULL REFERENCES sealed (id) ON DELETE CASCADE,
  reader_kind TEXT NOT NULL CHECK (reader_kind IN ('role', 'circle')),
  reader_id TEXT NOT NULL,
  epoch INTEGER NOT NULL,
  wrap BLOB NOT NULL,
  PRIMARY KEY (sealed_id, reader_kind, reader_id)
) WITHOUT ROWID;
