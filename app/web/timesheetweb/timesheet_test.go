package timesheetweb_test

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"portico/app/member"
	"portico/app/web/timesheetweb"
)

const week = "/work/weeks/2026-03-02"

// handedIn makes a closed week of somebody with two lines, and returns its page for
// coordinators.
func (p *portal) handedIn(t *testing.T, who member.Actor) string {
	t.Helper()
	p.who = who
	p.post(t, week+"/lines", "day", "2026-03-03", "kind", "outreach", "minutes", "٩٠", "note", "The long round", "nonce", who.Role.Handle)
	p.post(t, week+"/lines", "day", "2026-03-04", "kind", "travel", "minutes", "30", "nonce", who.Role.Handle+"2")
	if a := p.post(t, week+"/close"); a.to != week {
		t.Fatalf("hand in: %d to %q %s", a.status, a.to, a.body)
	}
	p.who = p.boss
	for _, link := range regexp.MustCompile(`/work/team/weeks/[a-z2-7]{26}`).FindAllString(p.get(t, "/work/team/weeks").body, -1) {
		if strings.Contains(p.get(t, link).body, who.Role.Handle) {
			return link
		}
	}
	t.Fatal("the week does not wait")
	return ""
}

// lines are the pages of the lines of a page of a week, by their days.
func (p *portal) lines(t *testing.T, page string) []string {
	t.Helper()
	return regexp.MustCompile(page+`/lines/[a-z2-7]{26}`).FindAllString(p.get(t, page).body, -1)
}

// pays sends the payment form of a week as it stands there.
func (p *portal) pays(t *testing.T, link, reference string) answer {
	t.Helper()
	body := p.get(t, link).body
	fields := []string{"reference", reference}
	for _, name := range []string{"bundle", "minutes", "sum", "nonce"} {
		if m := regexp.MustCompile(`name="` + name + `" value="([^"]*)"`).FindStringSubmatch(body); m != nil {
			fields = append(fields, name, m[1])
		}
	}
	return p.post(t, link+"/pay", fields...)
}

func TestFromHoursToPay(t *testing.T) {
	p := open(t)
	p.who = p.peer
	body := p.get(t, "/work").body
	wants(t, body, "Week of 2 March 2026", "Nothing stands here yet", "Hours that we know of", "2 March 2026: supervision, 1 h 0 min", "Who can see this:", week+"/lines", "Too few weeks to say")
	if a := p.post(t, week+"/close"); a.status != 403 {
		t.Errorf("an empty week: %d, want 403", a.status)
	}
	if a := p.post(t, week+"/take", "source", "supervision/2026-03-02", "source", "forged"); a.to != week {
		t.Errorf("take: %d to %q", a.status, a.to)
	}
	wantsNot(t, p.get(t, week).body, "Hours that we know of")
	link := p.handedIn(t, p.peer)
	body = p.get(t, link).body
	wants(t, body, "lampione", "3 h 0 min", "The long round", "handed in", link+"/approve", "Approve all as they stand")
	wantsNot(t, body, link+"/pay")
	p.Time.Advance(2 * 24 * time.Hour)
	long := p.lines(t, link)[1]
	wants(t, p.get(t, long).body, "The long round", `value="90"`)
	if a := p.post(t, long+"/decide", "minutes", "60", "closings", "1", "reason", " "); a.status != 422 || !strings.Contains(a.body, `href="#reason"`) {
		t.Errorf("a cut without a reason: %d", a.status)
	}
	if a := p.post(t, long+"/decide", "minutes", "60", "closings", "1", "reason", "The round was shorter."); a.to != link {
		t.Errorf("cut: %d to %q", a.status, a.to)
	}
	if a := p.post(t, link+"/approve", "closings", "1"); a.to != link {
		t.Errorf("approve the rest: %d to %q", a.status, a.to)
	}
	p.who = p.peer
	wants(t, p.get(t, week).body, "Fewer hours were approved for a part of this week", "waits for 2 days", "Approved: 2 h 30 min")
	hers := p.lines(t, week)[1]
	wants(t, p.get(t, hers).body, "The round was shorter.", "Approved: 1 h 0 min of 1 h 30 min", "23 March 2026", hers+"/dispute", hers+"/accept", "Only this piece of work waits")
	if a := p.post(t, hers+"/dispute", "dispute", "My notes say more."); a.to != week {
		t.Errorf("dispute: %d to %q", a.status, a.to)
	}
	p.who = p.boss
	wants(t, p.get(t, link).body, "21.83 EUR", "1 h 30 min", "disputed")
	if a := p.pays(t, link, "work of march"); a.status != 422 || !strings.Contains(a.body, `href="#reference"`) {
		t.Errorf("a reference with words: %d", a.status)
	}
	if a := p.pays(t, link, "2026-10"); a.to != link {
		t.Errorf("pay the rest: %d to %q %s", a.status, a.to, a.body)
	}
	if a := p.post(t, long+"/settle", "minutes", "90", "closings", "1"); a.status != 403 {
		t.Errorf("who cut settles: %d, want 403", a.status)
	}
	p.who = p.second
	wants(t, p.get(t, long).body, "My notes say more.", long+"/settle")
	if a := p.post(t, long+"/settle", "minutes", "90", "closings", "1"); a.to != link {
		t.Errorf("settle: %d to %q", a.status, a.to)
	}
	if a := p.pays(t, link, "2026-11"); a.to != link {
		t.Errorf("pay what was settled: %d to %q %s", a.status, a.to, a.body)
	}
	p.who = p.peer
	wants(t, p.get(t, week).body, "Paid on 9 March 2026", "2026-10", "2026-11", "paid after 2 days", "21.83 EUR", "21.82 EUR")
	statement := p.get(t, week+"/statement").body
	wants(t, statement, "43.65 EUR", "3 h 0 min", "lampione")
	wantsNot(t, statement, "outreach", "The long round", "My notes")
	wants(t, p.get(t, "/work/statement?from=2026-03-01&to=2026-03-31").body, "43.65 EUR", "outreach", "travel", "By kind of work")
	wantsNot(t, p.get(t, "/work/statement?from=2026-03-01&to=2026-03-31&plain=1").body, "outreach")
	if a := p.get(t, "/work/statement?from=2026-03-31&to=2026-03-01"); a.status != 422 || !strings.Contains(a.body, `href="#to"`) {
		t.Errorf("days turned round: %d, want 422", a.status)
	}
	p.who = p.boss
	file := p.get(t, "/work/team/pay.csv?month=2026-03")
	if file.status != 200 || !strings.HasPrefix(file.header.Get("Content-Type"), "text/csv") {
		t.Errorf("the file: %d %v", file.status, file.header)
	}
	wants(t, file.body, "handle,contract,minutes,amount,currency,reference,paid_on\n", "lampione,fixed,90,21.83,EUR,2026-10,2026-03-09\n")
}

func TestAMonthOnThePages(t *testing.T) {
	p := open(t)
	p.handedIn(t, p.peer)
	p.Time.Advance(30 * 24 * time.Hour)
	p.who = p.boss
	wants(t, p.get(t, "/work/team/weeks").body, "2026-03", "2 pieces of work still wait")
	month := "/work/team/months/2026-03"
	if a := p.post(t, month+"/lock"); a.status != 422 || !strings.Contains(a.body, `href="#although"`) {
		t.Errorf("locking over work that waits: %d", a.status)
	}
	if a := p.post(t, month+"/lock", "although", "1"); a.to != month {
		t.Errorf("lock: %d to %q", a.status, a.to)
	}
	wants(t, p.get(t, month).body, "You locked this month", "keystone")
	wantsNot(t, p.get(t, month).body, month+"/unlock")
	p.who = p.peer
	a := p.post(t, "/work/weeks/2026-03-09/lines", "day", "2026-03-10", "kind", "forum", "minutes", "20", "note", "Careful words")
	if a.status != 422 || !strings.Contains(a.body, "first open week") {
		t.Errorf("a line in a locked month: %d", a.status)
	}
	wants(t, a.body, `value="Careful words"`)
	p.who = p.second
	if a := p.post(t, month+"/unlock", "reason", ""); a.status != 422 {
		t.Errorf("opening without a reason: %d", a.status)
	}
	if a := p.post(t, month+"/unlock", "reason", "A night was missing."); a.to != month {
		t.Errorf("open: %d to %q", a.status, a.to)
	}
	wants(t, p.get(t, month).body, "A night was missing.", month+"/lock")
}

func TestNobodyDecidesAboutHerself(t *testing.T) {
	p := open(t)
	link := p.handedIn(t, p.second)
	p.who = p.second
	wants(t, p.get(t, "/work/team/weeks").body, "yours: somebody else decides")
	body := p.get(t, link).body
	wants(t, body, "It takes two people")
	wantsNot(t, body, link+"/approve", link+"/pay")
	for _, path := range []string{link + "/approve", p.lines(t, link)[0] + "/decide", link + "/pay"} {
		if a := p.post(t, path, "closings", "1", "minutes", "90", "bundle", "EUR", "reference", "1"); a.status != 403 {
			t.Errorf("%s about her own week: %d, want 403", path, a.status)
		}
	}
}

func TestNothingTypedIsLost(t *testing.T) {
	p := open(t)
	link := p.handedIn(t, p.peer)
	team := p.lines(t, link)[0]
	p.who = p.peer
	hers := p.lines(t, week)[0]
	p.who = member.Actor{}
	for path, c := range map[string][2]string{
		week + "/lines":                    {"note", `value="Careful words"`},
		hers + "/dispute":                  {"dispute", "Careful words</textarea>"},
		team + "/decide":                   {"reason", "Careful words</textarea>"},
		team + "/settle":                   {"reason", "Careful words</textarea>"},
		"/work/team/months/2026-02/unlock": {"reason", "Careful words</textarea>"},
	} {
		a := p.post(t, path, c[0], "Careful words")
		if a.status != 401 {
			t.Errorf("%s signed out: %d, want 401", path, a.status)
		}
		wants(t, a.body, c[1], `href="/sign-in/team"`, `action="`+path+`"`)
		wantsNot(t, a.body, "lampione", "The long round")
	}
	p.who, p.old = p.boss, true
	a := p.post(t, team+"/decide", "minutes", "60", "closings", "1", "reason", "Careful words")
	if a.status != 409 {
		t.Errorf("an old form: %d, want 409", a.status)
	}
	wants(t, a.body, "Careful words</textarea>", "lampione")
	p.who, p.old = p.peer, false
	p.post(t, week+"/reopen")
	a = p.post(t, week+"/lines", "day", "2026-03-09", "kind", "", "minutes", "-5", "note", "Careful words")
	if a.status != 422 {
		t.Errorf("a bad line: %d, want 422", a.status)
	}
	wants(t, a.body, `href="#day"`, `href="#kind"`, `href="#minutes"`, `value="Careful words"`, `value="-5"`)
}

func TestNobodyElseFindsAnything(t *testing.T) {
	p := open(t)
	link := p.handedIn(t, p.peer)
	team := p.lines(t, link)[0]
	p.who = p.peer
	hers := p.lines(t, week)[0]
	joined, err := p.members.Join(t.Context(), member.JoinForm{Adult: true, Rules: true}, "")
	if err != nil {
		t.Fatal(err)
	}
	for name, who := range map[string]member.Actor{"a visitor": {}, "a member": joined.Actor, "a peer": p.peer} {
		p.who = who
		for _, path := range []string{"/work/team/weeks", link, team, "/work/team/months/2026-02", "/work/team/pay.csv?month=2026-03"} {
			if a := p.get(t, path); a.status != 404 {
				t.Errorf("%s, %s: %d; want 404", name, path, a.status)
			}
		}
		for _, path := range []string{link + "/approve", link + "/pay", "/work/team/months/2026-02/lock"} {
			if a := p.post(t, path); a.status != 404 {
				t.Errorf("%s, POST %s: %d; want 404", name, path, a.status)
			}
		}
		if !who.SignedIn() {
			continue
		}
		for _, path := range []string{team + "/decide", team + "/settle", "/work/team/months/2026-02/unlock"} {
			if a := p.post(t, path, "minutes", "1", "reason", "x"); a.status != 404 {
				t.Errorf("%s, POST %s: %d; want 404", name, path, a.status)
			}
		}
	}
	for name, who := range map[string]member.Actor{"a visitor": {}, "a member": joined.Actor, "a coordinator": p.boss} {
		p.who = who
		for _, path := range []string{"/work", week, hers, week + "/statement", "/work/statement", "/work/weeks/2026-03-03", "/work/weeks/x"} {
			if a := p.get(t, path); a.status != 404 {
				t.Errorf("%s, %s: %d; want 404", name, path, a.status)
			}
		}
		for _, path := range []string{week + "/close", week + "/reopen", week + "/take", hers + "/accept", hers + "/remove"} {
			if a := p.post(t, path); a.status != 404 {
				t.Errorf("%s, POST %s: %d; want 404", name, path, a.status)
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
			if text := p.kit.Bundle.Printer("en").T(family.Words[code]); strings.HasPrefix(text, "[") {
				t.Errorf("%s has no words", code)
			}
		}
	}
}
