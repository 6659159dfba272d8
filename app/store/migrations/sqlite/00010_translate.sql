-- +goose Up

CREATE TABLE translate_documents (
  id BLOB PRIMARY KEY,
  kind TEXT NOT NULL,
  lang TEXT NOT NULL,
  title TEXT NOT NULL,
  tail TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE translate_segments (
  id BLOB PRIMARY KEY,
  document_id BLOB NOT NULL REFERENCES translate_documents (id),
  place INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('heading', 'paragraph', 'item', 'quote')),
  lead TEXT NOT NULL,
  source TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX translate_segments_place ON translate_segments (document_id, place);
CREATE TABLE translate_languages (
  document_id BLOB NOT NULL REFERENCES translate_documents (id),
  lang TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('working', 'waiting', 'approved')),
  opened_day TEXT NOT NULL,
  approved_by BLOB,
  approved_day TEXT,
  PRIMARY KEY (document_id, lang)
) WITHOUT ROWID;
CREATE TABLE translate_targets (
  segment_id BLOB NOT NULL REFERENCES translate_segments (id),
  lang TEXT NOT NULL,
  document_id BLOB NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('empty', 'machine', 'edited', 'reviewed', 'stale')),
  version INTEGER NOT NULL,
  words TEXT NOT NULL,
  machine BOOLEAN NOT NULL,
  editor_id BLOB,
  reviewer_id BLOB,
  old_source TEXT NOT NULL,
  published TEXT,
  published_machine BOOLEAN NOT NULL,
  up_to_date BOOLEAN NOT NULL,
  PRIMARY KEY (segment_id, lang)
) WITHOUT ROWID;
CREATE INDEX translate_targets_document ON translate_targets (document_id, lang, state);
CREATE TABLE translate_history (
  id BLOB PRIMARY KEY,
  segment_id BLOB NOT NULL REFERENCES translate_segments (id),
  lang TEXT NOT NULL,
  version INTEGER NOT NULL,
  act TEXT NOT NULL CHECK (act IN ('machine', 'edited', 'reviewed')),
  words TEXT NOT NULL,
  by_id BLOB,
  day TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX translate_history_segment ON translate_history (segment_id, lang, version);
CREATE TABLE translate_memory (
  id BLOB PRIMARY KEY,
  from_lang TEXT NOT NULL,
  to_lang TEXT NOT NULL,
  source_hash BLOB NOT NULL,
  size INTEGER NOT NULL,
  source TEXT NOT NULL,
  target TEXT NOT NULL,
  UNIQUE (from_lang, to_lang, source_hash)
) WITHOUT ROWID;
CREATE INDEX translate_memory_size ON translate_memory (from_lang, to_lang, size);
CREATE TABLE translate_terms (
  id BLOB PRIMARY KEY,
  from_lang TEXT NOT NULL,
  lang TEXT NOT NULL,
  term TEXT NOT NULL,
  preferred TEXT NOT NULL,
  refused TEXT NOT NULL,
  domain TEXT NOT NULL,
  note TEXT NOT NULL,
  review BOOLEAN NOT NULL,
  version INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX translate_terms_lang ON translate_terms (lang, term);
CREATE TABLE reader_languages (
  role_account_id BLOB NOT NULL,
  lang TEXT NOT NULL,
  PRIMARY KEY (role_account_id, lang)
) WITHOUT ROWID;
CREATE TABLE translate_batches (
  id BLOB PRIMARY KEY,
  document_id BLOB NOT NULL REFERENCES translate_documents (id),
  lang TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'done', 'failed')),
  segments TEXT NOT NULL,
  total INTEGER NOT NULL,
  drafted INTEGER NOT NULL,
  tries INTEGER NOT NULL,
  trouble TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX translate_batches_document ON translate_batches (document_id, lang);
CREATE TABLE translate_spending (
  month TEXT NOT NULL,
  document_id BLOB NOT NULL,
  lang TEXT NOT NULL,
  tokens_in BIGINT NOT NULL,
  tokens_out BIGINT NOT NULL,
  cost BIGINT NOT NULL,
  PRIMARY KEY (month, document_id, lang)
) WITHOUT ROWID;
CREATE TABLE translate_answers (
  hash BLOB PRIMARY KEY,
  words TEXT NOT NULL
) WITHOUT ROWID;
