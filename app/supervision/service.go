package supervision

import (
	"context"
	"encoding/json"
	"strings"
	"unicode/utf8"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"portico/app/audit"
	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
	"portico/moderation"
)

// Service holds the verbs of supervision. Each exported verb is one transaction.
type Service struct{ store *store.Store }

// New makes the service.
func New(s *store.Store) *Service { return &Service{s} }

// keepMonths is how long sealed words stay at most.
const keepMonths = 60

// Receipt says what became of words that somebody sent.
type Receipt struct {
	ID     store.ID
	Stored bool // false when the author has to look at the findings first
	// Verdict holds the exact words that screening found, for the author alone.
	Verdict moderation.Verdict
}

// screen looks for what could name or expose a third person. Nothing is refused and nobody
// else hears of it: these words are sealed, so the author decides. The text goes back into
// the form and into no table.
func screen(insist bool, texts ...string) (r Receipt, stop bool) {
	r.Verdict = moderation.Screen(strings.Join(texts, "\n"), nil, nil)
	return r, r.Verdict.Outcome.Worse(moderation.Publish) && !insist
}

// seal seals a value for people of a relation.
func (s *Service) seal(ctx context.Context, tx *gorm.DB, readers []store.ID, kind string, value any) (store.ID, error) {
	raw, err := json.Marshal(value)
	if err != nil {
		return store.ID{}, fault.Wrap(err, "write a sealed record")
	}
	return member.SealForRoles(ctx, tx, s.store.Clock, member.RoleRecord{
		Kind: kind, Words: string(raw), KeepMonths: keepMonths, Readers: readers,
	})
}

func read(words string, value any) error {
	return fault.Wrap(json.Unmarshal([]byte(words), value), "read a sealed record")
}

// noteRead writes into the audit log that somebody opened words which another wrote.
func (s *Service) noteRead(ctx context.Context, who member.Actor, record store.ID) error {
	return s.store.Tx(ctx, func(tx *gorm.DB) error { return s.note(ctx, tx, who, record) })
}

func (s *Service) note(ctx context.Context, tx *gorm.DB, who member.Actor, record store.ID) error {
	matter := `{"sealed":"` + record.String() + `","by":"` + who.Role.ID.String() + `"}`
	return audit.Note(ctx, tx, store.Minute(s.store.Time()), "read sealed", matter)
}

// noteEntry writes into the audit log that somebody opened words which another wrote, and
// beside it a row that whoever wrote them can see.
func (s *Service) noteEntry(ctx context.Context, who member.Actor, e Entry) error {
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		row := ReadRow{EntryID: e.ID, AccountID: who.Role.ID, Day: s.store.Today()}
		if err := tx.WithContext(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&row).Error; err != nil {
			return err
		}
		return s.note(ctx, tx, who, e.WordsID)
	})
}

// tooLong reports a text over the limit as a field to mend.
func tooLong(name, text string) []fault.Field {
	if utf8.RuneCountInString(text) <= LongestWords {
		return nil
	}
	return []fault.Field{{Name: name, Key: "supervision.words.long", Args: []any{"Most", LongestWords}}}
}

// LongestWords is the limit of one field of words, in characters.
const LongestWords = 4000
