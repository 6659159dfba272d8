package career

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"gorm.io/gorm"

	"portico/app/audit"
	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
	"portico/moderation"
)

// Service holds the verbs of a career. Each exported verb is one transaction.
type Service struct{ store *store.Store }

// New makes the service.
func New(s *store.Store) *Service { return &Service{s} }

const (
	// keepMonths is how long sealed words of a career stay at most.
	keepMonths = 60
	// LongestWords is the limit of one field of words, in characters.
	LongestWords = 4000
	longestName  = 120
	mostRows     = 200
)

// Receipt says what became of words that somebody sent.
type Receipt struct {
	Stored  bool // false when the author has to look at the findings first
	Verdict moderation.Verdict
}

// screen looks at words before they are sealed; stop says that she has to look again.
func screen(insist bool, texts ...string) (r Receipt, stop bool) {
	r.Verdict = moderation.Screen(strings.Join(texts, "\n"), nil, nil)
	r.Stored = !r.Verdict.Outcome.Worse(moderation.Publish) || insist
	return r, !r.Stored
}

func isPeer(who member.Actor) bool { return who.Role != nil && who.Has(member.RolePeer) }

func coordinates(who member.Actor) bool { return who.Role != nil && who.Has(member.RoleCoordinator) }

// seal seals a value for readers.
func (s *Service) seal(ctx context.Context, tx *gorm.DB, kind string, value any, readers ...store.ID) (store.ID, error) {
	raw, err := json.Marshal(value)
	if err != nil {
		return store.ID{}, fault.Wrap(err, "write a sealed record")
	}
	return member.SealForRoles(ctx, tx, s.store.Clock, member.RoleRecord{Kind: kind, Words: string(raw), KeepMonths: keepMonths, Readers: readers})
}

// opened reads many records that are hers to read; what is not hers is left out.
func opened[T any](ctx context.Context, db *gorm.DB, who member.Actor, ids []store.ID) (map[store.ID]T, error) {
	words, err := member.OpenAllForRole(ctx, db, who, ids)
	if err != nil {
		return nil, err
	}
	found := map[store.ID]T{}
	for id, text := range words {
		var value T
		if err := json.Unmarshal([]byte(text), &value); err != nil {
			return nil, fault.Wrap(err, "read a sealed record")
		}
		found[id] = value
	}
	return found, nil
}

func shred(ctx context.Context, tx *gorm.DB, ids ...store.ID) error {
	return member.Shred(ctx, tx, slices.DeleteFunc(ids, store.ID.IsZero)...)
}

// note writes a decision about somebody into the audit log, by numbers alone.
func (s *Service) note(ctx context.Context, tx *gorm.DB, who member.Actor, act string, about store.ID) error {
	matter := `{"act":"` + act + `","about":"` + about.String() + `","by":"` + who.Role.ID.String() + `"}`
	return audit.Note(ctx, tx, s.store.Today(), "work", matter)
}

// Choices are the colleagues whom she may ask for a talk, for a yes to a skill, or to read
// one: everybody who coordinates, supervises, leads or is a peer, but who is in low profile.
func (s *Service) Choices(ctx context.Context, who member.Actor) ([]member.RoleAccount, error) {
	if who.Role == nil {
		return nil, fault.Missing()
	}
	people, err := member.ShownColleagues(ctx, s.store.DB, who, nil, member.RoleSupervisor, member.RoleCoordinator, member.RoleLeader, member.RolePeer)
	return slices.DeleteFunc(people, func(p member.RoleAccount) bool { return p.ID == who.Role.ID }), err
}

// mayChoose holds that every chosen person is one of the choices, or was chosen before.
func (s *Service) mayChoose(ctx context.Context, who member.Actor, field string, before []store.ID, chosen ...store.ID) error {
	people, err := s.Choices(ctx, who)
	if err != nil {
		return err
	}
	for _, id := range chosen {
		if !slices.ContainsFunc(people, func(p member.RoleAccount) bool { return p.ID == id }) && !slices.Contains(before, id) {
			return fault.Mend(fault.Field{Name: field, Key: "career.person.unknown"})
		}
	}
	return nil
}

func tooLong(name, text string, most int) []fault.Field {
	if utf8.RuneCountInString(text) <= most {
		return nil
	}
	return []fault.Field{{Name: name, Key: "peerwork.words.long", Args: []any{"Most", most}}}
}

func asked(name, text string, most int, key string) []fault.Field {
	if strings.TrimSpace(text) == "" {
		return []fault.Field{{Name: name, Key: key}}
	}
	return tooLong(name, text, most)
}

// monthsAfter is the day that lies months after another; a month that is too short ends it.
func monthsAfter(day string, months int) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return day
	}
	first := time.Date(t.Year(), t.Month()+time.Month(months), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return first.AddDate(0, 0, min(t.Day(), last)-1).Format(time.DateOnly)
}
