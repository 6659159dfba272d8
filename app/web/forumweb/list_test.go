package forumweb_test

import (
	"fmt"
	"strings"
	"testing"

	"portico/app/desk"
	"portico/app/member"
)

func TestBoardsSayWhoReadsThem(t *testing.T) {
	h := newHouse(t)
	a := h.visitor(t).get("/forum")
	a.wants(t, 200, "Start here", "For first questions", "everybody, also without a key", `method="get"`)
	a.lacks(t, "Among us")
	h.member(t).get("/forum").wants(t, 200, "Among us", "everybody who has a key", `method="post"`)
	h.visitor(t).get("/forum/b4").wants(t, 404)
	h.visitor(t).get("/forum/nowhere").wants(t, 404)
	h.visitor(t).get("/forum/home/start").wants(t, 200, "To start a talk, sign in")
}

func TestABoardIsReadPageByPageAndStandsOddAddresses(t *testing.T) {
	h := newHouse(t)
	her, mod := h.member(t), h.withRole(t, "Rowan", member.RoleModerator)
	for i := range 31 {
		her.talk("home", fmt.Sprintf("Talk number %02d", i), "Words")
	}
	h.shown(t, mod)
	first := her.get("/forum/home")
	first.wants(t, 200, `rel="next"`)
	_, rest, _ := strings.Cut(first.body, `rel="next" href="`)
	next, _, _ := strings.Cut(rest, `"`)
	next = strings.ReplaceAll(next, "&amp;", "&")
	second := her.get(next)
	second.wants(t, 200, `rel="prev"`)
	for i := range 31 {
		title := fmt.Sprintf("Talk number %02d", i)
		if strings.Contains(first.text, title) == strings.Contains(second.text, title) {
			t.Errorf("%s stands on both pages or on none", title)
		}
	}
	for _, odd := range []string{"x", "1.2", "2.2026-03-07.aaaa", "1.2026-99-99." + strings.Repeat("a", 26), "%00", "1.2026-03-07." + strings.Repeat("9", 26)} {
		her.get("/forum/home?after="+odd).wants(t, 200, `rel="next"`)
	}
	her.get("/forum/home?in=it").wants(t, 200, "Nothing in this view", "Italiano")
	her.get("/forum/home?in=<script>").wants(t, 200, "Talk number")
}

func TestATalkIsReadPageByPage(t *testing.T) {
	h := newHouse(t)
	her := h.member(t)
	path := her.talk("home", "A long talk", "Post 1")
	last := ""
	for i := 2; i <= 33; i++ {
		last = her.post(path+"/posts", "body", fmt.Sprintf("Post %d", i), "nonce", fmt.Sprint(i)).to
	}
	if last != path+"?from=28#p33" {
		t.Errorf("the last post is at %q", last)
	}
	her.get(path).wants(t, 200, `id="p30"`, "?from=31", "Further on")
	her.get(path+"?from=31").wants(t, 200, `id="p33"`, "Earlier")
	for _, odd := range []string{"-3", "x", "99999999999999999999", "0"} {
		her.get(path+"?from="+odd).wants(t, 200, `id="p1"`)
	}
	her.get(path+"?from=2000000000").wants(t, 200, "There is nothing to read here")
}

func TestATalkThatWarnsStaysClosedUntilItIsOpened(t *testing.T) {
	h := newHouse(t)
	her, mod := h.member(t), h.withRole(t, "Rowan", member.RoleModerator)
	path := her.talk("home", "Hard things", "It was at night", "warning", "loss")
	h.shown(t, mod)
	reader := h.member(t)
	reader.get(path).wants(t, 200, `<details class="more"><summary>`, "This talk is about:")
	her.get(path).wants(t, 200, `<details class="more" open>`)
	reader.get("/forum/home").wants(t, 200, "Take care:")
	found := reader.post("/forum/search", "q", "night")
	found.wants(t, 200, "Hard things", "Take care:")
	found.lacks(t, "It was at")
}

func TestSearch(t *testing.T) {
	h := newHouse(t)
	her, mod := h.member(t), h.withRole(t, "Rowan", member.RoleModerator)
	her.talk("home", "Open question", "Where is a *doctor* who listens?")
	her.talk("b4", "Among us", "The doctor by the river")
	h.shown(t, mod)
	her.get("/forum/search").wants(t, 200, "Words to look for")
	her.post("/forum/search", "q", "doctor").wants(t, 200, "Where is a doctor who listens?", "Among us", `value="doctor"`, "7 March 2026", "#p1")
	seen := h.visitor(t).get("/forum/search?q=doctor")
	seen.wants(t, 200, "Open question")
	seen.lacks(t, "river")
	her.post("/forum/search", "q", "?!").wants(t, 200, "Write a little more")
	her.post("/forum/search", "q", "d").wants(t, 200, "Write a little more")
	her.post("/forum/search", "q", "zebra").wants(t, 200, "Nothing found", `value="zebra"`)
	her.post("/forum/search", "q", "doctor", "in", "fr").wants(t, 200, "Nothing found")
	her.post("/forum/search", "q", strings.Repeat("é", 5000)+"\xff").wants(t, 200)
}

func TestHerListAndFollowing(t *testing.T) {
	h := newHouse(t)
	her, reader, mod := h.member(t), h.member(t), h.withRole(t, "Rowan", member.RoleModerator)
	reader.get("/my/talks").wants(t, 200, "Nothing here yet", "Only you can see this list", "Look at the rooms")
	path := her.talk("home", "A question", "Words")
	h.shown(t, mod)
	reader.post(path+"/follow", "on", "1").wants(t, 303)
	reader.get(path).wants(t, 200, "This talk is on your list now", "Stop following")
	reader.get("/my/talks").wants(t, 200, "A question", "you follow it")
	her.get(path).wants(t, 200, "Follow this talk")
	her.get("/my/talks").wants(t, 200, "A question", "You are")
	her.get("/my/talks").lacks(t, "you follow it", "waits for a moderator")
	reader.post(path+"/follow", "on", "0").wants(t, 303)
	reader.get("/my/talks").wants(t, 200, "Nothing here yet")
}

func TestTheReasonStaysReadableWhenTheWholeTalkIsGone(t *testing.T) {
	h := newHouse(t)
	her, mod := h.member(t), h.withRole(t, "Rowan", member.RoleModerator)
	path := her.talk("home", "A question", "Words")
	h.decide(t, mod, desk.Choice{Action: desk.Remove, Reason: "spam", Words: "Twice the same"})
	a := her.get("/my/talks")
	a.wants(t, 200, "A question", "A moderator removed a post of yours", "Twice the same")
	if her.get(path).status == 404 {
		a.lacks(t, `href="`+path+`"`)
	}
}
