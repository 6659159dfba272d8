package member

import (
	"context"
	"slices"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"portico/app/audit"
	"portico/app/fault"
	"portico/app/store"
	"portico/app/vault"
)

// Circle is a group of readers by function, with one key pair. Anybody can seal to its
// public key, also when nobody is signed in; only a holder with a live session hands the
// private key on. So an administrator who invents a moderator gets no key.
type Circle struct {
	ID    string `gorm:"primaryKey"`
	Epoch int    `gorm:"primaryKey"`
	Pub   []byte
}

// TableName names the table.
func (Circle) TableName() string { return "circles" }

// CircleKey is a circle's private key, wrapped for one holder.
type CircleKey struct {
	Circle    string   `gorm:"primaryKey"`
	Epoch     int      `gorm:"primaryKey"`
	AccountID store.ID `gorm:"primaryKey"`
	Wrap      []byte
}

// TableName names the table.
func (CircleKey) TableName() string { return "circle_keys" }

// The circles. The moderators' reads the notes of reports, that of the peers on duty the
// questions that people ask privately, that of payroll legal names and bank accounts, that of figures how many people were here.
const (
	CircleModerators = "moderators"
	CircleDuty       = "duty"
	CirclePayroll    = "payroll"
	CircleFigures    = "figures"
)

// circleOf says which role may hold the key of a circle.
var circleOf = map[string]Role{CircleModerators: RoleModerator, CircleDuty: RolePeer, CirclePayroll: RoleCoordinator, CircleFigures: RoleCoordinator}

// takenUp are the circles that nobody founds by signing in: few should hold their keys, so
// somebody takes one up and says so.
var takenUp = []string{CirclePayroll}

// enterCircles founds the circles of a person's roles where nobody holds them: the first
// epoch, or the next one when the last holder has left and took the key with her. Where
// somebody holds a circle she waits until a holder grants her the key. A circle one of whose
// holders has left by another way than her own account's page is renewed here.
func (s *Service) enterCircles(ctx context.Context, tx *gorm.DB, who RoleActor) error {
	for name, role := range circleOf {
		if !slices.Contains(who.Roles, role) {
			continue
		}
		epoch, held, err := circleNow(ctx, tx, name)
		if err != nil {
			return err
		}
		if held {
			if err := renewCircle(ctx, tx, name, store.ID{}); err != nil {
				return err
			}
			continue
		}
		if slices.Contains(takenUp, name) {
			continue
		}
		if err := foundCircle(ctx, tx, Circle{ID: name, Epoch: epoch + 1}, who); err != nil {
			return err
		}
	}
	return nil
}

// foundCircle founds an epoch of a circle and hands its key to her alone. Where somebody
// founded the same epoch at this moment nothing happens, and she waits for the key.
func foundCircle(ctx context.Context, tx *gorm.DB, circle Circle, who RoleActor) error {
	key := vault.NewIdentity()
	circle.Pub = key.EncPublic[:]
	founded := tx.WithContext(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&circle)
	if founded.Error != nil || founded.RowsAffected == 0 {
		return founded.Error
	}
	wrap, err := vault.HandOn(key, circle.ID, who.Identity.EncPublic)
	if err != nil {
		return err
	}
	return gorm.G[CircleKey](tx).Create(ctx, &CircleKey{circle.ID, circle.Epoch, who.ID, wrap})
}

// TakeUpCircle founds a circle that is taken up and not entered, for somebody whose role
// may hold it and while nobody does. Where somebody holds it, only she hands the key on.
func (s *Service) TakeUpCircle(ctx context.Context, who Actor, circle string) error {
	if who.Role == nil || !slices.Contains(takenUp, circle) || !who.Has(circleOf[circle]) {
		return fault.New(fault.NotFound, "error.missing")
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		epoch, held, err := circleNow(ctx, tx, circle)
		if err != nil {
			return err
		}
		if held {
			return fault.New(fault.NotFound, "error.missing")
		}
		if err := foundCircle(ctx, tx, Circle{ID: circle, Epoch: epoch + 1}, *who.Role); err != nil {
			return err
		}
		matter := `{"act":"took up","circle":"` + circle + `","by":"` + who.Role.ID.String() + `"}`
		return audit.Note(ctx, tx, s.store.Today(), "circle", matter)
	})
}

// circleNow is the present epoch of a circle, 0 for none yet, and whether anybody who is
// still here holds its key.
func circleNow(ctx context.Context, db *gorm.DB, circle string) (epoch int, held bool, err error) {
	rows, err := gorm.G[Circle](db).Select("epoch").Where("id = ?", circle).Order("epoch DESC").Limit(1).Find(ctx)
	if err != nil || len(rows) == 0 {
		return 0, false, store.Translate(err)
	}
	n, err := gorm.G[CircleKey](db).Where("circle = ? AND epoch = ? AND account_id IN (SELECT id FROM role_accounts WHERE ended IS NULL)", circle, rows[0].Epoch).
		Count(ctx, "epoch")
	return rows[0].Epoch, n > 0, store.Translate(err)
}

// CircleHeld reports whether anybody could read what is sealed to a circle now.
func CircleHeld(ctx context.Context, db *gorm.DB, circle string) (bool, error) {
	_, held, err := circleNow(ctx, db, circle)
	return held, err
}

// CircleHolders are the people who can read what is sealed to a circle now, by handle.
func CircleHolders(ctx context.Context, db *gorm.DB, circle string) ([]RoleAccount, error) {
	rows, err := gorm.G[RoleAccount](db).Select("id", "handle", "roles").
		Where("ended IS NULL AND id IN (SELECT account_id FROM circle_keys WHERE circle = ? AND epoch = "+presentEpoch+")", circle, circle).Order("handle").Find(ctx)
	return rows, store.Translate(err)
}

// presentEpoch is the epoch that new records of a circle are sealed to.
const presentEpoch = "(SELECT MAX(epoch) FROM circles WHERE id = ?)"

// HoldsKey reports whether she can read what is sealed to a circle now.
func (s *Service) HoldsKey(ctx context.Context, who Actor, circle string) (bool, error) {
	if who.Role == nil {
		return false, nil
	}
	n, err := gorm.G[CircleKey](s.store.DB).Where("circle = ? AND account_id = ? AND epoch = "+presentEpoch, circle, who.Role.ID, circle).Count(ctx, "epoch")
	return n > 0, store.Translate(err)
}

// WaitingForKey lists the people whose role belongs to the circle and who do not hold its
// present key.
func (s *Service) WaitingForKey(ctx context.Context, who Actor, circle string) ([]RoleAccount, error) {
	if holds, err := s.HoldsKey(ctx, who, circle); err != nil || !holds {
		return nil, err
	}
	rows, err := gorm.G[RoleAccount](s.store.DB).Select("id", "handle", "roles").
		Where("ended IS NULL AND id NOT IN (SELECT account_id FROM circle_keys WHERE circle = ? AND epoch = "+presentEpoch+")", circle, circle).Order("handle").Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	return slices.DeleteFunc(rows, func(r RoleAccount) bool {
		return !slices.Contains(r.RoleList(), circleOf[circle])
	}), nil
}

// Ready reports whether a person has behind her what a circle asks for.
type Ready func(ctx context.Context, circle string, person store.ID) (bool, error)

// HandOnWhen sets the rule for handing keys on. It is named at wiring, before the first
// request; without one the role alone is enough.
func (s *Service) HandOnWhen(ready Ready) { s.ready = ready }

// GrantKey hands a circle's keys on to a person who has the role: the second of the two
// people that it takes, after the coordinator who gave the role.
func (s *Service) GrantKey(ctx context.Context, who Actor, circle string, to store.ID) error {
	waiting, err := s.WaitingForKey(ctx, who, circle)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(waiting, func(r RoleAccount) bool { return r.ID == to }) {
		return fault.New(fault.NotFound, "error.missing")
	}
	if s.ready != nil {
		if ready, err := s.ready(ctx, circle, to); err != nil {
			return err
		} else if !ready {
			return fault.New(fault.Refused, "role.key.learning")
		}
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		mine, err := gorm.G[CircleKey](tx).Where("circle = ? AND account_id = ?", circle, who.Role.ID).Find(ctx)
		if err != nil {
			return err
		}
		keys, err := gorm.G[RoleKey](tx).Where("account_id = ? AND until_day IS NULL", to).Order("epoch DESC").Limit(1).Find(ctx)
		if err != nil {
			return err
		}
		if len(keys) == 0 {
			return fault.New(fault.NotFound, "error.missing")
		}
		for _, key := range mine {
			identity, err := who.Role.Identity.TakeUp(circle, key.Wrap)
			if err != nil {
				return fault.Wrap(err, "open a circle's key")
			}
			wrap, err := vault.HandOn(identity, circle, [32]byte(keys[0].EncPub))
			if err != nil {
				return fault.Wrap(err, "hand a circle's key on")
			}
			// She may hold an older epoch already.
			err = tx.WithContext(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&CircleKey{circle, key.Epoch, to, wrap}).Error
			if err != nil {
				return err
			}
		}
		return nil
	})
}
