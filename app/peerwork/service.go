package peerwork

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"gorm.io/gorm"

	"portico/app/audit"
	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
	"portico/moderation"
)

// Service holds the verbs of peer work. Each exported verb is one transaction.
type Service struct {
	store *store.Store
	from  Sources
}

// New makes the service.
func New(s *store.Store) *Service { return &Service{store: s} }

// keepMonths is how long sealed words about work stay at most.
const keepMonths = 60

// Receipt says what became of words that somebody sent.
type Receipt struct {
	Stored  bool // false when the author has to look at the findings first
	Verdict moderation.Verdict
}

func missing() *fault.Error { return fault.New(fault.NotFound, "error.missing") }

func isPeer(who member.Actor) bool { return who.Role != nil && who.Has(member.RolePeer) }

func coordinates(who member.Actor) bool { return who.Role != nil && who.Has(member.RoleCoordinator) }

// idOf turns the nonce of a form into the id of what the form makes.
func idOf(nonce string) store.ID {
	if nonce == "" {
		return store.NewID()
	}
	sum := sha256.Sum256([]byte("peerwork form " + nonce))
	return store.ID(sum[:16])
}

// coordinators are the accounts of the people who coordinate now.
func coordinators(ctx context.Context, tx *gorm.DB) ([]store.ID, error) {
	rows, err := member.Colleagues(ctx, tx, member.RoleCoordinator)
	ids := make([]store.ID, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	return ids, err
}

// seal seals a value for readers.
func (s *Service) seal(ctx context.Context, tx *gorm.DB, kind string, value any, readers ...store.ID) (store.ID, error) {
	raw, err := json.Marshal(value)
	if err != nil {
		return store.ID{}, fault.Wrap(err, "write a sealed record")
	}
	return member.SealForRoles(ctx, tx, s.store.Clock, member.RoleRecord{Kind: kind, Words: string(raw), KeepMonths: keepMonths, Readers: readers})
}

// open reads a record that is hers to read into value and reports whether it is there.
func (s *Service) open(ctx context.Context, db *gorm.DB, who member.Actor, id store.ID, value any) (bool, error) {
	if id.IsZero() {
		return false, nil
	}
	found, err := member.OpenAllForRole(ctx, db, who, []store.ID{id})
	if err != nil {
		return false, err
	}
	words, ok := found[id]
	if !ok {
		return false, nil
	}
	return true, fault.Wrap(json.Unmarshal([]byte(words), value), "read a sealed record")
}

// noteRead writes into the audit log that somebody opened what is about another.
func (s *Service) noteRead(ctx context.Context, who member.Actor, record store.ID) error {
	matter := `{"sealed":"` + record.String() + `","by":"` + who.Role.ID.String() + `"}`
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		return audit.Note(ctx, tx, store.Minute(s.store.Time()), "read sealed", matter)
	})
}

// note writes a decision about somebody into the audit log, by numbers alone.
func (s *Service) note(ctx context.Context, tx *gorm.DB, who member.Actor, act string, about store.ID) error {
	matter := `{"act":"` + act + `","about":"` + about.String() + `","by":"` + who.Role.ID.String() + `"}`
	return audit.Note(ctx, tx, s.store.Today(), "work", matter)
}

// peer finds a person who is a peer worker now.
func (s *Service) peer(ctx context.Context, account store.ID) (member.RoleAccount, error) {
	rows, err := member.Colleagues(ctx, s.store.DB, member.RolePeer)
	if err != nil {
		return member.RoleAccount{}, err
	}
	i := slices.IndexFunc(rows, func(r member.RoleAccount) bool { return r.ID == account })
	if i < 0 {
		return member.RoleAccount{}, missing()
	}
	return rows[i], nil
}

// Fold writes the digits of any script as 0 to 9 and drops the invisible marks of direction
// that phones put between them; everything else stays.
func Fold(typed string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Cf, r):
			return -1
		case unicode.Is(unicode.Nd, r):
			return '0' + digit(r)
		case r == '٫':
			return '.'
		}
		return r
	}, strings.TrimSpace(typed))
}

// digit is the value of a decimal digit: Unicode lays the digits of a script out in a row
// of ten, and the ranges of its table begin with a zero.
func digit(r rune) rune {
	for _, row := range unicode.Nd.R16 {
		if rune(row.Lo) <= r && r <= rune(row.Hi) {
			return (r - rune(row.Lo)) % 10
		}
	}
	for _, row := range unicode.Nd.R32 {
		if rune(row.Lo) <= r && r <= rune(row.Hi) {
			return (r - rune(row.Lo)) % 10
		}
	}
	return 0
}

// ParseWhole reads a whole number in the digits of any script; ok is false for anything
// else, also for a number below zero.
func ParseWhole(typed string) (n int, ok bool) {
	for _, r := range Fold(typed) {
		if r < '0' || r > '9' {
			return 0, false
		}
		if n = n*10 + int(r-'0'); n > 1_000_000 {
			return 0, false
		}
		ok = true
	}
	return n, ok
}

func isDay(text string) bool {
	_, err := time.Parse(time.DateOnly, text)
	return err == nil
}

func dayIn(text, from, to string) bool { return isDay(text) && text >= from && text <= to }

// after is the day that lies days after another.
func after(day string, days int) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return day
	}
	return t.AddDate(0, 0, days).Format(time.DateOnly)
}

// LongestWords is the limit of one field of words, in characters.
const LongestWords = 2000

func tooLong(name, text string) []fault.Field { return longer(name, text, LongestWords) }

func longer(name, text string, most int) []fault.Field {
	if utf8.RuneCountInString(text) <= most {
		return nil
	}
	return []fault.Field{{Name: name, Key: "peerwork.words.long", Args: []any{"Most", most}}}
}

func mended(fields []fault.Field) error {
	if len(fields) == 0 {
		return nil
	}
	return fault.Mend(fields...)
}
