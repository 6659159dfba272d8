-- +goose Up

-- Somebody reads a published text aloud; a second person listens before everybody may.
CREATE TABLE material_recordings (
  id BLOB PRIMARY KEY,
  material_id BLOB NOT NULL REFERENCES materials (id),
  lang TEXT NOT NULL,
  text_hash BLOB NOT NULL,
  type TEXT NOT NULL CHECK (type IN ('audio/mpeg', 'audio/mp4', 'audio/ogg')),
  seconds INTEGER NOT NULL CHECK (seconds BETWEEN 1 AND 1200),
  size INTEGER NOT NULL CHECK (size BETWEEN 1 AND 6291456),
  credit TEXT NOT NULL CHECK (credit IN ('none', 'handle', 'alias')),
  alias TEXT NOT NULL,
  sent_by BLOB,
  day TEXT NOT NULL,
  heard_by BLOB,
  heard_day TEXT,
  bytes BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX material_recordings_material ON material_recordings (material_id, lang);

-- The magazine: an issue with its board, its topics and pieces, where its copies go and what
-- readers say.
CREATE TABLE magazine_issues (
  id BLOB PRIMARY KEY,
  number INTEGER NOT NULL UNIQUE CHECK (number > 0),
  title TEXT NOT NULL,
  month TEXT NOT NULL,
  lang TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('topics', 'pieces', 'layout', 'published', 'stopped')),
  greeting TEXT NOT NULL,
  imprint TEXT NOT NULL,
  opened_day TEXT NOT NULL,
  closes_day TEXT NOT NULL,
  published_day TEXT
) WITHOUT ROWID;
CREATE TABLE magazine_board (
  issue_id BLOB NOT NULL REFERENCES magazine_issues (id),
  role_account_id BLOB NOT NULL,
  PRIMARY KEY (issue_id, role_account_id)
) WITHOUT ROWID;
CREATE TABLE magazine_topics (
  id BLOB PRIMARY KEY,
  issue_id BLOB NOT NULL REFERENCES magazine_issues (id),
  words TEXT NOT NULL,
  readers BOOLEAN NOT NULL
) WITHOUT ROWID;
CREATE INDEX magazine_topics_issue ON magazine_topics (issue_id);
CREATE TABLE magazine_wants (
  topic_id BLOB NOT NULL REFERENCES magazine_topics (id),
  tag BLOB NOT NULL,
  PRIMARY KEY (topic_id, tag)
) WITHOUT ROWID;
CREATE TABLE magazine_pieces (
  id BLOB PRIMARY KEY,
  issue_id BLOB NOT NULL REFERENCES magazine_issues (id),
  place INTEGER NOT NULL,
  title TEXT NOT NULL,
  body TEXT NOT NULL,
  sent TEXT NOT NULL,
  signed TEXT NOT NULL,
  material_id BLOB,
  tag BLOB,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'taken', 'changed', 'later', 'gone')),
  board BOOLEAN NOT NULL
) WITHOUT ROWID;
CREATE INDEX magazine_pieces_issue ON magazine_pieces (issue_id);
CREATE INDEX magazine_pieces_material ON magazine_pieces (material_id);
CREATE TABLE magazine_ballots (
  piece_id BLOB NOT NULL REFERENCES magazine_pieces (id),
  tag BLOB NOT NULL,
  choice TEXT NOT NULL CHECK (choice IN ('taken', 'changed', 'later')),
  staff BOOLEAN NOT NULL,
  words TEXT NOT NULL,
  PRIMARY KEY (piece_id, tag)
) WITHOUT ROWID;
CREATE TABLE magazine_copies (
  id BLOB PRIMARY KEY,
  issue_id BLOB NOT NULL REFERENCES magazine_issues (id),
  place TEXT NOT NULL CHECK (place IN ('clinic', 'street', 'shelter', 'drop-in', 'office', 'event', 'other')),
  copies INTEGER NOT NULL CHECK (copies BETWEEN 1 AND 100000)
) WITHOUT ROWID;
CREATE INDEX magazine_copies_issue ON magazine_copies (issue_id);
CREATE TABLE magazine_said (
  id BLOB PRIMARY KEY,
  issue_id BLOB NOT NULL REFERENCES magazine_issues (id),
  useful TEXT NOT NULL CHECK (useful IN ('', 'yes', 'no')),
  plain TEXT NOT NULL CHECK (plain IN ('', 'yes', 'no')),
  missing TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX magazine_said_issue ON magazine_said (issue_id);
