-- +goose Up

CREATE TABLE post_pictures (
  post_id BYTEA PRIMARY KEY,
  type TEXT NOT NULL CHECK (type IN ('image/jpeg', 'image/png')),
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  shows TEXT NOT NULL,
  bytes BYTEA NOT NULL
);
