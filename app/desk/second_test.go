package desk_test

import (
	"context"
	"testing"
	"time"

	"portico/app/desk"
	"portico/app/fault"
	"portico/app/forum"
	"portico/app/member"
	"portico/moderation"
)

// waits finds the item of a kind that waits.
func (p *place) waits(t *testing.T, kind string) desk.Item {
	t.Helper()
	items, err := p.desk.Waiting(context.Background(), p.mod, "")
	if err != nil {
		t.Fatal(err)
	}
	for _, item := range items {
		if item.Kind == kind {
			return item
		}
	}
	t.Fatalf("no item of kind %q waits", kind)
	return desk.Item{}
}

// decision is the one decision about her posts.
func (p *place) decision(t *testing.T, who member.Actor, topic forum.Receipt) desk.Decision {
	t.Helper()
	tags, err := p.forum.Tags(context.Background(), p.Store.DB, who)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := p.desk.DecisionsFor(context.Background(), who, tags)
	if err != nil || len(rows) != 1 {
		t.Fatalf("%d decisions, %v; want one", len(rows), err)
	}
	return rows[0]
}

// mayWrite tells whether somebody is let in on the board.
func (p *place) mayWrite(who member.Actor) bool {
	_, err := p.forum.StartTalk(context.Background(), who, "home", forum.Draft{Title: "Another question", Body: "Does anybody know?", Lang: "en"})
	return err == nil
}

func TestAPauseNeedsASecondPerson(t *testing.T) {
	for _, row := range []struct {
		what   string
		action desk.Action
		agree  bool
		writes [2]bool // after the provisional days, and after the full time
	}{
		{"a pause that the second person shares", desk.Pause, true, [2]bool{false, true}},
		{"a pause that she does not share", desk.Pause, false, [2]bool{true, true}},
		{"an account that both shut", desk.Shut, true, [2]bool{false, false}},
		{"an account that she does not shut", desk.Shut, false, [2]bool{true, true}},
	} {
		t.Run(row.what, func(t *testing.T) {
			p, ctx := open(t), context.Background()
			author := someone()
			r, item := p.held(t, author, "You will be sorry.")
			p.decide(t, item, desk.Choice{Action: row.action, Reason: "threat", Days: 10})
			if p.mayWrite(author) {
				t.Fatal("until the second person looks, she can write")
			}
			second := p.waits(t, moderation.Second)
			if err := p.desk.Claim(ctx, p.mod, second.ID); !fault.Is(err, fault.Refused) {
				t.Errorf("whoever decided takes the second look: %v", err)
			}
			if err := p.desk.Claim(ctx, p.other, second.ID); err != nil {
				t.Fatal(err)
			}
			if err := p.desk.Settle(ctx, p.mod, second.ID, true, ""); !fault.Is(err, fault.Conflict) {
				t.Errorf("somebody who has not claimed it settles it: %v", err)
			}
			if err := p.desk.Settle(ctx, p.other, second.ID, row.agree, "I read it too."); err != nil {
				t.Fatal(err)
			}
			if d := p.decision(t, author, r); d.Answer != "I read it too." || d.Second == desk.Waits {
				t.Errorf("the author reads %+v", d)
			}
			p.Time.Advance(5 * 24 * time.Hour)
			if got := p.mayWrite(author); got != row.writes[0] {
				t.Errorf("after the provisional days she writes: %v", got)
			}
			p.Time.Advance(10 * 24 * time.Hour)
			if got := p.mayWrite(author); got != row.writes[1] {
				t.Errorf("after the full time she writes: %v", got)
			}
		})
	}
}

func TestAPauseThatNobodyConfirmsEnds(t *testing.T) {
	p := open(t)
	author := someone()
	_, item := p.held(t, author, "You will be sorry.")
	p.decide(t, item, desk.Choice{Action: desk.Pause, Reason: "threat", Days: 30})
	p.Time.Advance(4 * 24 * time.Hour)
	if !p.mayWrite(author) {
		t.Error("one person alone kept somebody from writing for more than three days")
	}
}

func TestAnAppealGoesToAnotherModerator(t *testing.T) {
	for _, row := range []struct {
		what  string
		stand bool
		shown bool
		state string
	}{
		{"it stands", true, false, desk.Stays},
		{"it is undone", false, true, desk.Changed},
	} {
		t.Run(row.what, func(t *testing.T) {
			p, ctx := open(t), context.Background()
			author := someone()
			r, item := p.held(t, author, "How do you sleep?")
			p.decide(t, item, desk.Choice{Action: desk.Hide, Reason: "off-topic"})
			d := p.decision(t, author, r)
			for name, who := range map[string]member.Actor{"a stranger": someone(), "a visitor": {}} {
				if err := p.desk.Appeal(ctx, who, d.ID, ""); !fault.Is(err, fault.NotFound) {
					t.Errorf("%s appeals: %v", name, err)
				}
			}
			if err := p.desk.Appeal(ctx, author, d.ID, ""); err != nil {
				t.Fatal(err)
			}
			if err := p.desk.Appeal(ctx, author, d.ID, ""); !fault.Is(err, fault.Conflict) {
				t.Errorf("a second appeal: %v", err)
			}
			appeal := p.waits(t, moderation.Appeal)
			if err := p.desk.Claim(ctx, p.mod, appeal.ID); !fault.Is(err, fault.Refused) {
				t.Errorf("whoever decided answers the appeal: %v", err)
			}
			if err := p.desk.Claim(ctx, p.other, appeal.ID); err != nil {
				t.Fatal(err)
			}
			if err := p.desk.Settle(ctx, p.other, appeal.ID, row.stand, ""); err != nil {
				t.Fatal(err)
			}
			if got := p.sees(member.Actor{}, r); got != row.shown {
				t.Errorf("a visitor sees the post: %v", got)
			}
			if d = p.decision(t, author, r); d.Appeal != row.state {
				t.Errorf("the appeal is %q, want %q", d.Appeal, row.state)
			}
		})
	}
}

func TestAnAppealAfterItsTimeIsTooLate(t *testing.T) {
	p, ctx := open(t), context.Background()
	author := someone()
	r, item := p.held(t, author, "How do you sleep?")
	p.decide(t, item, desk.Choice{Action: desk.Remove, Reason: "spam"})
	d := p.decision(t, author, r)
	p.Time.Advance((desk.AppealDays + 1) * 24 * time.Hour)
	if d.CanAppeal(p.Clock) {
		t.Error("the page still offers an appeal")
	}
	if err := p.desk.Appeal(ctx, author, d.ID, ""); !fault.Is(err, fault.Refused) {
		t.Errorf("a late appeal: %v", err)
	}
}

func TestStepsAsideLeaveNoName(t *testing.T) {
	p, ctx := open(t), context.Background()
	_, item := p.held(t, someone(), "How do you sleep?")
	p.claim(t, item)
	if err := p.desk.StepAside(ctx, p.mod, item.ID, true); err != nil {
		t.Fatal(err)
	}
	if err := p.desk.Claim(ctx, p.mod, item.ID); !fault.Is(err, fault.Refused) {
		t.Errorf("she takes what she left to others: %v", err)
	}
	left, err := p.desk.Asides(ctx, p.mod, []desk.Item{item})
	if err != nil || !left[item.ID] {
		t.Errorf("her page does not know that she left it: %v", err)
	}
	if n := p.count(t, "desk_asides", "item_id IS NOT NULL"); n != 1 {
		t.Fatalf("%d marks, want one", n)
	}
	var tags [][]byte
	if err := p.Store.DB.Raw("SELECT tag FROM desk_asides").Scan(&tags).Error; err != nil || len(tags) != 1 || string(tags[0]) == string(p.mod.Role.ID[:]) {
		t.Errorf("the mark names her: %x, %v", tags, err)
	}
	if err := p.desk.Claim(ctx, p.other, item.ID); err != nil {
		t.Fatal(err)
	}
	if again := p.waits(t, moderation.Look); !again.Asks {
		t.Error("nobody reads that a second pair of eyes is asked for")
	}
	if err := p.desk.Decide(ctx, p.other, item.ID, desk.Choice{Action: desk.Keep}, forum.Reasons); err != nil {
		t.Fatal(err)
	}
	if n := p.count(t, "desk_asides", "item_id IS NOT NULL"); n != 0 {
		t.Error("the mark outlives the item")
	}
}

func TestWhatSheReadTodayIsHersAlone(t *testing.T) {
	p, ctx := open(t), context.Background()
	_, item := p.held(t, someone(), "How do you sleep?")
	p.claim(t, item)
	if e := p.desk.Exposure(p.mod); e.Read != 1 || e.Enough() {
		t.Errorf("she read %+v, want one", e)
	}
	if e := p.desk.Exposure(p.other); e.Read != 0 {
		t.Errorf("another's count is %+v", e)
	}
	p.Time.Advance(24 * time.Hour)
	if e := p.desk.Exposure(p.mod); e.Read != 0 {
		t.Errorf("yesterday counts today: %+v", e)
	}
	if err := p.desk.AskDebrief(ctx, p.mod); err != nil {
		t.Fatal(err)
	}
	if err := p.desk.AskDebrief(ctx, p.mod); err != nil {
		t.Fatal(err)
	}
	p.Time.Advance(4 * 24 * time.Hour)
	lead := team("faro", member.RoleCoordinator)
	owed, err := p.desk.Debriefs(ctx, lead)
	if err != nil || len(owed) != 1 || !owed[0].Missed {
		t.Fatalf("the organisation owes %+v, %v; want one that it missed", owed, err)
	}
	if mine, err := p.desk.Debriefs(ctx, p.other); err != nil || len(mine) != 0 {
		t.Errorf("another moderator sees it: %+v, %v", mine, err)
	}
	if err := p.desk.HoldDebrief(ctx, p.other, owed[0].ID); !fault.Is(err, fault.NotFound) {
		t.Errorf("another says that it was held: %v", err)
	}
	if err := p.desk.HoldDebrief(ctx, p.mod, owed[0].ID); err != nil {
		t.Fatal(err)
	}
	if owed, _ = p.desk.Debriefs(ctx, lead); len(owed) != 0 {
		t.Error("a held debrief is still owed")
	}
}

func TestPublicFiguresHideSmallCells(t *testing.T) {
	p, ctx := open(t), context.Background()
	for _, row := range []desk.Count{
		{Month: "2026-02", Action: desk.Hide, Reason: "contact", Waited: "hour", N: 9},
		{Month: "2026-01", Action: desk.Hide, Reason: "contact", Waited: "minutes", N: 8},
		{Month: "2026-02", Action: desk.Mask, Reason: "offer", Waited: "hour", N: 9},
		{Month: "2026-02", Action: "appeal-changed", Reason: "contact", Waited: "hour", N: 12},
		{Month: "2026-03", Action: desk.Remove, Reason: "spam", Waited: "hour", N: 50}, // not complete
		{Month: "2024-12", Action: desk.Remove, Reason: "spam", Waited: "hour", N: 50}, // too long ago
	} {
		if err := p.Store.DB.Create(&row).Error; err != nil {
			t.Fatal(err)
		}
	}
	o, err := p.desk.Openness(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range o.Actions {
		want := map[string]desk.Cell{"hide": {Key: "hide", N: 15}}[c.Key]
		if want.Key == "" {
			want = desk.Cell{Key: c.Key, Few: true}
		}
		if c != want {
			t.Errorf("%+v, want %+v", c, want)
		}
	}
	if len(o.Reasons) != 2 || o.Reasons[0] != (desk.Cell{Key: "contact", N: 15}) || !o.Reasons[1].Few {
		t.Errorf("reasons: %+v", o.Reasons)
	}
	if o.Waited != "hour" || o.Appeals[1] != (desk.Cell{Key: "changed", N: 10}) {
		t.Errorf("waited %q, appeals %+v", o.Waited, o.Appeals)
	}
}
