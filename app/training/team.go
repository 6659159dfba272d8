package training

import (
	"context"
	"slices"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
	"portico/content"
)

// WaiverRow says that a person with a role need not do a module, and why. The reason is one
// of a short list: free words about a person would have to be sealed.
type WaiverRow struct {
	RoleAccountID store.ID `gorm:"primaryKey"`
	Module        string   `gorm:"primaryKey"`
	Reason        string
	GivenBy       store.ID
	Day           string
}

// TableName names the table.
func (WaiverRow) TableName() string { return "training_waivers" }

// The reasons for a waiver.
const (
	Elsewhere  = "elsewhere"  // she learned it somewhere else
	Experience = "experience" // she has done this work for long
	Teaches    = "teaches"    // she teaches it herself
	OtherWork  = "other-work" // her work does not need it
)

// WaiverReasons are the reasons in the order of the form.
var WaiverReasons = []string{Elsewhere, Experience, Teaches, OtherWork}

// Waiver is a waiver as the person it is about sees it.
type Waiver struct {
	Reason string
	Day    string
}

// Trainee is a person with a role and where she stands in each module, in the order of Modules.
type Trainee struct {
	ID       store.ID
	Handle   string
	Roles    []member.Role
	Progress []Progress // without answers: those are hers alone
}

// records are the rows of training, by person and module.
type records struct {
	units   []UnitRow
	done    []CompletionRow
	waivers []WaiverRow
}

// readRecords reads the rows of one person, or of everybody when none is named.
func readRecords(ctx context.Context, db *gorm.DB, person ...store.ID) (r records, err error) {
	where, args := "1 = 1", []any{}
	if len(person) > 0 {
		where, args = "role_account_id IN ?", []any{person}
	}
	if r.units, err = gorm.G[UnitRow](db).Where(where, args...).Find(ctx); err != nil {
		return r, store.Translate(err)
	}
	if r.done, err = gorm.G[CompletionRow](db).Where(where, args...).Find(ctx); err != nil {
		return r, store.Translate(err)
	}
	r.waivers, err = gorm.G[WaiverRow](db).Where(where, args...).Find(ctx)
	return r, store.Translate(err)
}

// in is where a person stands in a module as far as rows tell.
func (r records) in(m content.Module, person store.ID) Progress {
	p := Progress{Module: m, Units: map[string]int{}}
	for _, row := range r.units {
		if row.RoleAccountID == person && row.Module == m.Slug {
			p.Units[row.Unit] = row.Version
		}
	}
	for _, row := range r.done {
		if row.RoleAccountID == person && row.Module == m.Slug {
			p.Done = &Completion{Version: row.Version, Minutes: row.Minutes, Day: row.Day}
		}
	}
	for _, row := range r.waivers {
		if row.RoleAccountID == person && row.Module == m.Slug {
			p.Waiver = &Waiver{Reason: row.Reason, Day: row.Day}
		}
	}
	return p
}

// Team is the coordinator's table: who of the people with roles is where. It knows neither
// answers nor reflections, and no member.
func (s *Service) Team(ctx context.Context, who member.Actor) ([]Trainee, error) {
	if !who.Has(member.RoleCoordinator) {
		return nil, notFound()
	}
	people, err := gorm.G[member.RoleAccount](s.store.DB).Select("id", "handle", "roles").Where("ended IS NULL").Order("handle").Limit(500).Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	rows, err := readRecords(ctx, s.store.DB)
	if err != nil {
		return nil, err
	}
	team := make([]Trainee, len(people))
	for i, person := range people {
		team[i] = Trainee{ID: person.ID, Handle: person.Handle, Roles: person.RoleList()}
		for _, m := range s.modules {
			team[i].Progress = append(team[i].Progress, rows.in(m, person.ID))
		}
	}
	return team, nil
}

// WaiverForm is what a coordinator says when somebody has learned a module already.
type WaiverForm struct {
	Person store.ID
	Module string
	Reason string
}

// Waive lets somebody off a module. Nobody does it for herself.
func (s *Service) Waive(ctx context.Context, who member.Actor, f WaiverForm) error {
	if !who.Has(member.RoleCoordinator) {
		return notFound()
	}
	if err := s.checkWaiver(who, f); err != nil {
		return err
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		people, err := gorm.G[member.RoleAccount](tx).Select("id").Where("id = ? AND ended IS NULL", f.Person).Limit(1).Find(ctx)
		if err != nil {
			return err
		}
		if len(people) == 0 {
			return fault.Mend(fault.Field{Name: "person", Key: "learn.waive.person"})
		}
		rows, err := readRecords(ctx, tx, f.Person)
		if err != nil {
			return err
		}
		if m, _ := s.module(f.Module); rows.in(m, f.Person).Done != nil {
			return fault.Mend(fault.Field{Name: "module", Key: "learn.waive.done"})
		}
		row := WaiverRow{RoleAccountID: f.Person, Module: f.Module, Reason: f.Reason, GivenBy: who.Role.ID, Day: s.store.Today()}
		return tx.WithContext(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&row).Error
	})
}

func (s *Service) checkWaiver(who member.Actor, f WaiverForm) error {
	var mend []fault.Field
	if f.Person.IsZero() {
		mend = append(mend, fault.Field{Name: "person", Key: "learn.waive.person"})
	} else if f.Person == who.Role.ID {
		mend = append(mend, fault.Field{Name: "person", Key: "learn.waive.self"})
	}
	if _, err := s.module(f.Module); err != nil {
		mend = append(mend, fault.Field{Name: "module", Key: "learn.waive.module"})
	}
	if !slices.Contains(WaiverReasons, f.Reason) {
		mend = append(mend, fault.Field{Name: "reason", Key: "learn.waive.reason.none"})
	}
	if len(mend) > 0 {
		return fault.Mend(mend...)
	}
	return nil
}

// Unwaive takes a waiver back, as after a slip of the hand.
func (s *Service) Unwaive(ctx context.Context, who member.Actor, person store.ID, slug string) error {
	if !who.Has(member.RoleCoordinator) {
		return notFound()
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		n, err := gorm.G[WaiverRow](tx).Where("role_account_id = ? AND module = ?", person, slug).Delete(ctx)
		if err == nil && n == 0 {
			return notFound()
		}
		return err
	})
}

// Finished lists the modules that somebody finished from one day to another, both included,
// for a time sheet. Another service asks it, for the person whose sheet it is; no page does.
func (s *Service) Finished(ctx context.Context, person store.ID, from, to string) ([]CompletionRow, error) {
	rows, err := gorm.G[CompletionRow](s.store.DB).Where("role_account_id = ? AND day >= ? AND day <= ?", person, from, to).Order("day, module").Find(ctx)
	return rows, store.Translate(err)
}
