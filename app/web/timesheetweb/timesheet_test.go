package timesheetweb_test

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"portico/app/member"
	"portico/app/web/timesheetweb"
	"portico/app/web/webtest"
)

const week = "/work/weeks/2026-03-02"

// handedIn makes a closed week of somebody with two lines, and returns its page for
// coordinators.
func (p *portal) handedIn(t *testing.T, who member.Actor) string {
	t.Helper()
	p.Who = who
	p.Post(t, week+"/lines", "day", "2026-03-03", "kind", "outreach", "minutes", "٩٠", "note", "The long round", "nonce", who.Role.Handle)
	p.Post(t, week+"/lines", "day", "2026-03-04", "kind", "travel", "minutes", "30", "nonce", who.Role.Handle+"2")
	if a := p.Post(t, week+"/close"); a.To != week {
		t.Fatalf("hand in: %d to %q %s", a.Status, a.To, a.Body)
	}
	p.Who = p.boss
	for _, link := range regexp.MustCompile(`/work/team/weeks/[a-z2-7]{26}`).FindAllString(p.Get(t, "/work/team/weeks").Body, -1) {
		if strings.Contains(p.Get(t, link).Body, who.Role.Handle) {
			return link
		}
	}
	t.Fatal("the week does not wait")
	return ""
}

// lines are the pages of the lines of a page of a week, by their days.
func (p *portal) lines(t *testing.T, page string) []string {
	t.Helper()
	return regexp.MustCompile(page+`/lines/[a-z2-7]{26}`).FindAllString(p.Get(t, page).Body, -1)
}

// pays sends the payment form of a week as it stands there.
func (p *portal) pays(t *testing.T, link, reference string) webtest.Answer {
	t.Helper()
	body := p.Get(t, link).Body
	fields := []string{"reference", reference}
	for _, name := range []string{"bundle", "minutes", "sum", "nonce"} {
		if m := regexp.MustCompile(`name="` + name + `" value="([^"]*)"`).FindStringSubmatch(body); m != nil {
			fields = append(fields, name, m[1])
		}
	}
	return p.Post(t, link+"/pay", fields...)
}

func TestFromHoursToPay(t *testing.T) {
	p := open(t)
	p.Who = p.peer
	body := p.Get(t, "/work").Body
	webtest.Wants(t, body, "Week of 2 March 2026", "Nothing stands here yet", "Hours that we know of", "2 March 2026: supervision, 1 h 0 min", "Who can see this:", week+"/lines", "Too few weeks to say")
	if a := p.Post(t, week+"/close"); a.Status != 403 {
		t.Errorf("an empty week: %d, want 403", a.Status)
	}
	if a := p.Post(t, week+"/take", "source", "supervision/2026-03-02", "source", "forged"); a.To != week {
		t.Errorf("take: %d to %q", a.Status, a.To)
	}
	webtest.WantsNot(t, p.Get(t, week).Body, "Hours that we know of")
	link := p.handedIn(t, p.peer)
	body = p.Get(t, link).Body
	webtest.Wants(t, body, "lampione", "3 h 0 min", "The long round", "handed in", link+"/approve", "Approve all as they stand")
	webtest.WantsNot(t, body, link+"/pay")
	p.Time.Advance(2 * 24 * time.Hour)
	long := p.lines(t, link)[1]
	webtest.Wants(t, p.Get(t, long).Body, "The long round", `value="90"`)
	if a := p.Post(t, long+"/decide", "minutes", "60", "closings", "1", "reason", " "); a.Status != 422 || !strings.Contains(a.Body, `href="#reason"`) {
		t.Errorf("a cut without a reason: %d", a.Status)
	}
	if a := p.Post(t, long+"/decide", "minutes", "60", "closings", "1", "reason", "The round was shorter."); a.To != link {
		t.Errorf("cut: %d to %q", a.Status, a.To)
	}
	if a := p.Post(t, link+"/approve", "closings", "1"); a.To != link {
		t.Errorf("approve the rest: %d to %q", a.Status, a.To)
	}
	p.Who = p.peer
	webtest.Wants(t, p.Get(t, week).Body, "Fewer hours were approved for a part of this week", "waits for 2 days", "Approved: 2 h 30 min")
	hers := p.lines(t, week)[1]
	webtest.Wants(t, p.Get(t, hers).Body, "The round was shorter.", "Approved: 1 h 0 min of 1 h 30 min", "23 March 2026", hers+"/dispute", hers+"/accept", "Only this piece of work waits")
	if a := p.Post(t, hers+"/dispute", "dispute", "My notes say more."); a.To != week {
		t.Errorf("dispute: %d to %q", a.Status, a.To)
	}
	p.Who = p.boss
	webtest.Wants(t, p.Get(t, link).Body, "21.83 EUR", "1 h 30 min", "disputed")
	if a := p.pays(t, link, "work of march"); a.Status != 422 || !strings.Contains(a.Body, `href="#reference"`) {
		t.Errorf("a reference with words: %d", a.Status)
	}
	if a := p.pays(t, link, "2026-10"); a.To != link {
		t.Errorf("pay the rest: %d to %q %s", a.Status, a.To, a.Body)
	}
	if a := p.Post(t, long+"/settle", "minutes", "90", "closings", "1"); a.Status != 403 {
		t.Errorf("who cut settles: %d, want 403", a.Status)
	}
	p.Who = p.second
	webtest.Wants(t, p.Get(t, long).Body, "My notes say more.", long+"/settle")
	if a := p.Post(t, long+"/settle", "minutes", "90", "closings", "1"); a.To != link {
		t.Errorf("settle: %d to %q", a.Status, a.To)
	}
	if a := p.pays(t, link, "2026-11"); a.To != link {
		t.Errorf("pay what was settled: %d to %q %s", a.Status, a.To, a.Body)
	}
	p.Who = p.peer
	webtest.Wants(t, p.Get(t, week).Body, "Paid on 9 March 2026", "2026-10", "2026-11", "paid after 2 days", "21.83 EUR", "21.82 EUR")
	statement := p.Get(t, week+"/statement").Body
	webtest.Wants(t, statement, "43.65 EUR", "3 h 0 min", "lampione")
	webtest.WantsNot(t, statement, "outreach", "The long round", "My notes")
	webtest.Wants(t, p.Get(t, "/work/statement?from=2026-03-01&to=2026-03-31").Body, "43.65 EUR", "outreach", "travel", "By kind of work")
	webtest.WantsNot(t, p.Get(t, "/work/statement?from=2026-03-01&to=2026-03-31&plain=1").Body, "outreach")
	if a := p.Get(t, "/work/statement?from=2026-03-31&to=2026-03-01"); a.Status != 422 || !strings.Contains(a.Body, `href="#to"`) {
		t.Errorf("days turned round: %d, want 422", a.Status)
	}
	p.Who = p.boss
	file := p.Get(t, "/work/team/pay.csv?month=2026-03")
	if file.Status != 200 || !strings.HasPrefix(file.Header.Get("Content-Type"), "text/csv") {
		t.Errorf("the file: %d %v", file.Status, file.Header)
	}
	webtest.Wants(t, file.Body, "handle,contract,minutes,amount,currency,reference,paid_on\n", "lampione,fixed,90,21.83,EUR,2026-10,2026-03-09\n")
}

func TestAMonthOnThePages(t *testing.T) {
	p := open(t)
	p.handedIn(t, p.peer)
	p.Time.Advance(30 * 24 * time.Hour)
	p.Who = p.boss
	webtest.Wants(t, p.Get(t, "/work/team/weeks").Body, "2026-03", "2 pieces of work still wait")
	month := "/work/team/months/2026-03"
	if a := p.Post(t, month+"/lock"); a.Status != 422 || !strings.Contains(a.Body, `href="#although"`) {
		t.Errorf("locking over work that waits: %d", a.Status)
	}
	if a := p.Post(t, month+"/lock", "although", "1"); a.To != month {
		t.Errorf("lock: %d to %q", a.Status, a.To)
	}
	webtest.Wants(t, p.Get(t, month).Body, "You locked this month", "keystone")
	webtest.WantsNot(t, p.Get(t, month).Body, month+"/unlock")
	p.Who = p.peer
	a := p.Post(t, "/work/weeks/2026-03-09/lines", "day", "2026-03-10", "kind", "forum", "minutes", "20", "note", "Careful words")
	if a.Status != 422 || !strings.Contains(a.Body, "first open week") {
		t.Errorf("a line in a locked month: %d", a.Status)
	}
	webtest.Wants(t, a.Body, `value="Careful words"`)
	p.Who = p.second
	if a := p.Post(t, month+"/unlock", "reason", ""); a.Status != 422 {
		t.Errorf("opening without a reason: %d", a.Status)
	}
	if a := p.Post(t, month+"/unlock", "reason", "A night was missing."); a.To != month {
		t.Errorf("open: %d to %q", a.Status, a.To)
	}
	webtest.Wants(t, p.Get(t, month).Body, "A night was missing.", month+"/lock")
}

func TestNobodyDecidesAboutHerself(t *testing.T) {
	p := open(t)
	link := p.handedIn(t, p.second)
	p.Who = p.second
	webtest.Wants(t, p.Get(t, "/work/team/weeks").Body, "yours: somebody else decides")
	body := p.Get(t, link).Body
	webtest.Wants(t, body, "It takes two people")
	webtest.WantsNot(t, body, link+"/approve", link+"/pay")
	for _, path := range []string{link + "/approve", p.lines(t, link)[0] + "/decide", link + "/pay"} {
		if a := p.Post(t, path, "closings", "1", "minutes", "90", "bundle", "EUR", "reference", "1"); a.Status != 403 {
			t.Errorf("%s about her own week: %d, want 403", path, a.Status)
		}
	}
}

func TestNothingTypedIsLost(t *testing.T) {
	p := open(t)
	link := p.handedIn(t, p.peer)
	team := p.lines(t, link)[0]
	p.Who = p.peer
	hers := p.lines(t, week)[0]
	p.Who = member.Actor{}
	for path, c := range map[string][2]string{
		week + "/lines":                    {"note", `value="Careful words"`},
		hers + "/dispute":                  {"dispute", "Careful words</textarea>"},
		team + "/decide":                   {"reason", "Careful words</textarea>"},
		team + "/settle":                   {"reason", "Careful words</textarea>"},
		"/work/team/months/2026-02/unlock": {"reason", "Careful words</textarea>"},
	} {
		a := p.Post(t, path, c[0], "Careful words")
		if a.Status != 401 {
			t.Errorf("%s signed out: %d, want 401", path, a.Status)
		}
		webtest.Wants(t, a.Body, c[1], `href="/sign-in/team"`, `action="`+path+`"`)
		webtest.WantsNot(t, a.Body, "lampione", "The long round")
	}
	p.Who, p.Old = p.boss, true
	a := p.Post(t, team+"/decide", "minutes", "60", "closings", "1", "reason", "Careful words")
	if a.Status != 409 {
		t.Errorf("an old form: %d, want 409", a.Status)
	}
	webtest.Wants(t, a.Body, "Careful words</textarea>", "lampione")
	p.Who, p.Old = p.peer, false
	p.Post(t, week+"/reopen")
	a = p.Post(t, week+"/lines", "day", "2026-03-09", "kind", "", "minutes", "-5", "note", "Careful words")
	if a.Status != 422 {
		t.Errorf("a bad line: %d, want 422", a.Status)
	}
	webtest.Wants(t, a.Body, `href="#day"`, `href="#kind"`, `href="#minutes"`, `value="Careful words"`, `value="-5"`)
}

func TestNobodyElseFindsAnything(t *testing.T) {
	p := open(t)
	link := p.handedIn(t, p.peer)
	team := p.lines(t, link)[0]
	p.Who = p.peer
	hers := p.lines(t, week)[0]
	joined := p.Joined(t)
	for name, who := range map[string]member.Actor{"a visitor": {}, "a member": joined, "a peer": p.peer} {
		p.Who = who
		for _, path := range []string{"/work/team/weeks", link, team, "/work/team/months/2026-02", "/work/team/pay.csv?month=2026-03"} {
			if a := p.Get(t, path); a.Status != 404 {
				t.Errorf("%s, %s: %d; want 404", name, path, a.Status)
			}
		}
		for _, path := range []string{link + "/approve", link + "/pay", "/work/team/months/2026-02/lock"} {
			if a := p.Post(t, path); a.Status != 404 {
				t.Errorf("%s, POST %s: %d; want 404", name, path, a.Status)
			}
		}
		if !who.SignedIn() {
			continue
		}
		for _, path := range []string{team + "/decide", team + "/settle", "/work/team/months/2026-02/unlock"} {
			if a := p.Post(t, path, "minutes", "1", "reason", "x"); a.Status != 404 {
				t.Errorf("%s, POST %s: %d; want 404", name, path, a.Status)
			}
		}
	}
	for name, who := range map[string]member.Actor{"a visitor": {}, "a member": joined, "a coordinator": p.boss} {
		p.Who = who
		for _, path := range []string{"/work", week, hers, week + "/statement", "/work/statement", "/work/weeks/2026-03-03", "/work/weeks/x"} {
			if a := p.Get(t, path); a.Status != 404 {
				t.Errorf("%s, %s: %d; want 404", name, path, a.Status)
			}
		}
		for _, path := range []string{week + "/close", week + "/reopen", week + "/take", hers + "/accept", hers + "/remove"} {
			if a := p.Post(t, path); a.Status != 404 {
				t.Errorf("%s, POST %s: %d; want 404", name, path, a.Status)
			}
		}
	}
}

func TestEveryCodeHasItsWords(t *testing.T) {
	p := open(t)
	for _, family := range timesheetweb.Families() {
		if len(family.Words) != len(family.Codes) {
			t.Errorf("%d words for the codes %v", len(family.Words), family.Codes)
		}
		for _, code := range family.Codes {
			if text := p.Kit.Bundle.Printer("en").T(family.Words[code]); strings.HasPrefix(text, "[") {
				t.Errorf("%s has no words", code)
			}
		}
	}
}
