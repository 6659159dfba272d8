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
	a.Wants(t, 200, "Start here", "For first questions", "everybody, also without a key", `method="get"`)
	a.Lacks(t, "Among us")
	h.member(t).get("/forum").Wants(t, 200, "Among us", "everybody who has a key", `method="post"`)
	h.visitor(t).get("/forum/b4").Wants(t, 404)
	h.visitor(t).get("/forum/nowhere").Wants(t, 404)
	h.visitor(t).get("/forum/home/start").Wants(t, 200, "To start a talk, sign in")
}

func TestABoardIsReadPageByPageAndStandsOddAddresses(t *testing.T) {
	h := newHouse(t)
	her, mod := h.member(t), h.withRole(t, "Rowan", member.RoleModerator)
	for i := range 31 {
		her.talk("home", fmt.Sprintf("Talk number %02d", i), "Words")
	}
	h.shown(t, mod)
	first := her.get("/forum/home")
	first.Wants(t, 200, `rel="next"`)
	_, rest, _ := strings.Cut(first.Body, `rel="next" href="`)
	next, _, _ := strings.Cut(rest, `"`)
	next = strings.ReplaceAll(next, "&amp;", "&")
	second := her.get(next)
	second.Wants(t, 200, `rel="prev"`)
	for i := range 31 {
		title := fmt.Sprintf("Talk number %02d", i)
		if strings.Contains(first.Text, title) == strings.Contains(second.Text, title) {
			t.Errorf("%s stands on both pages or on none", title)
		}
	}
	for _, odd := range []string{"x", "1.2", "2.2026-03-07.aaaa", "1.2026-99-99." + strings.Repeat("a", 26), "%00", "1.2026-03-07." + strings.Repeat("9", 26)} {
		her.get("/forum/home?after="+odd).Wants(t, 200, `rel="next"`)
	}
	her.get("/forum/home?in=it").Wants(t, 200, "Nothing in this view", "Italiano")
	her.get("/forum/home?in=<script>").Wants(t, 200, "Talk number")
}

func TestATalkIsReadPageByPage(t *testing.T) {
	h := newHouse(t)
	her := h.member(t)
	path := her.talk("home", "A long talk", "Post 1")
	last := ""
	for i := 2; i <= 33; i++ {
		last = her.post(path+"/posts", "body", fmt.Sprintf("Post %d", i), "nonce", fmt.Sprint(i)).To
	}
	if last != path+"?from=28#p33" {
		t.Errorf("the last post is at %q", last)
	}
	her.get(path).Wants(t, 200, `id="p30"`, "?from=31", "Further on")
	her.get(path+"?from=31").Wants(t, 200, `id="p33"`, "Earlier")
	for _, odd := range []string{"-3", "x", "99999999999999999999", "0"} {
		her.get(path+"?from="+odd).Wants(t, 200, `id="p1"`)
	}
	her.get(path+"?from=2000000000").Wants(t, 200, "There is nothing to read here")
}

func TestATalkThatWarnsStaysClosedUntilItIsOpened(t *testing.T) {
	h := newHouse(t)
	her, mod := h.member(t), h.withRole(t, "Rowan", member.RoleModerator)
	path := her.talk("home", "Hard things", "It was at night", "warning", "loss")
	h.shown(t, mod)
	reader := h.member(t)
	reader.get(path).Wants(t, 200, `<details class="more"><summary>`, "This talk is about:")
	her.get(path).Wants(t, 200, `<details class="more" open>`)
	reader.get("/forum/home").Wants(t, 200, "Take care:")
	found := reader.post("/forum/search", "q", "night")
	found.Wants(t, 200, "Hard things", "Take care:")
	found.Lacks(t, "It was at")
}

func TestSearch(t *testing.T) {
	h := newHouse(t)
	her, mod := h.member(t), h.withRole(t, "Rowan", member.RoleModerator)
	her.talk("home", "Open question", "Where is a *doctor* who listens?")
	her.talk("b4", "Among us", "The doctor by the river")
	h.shown(t, mod)
	her.get("/forum/search").Wants(t, 200, "Words to look for")
	her.post("/forum/search", "q", "doctor").Wants(t, 200, "Where is a doctor who listens?", "Among us", `value="doctor"`, "7 March 2026", "#p1")
	seen := h.visitor(t).get("/forum/search?q=doctor")
	seen.Wants(t, 200, "Open question")
	seen.Lacks(t, "river")
	her.post("/forum/search", "q", "?!").Wants(t, 200, "Write a little more")
	her.post("/forum/search", "q", "d").Wants(t, 200, "Write a little more")
	her.post("/forum/search", "q", "zebra").Wants(t, 200, "Nothing found", `value="zebra"`)
	her.post("/forum/search", "q", "doctor", "in", "fr").Wants(t, 200, "Nothing found")
	her.post("/forum/search", "q", strings.Repeat("é", 5000)+"\xff").Wants(t, 200)
}

func TestHerListAndFollowing(t *testing.T) {
	h := newHouse(t)
	her, reader, mod := h.member(t), h.member(t), h.withRole(t, "Rowan", member.RoleModerator)
	reader.get("/my/talks").Wants(t, 200, "Nothing here yet", "Only you can see this list", "Look at the rooms")
	path := her.talk("home", "A question", "Words")
	h.shown(t, mod)
	reader.post(path+"/follow", "on", "1").Wants(t, 303)
	reader.get(path).Wants(t, 200, "This talk is on your list now", "Stop following")
	reader.get("/my/talks").Wants(t, 200, "A question", "you follow it")
	her.get(path).Wants(t, 200, "Follow this talk")
	her.get("/my/talks").Wants(t, 200, "A question", "You are")
	her.get("/my/talks").Lacks(t, "you follow it", "waits for a moderator")
	reader.post(path+"/follow", "on", "0").Wants(t, 303)
	reader.get("/my/talks").Wants(t, 200, "Nothing here yet")
}

func TestTheReasonStaysReadableWhenTheWholeTalkIsGone(t *testing.T) {
	h := newHouse(t)
	her, mod := h.member(t), h.withRole(t, "Rowan", member.RoleModerator)
	path := her.talk("home", "A question", "Words")
	h.decide(t, mod, desk.Choice{Action: desk.Remove, Reason: "spam", Words: "Twice the same"})
	a := her.get("/my/talks")
	a.Wants(t, 200, "A question", "A moderator removed a post of yours", "Twice the same")
	if her.get(path).Status == 404 {
		a.Lacks(t, `href="`+path+`"`)
	}
}
