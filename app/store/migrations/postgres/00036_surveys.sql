-- +goose Up

-- Short surveys. An answer is a row of its own: nobody's, and not joined to her other answers.
CREATE TABLE surveys (
  id BYTEA PRIMARY KEY CHECK (length(id) = 16),
  kind TEXT NOT NULL,
  audience TEXT NOT NULL CHECK (audience IN ('members', 'everybody')),
  lang TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('draft', 'open', 'ended', 'closed')),
  made_by BYTEA NOT NULL,
  shape TEXT NOT NULL,
  opened_day TEXT NOT NULL DEFAULT '',
  closes_day TEXT NOT NULL,
  ended_day TEXT NOT NULL DEFAULT '',
  closed_day TEXT NOT NULL DEFAULT '',
  figures TEXT NOT NULL DEFAULT ''
);

CREATE TABLE survey_texts (
  survey_id BYTEA NOT NULL REFERENCES surveys (id),
  lang TEXT NOT NULL,
  title TEXT NOT NULL,
  intro TEXT NOT NULL,
  questions TEXT NOT NULL,
  did TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (survey_id, lang)
);

CREATE TABLE survey_voices (
  survey_id BYTEA NOT NULL,
  tag BYTEA NOT NULL,
  PRIMARY KEY (survey_id, tag)
);

CREATE TABLE survey_answers (
  id BYTEA PRIMARY KEY CHECK (length(id) = 16),
  survey_id BYTEA NOT NULL,
  no INTEGER NOT NULL,
  choice INTEGER NOT NULL
);
CREATE INDEX survey_answers_survey ON survey_answers (survey_id, no, choice);

CREATE TABLE survey_words (
  id BYTEA PRIMARY KEY CHECK (length(id) = 16),
  survey_id BYTEA NOT NULL,
  no INTEGER NOT NULL,
  sealed_id BYTEA NOT NULL,
  keep_until TEXT NOT NULL
);
CREATE INDEX survey_words_survey ON survey_words (survey_id);
