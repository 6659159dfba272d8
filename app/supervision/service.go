package supervision

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"strings"
	"time"
	"unicode"
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

func missing() *fault.Error { return fault.New(fault.NotFound, "error.missing") }

// idOf turns the nonce of a form into the id of what the form makes, so that the same form
// never makes two.
func idOf(nonce string) store.ID {
	if nonce == "" {
		return store.NewID()
	}
	sum := sha256.Sum256([]byte("supervision form " + nonce))
	return store.ID(sum[:16])
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

// ParseWhole reads a whole number in the digits of any script; ok is false for anything
// else, also for a number below zero.
func ParseWhole(typed string) (n int, ok bool) {
	for _, r := range strings.TrimSpace(typed) {
		if !unicode.Is(unicode.Nd, r) {
			if unicode.Is(unicode.Cf, r) {
				continue
			}
			return 0, false
		}
		if n = n*10 + digit(r); n > 1_000_000 {
			return 0, false
		}
		ok = true
	}
	return n, ok
}

// digit is the value of a decimal digit: Unicode lays the digits of a script out in a row
// of ten, and the ranges of its table begin with a zero.
func digit(r rune) int {
	for _, row := range unicode.Nd.R16 {
		if rune(row.Lo) <= r && r <= rune(row.Hi) {
			return int(r-rune(row.Lo)) % 10
		}
	}
	for _, row := range unicode.Nd.R32 {
		if rune(row.Lo) <= r && r <= rune(row.Hi) {
			return int(r-rune(row.Lo)) % 10
		}
	}
	return 0
}

// dayIn reports whether text is a day between two others, both included.
func dayIn(text, from, to string) bool {
	_, err := time.Parse(time.DateOnly, text)
	return err == nil && text >= from && text <= to
}

// after is the day that lies days after another.
func after(day string, days int) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return day
	}
	return t.AddDate(0, 0, days).Format(time.DateOnly)
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
