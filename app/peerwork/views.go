package peerwork

import (
	"context"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// What of a peer somebody with a role can open.
const (
	ViewProfile  = "profile"
	ViewWish     = "wish"
	ViewRisk     = "risk"
	ViewContract = "contract"
)

// ViewRow says that a person with a role opened something of another on a day: one row,
// however often she looked. Members and visitors leave no trace.
type ViewRow struct {
	About  store.ID `gorm:"primaryKey"`
	Viewer store.ID `gorm:"primaryKey"`
	Day    string   `gorm:"primaryKey"`
	What   string   `gorm:"primaryKey"`
}

// TableName names the table.
func (ViewRow) TableName() string { return "profile_views" }

// View is a look as she reads it.
type View struct {
	Handle, Day, What string
}

// noteView writes down that somebody with a role opened what is about others.
func (s *Service) noteView(ctx context.Context, who member.Actor, what string, about ...store.ID) error {
	if who.Role == nil {
		return nil
	}
	var rows []ViewRow
	for _, id := range about {
		if id != who.Role.ID {
			rows = append(rows, ViewRow{id, who.Role.ID, s.store.Today(), what})
		}
	}
	if len(rows) == 0 {
		return nil
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		return tx.WithContext(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&rows).Error
	})
}

// Views lists who opened what of hers in the last twelve months, the newest first.
func (s *Service) Views(ctx context.Context, who member.Actor) ([]View, error) {
	if !isPeer(who) {
		return nil, fault.Missing()
	}
	rows, err := gorm.G[ViewRow](s.store.DB).Where("about = ?", who.Role.ID).Order("day DESC, what, viewer").Limit(500).Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	ids := make([]store.ID, len(rows))
	for i, row := range rows {
		ids[i] = row.Viewer
	}
	names, err := member.Handles(ctx, s.store.DB, ids)
	list := make([]View, len(rows))
	for i, row := range rows {
		list[i] = View{names[row.Viewer], row.Day, row.What}
	}
	return list, err
}
