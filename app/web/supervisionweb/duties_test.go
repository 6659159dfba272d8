package supervisionweb_test

import (
	"context"
	"encoding/csv"
	"regexp"
	"strings"
	"testing"
	"time"

	"portico/app/member"
	"portico/app/store"
	"portico/app/supervision"
	"portico/app/web/supervisionweb"
	"portico/app/web/webtest"
)

// openDuties is a portal whose routes lead to what is owed.
func openDuties(t *testing.T) *portal {
	t.Helper()
	p := open(t)
	a := supervisionweb.New(p.Kit, p.sup, thoughts{})
	p.App.Get("/duties/owed", a.Owed)
	p.App.Get("/duties/heavy", a.HeavyForm)
	p.App.Post("/duties/heavy/:form", a.Heavy)
	p.App.Get("/duties/debriefs/:id", a.Debrief)
	p.App.Post("/duties/debriefs/:id/held", a.DebriefHeld)
	p.App.Get("/duties/hours", a.Hours)
	p.App.Post("/duties/hours", a.Require)
	p.App.Post("/duties/hours/:id/end", a.Unrequire)
	p.App.Get("/duties/statement", a.Statement)
	p.App.Get("/duties/log", a.Log)
	p.App.Get("/duties/log.csv", a.LogCSV)
	return p
}

func TestSomethingHeavyIsADutyOfTheOrganisation(t *testing.T) {
	p := openDuties(t)
	p.running(t)
	p.Who = p.peer
	webtest.Wants(t, p.Get(t, "/duties/heavy").Body, "No words are needed", "girasole", "Nobody for now", "never why")
	if a := p.Post(t, "/duties/heavy/abc", "told", p.supervisor.Role.ID.String(), "words", "The <b>long</b> night."); a.Status != 303 || a.To != "/supervision/owed" {
		t.Fatalf("flag: %d to %q %s", a.Status, a.To, a.Body)
	}
	if a := p.Post(t, "/duties/heavy/def", "words", "Another thing."); a.Status != 409 {
		t.Errorf("other words on the same day: %d; want 409", a.Status)
	} else {
		webtest.Wants(t, a.Body, "Another thing.</textarea>", "bring them to the conversation")
	}
	body := p.Get(t, "/duties/owed").Body
	webtest.Wants(t, body, "10 March 2026", "It took place", "Your words")
	webtest.WantsNot(t, body, "long</b>", "missed by")
	page := regexp.MustCompile(`/supervision/debriefs/[a-z2-7]{26}`).FindString(body)
	page = strings.Replace(page, "/supervision", "/duties", 1)
	webtest.Wants(t, p.Get(t, page).Body, "The &lt;b&gt;long&lt;/b&gt; night.", "Also knows of it", "girasole")
	p.Who = p.supervisor
	webtest.Wants(t, p.Get(t, "/duties/owed").Body, "lampione", "Offer a time")
	webtest.Wants(t, p.Get(t, page).Body, "The &lt;b&gt;long&lt;/b&gt; night.", "lampione")
	if a := p.Post(t, page+"/held"); a.Status != 404 {
		t.Errorf("the supervisor says that it took place: %d; want 404", a.Status)
	}
	p.Who = p.coordinator
	if a := p.Get(t, page); a.Status != 404 {
		t.Errorf("the coordinator opens it: %d; want 404", a.Status)
	}
	p.Time.Advance(4 * 24 * time.Hour)
	p.Who = p.peer
	webtest.Wants(t, p.Get(t, "/duties/owed").Body, "organisation", `class="notice danger"`)
	p.Post(t, page+"/held")
	webtest.WantsNot(t, p.Get(t, "/duties/owed").Body, "It took place")
	webtest.Wants(t, p.Get(t, page).Body, "It took place on 11 March 2026")
}

func TestTheFormOfSomethingHeavyLosesNothing(t *testing.T) {
	p := openDuties(t)
	p.Who = member.Actor{}
	if a := p.Post(t, "/duties/heavy/abc", "words", "Careful words", "told", "x"); a.Status != 401 {
		t.Errorf("signed out: %d; want 401", a.Status)
	} else {
		webtest.Wants(t, a.Body, "Careful words</textarea>", `href="/sign-in/team"`)
	}
	p.Who, p.Old = p.peer, true
	if a := p.Post(t, "/duties/heavy/abc", "words", "Careful words"); a.Status != 409 {
		t.Errorf("an old form: %d; want 409", a.Status)
	}
	p.Old = false
	if a := p.Post(t, "/duties/heavy/abc", "words", "Call +39 333 12 34 567 please."); a.Status != 422 {
		t.Errorf("words that point at somebody: %d; want 422", a.Status)
	} else {
		webtest.Wants(t, a.Body, `<mark class="warned">`, `name="insist"`)
	}
	if a := p.Post(t, "/duties/heavy/abc", "words", "Careful words", "told", p.coordinator.Role.ID.String()); a.Status != 422 {
		t.Errorf("somebody who does not supervise her: %d; want 422", a.Status)
	}
	joined := p.Joined(t)
	for _, who := range []member.Actor{joined, {}} {
		p.Who = who
		for _, path := range []string{"owed", "heavy", "hours", "statement", "log", "log.csv", "debriefs/aaaaaaaaaaaaaaaaaaaaaaaaaa", "debriefs/x"} {
			if a := p.Get(t, "/duties/"+path); a.Status != 404 {
				t.Errorf("somebody without a role, %s: %d; want 404", path, a.Status)
			}
		}
	}
}

func TestAPromiseOfHoursIsSetAndShown(t *testing.T) {
	p := openDuties(t)
	p.written(t, p.running(t))
	p.Who = p.peer
	for _, a := range []webtest.Answer{p.Get(t, "/duties/hours"), p.Post(t, "/duties/hours", "role", "peer"), p.Post(t, "/duties/hours/aaaaaaaaaaaaaaaaaaaaaaaaaa/end")} {
		if a.Status != 404 {
			t.Errorf("a peer at the promises: %d; want 404", a.Status)
		}
	}
	p.Who = p.coordinator
	webtest.Wants(t, p.Get(t, "/duties/hours").Body, "Nothing is promised yet", "lampione", "One to one 50 min", "nobody else")
	a := p.Post(t, "/duties/hours", "role", "peer", "kind", "any", "hours", "-3", "months", "99", "from", "x")
	if a.Status != 422 {
		t.Errorf("a promise that is none: %d; want 422", a.Status)
	}
	webtest.Wants(t, a.Body, `href="#hours"`, `href="#months"`, `href="#from"`, `value="-3"`)
	if a = p.Post(t, "/duties/hours", "role", "peer", "kind", "any", "hours", "١٢", "months", "12", "from", "2026-01-01"); a.To != "/supervision/hours" {
		t.Fatalf("a promise: %d to %q", a.Status, a.To)
	}
	body := p.Get(t, "/duties/hours").Body
	webtest.Wants(t, body, "12 h every 12 months, from 1 January 2026")
	for _, days := range []string{"?first=x&last=2026-01-01", "?first=2026-02-01&last=2026-01-01"} {
		if a := p.Get(t, "/duties/hours"+days); a.Status != 422 {
			t.Errorf("%s: %d; want 422", days, a.Status)
		}
		if a := p.Get(t, "/duties/statement"+days); a.Status != 422 {
			t.Errorf("a statement of %s: %d; want 422", days, a.Status)
		}
	}
	p.Who = p.peer
	webtest.Wants(t, p.Get(t, "/duties/owed").Body, "50 min of", "The organisation owes you")
	p.Who = p.coordinator
	end := regexp.MustCompile(`/supervision/hours/[a-z2-7]{26}/end`).FindString(body)
	if a = p.Post(t, strings.Replace(end, "/supervision", "/duties", 1)); a.To != "/supervision/hours" {
		t.Errorf("taking it back: %d to %q", a.Status, a.To)
	}
}

func TestHerStatementHasNoWordAndHerLogHasAll(t *testing.T) {
	p := openDuties(t)
	entry := p.written(t, p.running(t))
	p.Who = p.peer
	body := p.Get(t, "/duties/statement").Body
	webtest.Wants(t, body, "Statement of hours", "lampione", "girasole", "One to one", "50 min", "1 January 2026")
	webtest.WantsNot(t, body, "calm", "late hour", "rota", strings.TrimPrefix(entry, "/supervision/entries/"))
	webtest.Wants(t, p.Get(t, "/duties/log").Body, "The calm &lt;b&gt;questions&lt;/b&gt;.", "The late hour.", "Ask about the rota.")
	a := p.Get(t, "/duties/log.csv")
	rows, err := csv.NewReader(strings.NewReader(a.Body)).ReadAll()
	if err != nil || len(rows) != 2 || rows[0][0] != "day" || rows[1][1] != "individual" || !strings.Contains(strings.Join(rows[1], "|"), "The late hour.") {
		t.Errorf("the file holds %v, %v", rows, err)
	}
	if got := a.Header.Get("Content-Disposition"); got != `attachment; filename="log.csv"` {
		t.Errorf("the file is called %s", got)
	}
	p.Who = p.supervisor
	webtest.Wants(t, p.Get(t, "/duties/statement").Body, "Given", "50 min")
	for _, path := range []string{"/duties/log", "/duties/log.csv"} {
		webtest.WantsNot(t, p.Get(t, path).Body, "late hour")
	}
	webtest.Wants(t, p.Get(t, "/duties/statement?first=2020-01-01&last=2020-12-31").Body, "Nothing stands in these days")
}

func TestEarlyConversationsShowToBoth(t *testing.T) {
	p := openDuties(t)
	relation := p.running(t)
	for _, who := range []member.Actor{p.peer, p.supervisor} {
		p.Who = who
		webtest.Wants(t, p.Get(t, "/duties/owed").Body, "Early conversations", "Week 2: 15 March 2026 to 28 March 2026", relation)
		webtest.Wants(t, p.Get(t, relation).Body, "Week 2: 15 March 2026 to 28 March 2026")
	}
	p.Time.Advance(23 * 24 * time.Hour)
	webtest.Wants(t, p.Get(t, "/duties/owed").Body, "missed by the organisation")
	due, err := p.sup.Owed(context.Background(), p.coordinator)
	if err != nil || len(due.CheckIns) != 1 || due.CheckIns[0].Week != 2 {
		t.Errorf("the coordinator sees %+v, %v", due.CheckIns, err)
	}
}

func TestWordsFromTrainingBecomeAQuestionOfTheGroup(t *testing.T) {
	p := openDuties(t)
	ctx := context.Background()
	other := p.Hire(t, "passerella", member.RolePeer)
	made, err := p.sup.Propose(ctx, p.peer, supervision.ProposalForm{
		Peers: []store.ID{p.peer.Role.ID, other.Role.ID}, Kind: "intervision", CadenceDays: 30, Agreement: "What is said here stays here.",
	})
	if err == nil {
		err = p.sup.Accept(ctx, other, made.ID)
	}
	if err != nil {
		t.Fatal(err)
	}
	group := "/supervision/" + made.ID.String()
	p.Who = p.peer
	webtest.Wants(t, p.Get(t, "/supervision/bring/listening").Body, "A silence of peas", group+"/write?from=listening", "by nobody else")
	webtest.Wants(t, p.Get(t, group+"/write?from=listening").Body, "A silence of peas</textarea>", `name="question"`)
	webtest.WantsNot(t, p.Get(t, group+"/write").Body, "A silence of peas")
	a := p.Post(t, group+"/minutes", "nonce", "one", "day", p.Today(), "minutes", "90", "mode", "person", "present", p.peer.Role.ID.String(),
		"present", other.Role.ID.String(), "question", "A silence of peas", "owner", p.peer.Role.ID.String())
	if a.Status != 303 {
		t.Fatalf("minutes: %d %s", a.Status, a.Body)
	}
	p.Who = other
	webtest.Wants(t, p.Get(t, a.To).Body, "A silence of peas")
	for _, table := range []string{"supervision_entries", "sealed", "audit_rows"} {
		var rows []map[string]any
		if err := p.DB.DB.Table(table).Find(&rows).Error; err != nil || len(rows) == 0 {
			t.Fatalf("%s has %d rows, %v", table, len(rows), err)
		}
		for _, row := range rows {
			for _, value := range row {
				raw, _ := value.([]byte)
				if text, _ := value.(string); strings.Contains(text+string(raw), "peas") {
					t.Errorf("her words are readable in %s", table)
				}
			}
		}
	}
}
