-- +goose Up

CREATE TABLE meetings (
  id BLOB PRIMARY KEY,
  host_id BLOB NOT NULL,
  module TEXT NOT NULL,
  title TEXT NOT NULL,
  lang TEXT NOT NULL,
  what TEXT NOT NULL,
  place TEXT NOT NULL,
  day TEXT NOT NULL,
  begins TEXT NOT NULL,
  minutes INTEGER NOT NULL CHECK (minutes BETWEEN 10 AND 600),
  seats INTEGER NOT NULL CHECK (seats BETWEEN 1 AND 200),
  languages TEXT NOT NULL,
  childcare BOOLEAN NOT NULL,
  paid BOOLEAN NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'off', 'held')),
  heads INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX meetings_day ON meetings (day, begins);

-- A seat of a member bears a tag that only she can compute, and no account. It goes when
-- the attendance is noted.
CREATE TABLE meeting_seats (
  meeting_id BLOB NOT NULL REFERENCES meetings (id),
  tag BLOB NOT NULL,
  role_account_id BLOB,
  no INTEGER NOT NULL,
  interpreter TEXT NOT NULL,
  childcare BOOLEAN NOT NULL,
  came BOOLEAN,
  PRIMARY KEY (meeting_id, tag)
) WITHOUT ROWID;
CREATE UNIQUE INDEX meeting_seats_no ON meeting_seats (meeting_id, no);
