package supervision

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// AnyKind stands in a requirement for supervision of every kind together.
const AnyKind Kind = "any"

// Requirement is what the organisation promises to everybody with a role: so many minutes
// of supervision in so many months, counted from a day on. It binds the organisation, not
// the person.
type Requirement struct {
	ID      store.ID `gorm:"primaryKey"`
	Role    member.Role
	Kind    Kind // or AnyKind
	Minutes int
	Months  int
	FromDay string
	SetBy   store.ID
}

// TableName names the table.
func (Requirement) TableName() string { return "supervision_requirements" }

// counts reports whether a conversation is of the kind that is promised.
func (q Requirement) counts(one attended) bool { return q.Kind == AnyKind || q.Kind == one.Kind }

// RequirementForm is what a coordinator sets.
type RequirementForm struct {
	Role    member.Role
	Kind    Kind
	Minutes int
	Months  int
	From    string
	Nonce   string
}

// The bounds of a requirement.
const (
	mostRequired = 60000 // minutes: a thousand hours
	mostMonths   = 36
)

func (f RequirementForm) check(earliest, latest string) error {
	var mend []fault.Field
	if !slices.Contains(member.GivenRoles, f.Role) {
		mend = append(mend, fault.Field{Name: "role", Key: "supervision.require.role.missing"})
	}
	if f.Kind != AnyKind && !slices.Contains(Kinds, f.Kind) {
		mend = append(mend, fault.Field{Name: "kind", Key: "supervision.kind.missing"})
	}
	if f.Minutes < 1 || f.Minutes > mostRequired {
		mend = append(mend, fault.Field{Name: "hours", Key: "supervision.require.hours.range", Args: []any{"Most", mostRequired / 60}})
	}
	if f.Months < 1 || f.Months > mostMonths {
		mend = append(mend, fault.Field{Name: "months", Key: "supervision.require.months.range", Args: []any{"Most", mostMonths}})
	}
	if !store.DayIn(f.From, earliest, latest) {
		mend = append(mend, fault.Field{Name: "from", Key: "supervision.require.from.range"})
	}
	if len(mend) > 0 {
		return fault.Mend(mend...)
	}
	return nil
}

// Require sets a requirement. There is one for each role and kind: setting it again
// replaces it.
func (s *Service) Require(ctx context.Context, who member.Actor, f RequirementForm) error {
	if !who.Has(member.RoleCoordinator) {
		return fault.Missing()
	}
	if err := f.check(s.store.DayAfter(-mostMonths*31), s.store.DayAfter(longestCadence)); err != nil {
		return err
	}
	row := Requirement{Role: f.Role, Kind: f.Kind, Minutes: f.Minutes, Months: f.Months, FromDay: f.From, SetBy: who.Role.ID}
	err := s.store.Tx(ctx, func(tx *gorm.DB) error {
		n, err := gorm.G[Requirement](tx).Where("role = ? AND kind = ?", f.Role, f.Kind).Select("Minutes", "Months", "FromDay", "SetBy").Updates(ctx, row)
		if err != nil || n > 0 {
			return err
		}
		row.ID = store.FormID("supervision", f.Nonce)
		return gorm.G[Requirement](tx).Create(ctx, &row)
	})
	if store.IsDuplicate(err) {
		return fault.New(fault.Conflict, "error.changed")
	}
	return err
}

// Unrequire takes a requirement back. Taken back twice, it is gone.
func (s *Service) Unrequire(ctx context.Context, who member.Actor, id store.ID) error {
	if !who.Has(member.RoleCoordinator) {
		return fault.Missing()
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		_, err := gorm.G[Requirement](tx).Where("id = ?", id).Delete(ctx)
		return err
	})
}

// Requirements are a promise, so everybody with a role may read all of them.
func (s *Service) Requirements(ctx context.Context, who member.Actor) ([]Requirement, error) {
	if !who.Colleague() {
		return nil, fault.Missing()
	}
	rows, err := gorm.G[Requirement](s.store.DB).Order("role, kind").Find(ctx)
	return rows, store.Translate(err)
}

// Kept is what one person had of supervision, and what she was promised.
type Kept struct {
	AccountID store.ID
	Handle    string
	Minutes   map[Kind]int // of the period that was asked for
	Total     int
	Balances  []Balance
}

// Owed is what the organisation owes her altogether, in minutes.
func (k Kept) Owed() (minutes int) {
	for _, b := range k.Balances {
		minutes += b.Owed
	}
	return minutes
}

// MyHours counts her own supervision between two days, and holds it against the promise.
func (s *Service) MyHours(ctx context.Context, who member.Actor, from, to string) (Kept, error) {
	if !who.Colleague() {
		return Kept{}, fault.Missing()
	}
	list, err := s.kept(ctx, []promised{{who.Role.ID, who.Role.Handle, who.Roles()}}, from, to)
	if err != nil {
		return Kept{}, err
	}
	return list[0], nil
}

// TeamHours does the same for everybody with a role, for coordinators. It holds minutes and
// promises, by handle and in that order: nobody stands above anybody.
func (s *Service) TeamHours(ctx context.Context, who member.Actor, from, to string) ([]Kept, error) {
	if !who.Has(member.RoleCoordinator) {
		return nil, fault.Missing()
	}
	colleagues, err := member.Colleagues(ctx, s.store.DB, member.GivenRoles...)
	if err != nil {
		return nil, err
	}
	people := make([]promised, len(colleagues))
	for i, c := range colleagues {
		people[i] = promised{c.ID, c.Handle, c.RoleList()}
	}
	return s.kept(ctx, people, from, to)
}

// promised is somebody to whom a requirement may speak.
type promised struct {
	id     store.ID
	handle string
	roles  []member.Role
}

func (s *Service) kept(ctx context.Context, people []promised, from, to string) ([]Kept, error) {
	required, err := gorm.G[Requirement](s.store.DB).Order("role, kind").Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	ids := make([]store.ID, len(people))
	for i, p := range people {
		ids[i] = p.id
	}
	sessions, err := s.attendedBy(ctx, ids, everFrom, everUntil)
	if err != nil {
		return nil, err
	}
	joined, err := member.Joined(ctx, s.store.DB, ids)
	if err != nil {
		return nil, err
	}
	of, today, list := byPerson(had(sessions)), s.store.Today(), make([]Kept, len(people))
	for i, p := range people {
		k := Kept{AccountID: p.id, Handle: p.handle, Minutes: map[Kind]int{}}
		for _, one := range of[p.id] {
			if one.Day >= from && one.Day <= to {
				k.Minutes[one.Kind] += one.Minutes
				k.Total += one.Minutes
			}
		}
		for _, q := range required {
			if slices.Contains(p.roles, q.Role) {
				k.Balances = append(k.Balances, balance(q, joined[p.id], counting(q, of[p.id]), today))
			}
		}
		list[i] = k
	}
	return list, nil
}

// counting keeps the conversations that a requirement speaks of.
func counting(q Requirement, sessions []attended) []attended {
	return slices.DeleteFunc(slices.Clone(sessions), func(one attended) bool { return !q.counts(one) })
}
