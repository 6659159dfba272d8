package member

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"portico/app/store"
)

// Joined says on which day people took up their first key here: what the organisation
// promises for a whole year it does not owe for the months before.
func Joined(ctx context.Context, db *gorm.DB, ids []store.ID) (map[store.ID]string, error) {
	days := map[store.ID]string{}
	for batch := range slices.Chunk(ids, 400) {
		rows, err := gorm.G[RoleKey](db).Select("account_id", "from_day").Where("account_id IN ?", batch).Order("epoch DESC").Find(ctx)
		if err != nil {
			return nil, store.Translate(err)
		}
		for _, row := range rows {
			days[row.AccountID] = row.FromDay
		}
	}
	return days, nil
}
