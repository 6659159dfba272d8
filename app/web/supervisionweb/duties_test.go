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
)

// openDuties is a portal whose routes lead to what is owed.
func openDuties(t *testing.T) *portal {
	t.Helper()
	p := open(t)
	a := supervisionweb.New(p.kit, p.sup, thoughts{})
	p.app.Get("/duties/owed", a.Owed)
	p.app.Get("/duties/heavy", a.HeavyForm)
	p.app.Post("/duties/heavy/:form", a.Heavy)
	p.app.Get("/duties/debriefs/:id", a.Debrief)
	p.app.Post("/duties/debriefs/:id/held", a.DebriefHeld)
	p.app.Get("/duties/hours", a.Hours)
	p.app.Post("/duties/hours", a.Require)
	p.app.Post("/duties/hours/:id/end", a.Unrequire)
	p.app.Get("/duties/statement", a.Statement)
	p.app.Get("/duties/log", a.Log)
	p.app.Get("/duties/log.csv", a.LogCSV)
	return p
}

func TestSomethingHeavyIsADutyOfTheOrganisation(t *testing.T) {
	p := openDuties(t)
	p.running(t)
	p.who = p.peer
	wants(t, p.get(t, "/duties/heavy").body, "No words are needed", "girasole", "Nobody for now", "never why")
	if a := p.post(t, "/duties/heavy/abc", "told", p.supervisor.Role.ID.String(), "words", "The <b>long</b> night."); a.status != 303 || a.to != "/supervision/owed" {
		t.Fatalf("flag: %d to %q %s", a.status, a.to, a.body)
	}
	if a := p.post(t, "/duties/heavy/def", "words", "Another thing."); a.status != 409 {
		t.Errorf("other words on the same day: %d; want 409", a.status)
	} else {
		wants(t, a.body, "Another thing.</textarea>", "bring them to the conversation")
	}
	body := p.get(t, "/duties/owed").body
	wants(t, body, "10 March 2026", "It took place", "Your words")
	wantsNot(t, body, "long</b>", "missed by")
	page := regexp.MustCompile(`/supervision/debriefs/[a-z2-7]{26}`).FindString(body)
	page = strings.Replace(page, "/supervision", "/duties", 1)
	wants(t, p.get(t, page).body, "The &lt;b&gt;long&lt;/b&gt; night.", "Also knows of it", "girasole")
	p.who = p.supervisor
	wants(t, p.get(t, "/duties/owed").body, "lampione", "Offer a time")
	wants(t, p.get(t, page).body, "The &lt;b&gt;long&lt;/b&gt; night.", "lampione")
	if a := p.post(t, page+"/held"); a.status != 404 {
		t.Errorf("the supervisor says that it took place: %d; want 404", a.status)
	}
	p.who = p.coordinator
	if a := p.get(t, page); a.status != 404 {
		t.Errorf("the coordinator opens it: %d; want 404", a.status)
	}
	p.Time.Advance(4 * 24 * time.Hour)
	p.who = p.peer
	wants(t, p.get(t, "/duties/owed").body, "organisation", `class="notice danger"`)
	p.post(t, page+"/held")
	wantsNot(t, p.get(t, "/duties/owed").body, "It took place")
	wants(t, p.get(t, page).body, "It took place on 11 March 2026")
}

func TestTheFormOfSomethingHeavyLosesNothing(t *testing.T) {
	p := openDuties(t)
	p.who = member.Actor{}
	if a := p.post(t, "/duties/heavy/abc", "words", "Careful words", "told", "x"); a.status != 401 {
		t.Errorf("signed out: %d; want 401", a.status)
	} else {
		wants(t, a.body, "Careful words</textarea>", `href="/sign-in/team"`)
	}
	p.who, p.old = p.peer, true
	if a := p.post(t, "/duties/heavy/abc", "words", "Careful words"); a.status != 409 {
		t.Errorf("an old form: %d; want 409", a.status)
	}
	p.old = false
	if a := p.post(t, "/duties/heavy/abc", "words", "Call +39 333 12 34 567 please."); a.status != 422 {
		t.Errorf("words that point at somebody: %d; want 422", a.status)
	} else {
		wants(t, a.body, `<mark class="warned">`, `name="insist"`)
	}
	if a := p.post(t, "/duties/heavy/abc", "words", "Careful words", "told", p.coordinator.Role.ID.String()); a.status != 422 {
		t.Errorf("somebody who does not supervise her: %d; want 422", a.status)
	}
	joined, err := p.members.Join(context.Background(), member.JoinForm{Adult: true, Rules: true}, "")
	if err != nil {
		t.Fatal(err)
	}
	for _, who := range []member.Actor{joined.Actor, {}} {
		p.who = who
		for _, path := range []string{"owed", "heavy", "hours", "statement", "log", "log.csv", "debriefs/aaaaaaaaaaaaaaaaaaaaaaaaaa", "debriefs/x"} {
			if a := p.get(t, "/duties/"+path); a.status != 404 {
				t.Errorf("somebody without a role, %s: %d; want 404", path, a.status)
			}
		}
	}
}

func TestAPromiseOfHoursIsSetAndShown(t *testing.T) {
	p := openDuties(t)
	p.written(t, p.running(t))
	p.who = p.peer
	for _, a := range []answer{p.get(t, "/duties/hours"), p.post(t, "/duties/hours", "role", "peer"), p.post(t, "/duties/hours/aaaaaaaaaaaaaaaaaaaaaaaaaa/end")} {
		if a.status != 404 {
			t.Errorf("a peer at the promises: %d; want 404", a.status)
		}
	}
	p.who = p.coordinator
	wants(t, p.get(t, "/duties/hours").body, "Nothing is promised yet", "lampione", "One to one 50 min", "nobody else")
	a := p.post(t, "/duties/hours", "role", "peer", "kind", "any", "hours", "-3", "months", "99", "from", "x")
	if a.status != 422 {
		t.Errorf("a promise that is none: %d; want 422", a.status)
	}
	wants(t, a.body, `href="#hours"`, `href="#months"`, `href="#from"`, `value="-3"`)
	if a = p.post(t, "/duties/hours", "role", "peer", "kind", "any", "hours", "١٢", "months", "12", "from", "2026-01-01"); a.to != "/supervision/hours" {
		t.Fatalf("a promise: %d to %q", a.status, a.to)
	}
	body := p.get(t, "/duties/hours").body
	wants(t, body, "12 h every 12 months, from 1 January 2026")
	for _, days := range []string{"?first=x&last=2026-01-01", "?first=2026-02-01&last=2026-01-01"} {
		if a := p.get(t, "/duties/hours"+days); a.status != 422 {
			t.Errorf("%s: %d; want 422", days, a.status)
		}
		if a := p.get(t, "/duties/statement"+days); a.status != 422 {
			t.Errorf("a statement of %s: %d; want 422", days, a.status)
		}
	}
	p.who = p.peer
	wants(t, p.get(t, "/duties/owed").body, "50 min of", "The organisation owes you")
	p.who = p.coordinator
	end := regexp.MustCompile(`/supervision/hours/[a-z2-7]{26}/end`).FindString(body)
	if a = p.post(t, strings.Replace(end, "/supervision", "/duties", 1)); a.to != "/supervision/hours" {
		t.Errorf("taking it back: %d to %q", a.status, a.to)
	}
}

func TestHerStatementHasNoWordAndHerLogHasAll(t *testing.T) {
	p := openDuties(t)
	entry := p.written(t, p.running(t))
	p.who = p.peer
	body := p.get(t, "/duties/statement").body
	wants(t, body, "Statement of hours", "lampione", "girasole", "One to one", "50 min", "1 January 2026")
	wantsNot(t, body, "calm", "late hour", "rota", strings.TrimPrefix(entry, "/supervision/entries/"))
	wants(t, p.get(t, "/duties/log").body, "The calm &lt;b&gt;questions&lt;/b&gt;.", "The late hour.", "Ask about the rota.")
	a := p.get(t, "/duties/log.csv")
	rows, err := csv.NewReader(strings.NewReader(a.body)).ReadAll()
	if err != nil || len(rows) != 2 || rows[0][0] != "day" || rows[1][1] != "individual" || !strings.Contains(strings.Join(rows[1], "|"), "The late hour.") {
		t.Errorf("the file holds %v, %v", rows, err)
	}
	if got := a.header.Get("Content-Disposition"); got != `attachment; filename="log.csv"` {
		t.Errorf("the file is called %s", got)
	}
	p.who = p.supervisor
	wants(t, p.get(t, "/duties/statement").body, "Given", "50 min")
	for _, path := range []string{"/duties/log", "/duties/log.csv"} {
		wantsNot(t, p.get(t, path).body, "late hour")
	}
	wants(t, p.get(t, "/duties/statement?first=2020-01-01&last=2020-12-31").body, "Nothing stands in these days")
}

func TestEarlyConversationsShowToBoth(t *testing.T) {
	p := openDuties(t)
	relation := p.running(t)
	for _, who := range []member.Actor{p.peer, p.supervisor} {
		p.who = who
		wants(t, p.get(t, "/duties/owed").body, "Early conversations", "Week 2: 15 March 2026 to 28 March 2026", relation)
		wants(t, p.get(t, relation).body, "Week 2: 15 March 2026 to 28 March 2026")
	}
	p.Time.Advance(23 * 24 * time.Hour)
	wants(t, p.get(t, "/duties/owed").body, "missed by the organisation")
	due, err := p.sup.Owed(context.Background(), p.coordinator)
	if err != nil || len(due.CheckIns) != 1 || due.CheckIns[0].Week != 2 {
		t.Errorf("the coordinator sees %+v, %v", due.CheckIns, err)
	}
}

func TestWordsFromTrainingBecomeAQuestionOfTheGroup(t *testing.T) {
	p := openDuties(t)
	ctx := context.Background()
	other := p.hire(t, "passerella", member.RolePeer)
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
	p.who = p.peer
	wants(t, p.get(t, "/supervision/bring/listening").body, "A silence of peas", group+"/write?from=listening", "by nobody else")
	wants(t, p.get(t, group+"/write?from=listening").body, "A silence of peas</textarea>", `name="question"`)
	wantsNot(t, p.get(t, group+"/write").body, "A silence of peas")
	a := p.post(t, group+"/minutes", "nonce", "one", "day", p.Today(), "minutes", "90", "mode", "person", "present", p.peer.Role.ID.String(),
		"present", other.Role.ID.String(), "question", "A silence of peas", "owner", p.peer.Role.ID.String())
	if a.status != 303 {
		t.Fatalf("minutes: %d %s", a.status, a.body)
	}
	p.who = other
	wants(t, p.get(t, a.to).body, "A silence of peas")
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
