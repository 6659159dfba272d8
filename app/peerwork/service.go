package peerwork

import (
	"context"
	"encoding/json"
	"slices"
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

func isPeer(who member.Actor) bool { return who.Role != nil && who.Has(member.RolePeer) }

func coordinates(who member.Actor) bool { return who.Role != nil && who.Has(member.RoleCoordinator) }

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
		return member.RoleAccount{}, fault.Missing()
	}
	return rows[i], nil
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
