package material

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

// Credit is how somebody of the group is named beside what she made.
type Credit string

// The credits. Nobody is named before she chose it.
const (
	NotNamed Credit = "none"
	ByHandle Credit = "handle"
	ByAlias  Credit = "alias"
)

// Person is somebody of a group, by her role account.
type Person struct {
	MaterialID    store.ID `gorm:"primaryKey"`
	RoleAccountID store.ID `gorm:"primaryKey"`
	Credit        Credit
	Alias         string
}

// TableName names the table.
func (Person) TableName() string { return "material_people" }

// GroupPerson is somebody of a group with what she is.
type GroupPerson struct {
	Person
	Handle string
	Roles  []member.Role
	Leader bool
	Staff  bool // neither leader nor peer
}

const (
	mostPeople   = 40
	longestAlias = 60
)

func isStaff(roles []member.Role) bool {
	return !slices.Contains(roles, member.RoleLeader) && !slices.Contains(roles, member.RolePeer)
}

// inGroup reports whether she is of a group. Only a session with a role can be.
func inGroup(ctx context.Context, db *gorm.DB, who member.Actor, id store.ID) (bool, error) {
	if who.Role == nil {
		return false, nil
	}
	n, err := gorm.G[Person](db).Where("material_id = ? AND role_account_id = ?", id, who.Role.ID).Count(ctx, "role_account_id")
	return n > 0, store.Translate(err)
}

// peopleOf lists a group; whoever has left the team is not of it any more.
func peopleOf(ctx context.Context, db *gorm.DB, id store.ID) ([]GroupPerson, error) {
	rows, err := gorm.G[Person](db).Where("material_id = ?", id).Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	team, err := member.Colleagues(ctx, db, member.GivenRoles...)
	if err != nil {
		return nil, err
	}
	var people []GroupPerson
	for _, r := range team {
		for _, p := range rows {
			if p.RoleAccountID == r.ID {
				roles := r.RoleList()
				people = append(people, GroupPerson{Person: p, Handle: r.Handle, Roles: roles, Leader: slices.Contains(roles, member.RoleLeader), Staff: isStaff(roles)})
			}
		}
	}
	return people, nil
}

// settled refuses to change a group while its vote is open.
func settled(m Material) error {
	switch m.State {
	case Deciding:
		return fault.New(fault.Refused, "material.group.voting")
	case Archived, Idea:
		return fault.New(fault.Conflict, "material.step.not-now")
	}
	return nil
}

// Invite adds somebody to the group by her handle; a leader of the group does it.
func (s *Service) Invite(ctx context.Context, who member.Actor, id store.ID, handle string) error {
	handle = strings.ToLower(tidy(handle))
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		m, err := mine(ctx, tx, who, id)
		if err != nil {
			return err
		}
		if !who.Has(member.RoleLeader) {
			return fault.Missing()
		}
		if err := settled(m); err != nil {
			return err
		}
		team, err := member.Colleagues(ctx, tx, member.GivenRoles...)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(team, func(r member.RoleAccount) bool { return r.Handle == handle })
		if at < 0 {
			return fault.Mend(fault.Field{Name: "handle", Key: "material.handle.unknown"})
		}
		n, err := gorm.G[Person](tx).Where("material_id = ?", id).Count(ctx, "role_account_id")
		if err != nil {
			return err
		}
		if n >= mostPeople {
			return fault.New(fault.Refused, "material.group.full")
		}
		return tx.WithContext(ctx).Clauses(clause.OnConflict{DoNothing: true}).
			Create(&Person{MaterialID: id, RoleAccountID: team[at].ID, Credit: NotNamed}).Error
	})
}

// Leave takes somebody out of the group: herself, or a leader anybody. The last leader
// stays, because nobody may decide without one.
func (s *Service) Leave(ctx context.Context, who member.Actor, id, person store.ID) error {
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		m, err := mine(ctx, tx, who, id)
		if err != nil {
			return err
		}
		if person != who.Role.ID && !who.Has(member.RoleLeader) {
			return fault.Missing()
		}
		if err := settled(m); err != nil {
			return err
		}
		people, err := peopleOf(ctx, tx, id)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(people, func(p GroupPerson) bool { return p.Leader && p.RoleAccountID != person }) {
			return fault.New(fault.Refused, "material.group.leader")
		}
		_, err = gorm.G[Person](tx).Where("material_id = ? AND role_account_id = ?", id, person).Delete(ctx)
		return err
	})
}

// CreditForm is how she wants to be named.
type CreditForm struct {
	Credit Credit
	Alias  string
}

// Name chooses how she is named, at any time, also after publishing; NotNamed takes her
// name off the page at once.
func (s *Service) Name(ctx context.Context, who member.Actor, id store.ID, f CreditForm) error {
	f.Alias = tidy(f.Alias)
	var mend []fault.Field
	if !slices.Contains([]Credit{NotNamed, ByHandle, ByAlias}, f.Credit) {
		mend = append(mend, fault.Field{Name: "credit", Key: "material.credit.missing"})
	}
	if f.Credit == ByAlias {
		mend = append(mend, asked("alias", f.Alias, 1, longestAlias)...)
	} else {
		f.Alias = ""
	}
	if err := fault.Mended(mend); err != nil {
		return err
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		if who.Role == nil {
			return fault.Missing()
		}
		n, err := gorm.G[Person](tx).Where("material_id = ? AND role_account_id = ?", id, who.Role.ID).
			Select("Credit", "Alias").Updates(ctx, Person{Credit: f.Credit, Alias: f.Alias})
		if err == nil && n == 0 {
			return fault.Missing()
		}
		return err
	})
}

// credits lists the names that people of a group chose to show, without whoever is in low
// profile. Her choice stays in its row for the day on which she comes back.
func (s *Service) credits(ctx context.Context, people []GroupPerson) ([]string, error) {
	ids := make([]store.ID, len(people))
	for i, p := range people {
		ids[i] = p.RoleAccountID
	}
	gone, err := member.Withdrawn(ctx, s.store.DB, member.EyesOfAll, ids)
	var names []string
	for _, p := range people {
		if gone[p.RoleAccountID] {
			continue
		}
		switch p.Credit {
		case ByHandle:
			names = append(names, p.Handle)
		case ByAlias:
			names = append(names, p.Alias)
		}
	}
	slices.Sort(names)
	return names, err
}
