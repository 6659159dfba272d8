-- +goose Up

CREATE TABLE accounts (
  id BYTEA PRIMARY KEY,
  salt BYTEA NOT NULL,
  lookup BYTEA NOT NULL UNIQUE,
  kdf INTEGER NOT NULL,
  sealed BYTEA NOT NULL,
  gen BYTEA NOT NULL,
  keep_until TEXT NOT NULL
);
CREATE TABLE boxes (
  addr BYTEA PRIMARY KEY,
  box BYTEA NOT NULL,
  keep_until TEXT NOT NULL
);
CREATE TABLE sessions (
  id BYTEA PRIMARY KEY,
  owner BYTEA NOT NULL,
  label_box BYTEA NOT NULL,
  box BYTEA NOT NULL,
  ends TEXT NOT NULL
);
CREATE INDEX sessions_owner ON sessions (owner);
CREATE INDEX sessions_ends ON sessions (ends);
CREATE TABLE invite_batches (
  id BYTEA PRIMARY KEY,
  label TEXT NOT NULL,
  code_hash BYTEA NOT NULL UNIQUE,
  code_box BYTEA NOT NULL,
  most INTEGER NOT NULL CHECK (most >= 10),
  uses INTEGER NOT NULL,
  expires TEXT NOT NULL,
  closed BOOLEAN NOT NULL
);
CREATE TABLE role_accounts (
  id BYTEA PRIMARY KEY,
  handle TEXT NOT NULL UNIQUE,
  roles TEXT NOT NULL,
  salt BYTEA NOT NULL,
  sealed BYTEA NOT NULL,
  gen BYTEA NOT NULL,
  ended TEXT
);
CREATE TABLE role_keys (
  account_id BYTEA NOT NULL,
  epoch INTEGER NOT NULL,
  enc_pub BYTEA NOT NULL,
  sign_pub BYTEA NOT NULL,
  from_day TEXT NOT NULL,
  until_day TEXT,
  PRIMARY KEY (account_id, epoch)
);
CREATE TABLE role_links (
  token_hash BYTEA PRIMARY KEY,
  roles TEXT NOT NULL,
  ends TEXT NOT NULL
);
CREATE TABLE circles (
  id TEXT NOT NULL,
  epoch INTEGER NOT NULL,
  pub BYTEA NOT NULL,
  PRIMARY KEY (id, epoch)
);
CREATE TABLE circle_keys (
  circle TEXT NOT NULL,
  epoch INTEGER NOT NULL,
  account_id BYTEA NOT NULL,
  wrap BYTEA NOT NULL,
  PRIMARY KEY (circle, epoch, account_id)
);
CREATE TABLE sealed (
  id BYTEA PRIMARY KEY,
  kind TEXT NOT NULL,
  box BYTEA NOT NULL CHECK (substr(box, 1, 1) = '\x01'::bytea),
  box_hash BYTEA NOT NULL,
  delete_after TEXT NOT NULL
);
CREATE TABLE sealed_keys (
  sealed_id BYTEA NOT NULL REFERENCES sealed (id) ON DELETE CASCADE,
  reader_kind TEXT NOT NULL CHECK (reader_kind IN ('role', 'circle')),
  reader_id TEXT NOT NULL,
  epoch INTEGER NOT NULL,
  wrap BYTEA NOT NULL,
  PRIMARY KEY (sealed_id, reader_kind, reader_id)
);
