package deskweb_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"portico/app/forum"
	"portico/app/member"
)

var (
	calm   = forum.Draft{Title: "A quiet question", Body: "How do you sleep after a night shift?", Lang: "en"}
	number = forum.Draft{Title: "Llamadme", Body: "Scrivimi qui:\n\nil mio numero è +39 333 12 34 567, grazie", Lang: "it"}
)

func TestTheQueueVeilsWordsAndSaysHowLongTheyWait(t *testing.T) {
	p := open(t)
	wants(t, p.get(t, "/desk").body, "Nothing waits", "Thank you")
	path := p.waits(t, p.member(t), calm)
	p.waits(t, p.member(t), number)
	p.Time.Advance(3 * time.Hour)
	body := p.get(t, "/desk").body
	wants(t, body, `<span class="veil"`, "The doorway", "waits for 3 hours", "First look", "Phone number", path+"/claim", "Italiano", "/desk?in=it")
	wantsNot(t, body, "newcomer", "<details open", " open>")
	wantsNot(t, p.get(t, "/desk?in=it").body, "night shift")
	if a := p.post(t, path+"/claim"); a.status != 303 || a.to != path {
		t.Fatalf("take: %d to %q", a.status, a.to)
	}
	wants(t, p.get(t, "/desk").body, "you have it for 15 more minutes")
	p.who = p.moderator(t, "girasole")
	wants(t, p.get(t, "/desk").body, "somebody else has it")
	if a := p.post(t, path+"/claim"); a.status != 303 || a.to != "/desk" {
		t.Errorf("take what somebody else has: %d to %q", a.status, a.to)
	}
	wantsNot(t, p.get(t, path).body, "/decide")
}

func TestAMemberFindsNoDesk(t *testing.T) {
	p := open(t)
	path := p.waits(t, p.member(t), calm)
	for _, who := range []member.Actor{p.member(t), p.admin} {
		p.who = who
		if a := p.get(t, "/desk"); a.status != 404 {
			t.Errorf("the queue: status %d", a.status)
		}
		if a := p.get(t, path); a.status != 404 {
			t.Errorf("an item: status %d", a.status)
		}
		if a := p.post(t, path+"/decide", "action", "keep", "words", "hello"); a.status != 404 {
			t.Errorf("a decision: status %d", a.status)
		}
	}
}

func TestADecisionShowsThePost(t *testing.T) {
	p, ctx := open(t), context.Background()
	path := p.waits(t, p.member(t), calm)
	p.post(t, path+"/claim")
	wants(t, p.get(t, path).body, path+"/decide", path+"/release", "Who can see this:", "How do you sleep")
	if a := p.post(t, path+"/decide", "action", "keep"); a.status != 303 || a.to != "/desk" {
		t.Fatalf("decide: %d to %q %s", a.status, a.to, a.body)
	}
	topics, err := p.forum.Latest(ctx, "en", 5)
	if err != nil || len(topics) != 1 {
		t.Errorf("%d talks are shown (%v), want one", len(topics), err)
	}
	a := p.get(t, path)
	if a.status != 409 {
		t.Errorf("the settled item: status %d", a.status)
	}
	wants(t, a.body, "settled already", `href="/desk"`)
}

func TestFoundWordsAreMarkedAndTakenOutInTheLanguageOfThePost(t *testing.T) {
	p, ctx := open(t), context.Background()
	author := p.member(t)
	path := p.waits(t, author, number)
	p.post(t, path+"/claim")
	body := p.get(t, path).body
	wants(t, body, `<mark class="warned">+39 333 12 34 567</mark>`, `value="+39 333 12 34 567"`)
	a := p.post(t, path+"/decide", "action", "mask", "reason", "contact", "mask", "+39 333 12 34 567", "words", "Va bene senza il numero.")
	if a.status != 303 {
		t.Fatalf("decide: %d %s", a.status, a.body)
	}
	topics, err := p.forum.Latest(ctx, "it", 5)
	if err != nil || len(topics) != 1 {
		t.Fatalf("%d talks are shown (%v)", len(topics), err)
	}
	talk, err := p.forum.Conversation(ctx, author, topics[0].ID, 1)
	if err != nil || len(talk.Posts) != 1 {
		t.Fatalf("the talk has %d posts (%v), want one", len(talk.Posts), err)
	}
	it := p.kit.Bundle.Printer("it")
	what := strings.ToLower(it.T("rule.phone"))
	if got, want := talk.Posts[0].Body, "Scrivimi qui:\n\nil mio numero è "+it.T("desk.mask.label", "What", what)+", grazie"; got != want {
		t.Errorf("the post reads %q; want %q", got, want)
	}
	decisions, err := p.desk.DecisionsFor(ctx, author, [][]byte{talk.MyTag})
	if err != nil || len(decisions) != 1 || decisions[0].Words != "Va bene senza il numero." {
		t.Errorf("the author finds %v (%v)", decisions, err)
	}
}

func TestADecisionThatNeedsMendingComesBackWithEverything(t *testing.T) {
	p := open(t)
	path := p.waits(t, p.member(t), number)
	p.post(t, path+"/claim")
	for _, c := range []struct {
		name   string
		fields []string
		field  string
	}{
		{"no action", []string{}, "#action"},
		{"no rule", []string{"action", "hide"}, "#reason"},
		{"no words to take out", []string{"action", "mask", "reason", "contact"}, "#mask"},
		{"words that are not there", []string{"action", "mask", "reason", "contact", "mask", "+39 333 12 34 567", "other", "nowhere"}, "#other"},
		{"an endless pause", []string{"action", "pause", "reason", "threat", "days", "900"}, "#days"},
		{"a pause of no number", []string{"action", "pause", "reason", "threat", "days", "long"}, "#days"},
		{"too many words", []string{"action", "hide", "reason", "other", "words", strings.Repeat("è", 601)}, "#words"},
	} {
		a := p.post(t, path+"/decide", append(c.fields, "words", "My own words & more")...)
		if a.status != 422 || !strings.Contains(a.body, `href="`+c.field+`"`) || !strings.Contains(a.body, ` id="`+c.field[1:]+`"`) {
			t.Errorf("%s: status %d, or no message for %s", c.name, a.status, c.field)
		}
		if c.field != "#words" {
			wants(t, a.body, "My own words &amp; more</textarea>")
		}
	}
	if a := p.post(t, path+"/decide", "action", "pause", "reason", "threat", "days", "١٤"); a.status != 303 {
		t.Errorf("a pause in Arabic digits: status %d", a.status)
	}
}

func TestNothingTypedIsLost(t *testing.T) {
	p := open(t)
	path := p.waits(t, p.member(t), number)
	p.post(t, path+"/claim")
	typed := []string{"action", "mask", "reason", "contact", "mask", "+39 333 12 34 567", "words", "Long and careful words"}
	whole := []string{"Long and careful words</textarea>", `value="mask" checked`, `value="contact" selected`, `value="+39 333 12 34 567" checked`}

	p.who = member.Actor{}
	a := p.post(t, path+"/decide", typed...)
	if a.status != 401 {
		t.Errorf("signed out: status %d, want 401", a.status)
	}
	wants(t, a.body, append(whole, `href="/sign-in/team" target="_blank"`, path+"/decide")...)
	wantsNot(t, a.body, "Scrivimi qui", "Llamadme")

	p.who, p.old = p.mod, true
	if a = p.post(t, path+"/decide", typed...); a.status != 409 {
		t.Errorf("an old form: status %d, want 409", a.status)
	}
	wants(t, a.body, append(whole, "Scrivimi qui")...)

	p.old = false
	p.Time.Advance(20 * time.Minute)
	if a = p.post(t, path+"/decide", typed...); a.status != 409 {
		t.Errorf("too late: status %d, want 409", a.status)
	}
	wants(t, a.body, append(whole, "Your 15 minutes are over", `name="again"`)...)
	if a = p.post(t, path+"/decide", append(typed, "again", "1")...); a.status != 303 {
		t.Errorf("taken again: status %d, want 303", a.status)
	}
	a = p.post(t, path+"/decide", typed...)
	if a.status != 409 {
		t.Errorf("settled meanwhile: status %d, want 409", a.status)
	}
	wants(t, a.body, "Long and careful words", "settled already")
}

func TestSomebodyElsesItemKeepsHerWordsOnThePage(t *testing.T) {
	p := open(t)
	path := p.waits(t, p.member(t), calm)
	p.post(t, path+"/claim")
	p.Time.Advance(20 * time.Minute)
	p.who = p.moderator(t, "girasole")
	p.post(t, path+"/claim")
	p.who = p.mod
	for _, again := range []string{"", "1"} {
		a := p.post(t, path+"/decide", "action", "hide", "reason", "other", "words", "Careful words", "again", again)
		if a.status != 409 {
			t.Errorf("again %q: status %d", again, a.status)
		}
		wants(t, a.body, "Careful words", "Somebody else has this in hand")
		wantsNot(t, a.body, "/decide")
	}
}

func TestAModeratorLeavesHerOwnPostToOthers(t *testing.T) {
	p := open(t)
	path := p.waits(t, p.mod, calm)
	wants(t, p.get(t, path).body, "Please leave this one to someone else")
	wantsNot(t, p.get(t, "/desk").body, "/claim")
	if a := p.post(t, path+"/claim"); a.status != 303 || a.to != "/desk" {
		t.Errorf("take her own: %d to %q", a.status, a.to)
	}
	p.who = p.moderator(t, "girasole")
	wantsNot(t, p.get(t, path).body, "Please leave this one to someone else")
}

func TestANoteOpensForWhoHoldsTheKeyAndHasTheItemInHand(t *testing.T) {
	p, ctx := open(t), context.Background()
	second := p.moderator(t, "girasole")
	author, reporter := p.member(t), p.member(t)
	path := p.waits(t, author, calm)
	p.post(t, path+"/claim")
	p.post(t, path+"/decide", "action", "keep")
	topics, err := p.forum.Latest(ctx, "en", 1)
	if err != nil || len(topics) != 1 {
		t.Fatalf("%d talks (%v)", len(topics), err)
	}
	talk, err := p.forum.Conversation(ctx, author, topics[0].ID, 1)
	if err != nil || len(talk.Posts) != 1 {
		t.Fatalf("the talk has %d posts (%v), want one", len(talk.Posts), err)
	}
	post := talk.Posts[0].ID
	if _, err := p.forum.Report(ctx, reporter, post, "threat", "He waits outside.\nEvery night."); err != nil {
		t.Fatal(err)
	}
	path = p.itemOf(t, forum.Receipt{Post: post})
	body := p.get(t, path).body
	wants(t, body, "It opens when you take this", "Look at this first")
	wantsNot(t, body, "He waits outside")
	p.who = second
	p.post(t, path+"/claim")
	body = p.get(t, path).body
	wants(t, body, "It is sealed, and you have no key yet")
	wantsNot(t, body, "He waits outside")
	p.post(t, path+"/release")
	p.who = p.mod
	p.post(t, path+"/claim")
	wants(t, p.get(t, path).body, "He waits outside", "Every night.")
}

func TestTheKeyIsHandedOnByAHolder(t *testing.T) {
	p := open(t)
	wants(t, p.get(t, "/desk/keys").body, "Nobody waits")
	second := p.moderator(t, "girasole")
	wants(t, p.get(t, "/desk").body, "Somebody waits for the key")
	wants(t, p.get(t, "/desk/keys").body, "girasole", "moderator")
	p.who = second
	body := p.get(t, "/desk/keys").body
	wants(t, body, "You have no key yet")
	wantsNot(t, body, "girasole", "/desk/keys/")
	if a := p.post(t, "/desk/keys/"+second.Role.ID.String()); a.status != 404 {
		t.Errorf("she hands it to herself: status %d", a.status)
	}
	p.who = p.mod
	if a := p.post(t, "/desk/keys/"+second.Role.ID.String()); a.status != 303 || a.to != "/desk/keys" {
		t.Errorf("hand on: %d to %q", a.status, a.to)
	}
	p.who = second
	wants(t, p.get(t, "/desk/keys").body, "Nobody waits")
}
