-- +goose Up

ALTER TABLE boards DROP CONSTRAINT boards_audience_check;
ALTER TABLE boards ADD CONSTRAINT boards_audience_check CHECK (audience IN ('public', 'members', 'peers', 'group'));
ALTER TABLE voices ADD COLUMN board_out BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE voices ALTER COLUMN board_out DROP DEFAULT;
CREATE INDEX voices_out ON voices (topic_id) WHERE board_out;

CREATE TABLE board_members (
  board TEXT NOT NULL REFERENCES boards (slug),
  tag BYTEA NOT NULL,
  PRIMARY KEY (board, tag)
);
CREATE INDEX board_members_tag ON board_members (tag);
CREATE TABLE board_codes (
  code_hash BYTEA PRIMARY KEY,
  board TEXT NOT NULL REFERENCES boards (slug),
  tag BYTEA,
  ends TEXT NOT NULL
);
CREATE TABLE vouches (
  code_hash BYTEA NOT NULL REFERENCES board_codes (code_hash) ON DELETE CASCADE,
  tag BYTEA NOT NULL,
  PRIMARY KEY (code_hash, tag)
);

CREATE TABLE questions (
  id BYTEA PRIMARY KEY,
  lang TEXT NOT NULL,
  urgent BOOLEAN NOT NULL,
  day TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'answered', 'closed')),
  last_no INTEGER NOT NULL,
  keep_until TEXT NOT NULL
);
CREATE INDEX questions_order ON questions (state, urgent DESC, day, id);
CREATE TABLE question_parts (
  question_id BYTEA NOT NULL REFERENCES questions (id) ON DELETE CASCADE,
  no INTEGER NOT NULL,
  sealed_id BYTEA NOT NULL,
  day TEXT NOT NULL,
  nonce_hash BYTEA NOT NULL UNIQUE,
  PRIMARY KEY (question_id, no)
);
