-- +goose Up

CREATE TABLE reactions (
  post_id BYTEA NOT NULL,
  tag BYTEA NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('thanks', 'too', 'with')),
  PRIMARY KEY (post_id, tag)
);
