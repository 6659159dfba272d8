package forumweb_test

import (
	"strings"
	"testing"

	"portico/app/desk"
	"portico/app/member"
)

func TestANewTalkWaitsAndOnlyItsAuthorSeesIt(t *testing.T) {
	h := newHouse(t)
	her, other, mod := h.member(t), h.member(t), h.withRole(t, "Rowan", member.RoleModerator)
	her.get("/forum/home/start").Wants(t, 200, "everybody on the internet", "A name will be drawn for you", "A stolen copy of our database")
	path := her.talk("home", "A first question", "How do I find a *doctor*?")
	her.get(path).Wants(t, 200, "only you can see it until then", "waits for a moderator, only you see it", "<em>doctor</em>", "You will be called")
	other.get(path).Wants(t, 404)
	h.visitor(t).get(path).Wants(t, 404)
	h.shown(t, mod)
	other.get(path).Wants(t, 200, "A first question", `id="p1"`, "Report")
	other.get(path).Lacks(t, "waits for a moderator", "/edit")
	h.visitor(t).get(path).Wants(t, 200, "To answer, sign in", "/sign-in?next=%2Fforum%2Fhome%2F")
	other.get("/forum/home").Wants(t, 200, "A first question", "1 post", "7 March 2026", "English")
	other.get(strings.Replace(path, "/home/", "/b4/", 1)).Wants(t, 404)
}

func TestTheSameFormPostsOnce(t *testing.T) {
	h := newHouse(t)
	her := h.member(t)
	path := her.talk("home", "Once", "Words")
	for range 2 {
		her.post(path+"/posts", "body", "An answer", "nonce", "n1").Wants(t, 303)
	}
	if n := strings.Count(her.get(path).Body, `class="post"`); n != 2 {
		t.Errorf("%d posts, want the first and one answer", n)
	}
}

func TestAWarningShowsTheWordsAndKeepsEverything(t *testing.T) {
	h := newHouse(t)
	her := h.member(t)
	words := []string{"title", "A question", "body", "Call me on +39 333 123 4567 tonight", "lang", "fr", "warning", "loss", "nonce", "n1"}
	a := her.post("/forum/home/topics", words...)
	a.Wants(t, 422, `<mark class="warned"><bdi>+39 333 123 4567`, "This looks like a phone number. Anyone who reads it can call it",
		"Call me on", `value="A question"`, `value="loss"`, `<option value="fr" selected`, `name="insist"`, `value="n1"`)
	her.post("/forum/home/topics", append(words, "insist", "1")...).Wants(t, 303)
	her.get("/my/talks").Wants(t, 200, "A moderator reads it first", "A question", "waits for a moderator")
}

func TestRefusedWordsHaveNoWayAround(t *testing.T) {
	h := newHouse(t)
	her := h.member(t)
	path := her.talk("home", "Once", "Words")
	a := her.post(path+"/posts", "body", "i will tell your family what you do for work", "insist", "1")
	a.Wants(t, 422, "This was not sent and not kept", `<mark class="warned">`, "i will tell your family")
	a.Lacks(t, `name="insist"`)
}

func TestDangerShowsHelpLinesAtOnce(t *testing.T) {
	h := newHouse(t)
	her := h.member(t)
	path := her.talk("home", "Tired", "A bad night")
	a := her.post(path+"/posts", "body", "I want to kill myself")
	a.Wants(t, 303)
	if !strings.HasSuffix(a.To, "?c=1#p2") {
		t.Fatalf("leads to %q", a.To)
	}
	her.get(a.To).Wants(t, 200, "People you can talk to now", "Line A", `href="tel:021234"`, "We send nothing to police")
	her.get(path+"?c=%3Cb%3E").Lacks(t, "People you can talk to now")
	her.get(path+"?c=4").Wants(t, 200, "Line B")
}

func TestNothingTypedIsLost(t *testing.T) {
	h := newHouse(t)
	her := h.member(t)
	path := her.talk("b4", "A secret title", "Words")
	t.Run("when the session is over", func(t *testing.T) {
		out := h.visitor(t)
		a := out.post(path+"/posts", "body", "Long thoughts", "nonce", "n9", "name_mode", "handle")
		a.Wants(t, 401, "Long thoughts", `value="n9"`, "You were signed out", `action="`+path+`/posts"`, `name="name_mode" value="handle"`)
		a.Lacks(t, "A secret title")
		out.post("/forum/b4/topics", "title", "T", "body", "Long thoughts").Wants(t, 401, "Long thoughts")
		id := her.get(path).postIn(t)
		out.post("/posts/"+id+"/edit", "body", "Long thoughts", "version", "1").Wants(t, 401, "Long thoughts")
		out.post("/posts/"+id+"/report", "reason", "spam", "note", "Long thoughts").Wants(t, 401, "Long thoughts")
	})
	t.Run("when the form is from an older session", func(t *testing.T) {
		her.OldForm = true
		defer func() { her.OldForm = false }()
		her.post(path+"/posts", "body", "Long thoughts", "nonce", "n9").Wants(t, 409, "Long thoughts", "Nothing is lost", "A secret title")
	})
	t.Run("when a field has to be mended", func(t *testing.T) {
		her.post("/forum/home/topics", "title", "", "body", "Long thoughts", "lang", "en").Wants(t, 422, "Long thoughts", `href="#title"`)
		her.post("/forum/home/topics", "title", "Title", "body", "Long thoughts", "lang", "xx").Wants(t, 422, "Choose a language", `href="#lang"`)
	})
}

func TestAHandleAndADrawnNameInOneTalkNeedATick(t *testing.T) {
	h := newHouse(t)
	peer := h.withRole(t, "Mira", member.RolePeer)
	path := peer.talk("home", "Ask me", "I am a peer", "name_mode", "handle")
	peer.get(path).Wants(t, 200, "Mira", "peer educator", "You have written here openly")
	peer.post(path+"/posts", "body", "More", "name_mode", "handle").Wants(t, 303)
	peer.post(path+"/posts", "body", "Quietly", "name_mode", "topic").Wants(t, 422, `href="#both"`, "Quietly")
	peer.post(path+"/posts", "body", "Quietly", "name_mode", "topic", "both", "1").Wants(t, 303)
	peer.get(path).Wants(t, 200, "You have written here in both ways")
}

func TestTheAuthorReadsADecisionInHerLanguage(t *testing.T) {
	h := newHouse(t)
	her, mod := h.member(t), h.withRole(t, "Rowan", member.RoleModerator)
	path := her.talk("home", "A question", "Something")
	h.decide(t, mod, desk.Choice{Action: desk.Hide, Reason: "blame", Words: "Bitte ohne Vorwurf"})
	her.get(path).Wants(t, 200, "A moderator took this post out of sight", "Here nobody is blamed", "Bitte ohne Vorwurf", "goes back to the moderators")
	her.get(path).Lacks(t, "Rowan")
	her.get("/my/talks").Wants(t, 200, "A moderator took this post out of sight", "Bitte ohne Vorwurf")
	id := her.get(path).postIn(t)
	her.post("/posts/"+id+"/edit", "body", "Something kinder", "version", "1").Wants(t, 303)
	her.get(path).Lacks(t, "took this post out of sight")
	her.get(path).Wants(t, 200, "Something kinder", "waits for a moderator")
	h.shown(t, mod)
	her.post(path+"/posts", "body", "Another", "nonce", "x").Wants(t, 303)
	h.decide(t, mod, desk.Choice{Action: desk.Remove, Reason: "contact"})
	her.get(path).Wants(t, 200, "A post of yours here was removed on 7 March 2026: A number or private contact.")
	h.member(t).get(path).Lacks(t, "A post of yours")
}

func TestAStaleEditShowsBothTexts(t *testing.T) {
	h := newHouse(t)
	her := h.member(t)
	path := her.talk("home", "A question", "First words")
	id := her.get(path).postIn(t)
	her.get("/posts/"+id+"/edit").Wants(t, 200, "First words", `name="version" value="1"`)
	her.post("/posts/"+id+"/edit", "body", "Second words", "version", "1").Wants(t, 303)
	a := her.post("/posts/"+id+"/edit", "body", "Third words", "version", "1")
	a.Wants(t, 409, "Second words", "Third words", `name="version" value="2"`)
	her.post("/posts/"+id+"/edit", "body", "Third words", "version", "2").Wants(t, 303)
	her.get(path).Wants(t, 200, "Third words", "changed")
	h.member(t).get("/posts/"+id+"/edit").Wants(t, 404)
}

func TestDeletingAsksFirstAndLeadsSomewhere(t *testing.T) {
	h := newHouse(t)
	her := h.member(t)
	path := her.talk("home", "A question", "First words")
	id := her.get(path).postIn(t)
	her.get("/posts/"+id+"/delete").Wants(t, 200, "It is gone at once", "Others may have read or copied it")
	h.member(t).post("/posts/"+id+"/delete").Wants(t, 404)
	a := her.post("/posts/" + id + "/delete")
	a.Wants(t, 303)
	if a.To != "/forum/home" {
		t.Errorf("leads to %q", a.To)
	}
	her.get(a.To).Wants(t, 200, "Your post is gone.", "No talks yet")
}

func TestReporting(t *testing.T) {
	h := newHouse(t)
	her, other, mod := h.member(t), h.member(t), h.withRole(t, "Rowan", member.RoleModerator)
	path := her.talk("home", "A question", "First words")
	h.shown(t, mod)
	id := other.get(path).postIn(t)
	other.get("/posts/"+id+"/report").Wants(t, 200, "First words", "nobody else can read it", "the moderators, and nobody else", `value="off-topic"`)
	other.post("/posts/"+id+"/report", "reason", "").Wants(t, 422, "Choose what comes nearest")
	other.post("/posts/"+id+"/report", "reason", "spam", "note", "See this").Wants(t, 403, "There is nobody yet who could read your note", "See this")
	for range 2 {
		a := other.post("/posts/"+id+"/report", "reason", "spam")
		a.Wants(t, 303)
		other.get(a.To).Wants(t, 200, "Thank you. The moderators will look at it.")
	}
	h.visitor(t).get("/posts/"+id).Wants(t, 303)
	h.visitor(t).get("/posts/"+strings.Repeat("a", 26)).Wants(t, 404)
}
