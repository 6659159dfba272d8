package translate_test

import (
	"context"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/job"
	"portico/app/member"
	"portico/app/store"
	"portico/app/store/storetest"
	"portico/app/translate"
	"portico/app/translate/modeltest"
	"portico/app/vault"
	"portico/content"
)

var ctx = context.Background()

// world is two mediators, a peer, a leader and a coordinator, with or without a machine.
type world struct {
	*storetest.DB
	tr                                   *translate.Service
	jobs                                 *job.Queue
	model                                *modeltest.Server
	settings                             *translate.Settings
	doc                                  store.ID
	lang                                 string // into which the text is translated
	boss, mediator, second, peer, leader member.Actor
}

func newWorld(t testing.TB) *world {
	t.Helper()
	w := &world{DB: storetest.New(t), doc: store.NewID(), lang: "it"}
	w.tr = translate.New(w.Store, slog.New(slog.NewTextHandler(w.Logs, nil)), nil)
	w.boss = w.hire(t, "keystone", member.RoleCoordinator, member.RoleAdmin)
	w.mediator = w.hire(t, "ponte", member.RoleMediator)
	w.second = w.hire(t, "varco", member.RoleMediator)
	w.peer = w.hire(t, "lampione", member.RolePeer)
	w.leader = w.hire(t, "bussola", member.RoleLeader)
	return w
}

// withMachine turns a machine on.
func (w *world) withMachine(t testing.TB, change func(*translate.Settings)) *world {
	t.Helper()
	return w.withEngine(t, modeltest.New(map[string]string{"You can say no.": "Puoi dire di no.", "Call 1522.": "Chiama il 1522."}), change)
}

// withEngine turns a machine on that has its own way of translating.
func (w *world) withEngine(t testing.TB, engine *modeltest.Server, change func(*translate.Settings)) *world {
	t.Helper()
	w.model = engine
	t.Cleanup(w.model.Close)
	settings := &translate.Settings{
		Drafter: translate.NewModel(w.model.URL(), w.model.Key, "small-model"), Model: "small-model", Address: w.model.URL(),
		Budget: decimal.RequireFromString("5"), PriceIn: decimal.RequireFromString("0.5"), PriceOut: decimal.RequireFromString("1.5"), Timeout: 30 * time.Second,
	}
	if change != nil {
		change(settings)
	}
	w.settings = settings
	log := slog.New(slog.NewTextHandler(w.Logs, nil))
	w.tr = translate.New(w.Store, log, settings)
	w.jobs = job.New(w.Store, log)
	w.jobs.Handle(translate.DraftJob, w.tr.Draft)
	w.jobs.Handle(translate.BackJob, w.tr.Back)
	return w
}

// hire makes a person with roles without her keys: deriving them takes long, and nothing
// here is sealed.
func (w *world) hire(t testing.TB, handle string, roles ...member.Role) member.Actor {
	t.Helper()
	words := make([]string, len(roles))
	for i, r := range roles {
		words[i] = string(r)
	}
	row := member.RoleAccount{ID: store.NewID(), Handle: handle, Roles: strings.Join(words, ","), Salt: []byte("s"), Sealed: []byte("s"), Gen: []byte("g")}
	must(t, gorm.G[member.RoleAccount](w.DB.DB).Create(ctx, &row))
	return member.Actor{Account: store.NewID(), Secrets: []vault.Secret{vault.NewSecret()}, Role: &member.RoleActor{ID: row.ID, Handle: handle, Roles: roles}}
}

// join makes a plain member.
func (w *world) join(*testing.T) member.Actor {
	return member.Actor{Account: store.NewID(), Secrets: []vault.Secret{vault.NewSecret()}}
}

const small = "# Your rights\n\nYou can say no.\n\n- Call 1522.\n- Nobody asks your name.\n"

// source hands over a text, as another area does.
func (w *world) source(t *testing.T, text string) {
	t.Helper()
	must(t, w.Tx(ctx, func(tx *gorm.DB) error {
		return w.tr.SourceChanged(ctx, tx, w.doc, translate.Document{Kind: "leaflet", Lang: "en", Text: text})
	}))
}

func (w *world) open(t *testing.T, text string) {
	t.Helper()
	w.source(t, text)
	must(t, w.tr.Open(ctx, w.mediator, w.doc, w.lang))
}

func (w *world) seg(t *testing.T, n int) translate.Detail {
	t.Helper()
	d, err := w.tr.Segment(ctx, w.mediator, w.doc, w.lang, n)
	must(t, err)
	return d
}

func mark(d translate.Detail) translate.Mark {
	return translate.Mark{Segment: d.Line.ID, Lang: d.Line.Target.Lang, Version: d.Line.Target.Version}
}

func (w *world) save(t *testing.T, who member.Actor, n int, words string) {
	t.Helper()
	must(t, w.tr.Save(ctx, who, w.doc, mark(w.seg(t, n)), words))
}

func (w *world) review(t *testing.T, who member.Actor, n int) {
	t.Helper()
	must(t, w.tr.Review(ctx, who, w.doc, mark(w.seg(t, n))))
}

var italian = []string{"I tuoi diritti", "Puoi dire di no.", "Chiama il 1522.", "Nessuno ti chiede il nome."}

// publish writes, reviews and approves the small text.
func (w *world) publish(t *testing.T) {
	t.Helper()
	w.open(t, small)
	for i, words := range italian {
		w.save(t, w.mediator, i+1, words)
		w.review(t, w.second, i+1)
	}
	must(t, w.tr.Approve(ctx, w.second, w.doc, w.lang))
}

func (w *world) states(t *testing.T) string {
	t.Helper()
	sheet, err := w.tr.Sheet(ctx, w.mediator, w.doc, w.lang, 1)
	must(t, err)
	var list []string
	for _, l := range sheet.Lines {
		list = append(list, l.Target.State)
	}
	return strings.Join(list, " ")
}

func (w *world) draft(t *testing.T) {
	t.Helper()
	must(t, w.tr.AskDraft(ctx, w.mediator, w.doc, w.lang))
	w.work(t)
}

func (w *world) work(t *testing.T) {
	t.Helper()
	_, err := w.jobs.RunDue(ctx)
	must(t, err)
}

func (w *world) progress(t *testing.T) translate.Progress {
	t.Helper()
	sheet, err := w.tr.Sheet(ctx, w.mediator, w.doc, w.lang, 1)
	must(t, err)
	if sheet.Progress == nil {
		return translate.Progress{}
	}
	return *sheet.Progress
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("%v", err)
	}
}

// refused holds an error to its kind and its message.
func refused(t *testing.T, what string, err error, kind fault.Kind, key string) {
	t.Helper()
	if f := fault.As(err); f == nil || f.Kind != kind || f.Key != key {
		t.Errorf("%s: got %v, want %s", what, err, key)
	}
}

func startTerms(t *testing.T) []content.GlossaryTerm {
	t.Helper()
	terms, err := content.Glossary()
	must(t, err)
	if len(terms) < 30 || !slices.ContainsFunc(terms, func(g content.GlossaryTerm) bool { return g.Lang == "ar" }) {
		t.Fatalf("only %d terms", len(terms))
	}
	return terms
}
