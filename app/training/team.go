package training

import (
	"context"
	"slices"
	"time"

	"gorm.io/gorm"

	"portico/app/member"
	"portico/app/store"
	"portico/content"
)

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
	seen    []PracticeRow
	asked   []AssignmentRow
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
	if r.waivers, err = gorm.G[WaiverRow](db).Where(where, args...).Find(ctx); err != nil {
		return r, store.Translate(err)
	}
	if r.seen, err = gorm.G[PracticeRow](db).Where(where, args...).Find(ctx); err != nil {
		return r, store.Translate(err)
	}
	r.asked, err = gorm.G[AssignmentRow](db).Where(where, args...).Find(ctx)
	return r, store.Translate(err)
}

// in is where a person stands in a module as far as rows tell.
func (r records) in(m content.Module, person store.ID) Progress {
	p := Progress{Module: m, Units: map[string]int{}, Watched: true}
	for _, row := range r.units {
		if row.RoleAccountID == person && row.Module == m.Slug {
			p.Units[row.Unit], p.Last = row.Version, max(p.Last, row.Day)
		}
	}
	for _, row := range r.done {
		if row.RoleAccountID == person && row.Module == m.Slug && (p.Done == nil || p.Done.Day < row.Day) {
			p.Done = &Completion{Version: row.Version, Minutes: row.Minutes, Day: row.Day}
		}
	}
	for _, row := range r.waivers {
		if row.RoleAccountID == person && row.Module == m.Slug {
			p.Waiver = &Waiver{Reason: row.Reason, Day: row.Day}
		}
	}
	for _, row := range r.seen {
		if row.RoleAccountID == person && row.Module == m.Slug {
			p.Practice = &row
		}
	}
	for _, row := range r.asked {
		if row.RoleAccountID == person && row.Module == m.Slug {
			p.Assigned = &Assignment{Until: row.Until, Day: row.Day}
		}
	}
	return p
}

// mostPeople bounds a list of people with roles.
const mostPeople = 500

// Team is the coordinator's table: who of the people with roles is where. It knows neither
// answers nor reflections, and no member.
func (s *Service) Team(ctx context.Context, who member.Actor) ([]Trainee, error) {
	if !who.Has(member.RoleCoordinator) {
		return nil, notFound()
	}
	people, err := gorm.G[member.RoleAccount](s.store.DB).Select("id", "handle", "roles").Where("ended IS NULL").Order("handle").Limit(mostPeople).Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	modules, err := s.modules(ctx, s.store.DB)
	if err != nil {
		return nil, err
	}
	rows, err := readRecords(ctx, s.store.DB)
	if err != nil {
		return nil, err
	}
	byPerson := rows.apart()
	team := make([]Trainee, len(people))
	for i, person := range people {
		team[i] = Trainee{ID: person.ID, Handle: person.Handle, Roles: person.RoleList(), Progress: s.standing(byPerson[person.ID], modules, person.ID)}
	}
	return team, nil
}

// apart gives each person her own rows, so that a table of many people is read once and not
// once for each.
func (r records) apart() map[store.ID]records {
	all := map[store.ID]records{}
	put := func(id store.ID, change func(*records)) {
		one := all[id]
		change(&one)
		all[id] = one
	}
	for _, row := range r.units {
		put(row.RoleAccountID, func(one *records) { one.units = append(one.units, row) })
	}
	for _, row := range r.done {
		put(row.RoleAccountID, func(one *records) { one.done = append(one.done, row) })
	}
	for _, row := range r.waivers {
		put(row.RoleAccountID, func(one *records) { one.waivers = append(one.waivers, row) })
	}
	for _, row := range r.seen {
		put(row.RoleAccountID, func(one *records) { one.seen = append(one.seen, row) })
	}
	for _, row := range r.asked {
		put(row.RoleAccountID, func(one *records) { one.asked = append(one.asked, row) })
	}
	return all
}

// Ways is where somebody of the team stands on the paths of her roles.
func (t Trainee) Ways() (ways []Way) {
	for _, way := range waysOf(t.Progress) {
		if slices.Contains(t.Roles, member.Role(way.Path.Role)) {
			ways = append(ways, way)
		}
	}
	return ways
}

// stuckDays is after how many days without a step somebody may need a word.
const stuckDays = 21

// Stuck is the begun modules in which nothing has happened for three weeks.
func (t Trainee) Stuck() (all []Progress) {
	for _, p := range t.Progress {
		at, err := time.Parse(time.DateOnly, p.Last)
		if p.State() == Begun && err == nil && at.AddDate(0, 0, stuckDays).Format(time.DateOnly) <= p.Today {
			all = append(all, p)
		}
	}
	return all
}

// Expiring is what is out of its time or will be within two months.
func (t Trainee) Expiring() (all []Progress) {
	for _, p := range t.Progress {
		if p.Done != nil && p.Expires() != "" && p.CanRefresh() && p.Waiver == nil {
			all = append(all, p)
		}
	}
	return all
}

// Finished lists the modules that somebody finished from one day to another, both included,
// for a time sheet. Another service asks it, for the person whose sheet it is; no page does.
func (s *Service) Finished(ctx context.Context, person store.ID, from, to string) ([]CompletionRow, error) {
	rows, err := gorm.G[CompletionRow](s.store.DB).Where("role_account_id = ? AND day >= ? AND day <= ?", person, from, to).Order("day, module").Find(ctx)
	return rows, store.Translate(err)
}
