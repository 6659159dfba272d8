package material

import (
	"context"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// Spent is how long somebody of a group worked for a text on one day: making it is work,
// and her time sheet proposes it.
type Spent struct {
	MaterialID    store.ID `gorm:"primaryKey"`
	RoleAccountID store.ID `gorm:"primaryKey"`
	Day           string   `gorm:"primaryKey"`
	Minutes       int
}

// TableName names the table.
func (Spent) TableName() string { return "material_minutes" }

// spentDays is how far back time can be noted.
const spentDays = 60

// Spend notes minutes that a peer of the group worked for a text on a day, in the place of
// what she noted for that day before.
func (s *Service) Spend(ctx context.Context, who member.Actor, id store.ID, day string, minutes int) error {
	if who.Role == nil || !who.Has(member.RolePeer) {
		return fault.Missing()
	}
	var mend []fault.Field
	if _, err := time.Parse(time.DateOnly, day); err != nil || day > s.store.Today() || day < s.store.DayAfter(-spentDays) {
		mend = append(mend, fault.Field{Name: "day", Key: "timesheet.spent.day"})
	}
	if minutes < 1 || minutes > 24*60 {
		mend = append(mend, fault.Field{Name: "minutes", Key: "peerwork.minutes.range"})
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		if _, err := mine(ctx, tx, who, id); err != nil {
			return err
		}
		if len(mend) > 0 {
			return fault.Mend(mend...)
		}
		row := Spent{id, who.Role.ID, day, minutes}
		return tx.WithContext(ctx).Clauses(clause.OnConflict{UpdateAll: true}).Create(&row).Error
	})
}

// Hours lists what a person noted between two days, both included.
func (s *Service) Hours(ctx context.Context, account store.ID, from, to string) ([]Spent, error) {
	rows, err := gorm.G[Spent](s.store.DB).Where("role_account_id = ? AND day BETWEEN ? AND ?", account, from, to).Order("day, material_id").Limit(200).Find(ctx)
	return rows, store.Translate(err)
}
