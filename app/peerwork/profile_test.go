package peerwork_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/peerwork"
)

func (w *world) save(t *testing.T, c peerwork.Card) {
	t.Helper()
	if r, err := w.work.SaveProfile(context.Background(), w.peer, c, false); err != nil || !r.Stored {
		t.Fatalf("save: %v, %v", err, r.Verdict)
	}
}

// sees is what somebody reads in the name and language fields of all profiles.
func (w *world) sees(t *testing.T, who member.Actor) string {
	t.Helper()
	seen, err := w.work.Seen(context.Background(), who, "en")
	if err != nil {
		t.Fatal(err)
	}
	var words []string
	for _, v := range seen {
		words = append(words, v.Fields["name"].Words+"/"+v.Fields["languages"].Words+"/"+v.Fields["skills"].Words)
	}
	return strings.Join(words, " ")
}

// show makes the peer visible as far as the card says.
func (w *world) show(t *testing.T, c peerwork.Card, purposes ...string) {
	t.Helper()
	ctx := context.Background()
	w.save(t, c)
	w.assess(t, w.peer)
	if err := w.work.AskToBeShown(ctx, w.peer, purposes); err != nil {
		t.Fatal(err)
	}
	if err := w.work.Show(ctx, w.first, w.peer.Role.ID); err != nil {
		t.Fatal(err)
	}
}

func TestAProfileStartsHidden(t *testing.T) {
	w := newWorld(t)
	w.save(t, peerwork.Card{"name": {Words: "Marigold Bridge"}, "skills": {Words: "Secret walnut skills"}})
	for name, who := range map[string]member.Actor{"visitor": {}, "member": w.Join(t, w.members), "coordinator": w.first} {
		if got := w.sees(t, who); got != "" {
			t.Errorf("%s sees %q of a profile without any audience", name, got)
		}
	}
	if dump := w.Dump(t); strings.Contains(dump, "Marigold") || strings.Contains(dump, "walnut") {
		t.Error("a hidden profile is readable in a stolen database")
	}
}

func TestShowingTakesARiskAssessmentAConsentAndTwoPeople(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	w.save(t, card(peerwork.Members))
	reader := w.Join(t, w.members)
	refuses := func(what, key string, err error) {
		t.Helper()
		f := fault.As(err)
		if f == nil || f.Key != key && (len(f.Fields) == 0 || f.Fields[0].Key != key) {
			t.Errorf("%s: got %v; want %s", what, err, key)
		}
	}
	refuses("without an assessment", "peerwork.risk.first", w.work.AskToBeShown(ctx, w.peer, []string{peerwork.Members}))
	w.assess(t, w.peer)
	refuses("without consent", "peerwork.consent.missing", w.work.AskToBeShown(ctx, w.peer, []string{peerwork.Public}))
	refuses("before she asks", "peerwork.show.changed", w.work.Show(ctx, w.first, w.peer.Role.ID))
	if err := w.work.AskToBeShown(ctx, w.peer, []string{peerwork.Members}); err != nil {
		t.Fatal(err)
	}
	if got := w.sees(t, reader); got != "" {
		t.Errorf("a member sees %q after one of two people", got)
	}
	for name, who := range map[string]member.Actor{"herself": w.peer, "a member": reader, "a visitor": {}} {
		if err := w.work.Show(ctx, who, w.peer.Role.ID); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s shows: %v; want that it does not exist", name, err)
		}
	}
	wish, ok, err := w.work.Wish(ctx, w.first, w.peer.Role.ID)
	if err != nil || !ok || wish["name"].Words != "Marigold Bridge" || len(wish) != 1 {
		t.Errorf("the coordinator sees the wish %v, %v, %v; want the name alone", wish, ok, err)
	}
	if err := w.work.Show(ctx, w.first, w.peer.Role.ID); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		who  member.Actor
		want string
	}{
		"a visitor":   {member.Actor{}, ""},
		"a member":    {reader, "Marigold Bridge//"},
		"a colleague": {w.second, "Marigold Bridge/hu:first it:good:checks/"},
	} {
		if got := w.sees(t, c.who); got != c.want {
			t.Errorf("%s sees %q; want %q", name, got, c.want)
		}
	}
	w.Time.Advance(370 * 24 * time.Hour)
	if got := w.sees(t, reader); got != "" {
		t.Errorf("a member sees %q after the day of the assessment", got)
	}
}

func TestACoordinatorDoesNotShowHerself(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	if _, err := w.work.SaveProfile(ctx, w.second, card(peerwork.Public), false); err != nil {
		t.Fatal(err)
	}
	w.assess(t, w.second)
	if err := w.work.AskToBeShown(ctx, w.second, []string{peerwork.Public}); err != nil {
		t.Fatal(err)
	}
	if err := w.work.Show(ctx, w.second, w.second.Role.ID); !fault.Is(err, fault.Refused) {
		t.Errorf("got %v; want that it takes two people", err)
	}
	if _, err := w.work.SaveContract(ctx, w.second, w.second.Role.ID, contract()); !fault.Is(err, fault.Refused) {
		t.Errorf("her own contract: got %v; want that it takes two people", err)
	}
}

func TestTwoCoordinatorsShowAtOnceAndOneIsTold(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	w.save(t, card(peerwork.Public))
	w.assess(t, w.peer)
	if err := w.work.AskToBeShown(ctx, w.peer, []string{peerwork.Public}); err != nil {
		t.Fatal(err)
	}
	errs := atOnce(func(who member.Actor) error { return w.work.Show(ctx, who, w.peer.Role.ID) }, w.first, w.second)
	if errs != "conflict " {
		t.Errorf("got %q; want one yes and one conflict", errs)
	}
}

// atOnce lets several people do the same and lists what went wrong.
func atOnce(do func(member.Actor) error, people ...member.Actor) (errs string) {
	var all sync.WaitGroup
	var mu sync.Mutex
	for _, who := range people {
		all.Go(func() {
			if err := do(who); err != nil {
				mu.Lock()
				defer mu.Unlock()
				if fault.Is(err, fault.Conflict) {
					errs += "conflict "
				} else {
					errs += err.Error()
				}
			}
		})
	}
	all.Wait()
	return errs
}

func TestOneSwitchHidesEverythingAtOnce(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	w.show(t, card(peerwork.Public), peerwork.Public)
	if got := w.sees(t, member.Actor{}); got != "Marigold Bridge//" {
		t.Fatalf("a visitor sees %q; the rest proves nothing", got)
	}
	if err := w.work.LowProfile(ctx, w.peer, true); err != nil {
		t.Fatal(err)
	}
	for name, who := range map[string]member.Actor{"visitor": {}, "member": w.Join(t, w.members), "coordinator": w.first} {
		if got := w.sees(t, who); got != "" {
			t.Errorf("%s sees %q in low profile", name, got)
		}
	}
	if err := w.Checkpoint(ctx); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(w.Dump(t), "Marigold") {
		t.Error("her name is readable in a stolen database")
	}
	if err := w.work.AskToBeShown(ctx, w.peer, []string{peerwork.Public}); !fault.Is(err, fault.Refused) {
		t.Errorf("asking in low profile: %v; want a refusal", err)
	}
	if err := w.work.LowProfile(ctx, w.peer, false); err != nil {
		t.Fatal(err)
	}
	if got := w.sees(t, member.Actor{}); got != "" {
		t.Errorf("a visitor sees %q after the switch went off; it takes two people again", got)
	}
	if got := w.sees(t, w.first); got != "Marigold Bridge/hu:first it:good:checks/" {
		t.Errorf("a colleague sees %q", got)
	}
}

func TestWhatSheChangesOrTakesBackIsGoneAtOnce(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	w.show(t, card(peerwork.Public), peerwork.Public)
	c := card(peerwork.Public)
	c["name"] = peerwork.Field{Words: "Another Bridge", Audience: peerwork.Public}
	w.save(t, c)
	if got := w.sees(t, member.Actor{}); got != "" {
		t.Errorf("a visitor sees %q after she changed it; want nothing until two people agree", got)
	}
	w.show(t, c, peerwork.Public)
	if err := w.work.Withdraw(ctx, w.peer, peerwork.Public); err != nil {
		t.Fatal(err)
	}
	if got := w.sees(t, member.Actor{}); got != "" {
		t.Errorf("a visitor sees %q after she took her consent back", got)
	}
	w.show(t, c, peerwork.Public)
	if err := w.work.Hide(ctx, w.peer); err != nil {
		t.Fatal(err)
	}
	if got := w.sees(t, member.Actor{}); got != "" {
		t.Errorf("a visitor sees %q after she hid herself", got)
	}
	w.show(t, c, peerwork.Public)
	if err := w.Tx(ctx, func(tx *gorm.DB) error { return w.work.Erase(ctx, tx, w.peer, true) }); err != nil {
		t.Fatal(err)
	}
	if got := w.sees(t, w.first); got != "" {
		t.Errorf("a colleague sees %q after she deleted her account", got)
	}
}

func TestARiskAssessmentIsSealedAndChecked(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	for _, c := range []struct {
		name  string
		alter func(*peerwork.RiskForm)
		field string
	}{
		{"no words", func(f *peerwork.RiskForm) { f.Profile = " " }, "profile"},
		{"no hazard", func(f *peerwork.RiskForm) { f.Hazards = nil }, "hazard1"},
		{"an empty hazard", func(f *peerwork.RiskForm) { f.Hazards[0].What = "" }, "hazard1"},
		{"nought of five", func(f *peerwork.RiskForm) { f.Hazards[0].Likelihood = 0 }, "likelihood1"},
		{"six of five", func(f *peerwork.RiskForm) { f.Hazards[0].Consequence = 6 }, "consequence1"},
		{"no measures", func(f *peerwork.RiskForm) { f.Hazards[0].Measures = "" }, "measures1"},
		{"reviewed today", func(f *peerwork.RiskForm) { f.Review = w.Today() }, "review"},
		{"reviewed after 37 months", func(f *peerwork.RiskForm) { f.Review = "2029-04-07" }, "review"},
		{"no day", func(f *peerwork.RiskForm) { f.Review = "soon" }, "review"},
	} {
		f := riskForm(w.DayAfter(100))
		c.alter(&f)
		err := w.work.Assess(ctx, w.peer, w.peer.Role.ID, f)
		if e := fault.As(err); e == nil || e.Kind != fault.Invalid || e.Fields[0].Name != c.field {
			t.Errorf("%s: got %v; want the field %s to mend", c.name, err, c.field)
		}
	}
	if err := w.work.Assess(ctx, w.peer, w.peer.Role.ID, riskForm("2029-03-07")); err != nil {
		t.Errorf("36 months: %v", err)
	}
	for _, who := range []member.Actor{w.peer, w.first, w.second} {
		if o, err := w.work.RiskOf(ctx, who, w.peer.Role.ID); err != nil || o.Locked || !o.Current || len(o.Hazards) != 1 {
			t.Errorf("%s reads %+v, %v", who.Role.Handle, o, err)
		}
	}
	stranger := w.hire(t, "girasole", member.RolePeer, member.RoleSupervisor)
	for name, who := range map[string]member.Actor{"another peer": stranger, "a member": w.Join(t, w.members), "a visitor": {}} {
		if _, err := w.work.RiskOf(ctx, who, w.peer.Role.ID); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s reads: %v; want that it does not exist", name, err)
		}
	}
	late := w.hire(t, "timone", member.RoleCoordinator)
	if o, err := w.work.RiskOf(ctx, late, w.peer.Role.ID); err != nil || !o.Locked || len(o.Hazards) != 0 {
		t.Errorf("a coordinator who came later reads %+v, %v; want it locked", o, err)
	}
	if dump := w.Dump(t); strings.Contains(dump, "granite") || strings.Contains(dump, "No district") {
		t.Error("a risk assessment is readable in a stolen database")
	}
}
