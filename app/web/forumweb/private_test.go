package forumweb_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"portico/app/member"
	"portico/app/web/forumweb"
)

// privateRoutes are groups and questions.
func (h *house) privateRoutes(a *forumweb.Area) {
	get, post := h.App.Get, h.App.Post
	get("/groups", a.Groups)
	get("/groups/new", a.NewGroupForm)
	post("/groups/new/:form", a.NewGroup)
	get("/groups/:board", a.Group)
	post("/groups/:board/ask", a.AskIn)
	post("/groups/:board/code", a.UseGroupCode)
	get("/groups/:board/edit", a.GroupForm)
	post("/groups/:board/edit", a.SaveGroup)
	post("/groups/:board/close", a.CloseGroup)
	post("/groups/:board/keep", a.KeepGroup)
	post("/groups/:board/leave", a.LeaveGroup)
	post("/groups/:board/starters", a.NewStarters)
	get("/posts/:id/out", a.OutForm)
	post("/posts/:id/out", a.Out)
	get("/decisions/:id/appeal", a.AppealForm)
	post("/decisions/:id/appeal", a.Appeal)
	get("/ask", a.AskForm)
	post("/ask", a.Ask)
	get("/ask/:id", a.MyQuestion)
	post("/ask/:id/more", a.AskMore)
	post("/ask/:id/close", a.CloseQuestion)
	get("/ask/:id/delete", a.DeleteQuestionForm)
	post("/ask/:id/delete", a.DeleteQuestion)
	get("/asked", a.Questions)
	get("/asked/keys", a.DutyKeys)
	post("/asked/keys/:id", a.GrantDutyKey)
	get("/asked/:id", a.Question)
	post("/asked/:id/answer", a.Answer)
}

// hired is somebody who took up roles, with keys of her own. The first one is the first
// administrator.
func (h *house) hired(t *testing.T, handle string, roles ...member.Role) *person {
	t.Helper()
	if h.admin == nil {
		h.admin = &person{h.Person(t, h.FirstAdmin(t).Actor)}
		return h.admin
	}
	return &person{h.Person(t, h.Hire(t, handle, roles...))}
}

var eight = regexp.MustCompile(`<bdi>([2-9A-Z]{4}-[2-9A-Z]{4})</bdi>`)

// codes are those that a page shows.
func (a answer) codes(t *testing.T, want int) []string {
	t.Helper()
	var codes []string
	for _, m := range eight.FindAllStringSubmatch(a.Body, -1) {
		codes = append(codes, m[1])
	}
	if len(codes) != want {
		t.Fatalf("the page shows %d codes, want %d: %s", len(codes), want, a.Text)
	}
	return codes
}

func TestAGroupFromItsFirstCodesToATalk(t *testing.T) {
	h := newHouse(t)
	h.hired(t, "keystone")
	host := h.hired(t, "bussola", member.RoleCoordinator)
	one, two, new := h.member(t), h.member(t), h.member(t)
	h.visitor(t).get("/groups").Wants(t, 200, "No groups yet")
	one.get("/groups").Lacks(t, "Set up a group")
	one.post("/groups/new/n1", "name", "Mothers", "purpose", "For us", "lang", "en").Wants(t, 404)
	host.post("/groups/new/n1", "name", "M", "purpose", "", "lang", "xx").Wants(t, 422, "three to 60", "what it is for, in", "from the list")
	page := host.post("/groups/new/n1", "name", "Mothers", "purpose", "For mothers", "lang", "en")
	page.Wants(t, 200, "First codes", "shown once")
	starters := page.codes(t, 2)
	host.post("/groups/new/n1", "name", "Mothers", "purpose", "For mothers", "lang", "en").Wants(t, 409, "there already")
	path := regexp.MustCompile(`/groups/g\w+`).FindString(page.Body)
	board := strings.Replace(path, "/groups/", "/forum/", 1)
	h.visitor(t).get("/groups").Wants(t, 200, "Mothers", "For mothers", "How you come in")
	h.visitor(t).get(path).Wants(t, 200, "the people of this group", "sign in with your key").Lacks(t, `name="code"`)
	host.get(board).Wants(t, 404)
	for i, who := range []*person{one, two} {
		who.get(path).Wants(t, 200, "I want to ask", "I have a code from the group")
		who.post(path+"/code", "code", strings.ToLower(starters[i])).leads(t, board)
	}
	one.post(path+"/code", "code", starters[0]).Wants(t, 422, "does not work here")
	code := new.post(path+"/ask").codes(t, 1)[0]
	new.get(path).Wants(t, 200, "You have asked").Lacks(t, code)
	new.post(path+"/code", "code", code).Wants(t, 422, "your own code")
	one.post(path+"/code", "code", "").Wants(t, 422, "Type the code first")
	one.get(path).Wants(t, 200, "Let somebody in", "Open the room")
	one.post(path+"/code", "code", code).leads(t, path)
	one.post(path+"/code", "code", code).Wants(t, 422, "gave your sign")
	new.get(board).Wants(t, 404)
	two.post(path+"/code", "code", code).leads(t, path)
	two.get(path).Wants(t, 200, "She is in now")
	new.get(board).Wants(t, 200, "Mothers", "the people of this group", "stolen copy")
	new.get("/forum").Wants(t, 200, "Mothers")
	one.get("/forum/home").Lacks(t, "Mothers")
	new.get(board+"/start").Wants(t, 200, "the people of this group. A moderator reads what waits")
	new.post(path+"/leave").leads(t, path)
	new.get(board).Wants(t, 404)
}

// leads wants a way on that begins with a path.
func (a answer) leads(t *testing.T, path string) {
	t.Helper()
	if a.Status != http.StatusSeeOther || !strings.HasPrefix(a.To, path) {
		t.Fatalf("status %d to %q, want the way on to %s: %s", a.Status, a.To, path, a.Text)
	}
}

func TestWrongCodesBecomeSlow(t *testing.T) {
	h := newHouse(t)
	h.hired(t, "keystone")
	host := h.hired(t, "bussola", member.RoleModerator)
	page := host.post("/groups/new/n1", "name", "Mothers", "purpose", "For mothers", "lang", "en")
	path := regexp.MustCompile(`/groups/g\w+`).FindString(page.Body)
	who := h.member(t)
	for range 5 {
		who.post(path+"/code", "code", "AAAA-AAAA").Wants(t, 422)
	}
	a := who.post(path+"/code", "code", "AAAA-AAAA")
	a.Wants(t, 429, "Please wait", `name="wait"`, "AAAA-AAAA")
	ticket := regexp.MustCompile(`name="wait" value="([^"]+)"`).FindStringSubmatch(a.Body)[1]
	h.Time.Advance(5 * time.Second)
	who.post(path+"/code", "code", "AAAA-AAAA", "wait", ticket).Wants(t, 422, "does not work here")
}

func TestFormsOfGroupsAndQuestionsKeepTheirWordsWhenTheSessionIsOver(t *testing.T) {
	h := newHouse(t)
	h.hired(t, "keystone")
	peer := h.hired(t, "lampione", member.RolePeer, member.RoleCoordinator)
	page := peer.post("/groups/new/n1", "name", "Mothers", "purpose", "For mothers", "lang", "en")
	path := regexp.MustCompile(`/groups/g\w+`).FindString(page.Body)
	who := h.member(t)
	asked := who.post("/ask", "title", "My question", "body", "Some words.", "lang", "en", "nonce", "q")
	asked.leads(t, "/ask/")
	gone := h.visitor(t)
	stale := h.member(t)
	stale.Actor, stale.OldForm = peer.Actor, true
	for name, c := range map[string]struct{ path, field string }{
		"a question": {"/ask", "body"}, "more words": {asked.To + "/more", "body"},
		"an answer": {strings.Replace(asked.To, "/ask/", "/asked/", 1) + "/answer", "body"},
		"a code":    {path + "/code", "code"}, "a group": {"/groups/new/n2", "name"},
	} {
		t.Run(name, func(t *testing.T) {
			gone.post(c.path, c.field, "words to keep").Wants(t, 401, "words to keep", "signed out")
			if c.path != asked.To+"/more" { // another person's question does not exist for her
				stale.post(c.path, c.field, "words to keep").Wants(t, 409, "words to keep")
			}
		})
	}
}

func TestAQuestionAndItsAnswer(t *testing.T) {
	h := newHouse(t)
	h.hired(t, "keystone")
	who := h.member(t)
	who.get("/forum").Wants(t, 200, "Ask privately")
	h.visitor(t).get("/ask").Wants(t, 200, "sign in with your key").Lacks(t, "<textarea")
	who.get("/ask").Wants(t, 200, "Nobody is here yet", "02 1234").Lacks(t, "<textarea")
	who.post("/ask", "title", "My question", "body", "Some words.", "lang", "en").Wants(t, 403, "Nobody is here yet", "02 1234", "Some words.")
	peer := h.hired(t, "lampione", member.RolePeer)
	newcomer := h.hired(t, "colibri", member.RolePeer)
	who.get("/ask").Wants(t, 200, "the peer educators who hold the key", "within a few days")
	who.post("/ask", "title", "", "body", strings.Repeat("x", 100_000), "lang", "en").Wants(t, 422, "at least three letters", "8000 letters")
	who.post("/ask", "title", "My question", "body", "Some words.", "lang", "xx").Wants(t, 422, "from the list", "Some words.")
	who.post("/ask", "title", "My question", "body", "Call 347 123 45 67", "lang", "en").Wants(t, 422, "347 123 45 67", "Send it as it is").Lacks(t, "moderator reads")
	a := who.post("/ask", "title", "My question", "body", "I want to kill myself", "lang", "en", "nonce", "q1")
	a.leads(t, "/ask/")
	if !strings.Contains(a.To, "?c=1") {
		t.Errorf("words of danger lead to %q, want the help lines beside them", a.To)
	}
	who.get(a.To).Wants(t, 200, "My question", "People you can talk to now", "02 1234", "Waits for an answer")
	id, _, _ := strings.Cut(strings.TrimPrefix(a.To, "/ask/"), "?")
	for _, other := range []*person{h.member(t), h.admin, newcomer} {
		other.get("/ask/"+id).Wants(t, 404)
		other.get("/asked/"+id).Wants(t, 404)
	}
	newcomer.get("/asked").Wants(t, 200, "You have no key yet").Lacks(t, "My question")
	newcomer.get("/asked/keys").Wants(t, 200, "You have no key yet").Lacks(t, "colibri")
	peer.get("/asked").Wants(t, 200, "My question", "May be urgent", "Somebody waits for the key")
	peer.get("/asked/keys").Wants(t, 200, "colibri")
	peer.post("/asked/keys/"+newcomer.Actor.Role.ID.String()).leads(t, "/asked/keys")
	newcomer.get("/asked/"+id).Wants(t, 200, "I want to kill myself", "The person who asks")
	peer.get("/asked?in=it").Wants(t, 200, "Nothing here")
	peer.post("/asked/"+id+"/answer", "body", "").Wants(t, 422, "Write a few words first")
	peer.post("/asked/"+id+"/answer", "body", "I am here. Call 02 1234.", "nonce", "a1").leads(t, "/asked/"+id)
	peer.get("/asked?show=answered").Wants(t, 200, "My question", "Answered")
	who.get("/ask").Wants(t, 200, "My question", "New answer")
	who.get("/ask/"+id).Wants(t, 200, "I am here. Call 02 1234.", "lampione")
	who.post("/ask/"+id+"/more", "body", "Thank you, and one more thing.", "nonce", "m1").leads(t, "/ask/"+id)
	who.post("/ask/"+id+"/close").leads(t, "/ask/"+id)
	peer.post("/asked/"+id+"/answer", "body", "Written while she closed it.").Wants(t, 403, "is closed", "Written while she closed it.")
	who.post("/ask/"+id+"/more", "body", "In another window.").Wants(t, 403, "is closed", "In another window.")
	who.get("/ask/"+id+"/delete").Wants(t, 200, "Delete this question?")
	who.post("/ask/"+id+"/delete").leads(t, "/ask")
	peer.post("/asked/"+id+"/answer", "body", "Written while she deleted it.").Wants(t, 404, "not there any more", "Written while she deleted it.")
	who.get("/ask").Wants(t, 200).Lacks(t, "My question")
}

func TestAModeratorPutsAVoiceOutOfAGroup(t *testing.T) {
	h := newHouse(t)
	h.hired(t, "keystone")
	mod := h.hired(t, "faro", member.RoleModerator)
	page := mod.post("/groups/new/n1", "name", "Mothers", "purpose", "For mothers", "lang", "en")
	starters := page.codes(t, 2)
	path := regexp.MustCompile(`/groups/g\w+`).FindString(page.Body)
	board := strings.Replace(path, "/groups/", "/forum/", 1)
	who := h.member(t)
	mod.post(path+"/code", "code", starters[0]).leads(t, board)
	who.post(path+"/code", "code", starters[1]).leads(t, board)
	talk := who.talk(strings.TrimPrefix(board, "/forum/"), "Among us", "Something unkind.")
	h.shown(t, mod)
	out := "/posts/" + mod.get(talk).postIn(t) + "/out"
	mod.get(talk).Wants(t, 200, "Close the group to her")
	who.get(talk).Lacks(t, "Close the group to her")
	who.get(out).Wants(t, 404)
	mod.get(out).Wants(t, 200, "Close the group to her?").Lacks(t, "Something unkind.")
	who.post(out, "on", "1", "reason", "blame").Wants(t, 404)
	mod.post(out, "on", "1", "words", "Words to keep.").Wants(t, 422, "Choose the rule", "Words to keep.").Lacks(t, "Something unkind.")
	h.visitor(t).post(out, "on", "1", "words", "Words to keep.").Wants(t, 401, "Words to keep.").Lacks(t, "Mothers", "Something unkind.")
	mod.OldForm = true
	mod.post(out, "on", "1", "reason", "blame", "words", "Words to keep.").Wants(t, 409, "Words to keep.", `value="blame" selected`)
	mod.OldForm = false
	mod.post(out, "on", "1", "reason", "blame", "words", "Not among us.").leads(t, out)
	mod.get(out).Wants(t, 200, "Open the group to her again").Lacks(t, "Not among us.")
	who.get(talk).Wants(t, 404)
	page = who.get(path)
	page.Wants(t, 200, "closed this group to you", "Something unkind.", "Not among us.", "You can ask for another look until")
	who.get("/my/talks").Wants(t, 200, "A moderator closed a group to you.", "Not among us.", path)
	appeal := regexp.MustCompile(`/decisions/[a-z2-7]{26}/appeal`).FindString(page.Body)
	who.get(appeal).Wants(t, 200, "A moderator closed a group to you.", "Not among us.")
	who.post(appeal, "words", "").leads(t, "/my/talks")
	who.get(path).Wants(t, 200, "Another moderator will look at this again.").Lacks(t, appeal)
	del := strings.Replace(out, "/out", "/delete", 1)
	who.get(del).Wants(t, 200, "Delete this post?")
	who.post(del).leads(t, path)
	who.get(path).Wants(t, 200, "closed this group to you").Lacks(t, "Something unkind.")
}
