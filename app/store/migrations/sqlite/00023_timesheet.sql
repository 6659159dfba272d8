-- +goose Up

CREATE TABLE payments (
  id BLOB PRIMARY KEY,
  account_id BLOB NOT NULL,
  day TEXT NOT NULL,
  reference TEXT NOT NULL,
  minutes INTEGER NOT NULL,
  currency TEXT NOT NULL,
  amount_id BLOB,
  paid_by BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX payments_account ON payments (account_id, day);
CREATE INDEX payments_day ON payments (day);
INSERT INTO payments SELECT id, account_id, COALESCE(paid_day, monday), paid_reference, approved_minutes, '', NULL, COALESCE(paid_by, decided_by, account_id)
  FROM work_weeks WHERE state = 'paid';
CREATE TABLE work_weeks_new (
  id BLOB PRIMARY KEY,
  account_id BLOB NOT NULL,
  monday TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'closed')),
  closed_day TEXT,
  closings INTEGER NOT NULL,
  UNIQUE (account_id, monday)
) WITHOUT ROWID;
INSERT INTO work_weeks_new SELECT id, account_id, monday, CASE WHEN state = 'open' THEN 'open' ELSE 'closed' END, closed_day,
  CASE WHEN state = 'open' THEN 0 ELSE 1 END FROM work_weeks;
CREATE TABLE work_lines_new (
  id BLOB PRIMARY KEY,
  week_id BLOB NOT NULL REFERENCES work_weeks_new (id),
  account_id BLOB NOT NULL,
  day TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('outreach', 'forum', 'training', 'supervision', 'co-design', 'mentoring', 'translation', 'travel', 'moderation')),
  minutes INTEGER NOT NULL CHECK (minutes BETWEEN 1 AND 1440),
  source TEXT,
  note_id BLOB,
  state TEXT NOT NULL CHECK (state IN ('open', 'closed', 'approved', 'cut', 'disputed', 'settled', 'paid')),
  pays BOOLEAN NOT NULL,
  approved_minutes INTEGER NOT NULL CHECK (approved_minutes BETWEEN 0 AND 1440),
  decided_by BLOB,
  decided_day TEXT,
  reason_id BLOB,
  dispute_until TEXT,
  dispute_id BLOB,
  settled_by BLOB,
  settled_id BLOB,
  payment_id BLOB REFERENCES payments (id),
  UNIQUE (account_id, source),
  CHECK ((state = 'paid') = (payment_id IS NOT NULL))
) WITHOUT ROWID;
-- A week was decided as a whole. Its approved minutes go to its lines in the order of their
-- days, so that what was cut lies on the last ones and the sum stays what it was.
INSERT INTO work_lines_new
  SELECT s.id, s.week_id, s.account_id, s.day, s.kind, s.minutes, s.source, s.note_id,
    CASE WHEN s.week_state IN ('open', 'closed') THEN s.week_state
      WHEN s.week_state = 'paid' AND s.approved > 0 THEN 'paid'
      WHEN s.approved = s.minutes THEN 'approved'
      WHEN s.week_state = 'disputed' THEN 'disputed'
      ELSE 'cut' END,
    s.week_state IN ('open', 'closed', 'disputed') OR s.approved > 0,
    s.approved, s.decided_by, s.decided_day,
    CASE WHEN s.week_state NOT IN ('open', 'closed') AND s.approved < s.minutes THEN s.reason_id END,
    CASE WHEN s.week_state = 'cut' AND s.approved < s.minutes THEN s.dispute_until END,
    CASE WHEN s.week_state NOT IN ('open', 'closed') AND s.approved < s.minutes THEN s.dispute_id END,
    NULL, NULL,
    CASE WHEN s.week_state = 'paid' AND s.approved > 0 THEN s.week_id END
  FROM (
    SELECT r.*, CASE WHEN r.week_state IN ('open', 'closed') THEN 0
        WHEN r.left_over <= 0 THEN 0 WHEN r.left_over >= r.minutes THEN r.minutes ELSE r.left_over END AS approved
      FROM (
        SELECT l.id, l.week_id, l.account_id, l.day, l.kind, l.minutes, l.source, l.note_id, w.state AS week_state, w.decided_by, w.decided_day,
          w.reason_id, w.dispute_until, w.dispute_id,
          w.approved_minutes - SUM(l.minutes) OVER (PARTITION BY l.week_id ORDER BY l.day, l.kind, l.id) + l.minutes AS left_over
        FROM work_lines l JOIN work_weeks w ON w.id = l.week_id
      ) r
  ) s;
DROP TABLE work_lines;
DROP TABLE work_weeks;
ALTER TABLE work_weeks_new RENAME TO work_weeks;
ALTER TABLE work_lines_new RENAME TO work_lines;
CREATE INDEX work_weeks_closed ON work_weeks (state, closed_day);
CREATE INDEX work_lines_week ON work_lines (week_id, day);
CREATE INDEX work_lines_state ON work_lines (state, week_id);
CREATE INDEX work_lines_day ON work_lines (day);
CREATE INDEX work_lines_payment ON work_lines (payment_id);
CREATE TABLE work_months (
  month TEXT PRIMARY KEY,
  state TEXT NOT NULL CHECK (state IN ('open', 'locked')),
  locked_by BLOB,
  locked_day TEXT,
  unlocked_by BLOB,
  unlocked_day TEXT,
  reason_id BLOB
) WITHOUT ROWID;
CREATE TABLE material_minutes (
  material_id BLOB NOT NULL REFERENCES materials (id) ON DELETE CASCADE,
  role_account_id BLOB NOT NULL,
  day TEXT NOT NULL,
  minutes INTEGER NOT NULL CHECK (minutes BETWEEN 1 AND 1440),
  PRIMARY KEY (material_id, role_account_id, day)
) WITHOUT ROWID;
CREATE INDEX material_minutes_person ON material_minutes (role_account_id, day);
CREATE TABLE translation_minutes (
  document_id BLOB NOT NULL REFERENCES translate_documents (id) ON DELETE CASCADE,
  role_account_id BLOB NOT NULL,
  day TEXT NOT NULL,
  minutes INTEGER NOT NULL CHECK (minutes BETWEEN 1 AND 1440),
  PRIMARY KEY (document_id, role_account_id, day)
) WITHOUT ROWID;
CREATE INDEX translation_minutes_person ON translation_minutes (role_account_id, day);
