package meeting_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"portico/app/fault"
	"portico/app/meeting"
	"portico/app/member"
	"portico/app/store"
)

var everySecond = meeting.Form{
	Kind: meeting.Gathering, Title: "Tuesdays", Lang: "en", Place: "Kitchen", Day: "2026-03-10", Begins: "18:00", Minutes: 90, Seats: 1, Every: 2, Until: "2026-06-30",
}

func rome(t *testing.T) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Rome")
	must(t, err)
	return zone
}

func (h *house) series(t *testing.T, f meeting.Form) []meeting.Standing {
	t.Helper()
	id, err := h.meetings.Call(ctx, h.host, f)
	must(t, err)
	all, err := h.meetings.Series(ctx, h.host, id)
	must(t, err)
	return all
}

func TestASeriesKeepsItsHourOverTheChangeOfClocks(t *testing.T) {
	h := open(t)
	h.Store.Zone = rome(t)
	all := h.series(t, everySecond)
	if len(all) != 9 || all[8].Day != "2026-06-30" {
		t.Fatalf("%d dates, the last %s", len(all), all[len(all)-1].Day)
	}
	for _, row := range []struct{ day, want string }{{"2026-03-24", "17:00"}, {"2026-04-07", "16:00"}} {
		at, ok := meeting.Starts(row.day, "18:00", h.Store.Zone)
		if got := at.UTC().Format("15:04"); !ok || got != row.want {
			t.Errorf("18:00 on %s is %s UTC, want %s", row.day, got, row.want)
		}
	}
	if _, ok := meeting.Starts("2026-03-29", "02:30", h.Store.Zone); ok {
		t.Error("an hour that the clocks leap over exists")
	}
	if at, ok := meeting.Starts("2026-10-25", "02:30", h.Store.Zone); !ok || at.UTC().Format("15:04") != "00:30" {
		t.Errorf("the doubled hour is %s, want the first of the two", at.UTC())
	}
}

func TestWhatIsNoSeriesIsMended(t *testing.T) {
	h := open(t)
	h.Store.Zone = rome(t)
	h.series(t, everySecond)
	for name, row := range map[string]struct {
		field  string
		change func(*meeting.Form)
	}{
		"a hundred years":       {"until", func(f *meeting.Form) { f.Until = "2126-06-30" }},
		"a 29th that is none":   {"until", func(f *meeting.Form) { f.Until = "2027-02-29" }},
		"a single date":         {"until", func(f *meeting.Form) { f.Until = "2026-03-12" }},
		"53 dates":              {"until", func(f *meeting.Form) { f.Day, f.Every, f.Until = "2026-03-11", 1, "2027-03-10" }},
		"an end before it":      {"until", func(f *meeting.Form) { f.Until = "2026-01-01" }},
		"a rhythm that is none": {"every", func(f *meeting.Form) { f.Every = 90 }},
		"over another series":   {"begins", func(f *meeting.Form) { f.Begins = "19:00" }},
		"an hour leapt over":    {"begins", func(f *meeting.Form) { f.Day, f.Begins, f.Every, f.Until = "2026-03-22", "02:30", 1, "2026-04-05" }},
		"a kind of its own":     {"kind", func(f *meeting.Form) { f.Kind = "party" }},
		"a group without one":   {"board", func(f *meeting.Form) { f.Kind = meeting.Talk }},
		"supervision of nobody": {"agreement", func(f *meeting.Form) { f.Kind = meeting.Supervision }},
	} {
		form := everySecond
		row.change(&form)
		_, err := h.meetings.Call(ctx, h.host, form)
		if f := fault.As(err); f == nil || len(f.Fields) == 0 || f.Fields[0].Name != row.field {
			t.Errorf("%s: %v", name, err)
		}
	}
	form := everySecond
	form.Day, form.Every, form.Until = "2026-03-11", 1, "2027-03-03"
	if all := h.series(t, form); len(all) != meeting.MostDates {
		t.Errorf("a year of weeks is %d dates", len(all))
	}
}

func TestASeriesRestsAndGivesSeatsBack(t *testing.T) {
	h := open(t)
	all := h.series(t, everySecond)
	ann := join()
	must(t, h.meetings.Take(ctx, ann, all[5].ID, meeting.Wish{}))
	must(t, h.meetings.Take(ctx, ann, all[0].ID, meeting.Wish{}))
	id := all[0].ID
	for name, p := range map[string]meeting.Pause{
		"longer than the series": {From: "2026-03-01", Until: "2026-12-31"}, "backwards": {From: "2026-06-01", Until: "2026-05-01"},
		"between two dates": {From: "2026-03-11", Until: "2026-03-20"}, "no days": {From: "x", Until: "2026-02-30"},
	} {
		if _, err := h.meetings.Rest(ctx, h.host, id, p); fault.As(err) == nil || len(fault.As(err).Fields) == 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := h.meetings.Rest(ctx, h.peer, id, meeting.Pause{From: "2026-05-01", Until: "2026-06-10"}); !fault.Is(err, fault.NotFound) {
		t.Errorf("a peer lets it rest: %v", err)
	}
	n, err := h.meetings.Rest(ctx, h.host, id, meeting.Pause{From: "2026-05-01", Until: "2026-06-10", Note: "Too hot"})
	must(t, err)
	if m := h.sees(t, ann, all[5].ID); n != 3 || !m.Rests || m.Mine != nil || m.Note != "Too hot" || m.Changes != 1 {
		t.Errorf("%d rest, she sees %+v", n, m.Meeting)
	}
	if m := h.sees(t, ann, id); !m.Seated() {
		t.Error("the pause took a seat outside of it")
	}
	if err := h.meetings.Take(ctx, ann, all[5].ID, meeting.Wish{}); !fault.Is(err, fault.Conflict) {
		t.Errorf("a seat of a date that rests: %v", err)
	}
	must(t, h.meetings.Wake(ctx, h.host, all[5].ID))
	if m := h.sees(t, ann, all[5].ID); m.State != meeting.Open || m.Changes != 2 {
		t.Errorf("woken it is %+v", m.Meeting)
	}
	must(t, h.meetings.Change(ctx, h.host, id, meeting.Change{Day: "2026-03-11", Begins: "19:00", Place: "Garden", Minutes: 60, Note: "One day later"}))
	if m := h.sees(t, ann, id); m.Day != "2026-03-11" || !m.Seated() || m.Place != "Garden" || m.Changes != 1 {
		t.Errorf("moved it is %+v", m.Meeting)
	}
	must(t, h.meetings.CallOff(ctx, h.host, all[2].ID, meeting.Calling{Following: true}))
	left := 0
	for _, m := range h.again(t, id) {
		if m.State == meeting.Open {
			left++
		}
	}
	if left != 2 {
		t.Errorf("%d dates are left, want the two before", left)
	}
}

func (h *house) again(t *testing.T, id store.ID) []meeting.Standing {
	t.Helper()
	all, err := h.meetings.Series(ctx, h.host, id)
	must(t, err)
	return all
}

func TestTwoAtOnceForTheLastSeat(t *testing.T) {
	h := open(t)
	id := h.series(t, everySecond)[0].ID
	people := []member.Actor{join(), join()}
	var both sync.WaitGroup
	errs := make([]error, len(people)+1)
	for i, who := range people {
		both.Go(func() { errs[i] = h.meetings.Take(ctx, who, id, meeting.Wish{}) })
	}
	both.Wait()
	seated := 0
	for i, who := range people {
		must(t, errs[i])
		if h.sees(t, who, id).Seated() {
			seated++
		}
	}
	if seated != 1 {
		t.Errorf("%d people sit on one chair", seated)
	}
	both.Go(func() { errs[0] = h.meetings.CallOff(ctx, h.host, id, meeting.Calling{}) })
	both.Go(func() { errs[1] = h.meetings.Take(ctx, join(), id, meeting.Wish{}) })
	both.Wait()
	must(t, errs[0])
	if m := h.sees(t, h.host, id); m.Taken != 0 {
		t.Errorf("%d seats of a date that is off", m.Taken)
	}
}

// rooms are groups and agreements as a test says.
type rooms struct {
	groups     map[store.ID][]string // by account
	agreements map[store.ID][]meeting.Room
}

func (r rooms) In(_ context.Context, who member.Actor) ([]string, error) {
	return r.groups[who.Account], nil
}

func (r rooms) All(context.Context, member.Actor, string) ([]meeting.Room, error) {
	return []meeting.Room{{ID: "quiet", Name: "Quiet room"}}, nil
}

func (r rooms) Of(_ context.Context, who member.Actor) ([]meeting.Room, error) {
	return r.agreements[who.Account], nil
}

func TestWhatIsForAGroupDoesNotExistForOthers(t *testing.T) {
	h := open(t)
	ann, bea, agreement := join(), join(), store.NewID()
	three := []meeting.Room{{ID: agreement.String(), Name: "mira, sabine"}}
	r := rooms{map[store.ID][]string{ann.Account: {"quiet"}, h.peer.Account: {"quiet"}}, map[store.ID][]meeting.Room{h.peer.Account: three}}
	h.meetings.For(r, r)
	talk := everySecond
	talk.Kind, talk.Board, talk.Seats = meeting.Talk, "quiet", 5
	id := h.series(t, talk)[0].ID
	for name, who := range map[string]member.Actor{"a visitor": {}, "a member": bea, "a coordinator": h.boss} {
		if _, err := h.meetings.Meeting(ctx, who, id); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s finds it: %v", name, err)
		}
		if err := h.meetings.Take(ctx, who, id, meeting.Wish{}); err == nil {
			t.Errorf("%s takes a seat", name)
		}
		if all, err := h.meetings.Coming(ctx, who, meeting.Filter{}); err != nil || len(all) != 0 {
			t.Errorf("%s sees %d dates, %v", name, len(all), err)
		}
	}
	must(t, h.meetings.Take(ctx, ann, id, meeting.Wish{}))
	must(t, h.meetings.Take(ctx, h.peer, id, meeting.Wish{}))
	if _, chairs, err := h.meetings.Chairs(ctx, h.host, id); err != nil || len(chairs) != 2 || chairs[1].Handle != "" || chairs[1].RoleAccountID != nil {
		t.Errorf("the host of a group sees %+v, %v", chairs, err)
	}
	session := everySecond
	session.Kind, session.Agreement, session.Begins, session.Paid = meeting.Supervision, agreement.String(), "10:00", true
	first, err := h.meetings.Call(ctx, h.peer, session)
	must(t, err)
	if m := h.sees(t, h.peer, first); !m.Hosts || m.Paid {
		t.Errorf("a peer plans her intervision: %+v", m.Meeting)
	}
	if _, err := h.meetings.Meeting(ctx, h.boss, first); !fault.Is(err, fault.NotFound) {
		t.Errorf("a coordinator finds it: %v", err)
	}
	if all, err := h.meetings.Planned(ctx, h.peer, agreement); err != nil || len(all) != 9 {
		t.Errorf("%d dates are planned, %v", len(all), err)
	}
	if mine, err := h.meetings.MySeats(ctx, ann); err != nil || len(mine) != 1 || !strings.Contains(mine[0].Place, "Kitchen") {
		t.Errorf("her seats are %+v, %v", mine, err)
	}
}
