package training

import (
	"context"
	"slices"
	"strings"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// PracticeRow is a task that somebody watches: asked for, sent back with what was seen so
// far, or signed. Seen is the ids of the items, joined by blanks; free words about a person
// would have to be sealed, so there are none.
type PracticeRow struct {
	RoleAccountID store.ID `gorm:"primaryKey"`
	Module        string   `gorm:"primaryKey"`
	Version       int
	SignerID      store.ID
	State         string
	Seen          string
	Day           string
}

// TableName names the table.
func (PracticeRow) TableName() string { return "training_practices" }

// The states of a practice.
const (
	PracticeAsked  = "asked"
	PracticeAgain  = "again" // not everything was to be seen yet
	PracticeSigned = "signed"
)

// Saw reports whether an item was seen.
func (r PracticeRow) Saw(item string) bool { return slices.Contains(strings.Fields(r.Seen), item) }

// Signer is somebody who may watch and sign.
type Signer struct {
	ID     store.ID
	Handle string
}

// Signers lists who may sign a practice for her: supervisors, and people whose own practice
// of this module is signed, who then are her mentors in it. Nobody signs for herself.
func (s *Service) Signers(ctx context.Context, who member.Actor, slug string) ([]Signer, error) {
	if who.Role == nil {
		return nil, notFound()
	}
	return signers(ctx, s.store.DB, who.Role.ID, slug)
}

func signers(ctx context.Context, db *gorm.DB, learner store.ID, slug string) ([]Signer, error) {
	people, err := gorm.G[member.RoleAccount](db).Select("id", "handle", "roles").Where("ended IS NULL AND id <> ?", learner).Order("handle").Limit(mostPeople).Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	signed, err := gorm.G[PracticeRow](db).Where("module = ? AND state = ?", slug, PracticeSigned).Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	ids := make([]store.ID, len(people))
	for i, person := range people {
		ids[i] = person.ID
	}
	gone, err := member.Withdrawn(ctx, db, member.EyesOfTeam, ids)
	if err != nil {
		return nil, err
	}
	var all []Signer
	for _, person := range people {
		if gone[person.ID] {
			continue // nobody finds her in low profile who does not work with her
		}
		mentor := slices.ContainsFunc(signed, func(r PracticeRow) bool { return r.RoleAccountID == person.ID })
		if mentor || slices.Contains(person.RoleList(), member.RoleSupervisor) {
			all = append(all, Signer{ID: person.ID, Handle: person.Handle})
		}
	}
	return all, nil
}

// AskPractice asks somebody to watch. Asking again asks another person, or the same one once
// more; what was seen before stays.
func (s *Service) AskPractice(ctx context.Context, who member.Actor, slug string, signer store.ID) error {
	m, err := s.learner(ctx, who, slug)
	if err != nil {
		return err
	}
	if who.Role == nil || len(m.In("en").Practice.Items) == 0 {
		return notFound()
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		able, err := signers(ctx, tx, who.Role.ID, slug)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(able, func(one Signer) bool { return one.ID == signer }) {
			return fault.Mend(fault.Field{Name: "signer", Key: "learn.practice.signer"})
		}
		row := PracticeRow{RoleAccountID: who.Role.ID, Module: slug, Version: m.Version, SignerID: signer, State: PracticeAsked, Day: s.store.Today()}
		return store.Translate(tx.WithContext(ctx).Clauses(clause.OnConflict{
			Columns:   []clause.Column{{Name: "role_account_id"}, {Name: "module"}},
			DoUpdates: clause.AssignmentColumns([]string{"version", "signer_id", "state", "day"}),
			Where:     clause.Where{Exprs: []clause.Expression{clause.Neq{Column: "training_practices.state", Value: PracticeSigned}}},
		}).Create(&row).Error)
	})
}

// Watching is a practice that somebody asked her to watch.
type Watching struct {
	PracticeRow
	Handle string
}

// ToWatch lists the practices that wait for her.
func (s *Service) ToWatch(ctx context.Context, who member.Actor) ([]Watching, error) {
	if who.Role == nil {
		return nil, notFound()
	}
	rows, err := gorm.G[PracticeRow](s.store.DB).Where("signer_id = ? AND state = ?", who.Role.ID, PracticeAsked).Order("day, module").Limit(mostPeople).Find(ctx)
	if err != nil || len(rows) == 0 {
		return nil, store.Translate(err)
	}
	handles, err := handlesOf(ctx, s.store.DB)
	if err != nil {
		return nil, err
	}
	var all []Watching
	for _, row := range rows {
		if handle, here := handles[row.RoleAccountID]; here {
			all = append(all, Watching{PracticeRow: row, Handle: handle})
		}
	}
	return all, nil
}

func handlesOf(ctx context.Context, db *gorm.DB) (map[store.ID]string, error) {
	people, err := gorm.G[member.RoleAccount](db).Select("id", "handle").Where("ended IS NULL").Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	handles := map[store.ID]string{}
	for _, person := range people {
		handles[person.ID] = person.Handle
	}
	return handles, nil
}

// Witness says what was seen. With every item seen the task is signed; with fewer it goes
// back to her with what is there already. Only who was asked can say it, and only once.
func (s *Service) Witness(ctx context.Context, who member.Actor, person store.ID, slug string, seen []string) error {
	if who.Role == nil {
		return notFound()
	}
	m, err := s.module(ctx, s.store.DB, slug)
	if err != nil {
		return err
	}
	state, items := PracticeSigned, m.In("en").Practice.Items
	var kept []string
	for _, item := range items {
		if slices.Contains(seen, item.ID) {
			kept = append(kept, item.ID)
		} else {
			state = PracticeAgain
		}
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		n, err := gorm.G[PracticeRow](tx).Where("role_account_id = ? AND module = ? AND signer_id = ? AND state = ? AND role_account_id <> ?",
			person, slug, who.Role.ID, PracticeAsked, who.Role.ID).
			Select("state", "seen", "day").Updates(ctx, PracticeRow{State: state, Seen: strings.Join(kept, " "), Day: s.store.Today()})
		if err == nil && n == 0 {
			return notFound()
		}
		return store.Translate(err)
	})
}
