package career

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// Due is the next talk that the organisation owes somebody.
type Due struct {
	Day     string // by which it has to take place
	Planned string // day of a talk that is planned, or ""
	Over    bool   // the day is over: the organisation's duty, never hers
}

// MyDue reads what is owed to her.
func (s *Service) MyDue(ctx context.Context, who member.Actor) (Due, error) {
	if !isPeer(who) {
		return Due{}, fault.Missing()
	}
	all, err := s.dues(ctx, who.Role.ID)
	return all[who.Role.ID], err
}

// dues reckons the next talk of each person: six months after she began, and after the last
// one that took place. She began with the step that says so, or else with her first key.
func (s *Service) dues(ctx context.Context, people ...store.ID) (map[store.ID]Due, error) {
	keys, err := gorm.G[member.RoleKey](s.store.DB).Select("account_id", "from_day").Where("account_id IN ?", people).Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	steps, err := gorm.G[StepRow](s.store.DB).Where("account_id IN ? AND step = ?", people, Steps[0]).Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	talks, err := gorm.G[TalkRow](s.store.DB).Where("account_id IN ?", people).Order("day").Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	today, all := s.store.Today(), map[store.ID]Due{}
	for _, person := range people {
		begun, due := "", Due{}
		for _, k := range keys {
			if k.AccountID == person && (begun == "" || k.FromDay < begun) {
				begun = k.FromDay
			}
		}
		for _, st := range steps {
			if st.AccountID == person {
				begun = st.Day
			}
		}
		for _, t := range talks {
			switch {
			case t.AccountID != person:
			case t.State == Held:
				begun = max(begun, t.Day)
			case t.State == Planned && t.Day >= today && due.Planned == "":
				due.Planned = t.Day
			}
		}
		due.Day = monthsAfter(begun, everyMonths)
		due.Over = due.Day < today
		all[person] = due
	}
	return all, nil
}

// Person is a peer on the coordinator's page: days and steps, no words of hers.
type Person struct {
	ID     store.ID
	Handle string
	Due    Due
	Steps  []Step
	Own    bool // it is the coordinator herself: somebody else writes
}

// Team lists the peers by handle for a coordinator, with the talks that are owed. It never
// orders them by anything else.
func (s *Service) Team(ctx context.Context, who member.Actor) ([]Person, error) {
	if !coordinates(who) {
		return nil, fault.Missing()
	}
	people, err := member.Colleagues(ctx, s.store.DB, member.RolePeer)
	if err != nil {
		return nil, err
	}
	ids := make([]store.ID, len(people))
	for i, p := range people {
		ids[i] = p.ID
	}
	dues, err := s.dues(ctx, ids...)
	if err != nil {
		return nil, err
	}
	steps, err := s.stepsOf(ctx, who, ids...)
	if err != nil {
		return nil, err
	}
	list := make([]Person, len(people))
	for i, p := range people {
		list[i] = Person{ID: p.ID, Handle: p.Handle, Due: dues[p.ID], Own: p.ID == who.Role.ID}
		list[i].Steps = slices.DeleteFunc(slices.Clone(steps), func(st Step) bool { return st.AccountID != p.ID })
	}
	return list, nil
}

// Owed is a talk whose day is over, for the page of the organisation's duties.
type Owed struct {
	Handle string
	Day    string
}

// Overdue lists the talks that the organisation has missed.
func (s *Service) Overdue(ctx context.Context, who member.Actor) ([]Owed, error) {
	people, err := s.Team(ctx, who)
	var list []Owed
	for _, p := range people {
		if p.Due.Over {
			list = append(list, Owed{p.Handle, p.Due.Day})
		}
	}
	slices.SortStableFunc(list, func(a, b Owed) int { return cmpDay(a.Day, b.Day) })
	return list, err
}

func cmpDay(a, b string) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}
