-- +goose Up

-- One person in one month, for counting people. The address is hers alone to compute, and the
-- language she reads is sealed to the people who count.
CREATE TABLE presences (
  addr BYTEA PRIMARY KEY CHECK (length(addr) = 16),
  month TEXT NOT NULL,
  epoch INTEGER NOT NULL,
  box BYTEA NOT NULL,
  hash BYTEA NOT NULL,
  wrap BYTEA NOT NULL
);
CREATE INDEX presences_month ON presences (month);
