-- +goose Up

-- A conversation that the organisation owes somebody after something heavy. It goes two
-- years after its day; her words are sealed.
CREATE TABLE supervision_debriefs (
  id BLOB PRIMARY KEY,
  account_id BLOB NOT NULL,
  flagged_day TEXT NOT NULL,
  due_day TEXT NOT NULL,
  held_day TEXT,
  told_id BLOB,
  words_id BLOB,
  UNIQUE (account_id, flagged_day)
) WITHOUT ROWID;
CREATE INDEX supervision_debriefs_told ON supervision_debriefs (told_id);

-- How much supervision the organisation promises to everybody with a role.
CREATE TABLE supervision_requirements (
  id BLOB PRIMARY KEY,
  role TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('any', 'individual', 'group', 'pair', 'intervision', 'debrief', 'case', 'mentoring')),
  minutes INTEGER NOT NULL CHECK (minutes BETWEEN 1 AND 60000),
  months INTEGER NOT NULL CHECK (months BETWEEN 1 AND 36),
  from_day TEXT NOT NULL,
  set_by BLOB NOT NULL,
  UNIQUE (role, kind)
) WITHOUT ROWID;
