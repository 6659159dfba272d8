package timesheet

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
)

// Hours is another area that knows of working time, such as supervision. The server names
// them; what they propose becomes a line only when she takes it.
type Hours interface {
	Proposals(ctx context.Context, who store.ID, from, to string) ([]Proposal, error)
}

// Proposal is working time that another area knows of.
type Proposal struct {
	Source  string // names it once and for all, such as "supervision/…"
	Day     string
	Kind    string
	Minutes int
}

// Service holds the verbs of time sheets. Each exported verb is one transaction.
type Service struct {
	store     *store.Store
	contracts Contracts
	payees    Payees
	hours     []Hours
}

// New makes the service. Without contracts every amount is typed by hand.
func New(s *store.Store, contracts Contracts, hours ...Hours) *Service {
	return &Service{store: s, contracts: contracts, hours: hours}
}

// PayTo names the area that knows legal names and how people are paid. Without it the file
// for payroll has handles alone.
func (s *Service) PayTo(p Payees) { s.payees = p }

// keepMonths is how long sealed words about work stay at most.
const keepMonths = 60

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

// seal seals a value for its owner and the people who coordinate now.
func (s *Service) seal(ctx context.Context, tx *gorm.DB, kind string, value any, owner store.ID) (store.ID, error) {
	readers, err := coordinators(ctx, tx)
	if err != nil {
		return store.ID{}, err
	}
	if !owner.IsZero() {
		readers = append(readers, owner)
	}
	raw, err := json.Marshal(value)
	if err != nil {
		return store.ID{}, fault.Wrap(err, "write a sealed record")
	}
	return member.SealForRoles(ctx, tx, s.store.Clock, member.RoleRecord{Kind: kind, Words: string(raw), KeepMonths: keepMonths, Readers: readers, Recovery: true})
}

// openAll opens many records in one question and puts each where it belongs. What was not
// sealed for her stays empty.
func (s *Service) openAll(ctx context.Context, who member.Actor, ids []store.ID, into map[store.ID][]*string) error {
	if len(ids) == 0 {
		return nil
	}
	found, err := member.OpenAllForRole(ctx, s.store.DB, who, ids)
	if err != nil {
		return err
	}
	for id, raw := range found {
		for _, words := range into[id] {
			if err := json.Unmarshal([]byte(raw), words); err != nil {
				return fault.Wrap(err, "read a sealed record")
			}
		}
	}
	return nil
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

// LongestWords is the limit of one field of words, in characters.
const LongestWords = 2000

func tooLong(name, text string) []fault.Field {
	if utf8.RuneCountInString(text) <= LongestWords {
		return nil
	}
	return []fault.Field{{Name: name, Key: "peerwork.words.long", Args: []any{"Most", LongestWords}}}
}

func shredSome(ctx context.Context, tx *gorm.DB, ids ...store.ID) error {
	return member.Shred(ctx, tx, slices.DeleteFunc(ids, store.ID.IsZero)...)
}

// noteMonth writes what became of a month into the audit log.
func (s *Service) noteMonth(ctx context.Context, tx *gorm.DB, who member.Actor, act, month string) error {
	matter := `{"act":"` + act + `","month":"` + month + `","by":"` + who.Role.ID.String() + `"}`
	return audit.Note(ctx, tx, s.store.Today(), "work", matter)
}
