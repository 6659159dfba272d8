package store

import (
	"context"

	"gorm.io/gorm"
)

// kept lists what the retention job deletes: rows whose own mark lies so many months in
// the past. The rota outlives the weeks in which a shift may still reach a time sheet.
var kept = []struct {
	table, column, format string
	months                int
}{
	{"sessions", "ends", "2006-01-02T15", 0},
	{"role_links", "ends", "2006-01-02T15", 0},
	{"sealed", "delete_after", "2006-01", 0},
	{"recovery_halves", "ends", "2006-01-02T15", 0},
	{"board_codes", "ends", "2006-01-02", 0},
	{"board_closings", "ends", "2006-01-02", 0},
	{"questions", "keep_until", "2006-01", 0},
	{"desk_shifts", "day", "2006-01-02", 3},
	{"desk_debriefs", "due_day", "2006-01-02", 24},
	{"supervision_debriefs", "due_day", "2006-01-02", 24},
	{"supervision_codes", "ends", "2006-01-02", 0},
	{"statements", "ends", "2006-01-02", 24},
	{"profile_views", "day", "2006-01-02", 12},
	{"translate_egress", "day", "2006-01-02", 24},
	{"conflict_notes", "keep_until", "2006-01", 0},
	{"meetings", "day", "2006-01-02", 24},
	{"notices", "keep_until", "2006-01", 0},
	{"tips", "until", "2006-01", 0},
	{"survey_words", "keep_until", "2006-01", 0},
	{"presences", "month", "2006-01", 13},
	{"figure_releases", "asked_day", "2006-01-02", 60},
	{"figure_tables", "month", "2006-01", 72},
}

// hanging are rows that go with a row of kept, and first, because they point to it.
var hanging = map[string]struct{ table, column string }{
	"notices":         {"notice_parts", "notice_id"},
	"tips":            {"tip_texts", "tip_id"},
	"meetings":        {"meeting_seats", "meeting_id"},
	"figure_releases": {"figure_voices", "release_id"},
}

// Term is how long the nightly work leaves the rows of a table.
type Term struct {
	Table  string
	Column string // the day or month that counts
	Format string // how that column writes it
	Months int    // after it; 0 is as soon as it is over
}

// Terms lists the tables that the nightly work cleans by time. Accounts and boxes count in
// halves and quarters of a year and stand beside it.
func Terms() []Term {
	terms := make([]Term, len(kept))
	for i, k := range kept {
		terms[i] = Term{k.table, k.column, k.format, k.months}
	}
	return terms
}

// factRetained is the day on which the nightly work last deleted what is past its time.
const factRetained = "retained"

// RetainedOn is that day, "" when it never ran.
func (s *Store) RetainedOn(ctx context.Context) (string, error) {
	day, err := s.fact(ctx, factRetained)
	return string(day), err
}

// Retain deletes what is past its time. Sealed records lose their wraps with them.
func (s *Store) Retain(ctx context.Context) error {
	now := s.Time()
	return s.Tx(ctx, func(tx *gorm.DB) error {
		for _, k := range kept {
			past := now.AddDate(0, -k.months, 0).Format(k.format)
			if h, ok := hanging[k.table]; ok {
				err := tx.Exec("DELETE FROM "+h.table+" WHERE "+h.column+" IN (SELECT id FROM "+k.table+" WHERE "+k.column+" < ?)", past).Error
				if err != nil {
					return err
				}
			}
			if err := tx.Exec("DELETE FROM "+k.table+" WHERE "+k.column+" < ?", past).Error; err != nil {
				return err
			}
		}
		if err := tx.Exec("DELETE FROM boxes WHERE keep_until < ?", s.Quarter(0)).Error; err != nil {
			return err
		}
		if err := tx.Exec("DELETE FROM accounts WHERE keep_until < ?", s.Half(0)).Error; err != nil {
			return err
		}
		if err := tx.Exec("DELETE FROM site WHERE name = ?", factRetained).Error; err != nil {
			return err
		}
		return gorm.G[Fact](tx).Create(ctx, &Fact{factRetained, []byte(s.Today())})
	})
}

// shuffled lists the tables whose physical order would tell who did what when.
var shuffled = []struct{ table, key string }{
	{"accounts", "id"}, {"sessions", "id"}, {"boxes", "addr"}, {"voices", "topic_id, tag"}, {"posts", "id"},
	{"reactions", "post_id, tag"}, {"post_pictures", "post_id"}, {"board_members", "board, tag"}, {"question_parts", "question_id, no"},
	{"material_wants", "material_id, tag"}, {"material_voices", "consultation_id, tag"}, {"material_replies", "id"},
	{"material_ballots", "decision_id, tag"}, {"material_votes", "id"}, {"material_suggestions", "id"}, {"material_feedback", "id"}, {"statements", "code_hash"},
	{"magazine_topics", "id"}, {"magazine_wants", "topic_id, tag"}, {"magazine_pieces", "id"}, {"magazine_ballots", "piece_id, tag"}, {"magazine_said", "id"},
	{"joining_ballots", "vote_id, tag"}, {"joining_choices", "id"}, {"title_proposals", "id"},
	{"conflict_parts", "note_id, no"}, {"notices", "id"}, {"notice_parts", "id"}, {"survey_voices", "survey_id, tag"}, {"presences", "addr"}, {"survey_answers", "id"}, {"survey_words", "id"}, {"figure_voices", "release_id, tag"},
}

// Shuffle takes the order of writing out of the files. PostgreSQL keeps order and
// transaction numbers with each row, and VACUUM keeps them too: only deleting and writing
// everything again, in the order of random keys and in one transaction, leaves one number
// for all. SQLite's tables are ordered by their random keys already; there the free pages
// are overwritten.
func (s *Store) Shuffle(ctx context.Context) error {
	if !s.postgres {
		s.writing.Lock()
		defer s.writing.Unlock()
		return Translate(s.DB.WithContext(ctx).Exec("VACUUM").Error)
	}
	for _, t := range shuffled {
		statement := "WITH moved AS (DELETE FROM " + t.table + " RETURNING *) INSERT INTO " + t.table + " SELECT * FROM moved ORDER BY " + t.key
		err := s.Tx(ctx, func(tx *gorm.DB) error {
			// Writers wait for this moment: an update of a row that is being moved would find nothing.
			if err := tx.Exec("LOCK TABLE " + t.table + " IN SHARE ROW EXCLUSIVE MODE").Error; err != nil {
				return err
			}
			return tx.Exec(statement).Error
		})
		if err != nil {
			return err
		}
		if err := s.DB.WithContext(ctx).Exec("VACUUM " + t.table).Error; err != nil {
			return Translate(err)
		}
	}
	return nil
}
