-- +goose Up

-- Short surveys. An answer is a row of its own: nobody's, and not joined to her other answers.
CREATE TABLE surveys (
  id BLOB PRIMARY KEY CHECK (length(id) = 16),
  kind TEXT NOT NULL,
  audience TEXT NOT NULL CHECK (audience IN ('members', 'everybody')),
  lang TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('draft', 'open', 'ended', 'closed')),
  made_by BLOB NOT NULL,
  shape TEXT NOT NULL,
  opened_day TEXT NOT NULL DEFAULT '',
  closes_day TEXT NOT NULL,
  ended_day TEXT NOT NULL DEFAULT '',
  closed_day TEXT NOT NULL DEFAULT '',
  figures TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;

CREATE TABLE survey_texts (
  survey_id BLOB NOT NULL REFERENCES surveys (id),
  lang TEXT NOT NULL,
  title TEXT NOT NULL,
  intro TEXT NOT NULL,
  questions TEXT NOT NULL,
  did TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (survey_id, lang)
) WITHOUT ROWID;

CREATE TABLE survey_voices (
  survey_id BLOB NOT NULL,
  tag BLOB NOT NULL,
  PRIMARY KEY (survey_id, tag)
) WITHOUT ROWID;

CREATE TABLE survey_answers (
  id BLOB PRIMARY KEY CHECK (length(id) = 16),
  survey_id BLOB NOT NULL,
  no INTEGER NOT NULL,
  choice INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX survey_answers_survey ON survey_answers (survey_id, no, choice);

CREATE TABLE survey_words (
  id BLOB PRIMARY KEY CHECK (length(id) = 16),
  survey_id BLOB NOT NULL,
  no INTEGER NOT NULL,
  sealed_id BLOB NOT NULL,
  keep_until TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX survey_words_survey ON survey_words (survey_id);
