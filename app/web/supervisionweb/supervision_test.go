package supervisionweb_test

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"portico/app/member"
	"portico/app/web/supervisionweb"
)

func TestFromAProposalToASignedEntry(t *testing.T) {
	p := open(t)
	p.who = p.coordinator
	form := p.get(t, "/supervision/new").body
	wants(t, form, "lampione", "girasole", `action="/supervision/new/`, "Who can see this:")
	a := p.post(t, "/supervision/new/abc", "peer", p.peer.Role.ID.String(), "supervisor", p.supervisor.Role.ID.String(),
		"kind", "individual", "cadence", "14", "paid", "1", "agreement", "We speak every two weeks.")
	if a.status != 303 || a.to != "/supervision" {
		t.Fatalf("propose: %d to %q %s", a.status, a.to, a.body)
	}
	wants(t, p.get(t, "/supervision").body, "Nothing here yet")
	var relation string
	for _, who := range []member.Actor{p.peer, p.supervisor} {
		p.who = who
		list := p.get(t, "/supervision").body
		wants(t, list, "waits for you", "One to one", "every 14 days", "proposed")
		relation = regexp.MustCompile(`/supervision/[a-z2-7]{26}`).FindString(list)
		wants(t, p.get(t, relation).body, "We speak every two weeks.", relation+"/accept")
		if a := p.post(t, relation+"/accept"); a.to != relation {
			t.Fatalf("accept: %d to %q", a.status, a.to)
		}
	}
	wantsNot(t, p.get(t, relation).body, relation+"/write") // the supervisor
	p.who = p.peer
	wants(t, p.get(t, relation).body, relation+"/write", "No conversation is written down yet")
	wants(t, p.get(t, relation+"/write").body, "limits of my role", `name="worked"`, `name="next"`, "Please write no name")
	wants(t, p.get(t, "/supervision/bring/listening").body, "A silence of peas", relation+"/write?from=listening", "Nothing is shared until you send it")
	wants(t, p.get(t, relation+"/write?from=listening").body, "A silence of peas</textarea>")
	wantsNot(t, p.get(t, relation+"/write").body, "A silence of peas")
	if got := p.get(t, relation+"/write?from=none").status; got != 404 {
		t.Errorf("an unknown module: status %d", got)
	}
	entry := p.written(t, relation)
	if again := p.post(t, relation+"/entries", p.entry()...); again.to != entry {
		t.Errorf("the same form again leads to %q, want %q", again.to, entry)
	}
	body := p.get(t, entry).body
	wants(t, body, "The calm &lt;b&gt;questions&lt;/b&gt;.", "All of them.", "pay and contract", "3 of 5", "kept private", "Ask about the rota.", "50 minutes", "the organisation", "not signed yet", entry+"/edit")
	if a := p.post(t, entry+"/mine", "mine", "For me alone.", "my-wellbeing", "1"); a.to != entry {
		t.Errorf("her own notes: %d to %q", a.status, a.to)
	}
	wants(t, p.get(t, entry).body, "For me alone.")
	p.who = p.supervisor
	wantsNot(t, p.get(t, entry).body, "For me alone.", entry+"/edit")
	if a := p.post(t, entry+"/sign", "verdict", "disagree", "version", "1", "words", ""); a.status != 422 || !strings.Contains(a.body, `href="#words"`) {
		t.Errorf("a disagreement without words: %d", a.status)
	}
	if a := p.post(t, entry+"/sign", "verdict", "disagree", "version", "1", "words", "It was longer."); a.to != entry {
		t.Errorf("sign: %d to %q %s", a.status, a.to, a.body)
	}
	p.who = p.peer
	if a := p.get(t, entry+"/edit"); a.status != 404 {
		t.Errorf("the form to change a signed entry: %d", a.status)
	}
	p.post(t, entry+"/sign", "verdict", "sign", "version", "1")
	body = p.get(t, entry).body
	wants(t, body, "signed by both", "It was longer.", "signed and does not agree", `value="add"`)
	p.post(t, entry+"/sign", "verdict", "add", "version", "1", "words", "We spoke again.")
	wants(t, p.get(t, entry).body, "added later", "We spoke again.")
	wants(t, p.get(t, relation).body, "3 signatures hold", "signed by both")
	action := regexp.MustCompile(`/supervision/actions/[a-z2-7]{26}/done`).FindString(body)
	if a := p.post(t, action); a.to != entry {
		t.Errorf("an action is done: %d to %q", a.status, a.to)
	}
	wants(t, p.get(t, entry).body, "It is not done")
	p.who = p.coordinator
	body = p.get(t, "/supervision/overview").body
	wants(t, body, "lampione", "girasole", "50 minutes", "0 open", "kept", "21 March 2026")
	wantsNot(t, body, "questions", "rota", "longer", relation, entry)
}

func TestNobodyElseFindsAnything(t *testing.T) {
	p := open(t)
	relation := p.running(t)
	entry := p.written(t, relation)
	for name, who := range map[string]member.Actor{"the coordinator": p.coordinator, "a visitor": {}} {
		p.who = who
		for _, path := range []string{relation, relation + "/end", relation + "/calendar", relation + "/write", entry, entry + "/edit", "/supervision/aaaaaaaaaaaaaaaaaaaaaaaaaa", "/supervision/x"} {
			if a := p.get(t, path); a.status != 404 {
				t.Errorf("%s, %s: %d; want 404", name, path, a.status)
			}
		}
		for _, path := range []string{relation + "/accept", relation + "/refuse", relation + "/end", relation + "/plan"} {
			if a := p.post(t, path); a.status != 404 {
				t.Errorf("%s, POST %s: %d; want 404", name, path, a.status)
			}
		}
	}
	p.who = p.coordinator
	for _, path := range []string{relation + "/entries", entry + "/edit", entry + "/sign", entry + "/mine"} {
		if a := p.post(t, path, p.entry("verdict", "sign", "version", "1")...); a.status != 404 {
			t.Errorf("the coordinator, POST %s: %d; want 404", path, a.status)
		}
	}
	joined, err := p.members.Join(t.Context(), member.JoinForm{Adult: true, Rules: true}, "")
	if err != nil {
		t.Fatal(err)
	}
	p.who = joined.Actor
	for _, path := range []string{"/supervision/new/abc", relation + "/entries", entry + "/edit", entry + "/sign", entry + "/mine"} {
		if a := p.post(t, path, p.entry()...); a.status != 404 {
			t.Errorf("a member, POST %s: %d; want 404", path, a.status)
		}
	}
	for _, who := range []member.Actor{p.peer, p.supervisor, joined.Actor} {
		p.who = who
		if a := p.get(t, "/supervision/overview"); a.status != 404 {
			t.Errorf("the management view: %d; want 404", a.status)
		}
	}
}

func TestNothingTypedIsLost(t *testing.T) {
	p := open(t)
	relation := p.running(t)
	entry := p.written(t, relation)
	whole := []string{"The late hour.</textarea>", `value="٥٠"`, `value="Ask about the rota."`, `value="pay" checked`}
	p.who = member.Actor{}
	for _, path := range []string{relation + "/entries", entry + "/edit"} {
		a := p.post(t, path, p.entry()...)
		if a.status != 401 {
			t.Errorf("%s signed out: %d; want 401", path, a.status)
		}
		wants(t, a.body, append(whole, `href="/sign-in/team"`)...)
	}
	for path, field := range map[string]string{entry + "/sign": "words", entry + "/mine": "mine"} {
		a := p.post(t, path, field, "Careful words", "verdict", "disagree")
		if a.status != 401 {
			t.Errorf("%s signed out: %d; want 401", path, a.status)
		}
		wants(t, a.body, "Careful words</textarea>")
		wantsNot(t, a.body, "The late hour.")
	}
	a := p.post(t, "/supervision/new/abc", "agreement", "Careful words", "cadence", "21")
	if a.status != 401 {
		t.Errorf("a proposal signed out: %d; want 401", a.status)
	}
	wants(t, a.body, "Careful words</textarea>", `value="21"`)
	p.who, p.old = p.peer, true
	if a = p.post(t, relation+"/entries", p.entry("nonce", "two")...); a.status != 409 {
		t.Errorf("an old form: %d; want 409", a.status)
	}
	wants(t, a.body, whole...)
	p.old = false
	if a = p.post(t, relation+"/entries", p.entry("nonce", "two", "minutes", "-5", "day", "x", "wellbeing", "9")...); a.status != 422 {
		t.Errorf("bad numbers: %d; want 422", a.status)
	}
	wants(t, a.body, `href="#minutes"`, `href="#day"`, `href="#wellbeing"`, "The late hour.</textarea>")
	if a = p.post(t, relation+"/entries", p.entry("nonce", "two", "hard", "Her number is +39 333 12 34 567.")...); a.status != 422 {
		t.Errorf("words that point at somebody: %d; want 422", a.status)
	}
	wants(t, a.body, `<mark class="warned">`, "+39 333 12 34 567", `name="insist"`)
	if a = p.post(t, relation+"/entries", p.entry("nonce", "two", "hard", "Her number is +39 333 12 34 567.", "insist", "1")...); a.status != 303 {
		t.Errorf("she insists: %d; want 303", a.status)
	}
	p.post(t, entry+"/edit", p.entry("version", "1", "hard", "Changed meanwhile.")...)
	if a = p.post(t, entry+"/edit", p.entry("version", "1")...); a.status != 409 {
		t.Errorf("a stale change: %d; want 409", a.status)
	}
	wants(t, a.body, whole...)
	p.who = p.supervisor
	if a = p.post(t, entry+"/sign", "verdict", "decline", "version", "1", "words", "Careful words"); a.status != 409 {
		t.Errorf("signing what has changed: %d; want 409", a.status)
	}
	wants(t, a.body, "Careful words</textarea>", "Changed meanwhile.", `name="version" value="2"`)
}

func TestTheCalendarFileIsNeutral(t *testing.T) {
	p := open(t)
	relation := p.running(t)
	p.who = p.peer
	if a := p.get(t, relation+"/calendar"); a.status != 404 {
		t.Errorf("without a day: %d; want 404", a.status)
	}
	if a := p.post(t, relation+"/plan", "next", "2020-01-01"); a.status != 422 || !strings.Contains(a.body, `href="#next"`) {
		t.Errorf("a day in the past: %d; want 422", a.status)
	}
	p.post(t, relation+"/plan", "next", p.DayAfter(3))
	a := p.get(t, relation+"/calendar")
	if a.status != 200 || !strings.HasPrefix(a.header.Get("Content-Type"), "text/calendar") {
		t.Fatalf("%d %s", a.status, a.header)
	}
	wants(t, a.body, "BEGIN:VCALENDAR\r\n", "VERSION:2.0", "SUMMARY:Appointment", "DTSTART;VALUE=DATE:20260310", "DTEND;VALUE=DATE:20260311", "DTSTAMP:20260307T000000Z", "END:VCALENDAR")
	low := strings.ToLower(a.body + a.header.Get("Content-Disposition"))
	wantsNot(t, low, "supervision", "portico", "girasole", "lampione", strings.TrimPrefix(relation, "/supervision/"))
}

func TestAnOverdueConversationIsTheOrganisationsDuty(t *testing.T) {
	p := open(t)
	relation := p.running(t)
	p.Time.Advance(22 * 24 * time.Hour)
	for _, who := range []member.Actor{p.peer, p.supervisor} {
		p.who = who
		wants(t, p.get(t, relation).body, "duty of the organisation", "28 March 2026")
		wants(t, p.get(t, "/supervision").body, "overdue")
	}
	p.who = p.coordinator
	wants(t, p.get(t, "/supervision/overview").body, "missed duty of the organisation, not of the worker")
}

func TestEveryCodeHasItsWords(t *testing.T) {
	p := open(t)
	for _, key := range supervisionweb.Keys() {
		if text := p.kit.Bundle.Printer("en").T(key); strings.HasPrefix(text, "[") {
			t.Errorf("the message %s is missing", key)
		}
	}
	for _, gap := range supervisionweb.Gaps() {
		t.Errorf("%s has no words", gap)
	}
}
