package server_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"gorm.io/gorm"

	"portico/app/config"
	"portico/app/fault"
	"portico/app/material"
	"portico/app/translate"
	"portico/app/translate/modeltest"
)

// canary is what people of this house write wherever a form takes words. It stands in no
// material and in no glossary.
const canary = "quillwort-marrowstone"

// TestNothingButTextsOfMaterialsReachesTheMachine fills in every form of every area as
// somebody who may use it, opens every page that needs no number, has each text of the
// demonstration drafted into each open language and one translated back, and then reads what
// the machine was sent: segments of materials, their neighbours, terms of the glossary, and
// our own instructions. Nothing else may be in it, to the last field.
func TestNothingButTextsOfMaterialsReachesTheMachine(t *testing.T) {
	model := modeltest.New(nil)
	t.Cleanup(model.Close)
	h := build(t, func(c *config.Config) {
		c.Model = config.Model{ModelURL: model.URL(), ModelKey: config.Secret(model.Key), ModelName: "small", ModelBudget: decimal.NewFromInt(100),
			ModelPriceIn: decimal.NewFromInt(1), ModelTimeout: 30 * time.Second, BackURL: model.URL(), BackKey: config.Secret(model.Key), BackName: "other"}
	})
	h.livesThrough(t)
	h.livesInLaterAreas(t)
	asked := h.drafts(t)
	known := h.mayLeave(t)
	bodies := model.Requests()
	if asked < 3 || len(bodies) < asked {
		t.Fatalf("the machine was asked %d times about %d languages: nothing is proven", len(bodies), asked)
	}
	for _, body := range bodies {
		if strings.Contains(body, canary) || strings.Contains(body, model.Key) {
			t.Errorf("somebody's words left: %.300s", body)
		}
		for _, fault := range known.hear(body) {
			t.Errorf("%s: %.300s", fault, body)
		}
	}
	if logs := h.logs.String(); strings.Contains(logs, model.Key) || strings.Contains(logs, canary) {
		t.Error("the log holds the key, or somebody's words")
	}
}

// livesThrough lets people write in every area. What goes into translations themselves is
// left out: that is what the machine may read.
func (h *house) livesThrough(t *testing.T) {
	t.Helper()
	tried := map[string]bool{}
	for _, r := range h.Web.Routes {
		if r.Path == "/exit" || r.Path == "/sign-out" || strings.HasPrefix(r.Path, "/translate") {
			continue
		}
		h.time.advance(61 * time.Second)
		who := h.fresh(t, r.Path)
		switch {
		case r.Method == http.MethodGet && !strings.Contains(r.Path, ":"):
			h.ask(t, http.MethodGet, r.Path, who.Cookie, nil)
		case r.Method == http.MethodPost:
			form := url.Values{"token": {who.Actor.Token.FormToken()}}
			for _, field := range everyField {
				form.Set(field, canary)
			}
			h.ask(t, http.MethodPost, h.real(t, r.Path, who.Actor), who.Cookie, form)
			tried[strings.Split(strings.TrimPrefix(r.Path, "/"), "/")[0]] = true
		}
	}
	for _, area := range []string{"forum", "posts", "desk", "supervision", "work", "read", "learn", "magazine", "practices"} {
		if !tried[area] {
			t.Errorf("no form of %s was tried", area)
		}
	}
	var n int64
	if err := h.Store.DB.Table("posts").Where("body LIKE ?", "%"+canary+"%").Count(&n).Error; err != nil || n == 0 {
		t.Errorf("nobody wrote in the forum: %d, %v", n, err)
	}
}

// drafts has every empty segment of every open language drafted, and asks for one
// translation back.
func (h *house) drafts(t *testing.T) (asked int) {
	t.Helper()
	ctx := context.Background()
	who := h.enter(t, h.person(t, "mediator")).Actor
	h.document(t, who)
	docs, _, err := h.Translate.Documents(ctx, who)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range docs {
		for _, l := range d.Langs {
			if err := h.Translate.AskDraft(ctx, who, d.ID, l.Lang); err == nil {
				asked++
			} else if !fault.Is(err, fault.Refused) {
				t.Fatal(err)
			}
		}
		for _, lang := range d.Closed[:min(1, len(d.Closed))] {
			if err := h.Translate.Open(ctx, who, d.ID, lang); err != nil {
				t.Fatal(err)
			}
			if err := h.Translate.AskDraft(ctx, who, d.ID, lang); err != nil {
				t.Fatal(err)
			}
			asked++
		}
	}
	if _, err := h.Jobs.RunDue(ctx); err != nil {
		t.Fatal(err)
	}
	h.asksBack(t, docs)
	return asked
}

func (h *house) asksBack(t *testing.T, docs []translate.DocumentLine) {
	t.Helper()
	ctx := context.Background()
	who := h.enter(t, h.person(t, "mediator")).Actor
	for _, d := range docs {
		for _, l := range d.Langs {
			one, err := h.Translate.Segment(ctx, who, d.ID, l.Lang, 1)
			if err != nil || !one.MayAskBack {
				continue
			}
			if err := h.Translate.AskBack(ctx, who, d.ID, translate.Mark{Segment: one.Line.ID, Lang: l.Lang, Version: one.Line.Target.Version}); err != nil {
				t.Fatal(err)
			}
			if _, err := h.Jobs.RunDue(ctx); err != nil {
				t.Fatal(err)
			}
			return
		}
	}
	t.Error("nothing could be translated back")
}

// leavable are the words that may leave.
type leavable struct {
	texts []string
	terms map[string]bool
}

func (h *house) mayLeave(t *testing.T) leavable {
	t.Helper()
	ctx := context.Background()
	known := leavable{terms: map[string]bool{}}
	segments, err := gorm.G[translate.SegmentRow](h.Store.DB).Find(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range segments {
		known.texts = append(known.texts, s.Source)
	}
	targets, err := gorm.G[translate.TargetRow](h.Store.DB).Where("words <> ''").Find(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range targets {
		known.texts = append(known.texts, one.Words)
	}
	terms, err := gorm.G[translate.TermRow](h.Store.DB).Find(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, term := range terms {
		for _, words := range append(term.RefusedWords(), term.Term, term.Preferred) {
			known.terms[words] = true
		}
	}
	own, err := gorm.G[material.Term](h.Store.DB).Find(ctx)
	if err != nil {
		t.Fatal(err)
	}
	known.terms[""] = true // a word of a group stands for none of the source
	for _, term := range own {
		for _, words := range append(term.Not(), term.Preferred) {
			known.terms[words] = true
		}
	}
	return known
}

// sent is all that a question may consist of.
type sent struct {
	Model    string `json:"model"`
	Messages []struct {
		Role    string `json:"role"`
		Content string `json:"content"`
	} `json:"messages"`
	Temperature float64         `json:"temperature"`
	Stream      bool            `json:"stream"`
	Format      json.RawMessage `json:"response_format"`
}

// matter is what a question is about.
type matter struct {
	Before   string `json:"text_before"`
	Segments []struct {
		Number int    `json:"number"`
		Text   string `json:"text"`
	} `json:"segments"`
	After    string `json:"text_after"`
	Glossary []struct {
		Term    string   `json:"term"`
		Use     string   `json:"use"`
		Refused []string `json:"do_not_use"`
		Keep    bool     `json:"keep"`
	} `json:"glossary"`
}

// hear reads a body, field by field, and says what may not leave.
func (known leavable) hear(body string) (faults []string) {
	var s sent
	var m matter
	if err := strictly(body, &s); err != nil || len(s.Messages) != 2 {
		return []string{"no question of the known form"}
	}
	if err := strictly(s.Messages[1].Content, &m); err != nil {
		return []string{"the question holds more: " + err.Error()}
	}
	if !strings.HasPrefix(s.Messages[0].Content, "You translate a leaflet of a support organisation from ") || len(s.Messages[0].Content) > 1200 {
		faults = append(faults, "other instructions")
	}
	texts := []string{m.Before, m.After}
	for _, one := range m.Segments {
		texts = append(texts, one.Text)
	}
	for _, text := range texts {
		if text != "" && !slices.Contains(known.texts, text) {
			faults = append(faults, "of no material: "+text)
		}
	}
	for _, g := range m.Glossary {
		for _, words := range append(g.Refused, g.Term, g.Use) {
			if !known.terms[words] {
				faults = append(faults, "no word of the glossary: "+words)
			}
		}
	}
	return faults
}

// strictly reads JSON that holds nothing which the target does not name.
func strictly(text string, target any) error {
	d := json.NewDecoder(strings.NewReader(text))
	d.DisallowUnknownFields()
	return d.Decode(target)
}

func TestTheListenerHearsWhatMayNotLeave(t *testing.T) {
	known := leavable{texts: []string{"Call 1522."}, terms: map[string]bool{"permit": true}}
	for name, user := range map[string]string{
		"a sentence of somebody": `{"segments":[{"number":1,"text":"My own words."}]}`, "a field beside it": `{"segments":[{"number":1,"text":"Call 1522."}],"by":"ponte"}`,
		"a term of nobody": `{"segments":[{"number":1,"text":"Call 1522."}],"glossary":[{"term":"permit","use":"My own word"}]}`,
	} {
		content, _ := json.Marshal(user)
		body := `{"model":"small","temperature":1e-45,"response_format":{},"messages":[{"role":"system","content":"You translate a leaflet of a support organisation from English"},{"role":"user","content":` +
			string(content) + `}]}`
		if len(known.hear(body)) == 0 {
			t.Errorf("%s is not heard", name)
		}
	}
}
