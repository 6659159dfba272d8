-- +goose Up

CREATE TABLE host_terms (
  id BYTEA PRIMARY KEY,
  lang TEXT NOT NULL,
  term TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('warn', 'hold')),
  note TEXT NOT NULL,
  day TEXT NOT NULL,
  added_by BYTEA NOT NULL,
  UNIQUE (term, lang)
);

CREATE TABLE rule_versions (
  number INTEGER NOT NULL,
  lang TEXT NOT NULL,
  body TEXT NOT NULL,
  decided TEXT NOT NULL,
  day TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('draft', 'decided')),
  PRIMARY KEY (number, lang)
);
