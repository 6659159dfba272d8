package member_test

import (
	"context"
	"testing"

	"gorm.io/gorm"

	"portico/app/member"
)

func TestPreferencesOutliveTheKeyAndGoWithTheAccount(t *testing.T) {
	ctx := context.Background()
	s, db := people(t)
	first := join(t, s).Actor
	set := func(who member.Actor, number int) {
		t.Helper()
		err := db.Tx(ctx, func(tx *gorm.DB) error {
			return member.ChangePrefs(ctx, tx, db.Clock, who, func(p *member.Prefs) { p.RulesRead = number })
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	set(first, 2)
	changed, err := s.ChangeKey(ctx, first, member.Again{Key: first.NewKey})
	if err != nil {
		t.Fatal(err)
	}
	if p, err := member.ReadPrefs(ctx, db.DB, changed.Actor); err != nil || p.RulesRead != 2 {
		t.Errorf("after a change of key: %+v, %v", p, err)
	}
	set(changed.Actor, 3)
	other := join(t, s).Actor
	if p, err := member.ReadPrefs(ctx, db.DB, other); err != nil || p != (member.Prefs{}) {
		t.Errorf("somebody else's: %+v, %v", p, err)
	}
	set(other, 1)
	if err := s.DeleteAccount(ctx, changed.Actor, member.Again{Key: changed.Actor.NewKey}, true); err != nil {
		t.Fatal(err)
	}
	var boxes int64
	if err := db.DB.Table("boxes").Count(&boxes).Error; err != nil || boxes != 1 {
		t.Errorf("%d boxes are left, %v; want the other person's alone", boxes, err)
	}
}
