-- +goose Up

CREATE TABLE boards_new (
  slug TEXT PRIMARY KEY,
  audience TEXT NOT NULL CHECK (audience IN ('public', 'members', 'peers', 'group')),
  position INTEGER NOT NULL,
  archived BOOLEAN NOT NULL
) WITHOUT ROWID;
INSERT INTO boards_new SELECT slug, audience, position, archived FROM boards;
CREATE TABLE board_texts_new (
  board TEXT NOT NULL REFERENCES boards_new (slug),
  lang TEXT NOT NULL,
  name TEXT NOT NULL,
  purpose TEXT NOT NULL,
  PRIMARY KEY (board, lang)
) WITHOUT ROWID;
INSERT INTO board_texts_new SELECT board, lang, name, purpose FROM board_texts;
CREATE TABLE topics_new (
  id BLOB PRIMARY KEY,
  board TEXT NOT NULL REFERENCES boards_new (slug),
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
INSERT INTO topics_new SELECT id, board, title, lang, warning, state, pinned, listed, shown, last_no, last_day FROM topics;
CREATE TABLE voices_new (
  topic_id BLOB NOT NULL REFERENCES topics_new (id),
  tag BLOB NOT NULL,
  name TEXT NOT NULL,
  pause_until TEXT,
  upheld_day TEXT,
  closed BOOLEAN NOT NULL,
  lang TEXT NOT NULL,
  board_out BOOLEAN NOT NULL,
  PRIMARY KEY (topic_id, tag),
  UNIQUE (topic_id, name)
) WITHOUT ROWID;
INSERT INTO voices_new SELECT topic_id, tag, name, pause_until, upheld_day, closed, lang, FALSE FROM voices;
CREATE TABLE posts_new (
  id BLOB PRIMARY KEY,
  topic_id BLOB NOT NULL REFERENCES topics_new (id),
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
INSERT INTO posts_new SELECT id, topic_id, no, tag, role_account_id, badge, handle, body, html, toks, lang, day, edited, version, state, nonce_hash, search_id FROM posts;
DROP TABLE posts;
DROP TABLE voices;
DROP TABLE topics;
DROP TABLE board_texts;
DROP TABLE boards;
ALTER TABLE boards_new RENAME TO boards;
ALTER TABLE board_texts_new RENAME TO board_texts;
ALTER TABLE topics_new RENAME TO topics;
ALTER TABLE voices_new RENAME TO voices;
ALTER TABLE posts_new RENAME TO posts;
CREATE INDEX topics_by_board ON topics (board, listed, pinned DESC, last_day DESC, id DESC);
CREATE INDEX voices_tag ON voices (tag);
CREATE INDEX voices_out ON voices (topic_id) WHERE board_out;
CREATE INDEX posts_tag ON posts (tag);

CREATE TABLE board_members (
  board TEXT NOT NULL REFERENCES boards (slug),
  tag BLOB NOT NULL,
  PRIMARY KEY (board, tag)
) WITHOUT ROWID;
CREATE INDEX board_members_tag ON board_members (tag);
CREATE TABLE board_codes (
  code_hash BLOB PRIMARY KEY,
  board TEXT NOT NULL REFERENCES boards (slug),
  tag BLOB,
  ends TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE vouches (
  code_hash BLOB NOT NULL REFERENCES board_codes (code_hash) ON DELETE CASCADE,
  tag BLOB NOT NULL,
  PRIMARY KEY (code_hash, tag)
) WITHOUT ROWID;

CREATE TABLE questions (
  id BLOB PRIMARY KEY,
  lang TEXT NOT NULL,
  urgent BOOLEAN NOT NULL,
  day TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'answered', 'closed')),
  last_no INTEGER NOT NULL,
  keep_until TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX questions_order ON questions (state, urgent DESC, day, id);
CREATE TABLE question_parts (
  question_id BLOB NOT NULL REFERENCES questions (id) ON DELETE CASCADE,
  no INTEGER NOT NULL,
  sealed_id BLOB NOT NULL,
  day TEXT NOT NULL,
  nonce_hash BLOB NOT NULL UNIQUE,
  PRIMARY KEY (question_id, no)
) WITHOUT ROWID;
