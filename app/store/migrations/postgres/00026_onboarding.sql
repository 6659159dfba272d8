-- +goose Up

-- What an organisation says in public about how it brings people in.
CREATE TABLE joining_pages (
  organisation_id BYTEA PRIMARY KEY REFERENCES organisations (id),
  open BOOLEAN NOT NULL,
  quorum INTEGER NOT NULL CHECK (quorum BETWEEN 1 AND 100)
);

CREATE TABLE joining_texts (
  organisation_id BYTEA NOT NULL REFERENCES organisations (id),
  lang TEXT NOT NULL,
  how TEXT NOT NULL,
  expects TEXT NOT NULL,
  limits TEXT NOT NULL,
  pay TEXT NOT NULL,
  childcare TEXT NOT NULL,
  PRIMARY KEY (organisation_id, lang)
);

-- Versions are never changed: a vote names the one that it was about.
CREATE TABLE joining_criteria (
  organisation_id BYTEA NOT NULL REFERENCES organisations (id),
  number INTEGER NOT NULL,
  lang TEXT NOT NULL,
  sentences TEXT NOT NULL,
  day TEXT NOT NULL,
  PRIMARY KEY (organisation_id, number, lang)
);

CREATE TABLE joining_postings (
  id BYTEA PRIMARY KEY,
  organisation_id BYTEA NOT NULL REFERENCES organisations (id),
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
);

-- Somebody on her way in. The account is that of a role; no member account is named.
CREATE TABLE candidacies (
  id BYTEA PRIMARY KEY,
  organisation_id BYTEA NOT NULL REFERENCES organisations (id),
  mode TEXT NOT NULL CHECK (mode IN ('membership', 'employment', 'consultation')),
  way TEXT NOT NULL CHECK (way IN ('self', 'posting', 'staff', 'other')),
  posting_id BYTEA,
  account_id BYTEA,
  lang TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'here', 'stopped', 'refused')),
  words_id BYTEA,
  her_words_id BYTEA,
  link_mark BYTEA,
  her_box BYTEA,
  began_day TEXT NOT NULL,
  ended_day TEXT
);
CREATE UNIQUE INDEX candidacies_account ON candidacies (account_id);

CREATE TABLE candidacy_steps (
  candidacy_id BYTEA NOT NULL REFERENCES candidacies (id),
  step TEXT NOT NULL,
  position INTEGER NOT NULL,
  owner_id BYTEA,
  due_day TEXT,
  done_day TEXT,
  note_id BYTEA,
  shared BOOLEAN NOT NULL,
  PRIMARY KEY (candidacy_id, step)
);

CREATE TABLE candidacy_messages (
  id BYTEA PRIMARY KEY,
  candidacy_id BYTEA NOT NULL REFERENCES candidacies (id),
  from_her BOOLEAN NOT NULL,
  number INTEGER NOT NULL,
  day TEXT NOT NULL,
  words_id BYTEA
);

CREATE TABLE rule_signatures (
  candidacy_id BYTEA PRIMARY KEY REFERENCES candidacies (id),
  account_id BYTEA NOT NULL,
  version INTEGER NOT NULL,
  lang TEXT NOT NULL,
  day TEXT NOT NULL,
  body_hash BYTEA NOT NULL,
  epoch INTEGER NOT NULL,
  sign BYTEA NOT NULL
);

CREATE TABLE joining_votes (
  id BYTEA PRIMARY KEY,
  candidacy_id BYTEA NOT NULL REFERENCES candidacies (id),
  number INTEGER NOT NULL,
  criteria INTEGER NOT NULL,
  quorum INTEGER NOT NULL,
  opened_by BYTEA NOT NULL,
  opened_day TEXT NOT NULL,
  closes_day TEXT NOT NULL,
  closed_day TEXT,
  state TEXT NOT NULL CHECK (state IN ('open', 'yes', 'no', 'few', 'staff', 'stopped'))
);
CREATE UNIQUE INDEX joining_votes_number ON joining_votes (candidacy_id, number);

-- Who may vote, and who stepped aside. Who has voted does not stand here.
CREATE TABLE joining_voters (
  vote_id BYTEA NOT NULL REFERENCES joining_votes (id),
  account_id BYTEA NOT NULL,
  staff BOOLEAN NOT NULL,
  aside BOOLEAN NOT NULL,
  PRIMARY KEY (vote_id, account_id)
);

-- That somebody voted, and what somebody chose: two tables that nothing joins. Both serve
-- the votes about titles as well.
CREATE TABLE joining_ballots (
  vote_id BYTEA NOT NULL,
  tag BYTEA NOT NULL,
  staff BOOLEAN NOT NULL,
  PRIMARY KEY (vote_id, tag)
);

CREATE TABLE joining_choices (
  id BYTEA PRIMARY KEY,
  vote_id BYTEA NOT NULL,
  choice TEXT NOT NULL,
  criterion INTEGER NOT NULL,
  reason_id BYTEA
);
CREATE INDEX joining_choices_vote ON joining_choices (vote_id);

CREATE TABLE joining_appeals (
  vote_id BYTEA PRIMARY KEY REFERENCES joining_votes (id),
  candidacy_id BYTEA NOT NULL REFERENCES candidacies (id),
  day TEXT NOT NULL,
  words_id BYTEA,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'again', 'stands')),
  decided_by BYTEA,
  decided_day TEXT,
  reason_id BYTEA
);

CREATE TABLE panel_members (
  candidacy_id BYTEA NOT NULL REFERENCES candidacies (id),
  account_id BYTEA NOT NULL,
  peer BOOLEAN NOT NULL,
  day TEXT,
  note_id BYTEA,
  PRIMARY KEY (candidacy_id, account_id)
);

CREATE TABLE joining_offers (
  candidacy_id BYTEA NOT NULL REFERENCES candidacies (id),
  number INTEGER NOT NULL,
  made_by BYTEA NOT NULL,
  day TEXT NOT NULL,
  until_day TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('made', 'accepted', 'declined', 'over')),
  terms_id BYTEA,
  PRIMARY KEY (candidacy_id, number)
);

-- Words of somebody who leaves, for whom she chose. Who wrote them stands nowhere.
CREATE TABLE farewells (
  id BYTEA PRIMARY KEY,
  month TEXT NOT NULL,
  words_id BYTEA
);

CREATE TABLE joining_figures (
  organisation_id BYTEA NOT NULL,
  year INTEGER NOT NULL,
  what TEXT NOT NULL,
  number INTEGER NOT NULL,
  PRIMARY KEY (organisation_id, year, what)
);

CREATE TABLE title_rounds (
  id BYTEA PRIMARY KEY,
  organisation_id BYTEA NOT NULL REFERENCES organisations (id),
  lang TEXT NOT NULL,
  number INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('gathering', 'open', 'chosen', 'none')),
  opened_day TEXT,
  closes_day TEXT,
  closed_day TEXT,
  chosen TEXT NOT NULL
);
CREATE UNIQUE INDEX title_rounds_number ON title_rounds (organisation_id, lang, number);

CREATE TABLE title_proposals (
  id BYTEA PRIMARY KEY,
  round_id BYTEA NOT NULL REFERENCES title_rounds (id),
  words TEXT NOT NULL
);
CREATE UNIQUE INDEX title_proposals_words ON title_proposals (round_id, words);
