package timesheet_test

import (
	"context"
	"testing"

	"github.com/shopspring/decimal"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
	"portico/app/store/storetest"
	"portico/app/timesheet"
)

// world is a small team on a fresh database: two coordinators, of whom the second is a peer
// as well, and a peer.
type world struct {
	*storetest.DB
	members             *member.Service
	work                *timesheet.Service
	hours               *clocked
	pay                 *agreed
	first, second, peer member.Actor
}

// clocked is an area that knows of working time.
type clocked struct {
	list map[store.ID][]timesheet.Proposal
}

func (c *clocked) Proposals(_ context.Context, who store.ID, from, to string) ([]timesheet.Proposal, error) {
	var found []timesheet.Proposal
	for _, p := range c.list[who] {
		if p.Day >= from && p.Day <= to {
			found = append(found, p)
		}
	}
	return found, nil
}

// agreed is the area of contracts: one contract for each person, for all days.
type agreed struct {
	of map[store.ID]timesheet.Terms
}

func (a *agreed) TermsOn(_ context.Context, _ member.Actor, account store.ID, days []string) (map[string]timesheet.Terms, error) {
	found := map[string]timesheet.Terms{}
	for _, day := range days {
		if t, ok := a.of[account]; ok {
			found[day] = t
		}
	}
	return found, nil
}

// hourly is pay by the hour.
func hourly(amount, currency string) timesheet.Terms {
	return timesheet.Terms{Kind: "fixed", Unit: "hour", Amount: decimal.RequireFromString(amount), Currency: currency}
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{DB: storetest.New(t), hours: &clocked{map[store.ID][]timesheet.Proposal{}}, pay: &agreed{map[store.ID]timesheet.Terms{}}}
	w.members = member.New(w.Store, w.Server, member.Options{Salt: w.Salt, OpenJoin: true})
	w.work = timesheet.New(w.Store, w.pay, w.hours)
	w.first = w.takeUp(t, "keystone", w.members.OfferFirstAdmin)
	w.second = w.hire(t, "bussola", member.RoleCoordinator, member.RolePeer)
	w.peer = w.hire(t, "lampione", member.RolePeer)
	return w
}

func (w *world) hire(t *testing.T, handle string, roles ...member.Role) member.Actor {
	t.Helper()
	return w.takeUp(t, handle, func(ctx context.Context) (string, error) { return w.members.OfferRoles(ctx, w.first, roles) })
}

func (w *world) takeUp(t *testing.T, handle string, offer func(context.Context) (string, error)) member.Actor {
	t.Helper()
	opened, _ := w.TakeUp(t, w.members, handle, offer)
	return opened.Actor
}

func (w *world) monday() string { return timesheet.MondayOf(w.Today()) }

// atOnce lets people do something at the same moment and names what went wrong.
func atOnce(do func(member.Actor) error, people ...member.Actor) (errs string) {
	results := make(chan error, len(people))
	for _, who := range people {
		go func() { results <- do(who) }()
	}
	for range people {
		if err := <-results; err != nil {
			if fault.Is(err, fault.Conflict) {
				errs += "conflict "
			} else {
				errs += err.Error() + " "
			}
		}
	}
	return errs
}

func (w *world) add(t *testing.T, who member.Actor, minutes int) {
	t.Helper()
	if err := w.work.AddLine(context.Background(), who, w.monday(), timesheet.LineForm{Day: w.Today(), Kind: "outreach", Minutes: minutes, Note: "The cobalt bridge round."}); err != nil {
		t.Fatal(err)
	}
}

// closed hands a week with some lines in and returns it.
func (w *world) closed(t *testing.T, who member.Actor, minutes ...int) timesheet.Sheet {
	t.Helper()
	for _, n := range minutes {
		w.add(t, who, n)
	}
	if err := w.work.Close(context.Background(), who, w.monday()); err != nil {
		t.Fatal(err)
	}
	return w.week(t, who)
}

func (w *world) week(t *testing.T, who member.Actor) timesheet.Sheet {
	t.Helper()
	sheet, err := w.work.MyWeek(context.Background(), who, w.monday())
	if err != nil {
		t.Fatal(err)
	}
	return sheet
}

// line finds the line of so many minutes.
func line(t *testing.T, sheet timesheet.Sheet, minutes int) timesheet.OpenLine {
	t.Helper()
	for _, l := range sheet.Lines {
		if l.Minutes == minutes {
			return l
		}
	}
	t.Fatalf("no line of %d minutes", minutes)
	return timesheet.OpenLine{}
}

// payForm is the form for the only payment that a week can have now.
func (w *world) payForm(t *testing.T, who member.Actor, id store.ID, reference string) timesheet.PayForm {
	t.Helper()
	ctx := context.Background()
	sheet, err := w.work.WeekOf(ctx, who, id)
	if err != nil {
		t.Fatal(err)
	}
	bundles, err := w.work.Bundles(ctx, who, sheet)
	if err != nil {
		t.Fatal(err)
	}
	if len(bundles) == 0 {
		return timesheet.PayForm{Bundle: "EUR", Reference: reference}
	}
	b := bundles[0]
	return timesheet.PayForm{Bundle: b.Key, Reference: reference, Minutes: b.Minutes, Sum: b.Sum.StringFixed(2)}
}
