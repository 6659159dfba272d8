package onboarding

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"unicode/utf8"

	"gorm.io/gorm"

	"portico/app/audit"
	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
	"portico/moderation"
)

// The modes of an organisation.
const (
	Membership   = "membership"
	Employment   = "employment"
	Consultation = "consultation"
)

// Organisation is one as the area that keeps organisations knows it.
type Organisation struct {
	ID         store.ID
	Name, Mode string
}

// Organisations is that area. The server names it.
type Organisations interface {
	// All lists every organisation by name.
	All(ctx context.Context, db *gorm.DB) ([]Organisation, error)
	// Peers are the accounts that are placed with an organisation now.
	Peers(ctx context.Context, db *gorm.DB, organisation store.ID) ([]store.ID, error)
	// Of is where somebody is placed, the zero id for nowhere.
	Of(ctx context.Context, db *gorm.DB, account store.ID) (store.ID, error)
	// Place says with which organisation somebody works, in the caller's transaction.
	Place(ctx context.Context, tx *gorm.DB, account, organisation store.ID) error
	// Depart takes her place and all that is shown of her away. Her weeks and pay stay.
	Depart(ctx context.Context, tx *gorm.DB, account store.ID) error
}

// RuleText is the house rules in one language as they hold now.
type RuleText struct {
	Version    int
	Lang, Body string
}

// Rules is the area that keeps the house rules.
type Rules interface {
	Now(ctx context.Context, lang string) (RuleText, error)
}

// Service holds the verbs. Each exported verb is one transaction.
type Service struct {
	store   *store.Store
	members *member.Service
	orgs    Organisations
	rules   Rules
}

// New makes the service and lets it hear of candidates who arrive.
func New(s *store.Store, m *member.Service, o Organisations, r Rules) *Service {
	service := &Service{s, m, o, r}
	m.OnArrival(service.arrive)
	return service
}

// Limits, in characters, days and months.
const (
	LongestWords = 3000
	LongestShort = 160
	keepMonths   = 60 // of sealed words, at most
	leftMonths   = 6  // after the end of a path
	mostAtOnce   = 500
)

// Receipt says what became of words that somebody sent.
type Receipt struct {
	ID      store.ID
	Token   string // of a new link, shown this once
	Stored  bool   // false when the author has to look at the findings first
	Verdict moderation.Verdict
}

func changed() *fault.Error { return fault.New(fault.Conflict, "error.changed") }

func coordinates(who member.Actor) bool { return who.Role != nil && who.Has(member.RoleCoordinator) }

func isPeer(who member.Actor) bool { return who.Role != nil && who.Has(member.RolePeer) }

// screen looks for what could name or expose a third person. Sealed words are the author's
// to decide about; what a group reads (strict) must be mended.
func screen(insist, strict bool, texts ...string) (r Receipt, stop bool) {
	r.Verdict = moderation.Screen(strings.Join(texts, "\n"), nil, nil)
	if strict && r.Verdict.Outcome.Worse(moderation.Publish) {
		r.Verdict.Outcome = moderation.Refuse
		return r, true
	}
	return r, r.Verdict.Outcome.Worse(moderation.Publish) && !insist
}

// coordinators are the accounts of those who coordinate now.
func coordinators(ctx context.Context, tx *gorm.DB) ([]store.ID, error) {
	rows, err := member.Colleagues(ctx, tx, member.RoleCoordinator)
	ids := make([]store.ID, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	return ids, err
}

// seal seals words for readers; no words are no record, and readers who are nobody are left out.
func (s *Service) seal(ctx context.Context, tx *gorm.DB, kind, words string, readers ...store.ID) (store.ID, error) {
	readers = slices.DeleteFunc(slices.Clone(readers), store.ID.IsZero)
	if words == "" || len(readers) == 0 {
		return store.ID{}, nil
	}
	return member.SealForRoles(ctx, tx, s.store.Clock, member.RoleRecord{Kind: kind, Words: words, KeepMonths: keepMonths, Readers: readers})
}

// sealForDesk seals words for the coordinators of this day and for others beside them.
func (s *Service) sealForDesk(ctx context.Context, tx *gorm.DB, kind, words string, others ...store.ID) (store.ID, error) {
	readers, err := coordinators(ctx, tx)
	if err != nil {
		return store.ID{}, err
	}
	return s.seal(ctx, tx, kind, words, append(readers, others...)...)
}

// words opens what is hers to read; anything else is left out.
func words(ctx context.Context, db *gorm.DB, who member.Actor, ids ...store.ID) (map[store.ID]string, error) {
	ids = slices.DeleteFunc(ids, store.ID.IsZero)
	return member.OpenAllForRole(ctx, db, who, ids)
}

func shred(ctx context.Context, tx *gorm.DB, ids ...store.ID) error {
	return member.Shred(ctx, tx, slices.DeleteFunc(ids, store.ID.IsZero)...)
}

// note writes a decision into the audit log, by numbers alone.
func (s *Service) note(ctx context.Context, tx *gorm.DB, who member.Actor, act string, about store.ID) error {
	matter, err := json.Marshal(map[string]string{"act": act, "about": about.String(), "by": who.Role.ID.String()})
	if err != nil {
		return fault.Wrap(err, "write an audit row")
	}
	return audit.Note(ctx, tx, s.store.Today(), "joining", string(matter))
}

// organisation finds one by its number.
func (s *Service) organisation(ctx context.Context, db *gorm.DB, id store.ID) (Organisation, error) {
	all, err := s.orgs.All(ctx, db)
	if err != nil {
		return Organisation{}, err
	}
	i := slices.IndexFunc(all, func(o Organisation) bool { return o.ID == id })
	if i < 0 {
		return Organisation{}, fault.Missing()
	}
	return all[i], nil
}

// peersOf are the peer workers of an organisation with their roles.
func (s *Service) peersOf(ctx context.Context, db *gorm.DB, organisation store.ID) ([]member.RoleAccount, error) {
	placed, err := s.orgs.Peers(ctx, db, organisation)
	if err != nil {
		return nil, err
	}
	peers, err := member.Colleagues(ctx, db, member.RolePeer)
	return slices.DeleteFunc(peers, func(r member.RoleAccount) bool { return !slices.Contains(placed, r.ID) }), err
}

// asked checks the length of one field of words.
func asked(name, text string, least, most int) []fault.Field {
	switch n := utf8.RuneCountInString(text); {
	case n < least:
		return []fault.Field{{Name: name, Key: "joining.words.missing"}}
	case n > most:
		return []fault.Field{{Name: name, Key: "joining.words.long", Args: []any{"Most", most}}}
	}
	return nil
}

func tidy(text string) string { return strings.TrimSpace(text) }

// count adds one to a figure, which names nobody.
func (s *Service) count(ctx context.Context, tx *gorm.DB, organisation store.ID, what string) error {
	year := s.store.Now().In(s.store.Zone).Year()
	return tx.WithContext(ctx).Exec(`INSERT INTO joining_figures (organisation_id, year, what, number) VALUES (?, ?, ?, 1)
		ON CONFLICT (organisation_id, year, what) DO UPDATE SET number = joining_figures.number + 1`, organisation, year, what).Error
}

// Figure is how often something happened in a year.
type Figure struct {
	OrganisationID store.ID `gorm:"primaryKey"`
	Year           int      `gorm:"primaryKey"`
	What           string   `gorm:"primaryKey"`
	Number         int
}

// TableName names the table.
func (Figure) TableName() string { return "joining_figures" }

// Figures lists them for a coordinator, the newest year first.
func (s *Service) Figures(ctx context.Context, who member.Actor) ([]Figure, error) {
	if !coordinates(who) {
		return nil, fault.Missing()
	}
	rows, err := gorm.G[Figure](s.store.DB).Order("year DESC, what").Limit(mostAtOnce).Find(ctx)
	return rows, store.Translate(err)
}
