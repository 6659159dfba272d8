package forumweb_test

import (
	"regexp"
	"strings"
	"testing"

	"portico/app/member"
)

// mothers is a group with two people.
type mothers struct {
	host, one, two *person
	path, board    string
}

func (h *house) mothers(t *testing.T) mothers {
	t.Helper()
	h.hired(t, "keystone")
	g := mothers{host: h.hired(t, "bussola", member.RoleCoordinator), one: h.member(t), two: h.member(t)}
	page := g.host.post("/groups/new/n1", "name", "Mothers", "purpose", "For mothers", "lang", "en")
	starters := page.codes(t, 2)
	g.path = regexp.MustCompile(`/groups/g\w+`).FindString(page.Body)
	g.board = strings.Replace(g.path, "/groups/", "/forum/", 1)
	for i, who := range []*person{g.one, g.two} {
		who.post(g.path+"/code", "code", starters[i]).leads(t, g.board)
	}
	return g
}

func (a answer) base(t *testing.T) string {
	t.Helper()
	m := regexp.MustCompile(`name="base" value="([0-9a-f]+)"`).FindStringSubmatch(a.Body)
	if m == nil {
		t.Fatalf("the form does not say what it began from: %s", a.Text)
	}
	return m[1]
}

func TestThePeopleOfAGroupChangeItsWords(t *testing.T) {
	h := newHouse(t)
	g := h.mothers(t)
	edit := g.path + "/edit"
	for _, who := range []*person{h.member(t), h.withRole(t, "girasole", member.RolePeer)} {
		who.get(g.path).Lacks(t, edit)
		who.get(edit).Wants(t, 404)
		who.post(edit, "name-en", "Mine", "purpose-en", "Mine").Wants(t, 404)
	}
	g.one.get(g.path).Wants(t, 200, edit)
	g.host.get(g.path).Wants(t, 200, edit)
	form := g.one.get(edit)
	form.Wants(t, 200, `name="name-ar"`, `name="rules-it"`, `value="Mothers"`, "everybody on the internet")
	base := form.base(t)
	g.one.post(edit, "base", base, "name-en", "M", "purpose-en", "").Wants(t, 422, `value="M"`, "a name of 3")
	g.one.post(edit, "base", base, "name-en", "Mothers", "purpose-en", "Call 347 123 45 67").Wants(t, 422, "347 123 45 67", "not sent and not kept").Lacks(t, "insist")
	h.visitor(t).post(edit, "base", base, "name-en", "Words to keep").Wants(t, 401, "Words to keep", `name="key"`)
	g.one.post(edit, "base", base, "name-en", "Mothers", "purpose-en", "For mothers", "rules-en", "One thing at a time.",
		"name-it", "Madri", "purpose-it", "Per madri").leads(t, g.path)
	g.two.post(edit, "base", base, "name-en", "My words", "purpose-en", "For mothers").Wants(t, 409, "Madri", `value="My words"`)
	visitor := h.visitor(t)
	visitor.Lang = "it"
	visitor.get("/groups").Wants(t, 200, "Madri", `lang="it"`)
	visitor.Lang = "ar"
	visitor.get("/groups").Wants(t, 200, "Mothers", `lang="en"`).Lacks(t, "One thing at a time.")
	g.two.Lang = "it"
	g.two.get(g.board+"/start").Wants(t, 200, "Che cosa chiede questa stanza", `<p lang="en" dir="auto">One thing at a time.</p>`)
	talk := g.one.talk(strings.TrimPrefix(g.board, "/forum/"), "Among us", "Quiet words.")
	g.one.get(talk).Wants(t, 200, "One thing at a time.")
}

func TestTwoPeopleCloseAndReopenARoom(t *testing.T) {
	h := newHouse(t)
	g := h.mothers(t)
	for _, act := range []string{"/close", "/keep"} {
		g.host.post(g.path+act, "shut", "1").Wants(t, 404)
	}
	g.host.get(g.path).Lacks(t, "Close the room")
	g.one.get(g.path).Wants(t, 200, "Close the room", "It takes two people")
	g.one.post(g.path+"/close", "shut", "1").leads(t, g.path)
	g.one.get(g.path).Wants(t, 200, "You asked for this", "Leave the room as it is").Lacks(t, "I want the room closed")
	g.two.get(g.path).Wants(t, 200, "Somebody in the group asked for this", "I want the room closed", "Leave the room as it is")
	g.two.post(g.path+"/keep").leads(t, g.path)
	g.one.get(g.path).Lacks(t, "You asked for this")
	g.one.post(g.path+"/close", "shut", "1").leads(t, g.path)
	g.two.post(g.path+"/close", "shut", "1").leads(t, g.path)
	g.two.get(g.path).Wants(t, 200, "The room is closed.", "Open the room again").Lacks(t, "Her code", g.path+"/edit")
	g.two.post(g.path+"/close", "shut", "1").Wants(t, 409)
	g.two.get(g.board).Wants(t, 200, "This room is closed")
	g.two.get(g.board+"/start").Wants(t, 403)
	g.two.get(g.path+"/edit").Wants(t, 403)
	g.two.get("/forum").Wants(t, 200, "Mothers", "Closed")
	g.host.get("/groups").Wants(t, 200).Lacks(t, "Mothers")
	g.host.get(g.path).Wants(t, 404)
	g.one.post(g.path+"/close", "shut", "0").leads(t, g.path)
	g.two.post(g.path+"/close", "shut", "0").leads(t, g.path)
	g.host.get(g.path).Wants(t, 200, "Mothers")
}

func TestADraftOfATalkComesBack(t *testing.T) {
	h := newHouse(t)
	who, other := h.member(t), h.member(t)
	path := "/forum/home/topics"
	who.get("/forum/home/start").Wants(t, 200, "Keep this draft").Lacks(t, "Throw this draft away")
	who.post(path, "keep", "1", "title", "A", "body", "Half a thought.", "lang", "it", "warning", "Night").leads(t, "/forum/home/start")
	who.get("/forum/home/start").Wants(t, 200, "Your draft is kept", "This is the draft that you kept", `value="A"`, "Half a thought.", `value="Night"`, `value="it" selected`)
	other.get("/forum/home/start").Lacks(t, "Half a thought.")
	h.visitor(t).get("/forum/home/start").Lacks(t, "Half a thought.")
	who.get("/forum/b4/start").Lacks(t, "Half a thought.")
	who.post(path, "keep", "1", "title", "A", "body", strings.Repeat("x", 8001), "lang", "it").Wants(t, 422, "8000 letters")
	h.visitor(t).post(path, "keep", "1", "body", "Words to keep.").Wants(t, 401, "Words to keep.")
	who.post(path, "title", "A whole talk", "body", "A whole thought.", "lang", "en", "nonce", "n").leads(t, "/forum/home/")
	who.get("/forum/home/start").Lacks(t, "Half a thought.", "This is the draft")
	who.post(path, "keep", "1", "body", "Another one.").leads(t, "/forum/home/start")
	who.post(path, "keep", "0", "body", "Another one.").leads(t, "/forum/home")
	who.get("/forum/home/start").Lacks(t, "Another one.")
}
