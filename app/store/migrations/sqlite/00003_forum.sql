-- +goose Up

CREATE TABLE boards (
  slug TEXT PRIMARY KEY,
  audience TEXT NOT NULL CHECK (audience IN ('public', 'members', 'peers')),
  position INTEGER NOT NULL,
  archived BOOLEAN NOT NULL
) WITHOUT ROWID;
CREATE TABLE board_texts (
  board TEXT NOT NULL REFERENCES boards (slug),
  lang TEXT NOT NULL,
  name TEXT NOT NULL,
  purpose TEXT NOT NULL,
  PRIMARY KEY (board, lang)
) WITHOUT ROWID;
CREATE TABLE topics (
  id BLOB PRIMARY KEY,
  board TEXT NOT NULL REFERENCES boards (slug),
  title TEXT NOT NULL,
  lang TEXT NOT NULL,
  warning TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'closed', 'archived')),
  pinned BOOLEAN NOT NULL,
  listed BOOLEAN NOT NULL,
  shown INTEGER NOT NULL,
  last_no INTEGER NOT NULL,
  last_day TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX topics_by_board ON topics (board, listed, pinned DESC, last_day DESC, id DESC);
CREATE TABLE voices (
  topic_id BLOB NOT NULL REFERENCES topics (id),
  tag BLOB NOT NULL,
  name TEXT NOT NULL,
  pause_until TEXT,
  upheld_day TEXT,
  closed BOOLEAN NOT NULL,
  lang TEXT NOT NULL,
  PRIMARY KEY (topic_id, tag),
  UNIQUE (topic_id, name)
) WITHOUT ROWID;
CREATE INDEX voices_tag ON voices (tag);
CREATE TABLE posts (
  id BLOB PRIMARY KEY,
  topic_id BLOB NOT NULL REFERENCES topics (id),
  no INTEGER NOT NULL,
  tag BLOB,
  role_account_id BLOB,
  badge TEXT NOT NULL,
  handle TEXT NOT NULL,
  body TEXT NOT NULL,
  html TEXT NOT NULL,
  toks TEXT NOT NULL,
  lang TEXT NOT NULL,
  day TEXT NOT NULL,
  edited BOOLEAN NOT NULL,
  version INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('shown', 'held', 'hidden')),
  nonce_hash BLOB NOT NULL UNIQUE,
  search_id BIGINT NOT NULL UNIQUE,
  UNIQUE (topic_id, no),
  CHECK ((tag IS NULL) <> (role_account_id IS NULL))
) WITHOUT ROWID;
CREATE INDEX posts_tag ON posts (tag);
CREATE VIRTUAL TABLE post_words USING fts5(toks, content='', tokenize="unicode61 remove_diacritics 0", prefix='3');
INSERT INTO post_words (post_words, rank) VALUES ('secure-delete', 1);
CREATE TABLE reports (
  id BLOB PRIMARY KEY,
  post_id BLOB NOT NULL,
  tag BLOB NOT NULL,
  reason TEXT NOT NULL,
  note_id BLOB,
  day TEXT NOT NULL,
  UNIQUE (post_id, tag)
) WITHOUT ROWID;
