package translateweb_test

import (
	"context"
	"log/slog"
	"testing"

	"github.com/shopspring/decimal"
	"gorm.io/gorm"

	"portico/app/job"
	"portico/app/member"
	"portico/app/store"
	"portico/app/translate"
	"portico/app/translate/modeltest"
	"portico/app/web/translateweb"
	"portico/app/web/webtest"
	"portico/content"
)

var ctx = context.Background()

// portal is the area's handlers on a fresh database.
type portal struct {
	*webtest.House
	tr                             *translate.Service
	jobs                           *job.Queue
	model, back                    *modeltest.Server
	doc                            store.ID
	mediator, second, peer, leader member.Actor
}

func open(t *testing.T, machine bool) *portal {
	t.Helper()
	p := &portal{House: webtest.Open(t), doc: store.NewID()}
	p.Titles = []string{"Translations"}
	log := slog.New(slog.NewTextHandler(p.Logs, nil))
	var settings *translate.Settings
	if machine {
		p.model = modeltest.New(map[string]string{"You can say no.": "Puoi dire di no."})
		t.Cleanup(p.model.Close)
		p.back = modeltest.New(map[string]string{"Puoi dire di no.": "You may say no."})
		t.Cleanup(p.back.Close)
		settings = &translate.Settings{Address: p.model.URL(), Back: &translate.Settings{Drafter: translate.NewModel(p.back.URL(), p.back.Key, "other"), Model: "other"},
			Drafter: translate.NewModel(p.model.URL(), p.model.Key, "small"), Model: "small",
			Budget: decimal.NewFromInt(5), PriceIn: decimal.NewFromInt(100), PriceOut: decimal.NewFromInt(100)}
	}
	p.tr = translate.New(p.Store, log, settings)
	p.jobs = job.New(p.Store, log)
	p.jobs.Handle(translate.DraftJob, p.tr.Draft)
	p.jobs.Handle(translate.BackJob, p.tr.Back)
	p.mediator, p.second = p.Colleague(t, "ponte", member.RoleMediator), p.Colleague(t, "varco", member.RoleMediator)
	p.peer, p.leader = p.Colleague(t, "lampione", member.RolePeer), p.Colleague(t, "bussola", member.RoleLeader)
	terms, err := content.Glossary()
	webtest.Must(t, err)
	webtest.Must(t, p.tr.LoadTerms(ctx, terms))
	p.routes(translateweb.New(p.Kit, p.tr))
	return p
}

func (p *portal) routes(a *translateweb.Area) {
	p.App.Get("/translate", a.List)
	p.App.Post("/translate/languages", a.SayLanguages)
	p.App.Get("/translate/machine", a.Machine)
	p.App.Get("/translate/machine.csv", a.MachineCSV)
	p.App.Get("/translate/glossary", a.Terms)
	p.App.Get("/translate/glossary/exchange", a.GlossaryFile)
	p.App.Post("/translate/glossary/exchange", a.BringGlossary)
	p.App.Post("/translate/glossary/exchange/write", a.WriteGlossary)
	p.App.Get("/translate/glossary/exchange/csv", a.GlossaryCSV)
	p.App.Get("/translate/memory/exchange", a.MemoryFile)
	p.App.Post("/translate/memory/exchange", a.BringMemory)
	p.App.Post("/translate/memory/exchange/write", a.WriteMemory)
	p.App.Get("/translate/memory/exchange/tmx", a.MemoryTMX)
	p.App.Get("/translate/glossary/:id", a.Term)
	p.App.Post("/translate/glossary/:id", a.KeepTerm)
	p.App.Post("/translate/glossary/:id/remove", a.RemoveTerm)
	p.App.Post("/translate/:doc/open", a.Open)
	p.App.Get("/translate/:doc/:lang", a.Sheet)
	p.App.Post("/translate/:doc/:lang/draft", a.Draft)
	p.App.Post("/translate/:doc/:lang/approve", a.Approve)
	p.App.Get("/translate/:doc/:lang/exchange", a.Exchange)
	p.App.Post("/translate/:doc/:lang/exchange", a.BringBack)
	p.App.Post("/translate/:doc/:lang/exchange/write", a.TakeIn)
	p.App.Get("/translate/:doc/:lang/exchange/:format", a.TakeOut)
	p.App.Post("/translate/:doc/:lang/reading", a.Reading)
	p.App.Get("/translate/:doc/:lang/:n", a.Segment)
	p.App.Post("/translate/:doc/:lang/:n", a.Save)
	p.App.Post("/translate/:doc/:lang/:n/review", a.Review)
	p.App.Post("/translate/:doc/:lang/:n/use", a.Use)
	p.App.Post("/translate/:doc/:lang/:n/back", a.Back)
}

func (p *portal) source(t *testing.T, text string) {
	t.Helper()
	webtest.Must(t, p.Tx(ctx, func(tx *gorm.DB) error {
		return p.tr.SourceChanged(ctx, tx, p.doc, translate.Document{Kind: "leaflet", Lang: "en", Text: text})
	}))
}

func (p *portal) path(rest string) string { return "/translate/" + p.doc.String() + rest }
