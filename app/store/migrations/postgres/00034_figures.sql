-- +goose Up

-- What was counted of one thing in one month, after everything small was taken out. It is
-- written once and never changed, and the true counts are kept nowhere.
CREATE TABLE figure_tables (
  measure TEXT NOT NULL,
  month TEXT NOT NULL,
  cells TEXT NOT NULL,
  frozen_day TEXT NOT NULL,
  PRIMARY KEY (measure, month)
);
-- Whom a coordinator wants to give a table, and what the group said.
CREATE TABLE figure_releases (
  id BYTEA PRIMARY KEY,
  measure TEXT NOT NULL,
  month TEXT NOT NULL,
  split TEXT NOT NULL,
  recipient TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('asked', 'agreed', 'refused', 'closed')),
  asked_day TEXT NOT NULL,
  settled_day TEXT NOT NULL,
  agreed_by INTEGER NOT NULL CHECK (agreed_by >= 0),
  group_size INTEGER NOT NULL CHECK (group_size >= 0),
  code_hash BYTEA,
  FOREIGN KEY (measure, month) REFERENCES figure_tables (measure, month)
);
CREATE INDEX figure_releases_day ON figure_releases (asked_day);
CREATE TABLE figure_voices (
  release_id BYTEA NOT NULL REFERENCES figure_releases (id),
  tag BYTEA NOT NULL,
  agrees BOOLEAN NOT NULL,
  staff BOOLEAN NOT NULL,
  PRIMARY KEY (release_id, tag)
);
