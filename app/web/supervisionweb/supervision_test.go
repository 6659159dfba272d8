package supervisionweb_test

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"portico/app/member"
	"portico/app/web/supervisionweb"
	"portico/app/web/webtest"
)

func TestFromAProposalToASignedEntry(t *testing.T) {
	p := open(t)
	p.Who = p.coordinator
	form := p.Get(t, "/supervision/new").Body
	webtest.Wants(t, form, "lampione", "girasole", `action="/supervision/new/`, "Who can see this:")
	a := p.Post(t, "/supervision/new/abc", "peer", p.peer.Role.ID.String(), "supervisor", p.supervisor.Role.ID.String(),
		"kind", "individual", "cadence", "14", "paid", "1", "agreement", "We speak every two weeks.")
	if a.Status != 303 || a.To != "/supervision" {
		t.Fatalf("propose: %d to %q %s", a.Status, a.To, a.Body)
	}
	webtest.Wants(t, p.Get(t, "/supervision").Body, "Nothing here yet")
	var relation string
	for _, who := range []member.Actor{p.peer, p.supervisor} {
		p.Who = who
		list := p.Get(t, "/supervision").Body
		webtest.Wants(t, list, "waits for you", "One to one", "every 14 days", "proposed")
		relation = regexp.MustCompile(`/supervision/[a-z2-7]{26}`).FindString(list)
		webtest.Wants(t, p.Get(t, relation).Body, "We speak every two weeks.", relation+"/accept")
		if a := p.Post(t, relation+"/accept"); a.To != relation {
			t.Fatalf("accept: %d to %q", a.Status, a.To)
		}
	}
	webtest.WantsNot(t, p.Get(t, relation).Body, relation+"/write") // the supervisor
	p.Who = p.peer
	webtest.Wants(t, p.Get(t, relation).Body, relation+"/write", "No conversation is written down yet")
	webtest.Wants(t, p.Get(t, relation+"/write").Body, "limits of my role", `name="worked"`, `name="next"`, "Please write no name")
	webtest.Wants(t, p.Get(t, "/supervision/bring/listening").Body, "A silence of peas", relation+"/write?from=listening", "Nothing is shared until you send it")
	webtest.Wants(t, p.Get(t, relation+"/write?from=listening").Body, "A silence of peas</textarea>")
	webtest.WantsNot(t, p.Get(t, relation+"/write").Body, "A silence of peas")
	if got := p.Get(t, relation+"/write?from=none").Status; got != 404 {
		t.Errorf("an unknown module: status %d", got)
	}
	entry := p.written(t, relation)
	if again := p.Post(t, relation+"/entries", p.entry()...); again.To != entry {
		t.Errorf("the same form again leads to %q, want %q", again.To, entry)
	}
	body := p.Get(t, entry).Body
	webtest.Wants(t, body, "The calm &lt;b&gt;questions&lt;/b&gt;.", "All of them.", "pay and contract", "3 of 5", "kept private", "Ask about the rota.", "50 minutes", "the organisation", "not signed yet", entry+"/edit")
	if a := p.Post(t, entry+"/mine", "mine", "For me alone.", "my-wellbeing", "1"); a.To != entry {
		t.Errorf("her own notes: %d to %q", a.Status, a.To)
	}
	webtest.Wants(t, p.Get(t, entry).Body, "For me alone.")
	p.Who = p.supervisor
	webtest.WantsNot(t, p.Get(t, entry).Body, "For me alone.", entry+"/edit")
	if a := p.Post(t, entry+"/sign", "verdict", "disagree", "version", "1", "words", ""); a.Status != 422 || !strings.Contains(a.Body, `href="#words"`) {
		t.Errorf("a disagreement without words: %d", a.Status)
	}
	if a := p.Post(t, entry+"/sign", "verdict", "disagree", "version", "1", "words", "It was longer."); a.To != entry {
		t.Errorf("sign: %d to %q %s", a.Status, a.To, a.Body)
	}
	p.Who = p.peer
	if a := p.Get(t, entry+"/edit"); a.Status != 404 {
		t.Errorf("the form to change a signed entry: %d", a.Status)
	}
	p.Post(t, entry+"/sign", "verdict", "sign", "version", "1")
	body = p.Get(t, entry).Body
	webtest.Wants(t, body, "signed by both", "It was longer.", "signed and does not agree", `value="add"`)
	p.Post(t, entry+"/sign", "verdict", "add", "version", "1", "words", "We spoke again.")
	webtest.Wants(t, p.Get(t, entry).Body, "added later", "We spoke again.")
	webtest.Wants(t, p.Get(t, relation).Body, "3 signatures hold", "signed by both")
	action := regexp.MustCompile(`/supervision/actions/[a-z2-7]{26}/done`).FindString(body)
	if a := p.Post(t, action); a.To != entry {
		t.Errorf("an action is done: %d to %q", a.Status, a.To)
	}
	webtest.Wants(t, p.Get(t, entry).Body, "It is not done")
	p.Who = p.coordinator
	body = p.Get(t, "/supervision/overview").Body
	webtest.Wants(t, body, "lampione", "girasole", "50 minutes", "0 open", "kept", "21 March 2026")
	webtest.WantsNot(t, body, "questions", "rota", "longer", relation, entry)
}

func TestNobodyElseFindsAnything(t *testing.T) {
	p := open(t)
	relation := p.running(t)
	entry := p.written(t, relation)
	for name, who := range map[string]member.Actor{"the coordinator": p.coordinator, "a visitor": {}} {
		p.Who = who
		for _, path := range []string{relation, relation + "/end", relation + "/calendar", relation + "/write", entry, entry + "/edit", "/supervision/aaaaaaaaaaaaaaaaaaaaaaaaaa", "/supervision/x"} {
			if a := p.Get(t, path); a.Status != 404 {
				t.Errorf("%s, %s: %d; want 404", name, path, a.Status)
			}
		}
		for _, path := range []string{relation + "/accept", relation + "/refuse", relation + "/end", relation + "/plan"} {
			if a := p.Post(t, path); a.Status != 404 {
				t.Errorf("%s, POST %s: %d; want 404", name, path, a.Status)
			}
		}
	}
	p.Who = p.coordinator
	for _, path := range []string{relation + "/entries", entry + "/edit", entry + "/sign", entry + "/mine"} {
		if a := p.Post(t, path, p.entry("verdict", "sign", "version", "1")...); a.Status != 404 {
			t.Errorf("the coordinator, POST %s: %d; want 404", path, a.Status)
		}
	}
	joined := p.Joined(t)
	p.Who = joined
	for _, path := range []string{"/supervision/new/abc", relation + "/entries", entry + "/edit", entry + "/sign", entry + "/mine"} {
		if a := p.Post(t, path, p.entry()...); a.Status != 404 {
			t.Errorf("a member, POST %s: %d; want 404", path, a.Status)
		}
	}
	for _, who := range []member.Actor{p.peer, p.supervisor, joined} {
		p.Who = who
		if a := p.Get(t, "/supervision/overview"); a.Status != 404 {
			t.Errorf("the management view: %d; want 404", a.Status)
		}
	}
}

func TestNothingTypedIsLost(t *testing.T) {
	p := open(t)
	relation := p.running(t)
	entry := p.written(t, relation)
	whole := []string{"The late hour.</textarea>", `value="٥٠"`, `value="Ask about the rota."`, `value="pay" checked`}
	p.Who = member.Actor{}
	for _, path := range []string{relation + "/entries", entry + "/edit"} {
		a := p.Post(t, path, p.entry()...)
		if a.Status != 401 {
			t.Errorf("%s signed out: %d; want 401", path, a.Status)
		}
		webtest.Wants(t, a.Body, append(whole, `href="/sign-in/team"`)...)
	}
	for path, field := range map[string]string{entry + "/sign": "words", entry + "/mine": "mine"} {
		a := p.Post(t, path, field, "Careful words", "verdict", "disagree")
		if a.Status != 401 {
			t.Errorf("%s signed out: %d; want 401", path, a.Status)
		}
		webtest.Wants(t, a.Body, "Careful words</textarea>")
		webtest.WantsNot(t, a.Body, "The late hour.")
	}
	a := p.Post(t, "/supervision/new/abc", "agreement", "Careful words", "cadence", "21")
	if a.Status != 401 {
		t.Errorf("a proposal signed out: %d; want 401", a.Status)
	}
	webtest.Wants(t, a.Body, "Careful words</textarea>", `value="21"`)
	p.Who, p.Old = p.peer, true
	if a = p.Post(t, relation+"/entries", p.entry("nonce", "two")...); a.Status != 409 {
		t.Errorf("an old form: %d; want 409", a.Status)
	}
	webtest.Wants(t, a.Body, whole...)
	p.Old = false
	if a = p.Post(t, relation+"/entries", p.entry("nonce", "two", "minutes", "-5", "day", "x", "wellbeing", "9")...); a.Status != 422 {
		t.Errorf("bad numbers: %d; want 422", a.Status)
	}
	webtest.Wants(t, a.Body, `href="#minutes"`, `href="#day"`, `href="#wellbeing"`, "The late hour.</textarea>")
	if a = p.Post(t, relation+"/entries", p.entry("nonce", "two", "hard", "Her number is +39 333 12 34 567.")...); a.Status != 422 {
		t.Errorf("words that point at somebody: %d; want 422", a.Status)
	}
	webtest.Wants(t, a.Body, `<mark class="warned">`, "+39 333 12 34 567", `name="insist"`)
	if a = p.Post(t, relation+"/entries", p.entry("nonce", "two", "hard", "Her number is +39 333 12 34 567.", "insist", "1")...); a.Status != 303 {
		t.Errorf("she insists: %d; want 303", a.Status)
	}
	p.Post(t, entry+"/edit", p.entry("version", "1", "hard", "Changed meanwhile.")...)
	if a = p.Post(t, entry+"/edit", p.entry("version", "1")...); a.Status != 409 {
		t.Errorf("a stale change: %d; want 409", a.Status)
	}
	webtest.Wants(t, a.Body, whole...)
	p.Who = p.supervisor
	if a = p.Post(t, entry+"/sign", "verdict", "decline", "version", "1", "words", "Careful words"); a.Status != 409 {
		t.Errorf("signing what has changed: %d; want 409", a.Status)
	}
	webtest.Wants(t, a.Body, "Careful words</textarea>", "Changed meanwhile.", `name="version" value="2"`)
}

func TestTheCalendarFileIsNeutral(t *testing.T) {
	p := open(t)
	relation := p.running(t)
	p.Who = p.peer
	if a := p.Get(t, relation+"/calendar"); a.Status != 404 {
		t.Errorf("without a day: %d; want 404", a.Status)
	}
	if a := p.Post(t, relation+"/plan", "next", "2020-01-01"); a.Status != 422 || !strings.Contains(a.Body, `href="#next"`) {
		t.Errorf("a day in the past: %d; want 422", a.Status)
	}
	p.Post(t, relation+"/plan", "next", p.DayAfter(3))
	a := p.Get(t, relation+"/calendar")
	if a.Status != 200 || !strings.HasPrefix(a.Header.Get("Content-Type"), "text/calendar") {
		t.Fatalf("%d %s", a.Status, a.Header)
	}
	webtest.Wants(t, a.Body, "BEGIN:VCALENDAR\r\n", "VERSION:2.0", "SUMMARY:Appointment", "DTSTART;VALUE=DATE:20260310", "DTEND;VALUE=DATE:20260311", "DTSTAMP:20260307T000000Z", "END:VCALENDAR")
	low := strings.ToLower(a.Body + a.Header.Get("Content-Disposition"))
	webtest.WantsNot(t, low, "supervision", "portico", "girasole", "lampione", strings.TrimPrefix(relation, "/supervision/"))
}

func TestAnOverdueConversationIsTheOrganisationsDuty(t *testing.T) {
	p := open(t)
	relation := p.running(t)
	p.Time.Advance(22 * 24 * time.Hour)
	for _, who := range []member.Actor{p.peer, p.supervisor} {
		p.Who = who
		webtest.Wants(t, p.Get(t, relation).Body, "duty of the organisation", "28 March 2026")
		webtest.Wants(t, p.Get(t, "/supervision").Body, "overdue")
	}
	p.Who = p.coordinator
	webtest.Wants(t, p.Get(t, "/supervision/overview").Body, "missed duty of the organisation, not of the worker")
}

func TestEveryCodeHasItsWords(t *testing.T) {
	p := open(t)
	for _, key := range supervisionweb.Keys() {
		if text := p.Kit.Bundle.Printer("en").T(key); strings.HasPrefix(text, "[") {
			t.Errorf("the message %s is missing", key)
		}
	}
	for _, gap := range supervisionweb.Gaps() {
		t.Errorf("%s has no words", gap)
	}
}
