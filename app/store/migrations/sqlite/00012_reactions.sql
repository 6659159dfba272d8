-- +goose Up

CREATE TABLE reactions (
  post_id BLOB NOT NULL,
  tag BLOB NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('thanks', 'too', 'with')),
  PRIMARY KEY (post_id, tag)
) WITHOUT ROWID;
