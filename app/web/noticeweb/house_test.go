package noticeweb_test

import (
	"context"
	"regexp"
	"testing"

	"portico/app/member"
	"portico/app/notice"
	"portico/app/web/noticeweb"
	"portico/app/web/request"
	"portico/app/web/ui"
	"portico/app/web/webtest"
	"portico/content"
)

// house is the pages for danger, with two moderators who hold the key.
type house struct {
	*webtest.House
	notices  *notice.Service
	one, two *webtest.Person
}

func newHouse(t *testing.T) *house {
	t.Helper()
	h := &house{House: webtest.Open(t)}
	h.Keyless, h.TitleKeys, h.Kit.Config.Country = true, []string{"notice.title"}, "IT"
	lines, err := content.HelpLines()
	webtest.Must(t, err)
	h.Kit.Lines = func() []request.Line { return request.Shipped(lines) }
	h.Lists = []string{}
	h.notices = notice.New(h.Store, content.Regions)
	a := noticeweb.New(h.Kit, h.notices, func(context.Context, string) ([]ui.Link, error) {
		return []ui.Link{{Word: "When the police stop you", Href: "/read/x/print"}}, nil
	})
	get, post := h.App.Get, h.App.Post
	get("/help/now", a.Now)
	get("/help/now/:country", a.NowIn)
	get("/notices", a.Home)
	get("/notices/choose", a.Choose)
	get("/notices/tell/:country", a.TellForm)
	post("/notices/tell/:country/:form", a.Tell)
	get("/notices/answer", a.AnswerForm)
	post("/notices/answer/:form", a.Answer)
	get("/notices/tips", a.Tips)
	get("/desk/notices", a.Desk)
	get("/desk/notices/:id", a.Item)
	post("/desk/notices/:id/claim", a.Claim)
	post("/desk/notices/:id/release", a.Release)
	post("/desk/notices/:id/close", a.Close)
	post("/desk/notices/:id/answer", a.Reply)
	get("/desk/tips", a.DeskTips)
	get("/desk/tips/new", a.WriteForm)
	post("/desk/tips/new/:form", a.Write)
	get("/desk/tips/:id/write", a.WriteForm)
	post("/desk/tips/:id/write", a.Write)
	post("/desk/tips/:id/show", a.ShowTip)
	post("/desk/tips/:id/down", a.TakeDown)
	return h
}

// withModerators hires two and lets the first give the key to the second.
func (h *house) withModerators(t *testing.T) *house {
	t.Helper()
	ctx := context.Background()
	_ = h.FirstAdmin(t)
	one, two := h.Hire(t, "lampione", member.RoleModerator), h.Hire(t, "ponte", member.RoleModerator)
	webtest.Must(t, h.Members.GrantKey(ctx, one, member.CircleModerators, two.Role.ID))
	h.one, h.two = h.Person(t, one), h.Person(t, two)
	return h
}

var shownCode = regexp.MustCompile(`id="notice-code">([^<]+)<`)

// tells sends the form as somebody would and returns her code.
func (h *house) tells(t *testing.T, who *webtest.Person, form, words string) string {
	t.Helper()
	said := who.Post("/notices/tell/IT/"+form, "kind", "threat", "region", "Veneto", "wish", "talk", "words", words)
	said.Wants(t, 200, "It has arrived", "We show it only now")
	m := shownCode.FindStringSubmatch(said.Body)
	if m == nil {
		t.Fatal("no code is shown")
	}
	return m[1]
}

// waiting is the page of the only notice that waits.
func (h *house) waiting(t *testing.T) string {
	t.Helper()
	list, err := h.notices.Waiting(context.Background(), h.one.Actor)
	if err != nil || len(list) != 1 {
		t.Fatalf("%d notices wait: %v", len(list), err)
	}
	return "/desk/notices/" + list[0].ID.String()
}
