-- +goose Up

CREATE TABLE post_pictures (
  post_id BLOB PRIMARY KEY,
  type TEXT NOT NULL CHECK (type IN ('image/jpeg', 'image/png')),
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  shows TEXT NOT NULL,
  bytes BLOB NOT NULL
) WITHOUT ROWID;
