package member

import (
	"context"
	"slices"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"portico/app/fault"
	"portico/app/store"
	"portico/app/vault"
)

// leaveCircles begins a new epoch in each circle that a person is about to leave while
// others stay: who left, or holds a copy of her keys, opens nothing that is sealed later.
//
// It is a transaction of its own, before that of leaving: new rows of colleagues must not
// share one with her boxes. Her own wraps go only with her account, so that an interrupted
// departure never destroys the last key; she then waits for the new one like a newcomer.
func (s *Service) leaveCircles(ctx context.Context, leaver store.ID) error {
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		for name := range circleOf {
			if err := renewCircle(ctx, tx, name, leaver); err != nil {
				return err
			}
		}
		return nil
	})
}

// renewCircle begins the next epoch of a circle when somebody who leaves, or who is not one
// of its people any more, holds the present key. The new private key is drawn here, wrapped
// for everybody who stays, and forgotten. Where nobody stays, the next person of the role
// founds the next epoch.
func renewCircle(ctx context.Context, tx *gorm.DB, name string, leaver store.ID) error {
	// Another departure may begin the same epoch at this moment; then it is looked at anew,
	// because that one handed its key to whoever leaves here.
	for range renewTries {
		epoch, _, err := circleNow(ctx, tx, name)
		if err != nil || epoch == 0 {
			return err
		}
		staying, gone, err := holdersOf(ctx, tx, name, epoch, leaver)
		if err != nil || len(gone) == 0 || len(staying) == 0 {
			return err
		}
		if done, err := beginEpoch(ctx, tx, Circle{ID: name, Epoch: epoch + 1}, staying); err != nil || done {
			return err
		}
	}
	return fault.New(fault.Busy, "error.busy")
}

const renewTries = 5

// beginEpoch draws the key pair of an epoch and hands the private key to its holders; it is
// false when the epoch exists already.
func beginEpoch(ctx context.Context, tx *gorm.DB, circle Circle, staying []store.ID) (done bool, err error) {
	next := vault.NewIdentity()
	circle.Pub = next.EncPublic[:]
	begun := tx.WithContext(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&circle)
	if begun.Error != nil || begun.RowsAffected == 0 {
		return false, begun.Error
	}
	for _, holder := range staying {
		key, err := PresentKey(ctx, tx, holder)
		if err != nil {
			return false, err
		}
		wrap, err := vault.HandOn(next, circle.ID, [32]byte(key.EncPub))
		if err != nil {
			return false, fault.Wrap(err, "hand a circle's key on")
		}
		if err := gorm.G[CircleKey](tx).Create(ctx, &CircleKey{circle.ID, circle.Epoch, holder, wrap}); err != nil {
			return false, err
		}
	}
	return true, nil
}

// holdersOf sorts the holders of one epoch: who stays, and who leaves, has left or lost the
// role of the circle.
func holdersOf(ctx context.Context, tx *gorm.DB, name string, epoch int, leaver store.ID) (staying, gone []store.ID, err error) {
	keys, err := gorm.G[CircleKey](tx).Where("circle = ? AND epoch = ?", name, epoch).Order("account_id").Find(ctx)
	if err != nil {
		return nil, nil, err
	}
	ids := make([]store.ID, len(keys))
	for i, key := range keys {
		ids[i] = key.AccountID
	}
	people, err := gorm.G[RoleAccount](tx).Select("id", "roles").Where("ended IS NULL AND id IN ?", ids).Find(ctx)
	if err != nil {
		return nil, nil, err
	}
	for _, id := range ids {
		i := slices.IndexFunc(people, func(r RoleAccount) bool { return r.ID == id })
		if id == leaver || i < 0 || !slices.Contains(people[i].RoleList(), circleOf[name]) {
			gone = append(gone, id)
			continue
		}
		staying = append(staying, id)
	}
	return staying, gone, nil
}
