package seed_test

import (
	"context"
	"slices"
	"testing"

	"portico/app/directory"
	"portico/app/member"
	"portico/app/peerwork"
	"portico/app/timesheet"
)

func (c community) workIsThere(t *testing.T) {
	ctx, work := context.Background(), peerwork.New(c.Store)
	who := c.enter(t, "Petra")
	organisations, err := work.Organisations(ctx, who)
	if err != nil {
		t.Fatal(err)
	}
	var modes []string
	for _, o := range organisations {
		modes = append(modes, o.Mode)
	}
	if slices.Sort(modes); !slices.Equal(modes, []string{"consultation", "employment", "membership"}) {
		t.Errorf("organisations are %v", modes)
	}
	team, err := work.Team(ctx, who)
	if err != nil {
		t.Fatal(err)
	}
	for handle, want := range map[string]struct {
		kind, state               string
		paid, ends, risk, lowered bool
	}{
		"juniper": {"permanent", peerwork.Shown, true, false, true, false}, "mandorla": {"fixed", peerwork.Hidden, true, true, true, false},
		"figuier": {"project", peerwork.Asked, true, true, true, false}, "rummana": {"voucher", peerwork.Hidden, false, false, false, true},
		"breakwater": {"fee", peerwork.Shown, true, true, true, false},
	} {
		at := slices.IndexFunc(team, func(p peerwork.Colleague) bool { return p.Handle == handle })
		if at < 0 {
			t.Errorf("%s is missing", handle)
			continue
		}
		p := team[at]
		if p.Label.Kind != want.kind || p.Label.Paid != want.paid || p.Ends != want.ends || p.Profile.State != want.state ||
			p.RiskCurrent != want.risk || p.Profile.Low != want.lowered || p.Organisation == "" {
			t.Errorf("%s: label %+v, ends %v, profile %s, low %v, risk %v, with %q",
				handle, p.Label, p.Ends, p.Profile.State, p.Profile.Low, p.RiskCurrent, p.Organisation)
		}
		if p.Profile.State == peerwork.Shown && p.Profile.AskedBy == p.Profile.ShownBy {
			t.Errorf("%s was shown by one person", handle)
		}
	}
	for reader, want := range map[string]int{"": 2, "Amara": 2} {
		actor := member.Actor{}
		if reader != "" {
			actor = c.enter(t, reader)
		}
		if seen, err := work.Seen(ctx, actor, "en"); err != nil || len(seen) != want {
			t.Errorf("%q sees %d profiles, %v; want %d", reader, len(seen), err, want)
		}
	}
}

func (c community) hoursAreThere(t *testing.T) {
	ctx, work := context.Background(), timesheet.New(c.Store, nil)
	states, lines, toPay := map[string]int{}, map[string]int{}, map[int]bool{}
	for _, name := range []string{"Folake", "Ornella", "Yasmine", "Tamsin", "Hayat"} {
		who := c.enter(t, name)
		weeks, err := work.MyWeeks(ctx, who)
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range weeks {
			states[w.Standing]++
			if w.Standing == timesheet.Paid {
				toPay[w.Days] = true
			}
			sheet, err := work.MyWeek(ctx, who, w.Monday)
			if err != nil || len(sheet.Lines) == 0 {
				t.Errorf("%s, week of %s: %d lines, %v", name, w.Monday, len(sheet.Lines), err)
			}
			for _, l := range sheet.Lines {
				lines[l.State]++
				if l.DecidedBy == who.Role.ID || l.SettledBy == who.Role.ID {
					t.Errorf("%s decided about her own week of %s", name, w.Monday)
				}
				if l.State == timesheet.Disputed && (l.Reason == "" || l.Dispute == "") {
					t.Errorf("%s, week of %s: a dispute without words", name, w.Monday)
				}
			}
			if w.Standing == timesheet.Disputed && len(sheet.Payments) == 0 {
				t.Errorf("%s, week of %s: the rest of a disputed week is not paid", name, w.Monday)
			}
		}
	}
	for state, want := range map[string]int{
		timesheet.Open: 4, timesheet.Closed: 3, timesheet.Approved: 3, timesheet.Disputed: 1, timesheet.Paid: 7, timesheet.Done: 1,
	} {
		if states[state] < want {
			t.Errorf("%d weeks are %s; want %d", states[state], state, want)
		}
	}
	if len(toPay) < 3 || lines[timesheet.Disputed] != 1 {
		t.Errorf("days to pay are %v, lines are %v", toPay, lines)
	}
	c.monthIsLocked(t, work)
}

// monthIsLocked looks at what coordinators find: their own weeks among those that wait, and
// a month that is locked.
func (c community) monthIsLocked(t *testing.T, work *timesheet.Service) {
	ctx, tamsin := context.Background(), c.enter(t, "Tamsin")
	own := 0
	waiting, err := work.WaitingWeeks(ctx, tamsin)
	for _, w := range waiting {
		if w.Mine {
			own++
		}
	}
	if err != nil || own == 0 || own == len(waiting) {
		t.Errorf("%d weeks wait, %d of them are her own, %v", len(waiting), own, err)
	}
	months, err := work.Months(ctx, tamsin)
	locked := slices.DeleteFunc(months, func(m timesheet.OpenMonth) bool { return m.State != timesheet.Locked })
	if err != nil || len(locked) != 1 || locked[0].Mine {
		t.Errorf("the locked months are %+v, %v", locked, err)
	}
}

func (c community) correctionsWait(t *testing.T) {
	ctx, entries := context.Background(), directory.New(c.Store)
	waiting, more, err := entries.Corrections(ctx, c.enter(t, "Petra"))
	if err != nil || more || len(waiting) != 3 {
		t.Errorf("%d corrections wait, more %v, %v", len(waiting), more, err)
	}
	if answers, err := entries.Answers(ctx, "ex-drop-in-help-desk"); err != nil || len(answers) != 1 || answers[0].State != directory.NotUsed {
		t.Errorf("answers %+v, %v", answers, err)
	}
	var checked int64
	if err := c.DB.DB.Table("directory_entries").Where("verified_on IS NOT NULL").Count(&checked).Error; err != nil || checked != 0 {
		t.Errorf("%d entries are marked as checked, %v", checked, err)
	}
}
