package desk_test

import (
	"context"
	"testing"
	"time"

	"portico/app/fault"
	"portico/app/member"
)

// The clock of the tests stands at 2026-03-07, 03:30 in UTC.
func TestAModeratorTakesShiftsAndGivesThemBack(t *testing.T) {
	p, ctx := open(t), context.Background()
	for _, row := range []struct {
		what        string
		day         string
		hour, hours int
		field       string // "" when it is taken
	}{
		{"tonight", "2026-03-07", 22, 2, ""},
		{"the very same again", "2026-03-07", 22, 2, ""},
		{"over midnight into her own", "2026-03-07", 20, 3, "hour"},
		{"right after her own", "2026-03-08", 0, 1, ""},
		{"an hour that has begun", "2026-03-07", 3, 2, "hour"},
		{"yesterday", "2026-03-06", 22, 2, "day"},
		{"too far ahead", "2026-04-05", 22, 2, "day"},
		{"no day", "31 March", 22, 2, "day"},
		{"an hour that no clock shows", "2026-03-09", 24, 2, "hour"},
		{"no length", "2026-03-09", 10, 0, "hours"},
		{"longer than a day's work", "2026-03-09", 10, 9, "hours"},
	} {
		err := p.desk.TakeShift(ctx, p.mod, row.day, row.hour, row.hours)
		f := fault.As(err)
		switch {
		case row.field == "" && err != nil:
			t.Errorf("%s: %v", row.what, err)
		case row.field != "" && (f == nil || len(f.Fields) != 1 || f.Fields[0].Name != row.field):
			t.Errorf("%s: %v, want the field %q", row.what, err, row.field)
		}
	}
	if err := p.desk.TakeShift(ctx, p.other, "2026-03-07", 21, 2); err != nil {
		t.Errorf("two people may be on duty at once: %v", err)
	}
	rota, err := p.desk.Rota(ctx, p.mod)
	if err != nil || len(rota) != 3 {
		t.Fatalf("the rota has %d shifts, want 3 (%v)", len(rota), err)
	}
	if rota[0].Mine || !rota[1].Mine || rota[1].Hour != 22 {
		t.Errorf("the rota is out of order: %+v", rota)
	}
	if err := p.desk.LeaveShift(ctx, p.mod, rota[0].ID); !fault.Is(err, fault.NotFound) {
		t.Errorf("somebody else's shift is given back: %v", err)
	}
	if err := p.desk.LeaveShift(ctx, p.mod, rota[1].ID); err != nil {
		t.Error(err)
	}
}

func TestAShiftCountsAsWorkWhenItIsOver(t *testing.T) {
	p, ctx := open(t), context.Background()
	if err := p.desk.TakeShift(ctx, p.mod, "2026-03-07", 23, 3); err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		what    string
		advance time.Duration
		worked  int
		leaves  bool
	}{
		{"before it", 0, 0, true},
		{"in the middle of it", 20 * time.Hour, 0, false},
		{"after it", 3 * time.Hour, 1, false},
	} {
		p.Time.Advance(row.advance)
		worked, err := p.desk.Worked(ctx, p.mod.Role.ID, "2026-03-02", "2026-03-08")
		if err != nil || len(worked) != row.worked {
			t.Errorf("%s: %d shifts count, want %d (%v)", row.what, len(worked), row.worked, err)
		}
		if rota, err := p.desk.Rota(ctx, p.mod); err != nil || (len(rota) == 1) == (row.worked == 1) || (len(rota) == 1 && rota[0].Begun == row.leaves) {
			t.Errorf("%s: the rota says %+v (%v)", row.what, rota, err)
		}
	}
}

func TestOnlyModeratorsSeeTheRota(t *testing.T) {
	p, ctx := open(t), context.Background()
	for _, who := range []member.Actor{{}, someone(), team("faro", member.RoleCoordinator, member.RoleAdmin)} {
		if _, err := p.desk.Rota(ctx, who); !fault.Is(err, fault.NotFound) {
			t.Errorf("%v reads the rota: %v", who.Role, err)
		}
		if err := p.desk.TakeShift(ctx, who, "2026-03-08", 10, 2); !fault.Is(err, fault.NotFound) {
			t.Errorf("%v takes a shift: %v", who.Role, err)
		}
	}
	if err := p.desk.TakeShift(ctx, p.mod, "2026-03-08", 10, 2); err != nil {
		t.Fatal(err)
	}
	if err := p.desk.LeaveDuty(ctx, p.Store.DB.WithContext(ctx), p.mod, true); err != nil {
		t.Fatal(err)
	}
	if rota, _ := p.desk.Rota(ctx, p.mod); len(rota) != 0 {
		t.Errorf("she left and the rota still counts on her: %+v", rota)
	}
}
