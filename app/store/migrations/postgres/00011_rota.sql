-- +goose Up

CREATE TABLE desk_shifts (
  id BYTEA PRIMARY KEY,
  role_account_id BYTEA NOT NULL,
  day TEXT NOT NULL,
  hour INTEGER NOT NULL CHECK (hour BETWEEN 0 AND 23),
  hours INTEGER NOT NULL CHECK (hours BETWEEN 1 AND 8),
  UNIQUE (role_account_id, day, hour)
);
CREATE INDEX desk_shifts_day ON desk_shifts (day, hour);
