package peerwork

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// Modes say how an organisation brings peers in: by a vote of members, by employment, or as
// a committee that is asked.
var Modes = []string{"membership", "employment", "consultation"}

// Organisation is one that peers work with.
type Organisation struct {
	ID   store.ID `gorm:"primaryKey"`
	Name string
	Mode string
}

// TableName names the table.
func (Organisation) TableName() string { return "organisations" }

const longestName = 120

// Organisations lists them by name, for people with roles.
func (s *Service) Organisations(ctx context.Context, who member.Actor) ([]Organisation, error) {
	if !coordinates(who) && !isPeer(who) {
		return nil, fault.Missing()
	}
	rows, err := gorm.G[Organisation](s.store.DB).Order("name").Limit(200).Find(ctx)
	return rows, store.Translate(err)
}

// AddOrganisation adds one.
func (s *Service) AddOrganisation(ctx context.Context, who member.Actor, name, mode string) error {
	if !coordinates(who) {
		return fault.Missing()
	}
	name = strings.TrimSpace(name)
	var mend []fault.Field
	if name == "" || utf8.RuneCountInString(name) > longestName {
		mend = append(mend, fault.Field{Name: "name", Key: "peerwork.organisation.name.range", Args: []any{"Most", longestName}})
	}
	if !slices.Contains(Modes, mode) {
		mend = append(mend, fault.Field{Name: "mode", Key: "peerwork.organisation.mode.missing"})
	}
	if err := fault.Mended(mend); err != nil {
		return err
	}
	err := s.store.Tx(ctx, func(tx *gorm.DB) error {
		return gorm.G[Organisation](tx).Create(ctx, &Organisation{store.NewID(), name, mode})
	})
	if store.IsDuplicate(err) {
		return fault.Mend(fault.Field{Name: "name", Key: "peerwork.organisation.there"})
	}
	return err
}

// Place says with which organisation a peer works.
func (s *Service) Place(ctx context.Context, who member.Actor, account, organisation store.ID) error {
	if !coordinates(who) {
		return fault.Missing()
	}
	if _, err := s.peer(ctx, account); err != nil {
		return err
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		if n, err := gorm.G[Organisation](tx).Where("id = ?", organisation).Count(ctx, "id"); err != nil || n == 0 {
			if err == nil {
				err = fault.Missing()
			}
			return err
		}
		if err := begin(ctx, tx, account); err != nil {
			return err
		}
		_, err := gorm.G[Profile](tx).Where("account_id = ?", account).Update(ctx, "organisation_id", organisation)
		return err
	})
}
