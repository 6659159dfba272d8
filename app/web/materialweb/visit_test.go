package materialweb_test

import (
	"context"
	"net/http"
	"testing"

	"github.com/gofiber/fiber/v2"
	"gorm.io/gorm"

	"portico/app/material"
	"portico/app/member"
	"portico/app/store"
	"portico/app/web/materialweb"
	"portico/app/web/webtest"
)

// portal is the area's handlers on a fresh database.
type portal struct {
	*webtest.House
	mat                                  *material.Service
	leader, peer, mediator, anna, bianca member.Actor
}

// arabic is a keeper of translations with one approved language.
type arabic struct{}

func (arabic) SourceChanged(context.Context, *gorm.DB, store.ID, material.Source) error { return nil }

func (arabic) Languages(context.Context, store.ID) ([]material.Language, error) {
	return []material.Language{{Lang: "ar", Day: "2026-03-07", CheckedBy: "passerella", Machine: true, Stale: true}}, nil
}

func (arabic) Text(context.Context, store.ID, string) (string, error) {
	return "# حقوقك\n\nيمكنك أن تأتي بلا أوراق.", nil
}

func open(t *testing.T) *portal {
	t.Helper()
	p := &portal{House: webtest.Open(t)}
	p.Keyless, p.TitleKeys, p.Lists = true, []string{"material.title"}, []string{}
	p.mat = material.New(p.Store, arabic{})
	p.leader = p.Colleague(t, "lanterna", member.RoleLeader)
	p.peer = p.Colleague(t, "lampione", member.RolePeer)
	p.mediator = p.Colleague(t, "passerella", member.RoleMediator)
	p.anna, p.bianca = webtest.Member(), webtest.Member()
	p.routes(materialweb.New(p.Kit, p.mat))
	return p
}

func (p *portal) routes(a *materialweb.Area) {
	for path, h := range map[string]fiber.Handler{"/read": a.Library, "/read/ideas": a.Ideas, "/read/work": a.Work,
		"/read/archive": a.Archived, "/read/story": a.Hers} {
		p.App.Get(path, h)
	}
	p.App.Post("/read/ideas", a.Propose)
	p.App.Post("/read/story", a.HersAct)
	for path, h := range map[string]fiber.Handler{
		"": a.Read, "/text": a.Text, "/print": a.Print, "/consultation": a.Consultation, "/suggest": a.SuggestForm, "/group": a.Group,
		"/write": a.WriteForm, "/compare": a.Compare, "/people": a.InviteForm, "/credit": a.CreditForm, "/suggestions/:suggestion": a.AnswerForm,
		"/consult": a.ConsultForm, "/consult/longer": a.ProlongForm, "/decide": a.DecideForm, "/vote": a.VoteForm, "/publish": a.PublishForm,
		"/reopen": a.ReopenForm, "/archive": a.ArchiveForm, "/withdraw": a.WithdrawForm, "/story": a.Story, "/story/back": a.TakeBackForm,
		"/marks": a.MarksForm, "/words": a.Terms, "/prints": a.Prints, "/prints.csv": a.PrintsCSV,
	} {
		p.App.Get("/read/:id"+path, h)
	}
	for path, h := range map[string]fiber.Handler{
		"/feedback": a.Feedback, "/want": a.Want, "/take": a.TakeUp, "/consultation": a.Say, "/suggest": a.Suggest, "/write": a.Write,
		"/people": a.Invite, "/people/:person/leave": a.Leave, "/credit": a.Credit, "/suggestions/:suggestion": a.Answer,
		"/consult": a.Consult, "/consult/close": a.CloseConsultation, "/consult/longer": a.Prolong, "/decide": a.Decide, "/vote": a.Vote,
		"/vote/count": a.Count, "/publish": a.Publish, "/reopen": a.Reopen, "/archive": a.Archive, "/back": a.BringBack,
		"/withdraw": a.Withdraw, "/story": a.MarkStory, "/story/off": a.UnmarkStory, "/story/back": a.TakeBackFor, "/consents": a.Record,
		"/consents/:consent/end": a.EndConsent, "/marks": a.Mark, "/words": a.DecideTerm, "/words/:term/drop": a.DropTerm,
		"/prints": a.NotePrint, "/prints/:run/drop": a.DropPrint,
	} {
		p.App.Post("/read/:id"+path, h)
	}
}

// goes sends a form that has to work, and returns where it leads.
func (p *portal) goes(t *testing.T, path string, fields ...string) string {
	t.Helper()
	a := p.Post(t, path, fields...)
	if a.Status != http.StatusSeeOther {
		t.Fatalf("POST %s: %d %s", path, a.Status, a.Body)
	}
	return a.To
}
