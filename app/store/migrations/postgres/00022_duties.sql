-- +goose Up

-- A conversation that the organisation owes somebody after something heavy. It goes two
-- years after its day; her words are sealed.
CREATE TABLE supervision_debriefs (
  id BYTEA PRIMARY KEY,
  account_id BYTEA NOT NULL,
  flagged_day TEXT NOT NULL,
  due_day TEXT NOT NULL,
  held_day TEXT,
  told_id BYTEA,
  words_id BYTEA,
  UNIQUE (account_id, flagged_day)
);
CREATE INDEX supervision_debriefs_told ON supervision_debriefs (told_id);

-- How much supervision the organisation promises to everybody with a role.
CREATE TABLE supervision_requirements (
  id BYTEA PRIMARY KEY,
  role TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('any', 'individual', 'group', 'pair', 'intervision', 'debrief', 'case', 'mentoring')),
  minutes INTEGER NOT NULL CHECK (minutes BETWEEN 1 AND 60000),
  months INTEGER NOT NULL CHECK (months BETWEEN 1 AND 36),
  from_day TEXT NOT NULL,
  set_by BYTEA NOT NULL,
  UNIQUE (role, kind)
);
