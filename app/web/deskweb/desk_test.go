package deskweb_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"portico/app/forum"
	"portico/app/member"
	"portico/app/web/webtest"
)

var (
	calm   = forum.Draft{Title: "A quiet question", Body: "How do you sleep after a night shift?", Lang: "en"}
	number = forum.Draft{Title: "Llamadme", Body: "Scrivimi qui:\n\nil mio numero è +39 333 12 34 567, grazie", Lang: "it"}
)

func TestTheQueueVeilsWordsAndSaysHowLongTheyWait(t *testing.T) {
	p := open(t)
	webtest.Wants(t, p.Get(t, "/desk").Body, "Nothing waits", "Thank you")
	path := p.waits(t, p.Joined(t), calm)
	p.waits(t, p.Joined(t), number)
	p.Time.Advance(3 * time.Hour)
	body := p.Get(t, "/desk").Body
	webtest.Wants(t, body, `<span class="veil"`, "The doorway", "waits for 3 hours", "First look", "Phone number", path+"/claim", "Italiano", "/desk?in=it")
	webtest.WantsNot(t, body, "newcomer", "<details open", " open>")
	webtest.WantsNot(t, p.Get(t, "/desk?in=it").Body, "night shift")
	if a := p.Post(t, path+"/claim"); a.Status != 303 || a.To != path {
		t.Fatalf("take: %d to %q", a.Status, a.To)
	}
	webtest.Wants(t, p.Get(t, "/desk").Body, "you have it for 15 more minutes")
	p.Who = p.moderator(t, "girasole")
	webtest.Wants(t, p.Get(t, "/desk").Body, "somebody else has it")
	if a := p.Post(t, path+"/claim"); a.Status != 303 || a.To != "/desk" {
		t.Errorf("take what somebody else has: %d to %q", a.Status, a.To)
	}
	webtest.WantsNot(t, p.Get(t, path).Body, "/decide")
}

func TestAMemberFindsNoDesk(t *testing.T) {
	p := open(t)
	path := p.waits(t, p.Joined(t), calm)
	for _, who := range []member.Actor{p.Joined(t), p.admin} {
		p.Who = who
		if a := p.Get(t, "/desk"); a.Status != 404 {
			t.Errorf("the queue: status %d", a.Status)
		}
		if a := p.Get(t, path); a.Status != 404 {
			t.Errorf("an item: status %d", a.Status)
		}
		if a := p.Post(t, path+"/decide", "action", "keep", "words", "hello"); a.Status != 404 {
			t.Errorf("a decision: status %d", a.Status)
		}
	}
}

func TestADecisionShowsThePost(t *testing.T) {
	p, ctx := open(t), context.Background()
	path := p.waits(t, p.Joined(t), calm)
	p.Post(t, path+"/claim")
	webtest.Wants(t, p.Get(t, path).Body, path+"/decide", path+"/release", "Who can see this:", "How do you sleep")
	if a := p.Post(t, path+"/decide", "action", "keep"); a.Status != 303 || a.To != "/desk" {
		t.Fatalf("decide: %d to %q %s", a.Status, a.To, a.Body)
	}
	topics, err := p.forum.Latest(ctx, "en", 5)
	if err != nil || len(topics) != 1 {
		t.Errorf("%d talks are shown (%v), want one", len(topics), err)
	}
	a := p.Get(t, path)
	if a.Status != 409 {
		t.Errorf("the settled item: status %d", a.Status)
	}
	webtest.Wants(t, a.Body, "settled already", `href="/desk"`)
}

func TestFoundWordsAreMarkedAndTakenOutInTheLanguageOfThePost(t *testing.T) {
	p, ctx := open(t), context.Background()
	author := p.Joined(t)
	path := p.waits(t, author, number)
	p.Post(t, path+"/claim")
	body := p.Get(t, path).Body
	webtest.Wants(t, body, `<mark class="warned">+39 333 12 34 567</mark>`, `value="+39 333 12 34 567"`)
	a := p.Post(t, path+"/decide", "action", "mask", "reason", "contact", "mask", "+39 333 12 34 567", "words", "Va bene senza il numero.")
	if a.Status != 303 {
		t.Fatalf("decide: %d %s", a.Status, a.Body)
	}
	topics, err := p.forum.Latest(ctx, "it", 5)
	if err != nil || len(topics) != 1 {
		t.Fatalf("%d talks are shown (%v)", len(topics), err)
	}
	talk, err := p.forum.Conversation(ctx, author, topics[0].ID, 1)
	if err != nil || len(talk.Posts) != 1 {
		t.Fatalf("the talk has %d posts (%v), want one", len(talk.Posts), err)
	}
	it := p.Kit.Bundle.Printer("it")
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
	path := p.waits(t, p.Joined(t), number)
	p.Post(t, path+"/claim")
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
		a := p.Post(t, path+"/decide", append(c.fields, "words", "My own words & more")...)
		if a.Status != 422 || !strings.Contains(a.Body, `href="`+c.field+`"`) || !strings.Contains(a.Body, ` id="`+c.field[1:]+`"`) {
			t.Errorf("%s: status %d, or no message for %s", c.name, a.Status, c.field)
		}
		if c.field != "#words" {
			webtest.Wants(t, a.Body, "My own words &amp; more</textarea>")
		}
	}
	if a := p.Post(t, path+"/decide", "action", "pause", "reason", "threat", "days", "١٤"); a.Status != 303 {
		t.Errorf("a pause in Arabic digits: status %d", a.Status)
	}
}

func TestNothingTypedIsLost(t *testing.T) {
	p := open(t)
	path := p.waits(t, p.Joined(t), number)
	p.Post(t, path+"/claim")
	typed := []string{"action", "mask", "reason", "contact", "mask", "+39 333 12 34 567", "words", "Long and careful words"}
	whole := []string{"Long and careful words</textarea>", `value="mask" checked`, `value="contact" selected`, `value="+39 333 12 34 567" checked`}

	p.Who = member.Actor{}
	a := p.Post(t, path+"/decide", typed...)
	if a.Status != 401 {
		t.Errorf("signed out: status %d, want 401", a.Status)
	}
	webtest.Wants(t, a.Body, append(whole, `href="/sign-in/team" target="_blank"`, path+"/decide")...)
	webtest.WantsNot(t, a.Body, "Scrivimi qui", "Llamadme")

	p.Who, p.Old = p.mod, true
	if a = p.Post(t, path+"/decide", typed...); a.Status != 409 {
		t.Errorf("an old form: status %d, want 409", a.Status)
	}
	webtest.Wants(t, a.Body, append(whole, "Scrivimi qui")...)

	p.Old = false
	p.Time.Advance(20 * time.Minute)
	if a = p.Post(t, path+"/decide", typed...); a.Status != 409 {
		t.Errorf("too late: status %d, want 409", a.Status)
	}
	webtest.Wants(t, a.Body, append(whole, "Your 15 minutes are over", `name="again"`)...)
	if a = p.Post(t, path+"/decide", append(typed, "again", "1")...); a.Status != 303 {
		t.Errorf("taken again: status %d, want 303", a.Status)
	}
	a = p.Post(t, path+"/decide", typed...)
	if a.Status != 409 {
		t.Errorf("settled meanwhile: status %d, want 409", a.Status)
	}
	webtest.Wants(t, a.Body, "Long and careful words", "settled already")
}

func TestSomebodyElsesItemKeepsHerWordsOnThePage(t *testing.T) {
	p := open(t)
	path := p.waits(t, p.Joined(t), calm)
	p.Post(t, path+"/claim")
	p.Time.Advance(20 * time.Minute)
	p.Who = p.moderator(t, "girasole")
	p.Post(t, path+"/claim")
	p.Who = p.mod
	for _, again := range []string{"", "1"} {
		a := p.Post(t, path+"/decide", "action", "hide", "reason", "other", "words", "Careful words", "again", again)
		if a.Status != 409 {
			t.Errorf("again %q: status %d", again, a.Status)
		}
		webtest.Wants(t, a.Body, "Careful words", "Somebody else has this in hand")
		webtest.WantsNot(t, a.Body, "/decide")
	}
}

func TestAModeratorLeavesHerOwnPostToOthers(t *testing.T) {
	p := open(t)
	path := p.waits(t, p.mod, calm)
	webtest.Wants(t, p.Get(t, path).Body, "Please leave this one to someone else")
	webtest.WantsNot(t, p.Get(t, "/desk").Body, "/claim")
	if a := p.Post(t, path+"/claim"); a.Status != 303 || a.To != "/desk" {
		t.Errorf("take her own: %d to %q", a.Status, a.To)
	}
	p.Who = p.moderator(t, "girasole")
	webtest.WantsNot(t, p.Get(t, path).Body, "Please leave this one to someone else")
}

func TestANoteOpensForWhoHoldsTheKeyAndHasTheItemInHand(t *testing.T) {
	p, ctx := open(t), context.Background()
	second := p.moderator(t, "girasole")
	author, reporter := p.Joined(t), p.Joined(t)
	path := p.waits(t, author, calm)
	p.Post(t, path+"/claim")
	p.Post(t, path+"/decide", "action", "keep")
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
	body := p.Get(t, path).Body
	webtest.Wants(t, body, "It opens when you take this", "Look at this first")
	webtest.WantsNot(t, body, "He waits outside")
	p.Who = second
	p.Post(t, path+"/claim")
	body = p.Get(t, path).Body
	webtest.Wants(t, body, "It is sealed, and you have no key yet")
	webtest.WantsNot(t, body, "He waits outside")
	p.Post(t, path+"/release")
	p.Who = p.mod
	p.Post(t, path+"/claim")
	webtest.Wants(t, p.Get(t, path).Body, "He waits outside", "Every night.")
}

func TestTheKeyIsHandedOnByAHolder(t *testing.T) {
	p := open(t)
	webtest.Wants(t, p.Get(t, "/desk/keys").Body, "Nobody waits")
	second := p.moderator(t, "girasole")
	webtest.Wants(t, p.Get(t, "/desk").Body, "Somebody waits for the key")
	webtest.Wants(t, p.Get(t, "/desk/keys").Body, "girasole", "moderator")
	p.Who = second
	body := p.Get(t, "/desk/keys").Body
	webtest.Wants(t, body, "You have no key yet")
	webtest.WantsNot(t, body, "girasole", "/desk/keys/")
	if a := p.Post(t, "/desk/keys/"+second.Role.ID.String()); a.Status != 404 {
		t.Errorf("she hands it to herself: status %d", a.Status)
	}
	p.Who = p.mod
	if a := p.Post(t, "/desk/keys/"+second.Role.ID.String()); a.Status != 303 || a.To != "/desk/keys" {
		t.Errorf("hand on: %d to %q", a.Status, a.To)
	}
	p.Who = second
	webtest.Wants(t, p.Get(t, "/desk/keys").Body, "Nobody waits")
}
