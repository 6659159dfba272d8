package meeting_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"portico/app/fault"
	"portico/app/meeting"
	"portico/app/member"
	"portico/app/store"
	"portico/app/store/storetest"
	"portico/app/vault"
)

var ctx = context.Background()

// house is meetings with a coordinator, a supervisor and two peers.
type house struct {
	*storetest.DB
	meetings *meeting.Service
	boss     member.Actor
	host     member.Actor
	peer     member.Actor
}

func open(t *testing.T) *house {
	t.Helper()
	h := &house{DB: storetest.New(t)}
	h.meetings = meeting.New(h.Store)
	h.boss, h.host, h.peer = h.withRole(t, "lintel", member.RoleCoordinator), h.withRole(t, "sabine", member.RoleSupervisor), h.withRole(t, "mira", member.RolePeer)
	return h
}

func (h *house) withRole(t *testing.T, handle string, role member.Role) member.Actor {
	t.Helper()
	row := member.RoleAccount{ID: store.NewID(), Handle: handle, Roles: string(role), Salt: []byte("s"), Sealed: []byte("s"), Gen: []byte("g")}
	must(t, h.DB.DB.Create(&row).Error)
	who := join()
	who.Role = &member.RoleActor{ID: row.ID, Handle: handle, Roles: []member.Role{role}, Identity: vault.NewIdentity()}
	return who
}

func join() member.Actor {
	return member.Actor{Account: store.NewID(), Secrets: []vault.Secret{vault.NewSecret()}, Token: vault.NewToken()}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

var workshop = meeting.Form{
	Module: "listening", Title: "Listening, an afternoon", Lang: "en", Place: "Room two, by the courtyard", Day: "2026-03-20", Begins: "15:00",
	Minutes: 120, Seats: 2, Languages: []string{"it", "ar"}, Childcare: true, Paid: true,
}

func (h *house) call(t *testing.T) store.ID {
	t.Helper()
	id, err := h.meetings.Call(ctx, h.host, workshop)
	must(t, err)
	return id
}

func (h *house) sees(t *testing.T, who member.Actor, id store.ID) meeting.Standing {
	t.Helper()
	m, err := h.meetings.Meeting(ctx, who, id)
	must(t, err)
	return m
}

func TestTheLastSeatIsFollowedByAWaitingListThatMovesUp(t *testing.T) {
	h := open(t)
	id := h.call(t)
	ann, bea, cam := join(), join(), join()
	for _, who := range []member.Actor{ann, bea, cam, cam} {
		must(t, h.meetings.Take(ctx, who, id, meeting.Wish{Interpreter: "ar", Childcare: true}))
	}
	if m := h.sees(t, cam, id); m.Waiting != 1 || m.Seated() || m.Place != "" || m.Taken != 3 {
		t.Errorf("the third waits at %d of %d and reads the place %q", m.Waiting, m.Taken, m.Place)
	}
	if m := h.sees(t, ann, id); !m.Seated() || m.Place == "" || m.Mine.Interpreter != "ar" {
		t.Errorf("the first has %+v", m.Mine)
	}
	if m := h.sees(t, member.Actor{}, id); m.Place != "" || m.Mine != nil {
		t.Errorf("a visitor reads %q", m.Place)
	}
	must(t, h.meetings.Leave(ctx, ann, id))
	must(t, h.meetings.Leave(ctx, ann, id)) // twice is once
	if m := h.sees(t, cam, id); !m.Seated() {
		t.Error("nobody moved up")
	}
	must(t, h.meetings.Take(ctx, ann, id, meeting.Wish{}))
	if m := h.sees(t, ann, id); m.Waiting != 1 {
		t.Error("who came back overtook somebody")
	}
}

func TestAttendanceLeavesHeadsAndTheHoursOfPaidPeople(t *testing.T) {
	h := open(t)
	id := h.call(t)
	ann := join()
	must(t, h.meetings.Take(ctx, ann, id, meeting.Wish{Childcare: true}))
	must(t, h.meetings.Take(ctx, h.peer, id, meeting.Wish{}))
	if err := h.meetings.Note(ctx, h.host, id, meeting.Attendance{Came: []int{1, 2}}); fault.As(err).Key != "meeting.early" {
		t.Errorf("before the day: %v", err)
	}
	_, chairs, err := h.meetings.Chairs(ctx, h.host, id)
	must(t, err)
	if len(chairs) != 2 || chairs[0].Handle != "" || chairs[1].Handle != "mira" || len(chairs[0].Tag) > 0 || !chairs[0].Childcare {
		t.Errorf("the host sees %+v", chairs)
	}
	h.Time.Advance(20 * 24 * time.Hour)
	for name, who := range map[string]member.Actor{"a peer": h.peer, "a member": ann, "another supervisor": h.withRole(t, "tove", member.RoleSupervisor)} {
		if err := h.meetings.Note(ctx, who, id, meeting.Attendance{Came: []int{1}}); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s notes who came: %v", name, err)
		}
	}
	must(t, h.meetings.Note(ctx, h.boss, id, meeting.Attendance{Came: []int{1, 2, 99}}))
	if err := h.meetings.Note(ctx, h.host, id, meeting.Attendance{}); !fault.Is(err, fault.Conflict) {
		t.Errorf("a second time: %v", err)
	}
	if m := h.sees(t, h.boss, id); m.Heads != 2 || m.Taken != 1 || m.State != meeting.Held {
		t.Errorf("what stays is %+v", m)
	}
	hours, err := h.meetings.Attended(ctx, h.peer.Role.ID, "2026-03-01", "2026-03-31")
	must(t, err)
	if len(hours) != 1 || hours[0].Minutes != 120 {
		t.Errorf("her hours are %+v", hours)
	}
	if none, err := h.meetings.Attended(ctx, h.boss.Role.ID, "2026-03-01", "2026-03-31"); err != nil || len(none) > 0 {
		t.Errorf("who was not there has %v, %v", none, err)
	}
}

func TestAFormThatCannotBeIsMended(t *testing.T) {
	h := open(t)
	for name, change := range map[string]func(*meeting.Form){
		"no title":                 func(f *meeting.Form) { f.Title = " " },
		"a title without end":      func(f *meeting.Form) { f.Title = strings.Repeat("ж", 121) },
		"no place":                 func(f *meeting.Form) { f.Place = "" },
		"yesterday":                func(f *meeting.Form) { f.Day = "2026-03-01" },
		"a day that is none":       func(f *meeting.Form) { f.Day = "2026-02-30" },
		"an hour that is none":     func(f *meeting.Form) { f.Begins = "25:00" },
		"an hour in another shape": func(f *meeting.Form) { f.Begins = "6:00" },
		"no minutes":               func(f *meeting.Form) { f.Minutes = 0 },
		"no seat":                  func(f *meeting.Form) { f.Seats = 0 },
		"a stadium":                func(f *meeting.Form) { f.Seats = 5000 },
	} {
		form := workshop
		change(&form)
		if _, err := h.meetings.Call(ctx, h.host, form); fault.As(err) == nil || len(fault.As(err).Fields) == 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := h.meetings.Call(ctx, h.peer, workshop); !fault.Is(err, fault.NotFound) {
		t.Errorf("a peer calls one: %v", err)
	}
	form := workshop
	form.Nonce = store.NewID()
	for range 2 {
		_, err := h.meetings.Call(ctx, h.host, form)
		must(t, err)
	}
	all, err := h.meetings.Coming(ctx, h.peer, meeting.Filter{Module: "listening"})
	if err != nil || len(all) != 1 {
		t.Errorf("the same form made %d meetings, %v", len(all), err)
	}
}

func TestWhatIsOverTakesNobody(t *testing.T) {
	h := open(t)
	off, past := h.call(t), h.call(t)
	must(t, h.meetings.Take(ctx, h.peer, off, meeting.Wish{}))
	must(t, h.meetings.CallOff(ctx, h.host, off, meeting.Calling{}))
	if m := h.sees(t, h.peer, off); m.Taken != 0 {
		t.Error("the seats of a meeting that does not take place are still there")
	}
	h.Time.Advance(30 * 24 * time.Hour)
	for name, id := range map[string]store.ID{"off": off, "past": past} {
		if err := h.meetings.Take(ctx, h.peer, id, meeting.Wish{}); !fault.Is(err, fault.Conflict) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := h.meetings.Take(ctx, member.Actor{}, past, meeting.Wish{}); !fault.Is(err, fault.SignIn) {
		t.Errorf("a visitor: %v", err)
	}
}

func TestManyAtOnceNeverShareAChair(t *testing.T) {
	h := open(t)
	id := h.call(t)
	var all sync.WaitGroup
	errs := make([]error, 20)
	for i := range errs {
		all.Go(func() { errs[i] = h.meetings.Take(ctx, join(), id, meeting.Wish{}) })
	}
	all.Wait()
	for _, err := range errs {
		must(t, err)
	}
	_, chairs, err := h.meetings.Chairs(ctx, h.host, id)
	must(t, err)
	seen := map[int]bool{}
	for _, c := range chairs {
		seen[c.No] = true
	}
	if len(chairs) != 20 || len(seen) != 20 {
		t.Errorf("%d chairs with %d numbers", len(chairs), len(seen))
	}
}

func TestADeletedAccountLeavesNoSeatBehind(t *testing.T) {
	h := open(t)
	id := h.call(t)
	ann := join()
	must(t, h.meetings.Take(ctx, ann, id, meeting.Wish{}))
	must(t, h.meetings.Erase(ctx, h.DB.DB, ann, false))
	if m := h.sees(t, h.boss, id); m.Taken != 0 {
		t.Error("her seat is still there")
	}
}

func TestNothingInTheRowsLeadsToAMember(t *testing.T) {
	h := open(t)
	id := h.call(t)
	ann := join()
	must(t, h.meetings.Take(ctx, ann, id, meeting.Wish{}))
	var rows []map[string]any
	must(t, h.DB.DB.Table("meeting_seats").Find(&rows).Error)
	for _, row := range rows {
		for column, value := range row {
			if text := fmt.Sprintf("%x %v", value, value); strings.Contains(text, ann.Account.String()) || strings.Contains(text, fmt.Sprintf("%x", ann.Account[:])) {
				t.Errorf("%s holds her account", column)
			}
		}
		if row["role_account_id"] != nil {
			t.Error("a member has a role account")
		}
	}
}
