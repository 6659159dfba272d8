package member_test

import (
	"context"
	"reflect"
	"strings"
	"testing"
	"time"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/vault"
)

// TestAPersonIsCountedOnceAMonthAndNoCountStandsInTheDatabase: ten visits are one person, and
// whoever has the whole database learns no count by language before somebody with the key counts.
func TestAPersonIsCountedOnceAMonthAndNoCountStandsInTheDatabase(t *testing.T) {
	ctx := context.Background()
	s, db := people(t)
	ok := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	boss := hire(t, s, db, "keystone", s.OfferFirstAdmin)
	lead := func(handle string) member.Actor {
		return hire(t, s, db, handle, func(ctx context.Context) (string, error) {
			return s.OfferRoles(ctx, boss, []member.Role{member.RoleCoordinator})
		})
	}
	holder, other := lead("bussola"), lead("rosa")
	if held, err := s.HoldsKey(ctx, holder, member.CircleFigures); err != nil {
		t.Fatal(err)
	} else if !held {
		ok(s.GrantKey(ctx, boss, member.CircleFigures, holder.Role.ID))
	}
	someone := func() member.Actor { return member.Actor{Secrets: []vault.Secret{vault.NewSecret()}} }
	her, him := someone(), someone()
	for range 10 {
		ok(s.Present(ctx, her, "sq"))
	}
	ok(s.Present(ctx, her, "it")) // the first of the month stands
	her.Secrets = append([]vault.Secret{vault.NewSecret()}, her.Secrets...)
	ok(s.Present(ctx, her, "sq")) // she has changed her key since
	ok(s.Present(ctx, him, "zh-Hans"))
	ok(s.Present(ctx, member.Actor{}, "it"))
	ok(s.Present(ctx, boss, "it")) // the team is not counted

	if dump := db.Dump(t); strings.Contains(dump, "zh-Hans") {
		t.Error("a language stands in the database")
	}
	rows, err := gorm.G[member.Presence](db.DB).Where("1 = 1").Find(ctx)
	if err != nil || len(rows) != 2 || len(rows[0].Box) != len(rows[1].Box) {
		t.Fatalf("%d rows, of which the boxes differ in length: %v", len(rows), err)
	}
	month := db.Clock.Today()[:7]
	if _, err := s.PeopleIn(ctx, other, month); !fault.Is(err, fault.Refused) {
		t.Errorf("without the key: %v", err)
	}
	got, err := s.PeopleIn(ctx, holder, month)
	if want := map[string]int{"sq": 1, "zh-Hans": 1}; err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("counted %v, %v; want %v", got, err, want)
	}
	first := rows[0].Addr
	db.Time.Advance(31 * 24 * time.Hour)
	ok(s.Present(ctx, her, "sq"))
	ok(db.Tx(ctx, func(tx *gorm.DB) error { return member.ForgetPeople(ctx, tx, month) }))
	rows, err = gorm.G[member.Presence](db.DB).Where("1 = 1").Find(ctx)
	if err != nil || len(rows) != 1 || rows[0].Month == month || string(rows[0].Addr) == string(first) {
		t.Errorf("after counting %d rows are left: %v", len(rows), err)
	}
}
