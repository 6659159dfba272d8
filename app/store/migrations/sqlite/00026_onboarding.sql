-- +goose Up

-- What an organisation says in public about how it brings people in.
CREATE TABLE joining_pages (
  organisation_id BLOB PRIMARY KEY REFERENCES organisations (id),
  open BOOLEAN NOT NULL,
  quorum INTEGER NOT NULL CHECK (quorum BETWEEN 1 AND 100)
) WITHOUT ROWID;

CREATE TABLE joining_texts (
  organisation_id BLOB NOT NULL REFERENCES organisations (id),
  lang TEXT NOT NULL,
  how TEXT NOT NULL,
  expects TEXT NOT NULL,
  limits TEXT NOT NULL,
  pay TEXT NOT NULL,
  childcare TEXT NOT NULL,
  PRIMARY KEY (organisation_id, lang)
) WITHOUT ROWID;

-- Versions are never changed: a vote names the one that it was about.
CREATE TABLE joining_criteria (
  organisation_id BLOB NOT NULL REFERENCES organisations (id),
  number INTEGER NOT NULL,
  lang TEXT NOT NULL,
  sentences TEXT NOT NULL,
  day TEXT NOT NULL,
  PRIMARY KEY (organisation_id, number, lang)
) WITHOUT ROWID;

CREATE TABLE joining_postings (
  id BLOB PRIMARY KEY,
  organisation_id BLOB NOT NULL REFERENCES organisations (id),
  title TEXT NOT NULL,
  lang TEXT NOT NULL,
  hours TEXT NOT NULL,
  amount TEXT NOT NULL,
  unit TEXT NOT NULL,
  currency TEXT NOT NULL,
  from_day TEXT NOT NULL,
  until_day TEXT NOT NULL,
  languages TEXT NOT NULL,
  closed BOOLEAN NOT NULL
) WITHOUT ROWID;

-- Somebody on her way in. The account is that of a role; no member account is named.
CREATE TABLE candidacies (
  id BLOB PRIMARY KEY,
  organisation_id BLOB NOT NULL REFERENCES organisations (id),
  mode TEXT NOT NULL CHECK (mode IN ('membership', 'employment', 'consultation')),
  way TEXT NOT NULL CHECK (way IN ('self', 'posting', 'staff', 'other')),
  posting_id BLOB,
  account_id BLOB,
  lang TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'here', 'stopped', 'refused')),
  words_id BLOB,
  her_words_id BLOB,
  link_mark BLOB,
  her_box BLOB,
  began_day TEXT NOT NULL,
  ended_day TEXT
) WITHOUT ROWID;
CREATE UNIQUE INDEX candidacies_account ON candidacies (account_id);

CREATE TABLE candidacy_steps (
  candidacy_id BLOB NOT NULL REFERENCES candidacies (id),
  step TEXT NOT NULL,
  position INTEGER NOT NULL,
  owner_id BLOB,
  due_day TEXT,
  done_day TEXT,
  note_id BLOB,
  shared BOOLEAN NOT NULL,
  PRIMARY KEY (candidacy_id, step)
) WITHOUT ROWID;

CREATE TABLE candidacy_messages (
  id BLOB PRIMARY KEY,
  candidacy_id BLOB NOT NULL REFERENCES candidacies (id),
  from_her BOOLEAN NOT NULL,
  number INTEGER NOT NULL,
  day TEXT NOT NULL,
  words_id BLOB
) WITHOUT ROWID;

CREATE TABLE rule_signatures (
  candidacy_id BLOB PRIMARY KEY REFERENCES candidacies (id),
  account_id BLOB NOT NULL,
  version INTEGER NOT NULL,
  lang TEXT NOT NULL,
  day TEXT NOT NULL,
  body_hash BLOB NOT NULL,
  epoch INTEGER NOT NULL,
  sign BLOB NOT NULL
) WITHOUT ROWID;

CREATE TABLE joining_votes (
  id BLOB PRIMARY KEY,
  candidacy_id BLOB NOT NULL REFERENCES candidacies (id),
  number INTEGER NOT NULL,
  criteria INTEGER NOT NULL,
  quorum INTEGER NOT NULL,
  opened_by BLOB NOT NULL,
  opened_day TEXT NOT NULL,
  closes_day TEXT NOT NULL,
  closed_day TEXT,
  state TEXT NOT NULL CHECK (state IN ('open', 'yes', 'no', 'few', 'staff', 'stopped'))
) WITHOUT ROWID;
CREATE UNIQUE INDEX joining_votes_number ON joining_votes (candidacy_id, number);

-- Who may vote, and who stepped aside. Who has voted does not stand here.
CREATE TABLE joining_voters (
  vote_id BLOB NOT NULL REFERENCES joining_votes (id),
  account_id BLOB NOT NULL,
  staff BOOLEAN NOT NULL,
  aside BOOLEAN NOT NULL,
  PRIMARY KEY (vote_id, account_id)
) WITHOUT ROWID;

-- That somebody voted, and what somebody chose: two tables that nothing joins. Both serve
-- the votes about titles as well.
CREATE TABLE joining_ballots (
  vote_id BLOB NOT NULL,
  tag BLOB NOT NULL,
  staff BOOLEAN NOT NULL,
  PRIMARY KEY (vote_id, tag)
) WITHOUT ROWID;

CREATE TABLE joining_choices (
  id BLOB PRIMARY KEY,
  vote_id BLOB NOT NULL,
  choice TEXT NOT NULL,
  criterion INTEGER NOT NULL,
  reason_id BLOB
) WITHOUT ROWID;
CREATE INDEX joining_choices_vote ON joining_choices (vote_id);

CREATE TABLE joining_appeals (
  vote_id BLOB PRIMARY KEY REFERENCES joining_votes (id),
  candidacy_id BLOB NOT NULL REFERENCES candidacies (id),
  day TEXT NOT NULL,
  words_id BLOB,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'again', 'stands')),
  decided_by BLOB,
  decided_day TEXT,
  reason_id BLOB
) WITHOUT ROWID;

CREATE TABLE panel_members (
  candidacy_id BLOB NOT NULL REFERENCES candidacies (id),
  account_id BLOB NOT NULL,
  peer BOOLEAN NOT NULL,
  day TEXT,
  note_id BLOB,
  PRIMARY KEY (candidacy_id, account_id)
) WITHOUT ROWID;

CREATE TABLE joining_offers (
  candidacy_id BLOB NOT NULL REFERENCES candidacies (id),
  number INTEGER NOT NULL,
  made_by BLOB NOT NULL,
  day TEXT NOT NULL,
  until_day TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('made', 'accepted', 'declined', 'over')),
  terms_id BLOB,
  PRIMARY KEY (candidacy_id, number)
) WITHOUT ROWID;

-- Words of somebody who leaves, for whom she chose. Who wrote them stands nowhere.
CREATE TABLE farewells (
  id BLOB PRIMARY KEY,
  month TEXT NOT NULL,
  words_id BLOB
) WITHOUT ROWID;

CREATE TABLE joining_figures (
  organisation_id BLOB NOT NULL,
  year INTEGER NOT NULL,
  what TEXT NOT NULL,
  number INTEGER NOT NULL,
  PRIMARY KEY (organisation_id, year, what)
) WITHOUT ROWID;

CREATE TABLE title_rounds (
  id BLOB PRIMARY KEY,
  organisation_id BLOB NOT NULL REFERENCES organisations (id),
  lang TEXT NOT NULL,
  number INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('gathering', 'open', 'chosen', 'none')),
  opened_day TEXT,
  closes_day TEXT,
  closed_day TEXT,
  chosen TEXT NOT NULL
) WITHOUT ROWID;
CREATE UNIQUE INDEX title_rounds_number ON title_rounds (organisation_id, lang, number);

CREATE TABLE title_proposals (
  id BLOB PRIMARY KEY,
  round_id BLOB NOT NULL REFERENCES title_rounds (id),
  words TEXT NOT NULL
) WITHOUT ROWID;
CREATE UNIQUE INDEX title_proposals_words ON title_proposals (round_id, words);
