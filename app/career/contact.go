package career

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

// ContactRow is somebody outside the team to whom a note about a conflict may go.
type ContactRow struct {
	AccountID    store.ID `gorm:"primaryKey"`
	Organisation string
	NamedBy      store.ID
	Day          string
}

// TableName names the table.
func (ContactRow) TableName() string { return "conflict_contacts" }

// Contact is a contact as people choose one.
type Contact struct {
	ID           store.ID
	Handle       string
	Organisation string
}

// inside are the roles that run the team: they never are an outside contact.
var inside = []member.Role{member.RoleCoordinator, member.RoleAdmin}

// contactsNow lists the contacts who are there and run nothing here. Somebody who became a
// coordinator since is none any more, without anybody having to think of it.
func contactsNow(ctx context.Context, db *gorm.DB) ([]Contact, error) {
	rows, err := gorm.G[ContactRow](db).Limit(mostRows).Find(ctx)
	if err != nil || len(rows) == 0 {
		return nil, store.Translate(err)
	}
	people, err := member.Colleagues(ctx, db, member.GivenRoles...)
	if err != nil {
		return nil, err
	}
	var list []Contact
	for _, p := range people {
		at := slices.IndexFunc(rows, func(r ContactRow) bool { return r.AccountID == p.ID })
		if at >= 0 && !slices.ContainsFunc(p.RoleList(), func(r member.Role) bool { return slices.Contains(inside, r) }) {
			list = append(list, Contact{p.ID, p.Handle, rows[at].Organisation})
		}
	}
	return list, nil
}

// Contacts lists to whom she may write: everybody named but herself.
func (s *Service) Contacts(ctx context.Context, who member.Actor) ([]Contact, error) {
	if who.Role == nil {
		return nil, fault.Missing()
	}
	list, err := contactsNow(ctx, s.store.DB)
	return slices.DeleteFunc(list, func(c Contact) bool { return c.ID == who.Role.ID }), err
}

// NameContact makes somebody with a role a contact, by her handle.
func (s *Service) NameContact(ctx context.Context, who member.Actor, handle, organisation string) error {
	if !coordinates(who) {
		return fault.Missing()
	}
	handle, organisation = strings.ToLower(strings.TrimSpace(handle)), strings.TrimSpace(organisation)
	if err := fault.Mended(asked("organisation", organisation, longestName, "career.contact.organisation")); err != nil {
		return err
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		people, err := member.Colleagues(ctx, tx, member.GivenRoles...)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(people, func(p member.RoleAccount) bool { return p.Handle == handle })
		if at < 0 {
			return fault.Mend(fault.Field{Name: "handle", Key: "career.contact.unknown"})
		}
		if slices.ContainsFunc(people[at].RoleList(), func(r member.Role) bool { return slices.Contains(inside, r) }) {
			return fault.Mend(fault.Field{Name: "handle", Key: "career.contact.inside"})
		}
		row := ContactRow{people[at].ID, organisation, who.Role.ID, s.store.Today()}
		err = tx.WithContext(ctx).Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "account_id"}}, DoUpdates: clause.AssignmentColumns([]string{"organisation"})}).Create(&row).Error
		if err != nil {
			return err
		}
		return s.note(ctx, tx, who, "contact", row.AccountID)
	})
}

// DropContact takes somebody off the list. The last one stays: the way out of the team is
// never closed by those whom it leads around. Notes that she has stay hers to read until
// whoever wrote them shreds them.
func (s *Service) DropContact(ctx context.Context, who member.Actor, account store.ID) error {
	if !coordinates(who) {
		return fault.Missing()
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		now, err := contactsNow(ctx, tx)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(now, func(c Contact) bool { return c.ID != account }) {
			return fault.New(fault.Refused, "career.contact.last")
		}
		n, err := gorm.G[ContactRow](tx).Where("account_id = ?", account).Delete(ctx)
		if err == nil && n == 0 {
			return fault.Missing()
		}
		if err != nil {
			return err
		}
		return s.note(ctx, tx, who, "contact over", account)
	})
}
