package magazineweb_test

import (
	"context"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"portico/app/fault"
	"portico/app/magazine"
	"portico/app/member"
	"portico/app/store"
	"portico/app/web/magazineweb"
	"portico/app/web/webtest"
)

// portal is the magazine's pages on a fresh database.
type portal struct {
	*webtest.House
	mag                                          *magazine.Service
	leader, peer, second, anna, bianca, mediator member.Actor
	text                                         store.ID // a material that may stand in the magazine
}

// shelf holds one material.
type shelf struct{ p *portal }

func (s shelf) ForMagazine(_ context.Context, id store.ID, _ string) (magazine.Text, error) {
	if id != s.p.text {
		return magazine.Text{}, fault.New(fault.NotFound, "error.missing")
	}
	return magazine.Text{Title: "Your rights on arrest", Body: "You may ask for an **interpreter**, and nobody may refuse one."}, nil
}

func (s shelf) Offered(context.Context, string) ([]magazine.Offer, error) {
	return []magazine.Offer{{ID: s.p.text, Title: "Your rights on arrest"}, {ID: store.ID{9}, Title: "A story"}}, nil
}

func open(t *testing.T) *portal {
	t.Helper()
	p := &portal{House: webtest.Open(t), text: store.NewID()}
	p.Keyless, p.TitleKeys, p.Lists = true, []string{"material.title"}, []string{}
	p.mag = magazine.New(p.Store, shelf{p})
	p.leader = p.Colleague(t, "lanterna", member.RoleLeader)
	p.peer = p.Colleague(t, "lampione", member.RolePeer)
	p.second = p.Colleague(t, "finestra", member.RolePeer)
	p.mediator = p.Colleague(t, "passerella", member.RoleMediator)
	p.anna, p.bianca = webtest.Member(), webtest.Member()
	a := magazineweb.New(p.Kit, p.mag)
	p.App.Get("/magazine", a.List)
	p.App.Get("/magazine/new", a.BeginForm)
	p.App.Post("/magazine/new/:form", a.Begin)
	p.App.Get("/magazine/:id", a.Issue)
	p.App.Get("/magazine/:id/print", a.Print)
	p.App.Get("/magazine/:id/text", a.Text)
	p.App.Post("/magazine/:id/said", a.Say)
	p.App.Post("/magazine/:id/topics", a.Propose)
	p.App.Post("/magazine/:id/topics/:topic/want", a.Want)
	p.App.Post("/magazine/:id/topics/:topic/drop", a.DropTopic)
	p.App.Get("/magazine/:id/send", a.SendForm)
	p.App.Post("/magazine/:id/send", a.Send)
	p.App.Get("/magazine/:id/room", a.Room)
	p.App.Post("/magazine/:id/move", a.Move)
	p.App.Get("/magazine/:id/words", a.WordsForm)
	p.App.Post("/magazine/:id/words", a.Words)
	p.App.Get("/magazine/:id/people", a.InviteForm)
	p.App.Post("/magazine/:id/people", a.Invite)
	p.App.Post("/magazine/:id/people/:person/leave", a.Leave)
	p.App.Get("/magazine/:id/pieces", a.TakeOverForm)
	p.App.Post("/magazine/:id/pieces", a.TakeOver)
	p.App.Get("/magazine/:id/pieces/:piece", a.Piece)
	p.App.Post("/magazine/:id/pieces/:piece/opinion", a.Opine)
	p.App.Get("/magazine/:id/pieces/:piece/edit", a.EditForm)
	p.App.Post("/magazine/:id/pieces/:piece/edit", a.Edit)
	p.App.Post("/magazine/:id/pieces/:piece/back", a.TakeBack)
	p.App.Post("/magazine/:id/pieces/:piece/up", a.Up)
	p.App.Post("/magazine/:id/pieces/:piece/down", a.Down)
	p.App.Get("/magazine/:id/copies", a.Copies)
	p.App.Post("/magazine/:id/copies", a.AddCopies)
	p.App.Get("/magazine/:id/copies.csv", a.CopiesCSV)
	p.App.Post("/magazine/:id/copies/:line/drop", a.DropCopies)
	return p
}

// by is the next request of somebody.
func (p *portal) by(who member.Actor) *portal {
	p.Who = who
	return p
}

// goes sends a form that has to work.
func (p *portal) goes(t *testing.T, path string, fields ...string) {
	t.Helper()
	if a := p.Post(t, path, fields...); a.Status != http.StatusSeeOther {
		t.Fatalf("POST %s: %d %s", path, a.Status, a.Text)
	}
}

var (
	issueLink = regexp.MustCompile(`href="(/magazine/[a-z2-7]{26})"`)
	topicLink = regexp.MustCompile(`action="(/magazine/[a-z2-7]{26}/topics/[a-z2-7]{26})/want"`)
	pieceLink = regexp.MustCompile(`href="(/magazine/[a-z2-7]{26}/pieces/[a-z2-7]{26})"`)
)

// found is an address on a page.
func (p *portal) found(t *testing.T, path string, link *regexp.Regexp) string {
	t.Helper()
	m := link.FindStringSubmatch(p.Get(t, path).Wants(t, 200).Body)
	if m == nil {
		t.Fatalf("%s holds no %s", path, link)
	}
	return m[1]
}

// begun is an issue with its board.
func (p *portal) begun(t *testing.T) string {
	t.Helper()
	p.by(p.leader).goes(t, "/magazine/new/issue", "title", "Winter", "month", "2026-12", "language", "en", "closes", p.DayAfter(7), "nonce", "one")
	path := p.found(t, "/magazine", issueLink)
	for _, handle := range []string{"Lampione", "finestra", "passerella"} {
		p.goes(t, path+"/people", "handle", handle)
	}
	return path
}

const body = "The clinic in the evening is **quiet**, and the woman at the door knows your language."

// collecting is an issue with a piece of a member that waits.
func (p *portal) collecting(t *testing.T) (path, piece string) {
	t.Helper()
	path = p.begun(t)
	p.goes(t, path+"/move", "to", "pieces")
	p.by(p.anna).goes(t, path+"/send", "title", "An evening", "body", body, "signed", "Luna", "nonce", "p1")
	return path, p.found(t, path, pieceLink)
}

// decided lets three of the board say the same.
func (p *portal) decided(t *testing.T, piece, choice string) {
	t.Helper()
	for _, who := range []member.Actor{p.leader, p.peer, p.second} {
		p.by(who).goes(t, piece+"/opinion", "choice", choice, "words", "Say when it is open.")
	}
}

// published is a whole issue.
func (p *portal) published(t *testing.T) string {
	t.Helper()
	path, piece := p.collecting(t)
	p.decided(t, piece, "taken")
	p.by(p.leader).goes(t, path+"/words", "title", "Winter", "greeting", "Good **evening**.", "imprint", "Made by four.")
	p.goes(t, path+"/move", "to", "layout")
	p.goes(t, path+"/copies", "place", "clinic", "copies", "٤٠", "nonce", "c1")
	p.goes(t, path+"/move", "to", "published")
	return path
}

func TestTopicsArePutForwardAndWanted(t *testing.T) {
	p := open(t)
	path := p.begun(t)
	p.by(p.anna).goes(t, path+"/topics", "words", "Night buses", "nonce", "t1")
	topic := p.found(t, path, topicLink)
	for _, who := range []member.Actor{p.anna, p.bianca, p.bianca, p.peer} {
		p.by(who).goes(t, topic+"/want")
	}
	p.by(p.anna).Get(t, path).Wants(t, 200, "Night buses", "3 people would read it", p.Say("magazine.topic.mine"))
	p.by(member.Actor{})
	p.Get(t, path).Wants(t, 404)
	p.Get(t, "/magazine").Wants(t, 200).Lacks(t, "Winter")
	p.Post(t, path+"/topics", "words", "What I typed").Wants(t, 401, `value="What I typed"`, p.Say("common.again.signin"))
	p.by(p.anna).Post(t, path+"/topics", "words", "Write to me: anna@example.org", "insist", "1").Wants(t, 422, "anna@example.org", p.Say("material.found.mend"))
	p.Post(t, path+"/topics", "words", "").Wants(t, 422, p.Say("magazine.field.empty"))
	p.Post(t, topic+"/drop").Wants(t, 404)
	p.by(p.peer).goes(t, topic+"/drop")
	p.Get(t, path).Lacks(t, "Night buses")
	p.Old = true
	p.by(p.anna).Post(t, path+"/topics", "words", "What I typed").Wants(t, 409, `value="What I typed"`)
}

func TestTheBoardAnswersAPiece(t *testing.T) {
	p := open(t)
	path, piece := p.collecting(t)
	p.by(p.bianca).Get(t, piece).Wants(t, 404)
	p.by(p.anna).Get(t, piece).Wants(t, 200, "An evening", "0 of 4", p.Say("magazine.piece.back")).Lacks(t, p.Say("magazine.opinion.go"))
	p.by(p.peer).Get(t, piece).Wants(t, 200, "Luna", p.Say("magazine.opinion.go")).Lacks(t, p.Say("magazine.piece.back.go"))
	p.Post(t, piece+"/opinion", "choice", "later", "words", "").Wants(t, 422, p.Say("magazine.field.empty"))
	p.Post(t, piece+"/opinion", "choice", "", "words", "What I typed").Wants(t, 422, "What I typed", p.Say("magazine.choice.missing"))
	p.decided(t, piece, "changed")
	p.by(p.anna).Get(t, piece).Wants(t, 200, "Say when it is open.", p.Say("magazine.piece.changed"))
	p.by(p.second).Post(t, piece+"/opinion", "choice", "taken").Wants(t, 403, p.Say("magazine.piece.decided"))
	p.Get(t, path+"/room").Wants(t, 200, "An evening", p.Say("magazine.up", "Title", "\u2068An evening\u2069"))
}

func TestTwoEditorsOfOnePieceLoseNothing(t *testing.T) {
	p := open(t)
	_, piece := p.collecting(t)
	p.decided(t, piece, "changed")
	form := p.by(p.peer).Get(t, piece+"/edit").Wants(t, 200).Body
	mark := regexp.MustCompile(`name="mark" value="([0-9a-f]+)"`).FindStringSubmatch(form)[1]
	p.goes(t, piece+"/edit", "title", "An evening", "body", body+" It opens at six.", "mark", mark)
	a := p.by(p.second).Post(t, piece+"/edit", "title", "An evening", "body", body+" It closes at eight.", "mark", mark)
	a.Wants(t, 409, "It opens at six.", "It closes at eight.", p.Say("magazine.piece.stale"))
	next := regexp.MustCompile(`name="mark" value="([0-9a-f]+)"`).FindStringSubmatch(a.Body)[1]
	p.goes(t, piece+"/edit", "title", "An evening", "body", body+" It opens at six and closes at eight.", "mark", next)
	p.by(p.anna).Get(t, piece).Wants(t, 200, "opens at six and closes at eight", p.Say("magazine.sent"))
	p.by(p.bianca).Post(t, piece+"/edit", "title", "x").Wants(t, 404)
	p.by(member.Actor{}).Post(t, piece+"/edit", "title", "What I typed").Wants(t, 401, "What I typed")
}

func TestAMaterialComesBeforeTheBoard(t *testing.T) {
	p := open(t)
	path, _ := p.collecting(t)
	p.by(p.peer).Get(t, path+"/pieces").Wants(t, 200, "Your rights on arrest")
	p.Post(t, path+"/pieces", "material", store.ID{9}.String()).Wants(t, 422, p.Say("magazine.material.refused"))
	p.goes(t, path+"/pieces", "material", p.text.String())
	p.Get(t, path+"/room").Wants(t, 200, "Your rights on arrest", p.Say("magazine.piece.material"))
	p.by(p.anna).Post(t, path+"/pieces", "material", p.text.String()).Wants(t, 404)
}

func TestAnIssueIsReadPrintedAndSent(t *testing.T) {
	p := open(t)
	path := p.published(t)
	p.by(member.Actor{})
	p.Get(t, "/magazine").Wants(t, 200, "Winter", "No. 1 · December 2026")
	p.Get(t, path).Wants(t, 200, "An evening", "<strong>quiet</strong>", "Luna", "Good <strong>evening</strong>", "Made by four.", p.Say("magazine.contents"))
	print := p.Get(t, path+"/print").Wants(t, 200, "Winter", "<strong>quiet</strong>", "Made by four.", "<svg", p.Say("magazine.qr"))
	if n := strings.Count(print.Body, `class="sheet sheet-a4"`); n != 3 {
		t.Errorf("%d sheets, want a cover, a piece and the imprint", n)
	}
	text := p.Get(t, path+"/text").Wants(t, 200, "* An evening", "is quiet,", "Luna", "Made by four.")
	if strings.Contains(text.Body, "**") || !strings.HasPrefix(text.Header.Get("Content-Type"), "text/plain") {
		t.Errorf("the words alone: %q %s", text.Header.Get("Content-Type"), text.Body)
	}
	p.Get(t, path+"/copies").Wants(t, 404)
	p.by(p.peer).Get(t, path+"/copies").Wants(t, 200, "40 copies", p.Say("material.place.clinic"))
	if csv := p.Get(t, path+"/copies.csv").Wants(t, 200).Body; csv != "issue,place,copies\n1,clinic,40\n" {
		t.Errorf("the table: %q", csv)
	}
	p.Post(t, path+"/copies", "place", "Via Roma 12", "copies", "many").Wants(t, 422, p.Say("magazine.place.missing"))
	p.by(p.leader).goes(t, path+"/move", "to", "stopped")
	p.by(member.Actor{}).Get(t, path).Wants(t, 404)
}

func TestAReaderWithoutAKeySaysWhatSheMissed(t *testing.T) {
	p := open(t)
	path := p.published(t)
	p.by(member.Actor{})
	p.Post(t, path+"/said").Wants(t, 422, p.Say("magazine.said.empty"))
	p.Post(t, path+"/said", "missing", "Call 333 123 4567").Wants(t, 422, "333 123 4567")
	p.goes(t, path+"/said", "useful", "yes", "missing", "More about night buses", "nonce", "s1")
	p.by(p.peer).Get(t, path+"/room").Wants(t, 200, "More about night buses")
	p.by(p.leader).goes(t, "/magazine/new/issue", "title", "Spring", "month", "2027-01", "language", "en", "closes", p.DayAfter(7), "nonce", "two")
	next := p.found(t, "/magazine", issueLink)
	p.by(p.anna).Get(t, next).Wants(t, 200, "More about night buses", p.Say("magazine.topic.readers"))
}

func TestOnlyLeadersAndCoordinatorsBegin(t *testing.T) {
	p := open(t)
	p.by(p.peer).Post(t, "/magazine/new/issue", "title", "Winter").Wants(t, 404)
	p.by(p.anna).Post(t, "/magazine/new/issue", "title", "Winter").Wants(t, 404)
	p.by(member.Actor{}).Post(t, "/magazine/new/issue", "title", "What I typed").Wants(t, 401, "What I typed")
	p.by(p.leader).Post(t, "/magazine/new/issue", "title", "What I typed", "month", "December", "language", "xx").Wants(t, 422, "What I typed",
		p.Say("magazine.month.missing"), p.Say("magazine.lang.missing"))
	p.Get(t, "/magazine").Wants(t, 200, p.Say("magazine.begin"))
}

func TestThePagesSpeakEveryLanguage(t *testing.T) {
	p := open(t)
	path := p.published(t)
	second, piece := "", ""
	p.by(p.leader).goes(t, "/magazine/new/issue", "title", "Spring", "month", "2027-01", "language", "en", "closes", p.DayAfter(7), "nonce", "two")
	second = p.found(t, "/magazine", issueLink)
	p.goes(t, second+"/topics", "words", "Night buses", "nonce", "t2")
	p.goes(t, second+"/move", "to", "pieces")
	p.by(p.anna).goes(t, second+"/send", "title", "A morning", "body", body, "nonce", "p2")
	piece = p.found(t, second, pieceLink)
	for _, lang := range []string{"it", "fr", "ar"} {
		p.Lang = lang
		for _, page := range []string{"/magazine", "/magazine/new", path, path + "/print", path + "/room", path + "/copies", second, second + "/room", second + "/send", second + "/words", second + "/people", second + "/pieces", piece} {
			p.by(p.leader).Get(t, page).Wants(t, 200)
		}
	}
}
