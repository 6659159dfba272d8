package seed_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"portico/app/desk"
	"portico/app/material"
	"portico/app/member"
	"portico/app/store"
	"portico/app/timesheet"
	"portico/app/translate"
)

// duty proposes shifts for a time sheet, as the server does.
type duty struct{ from *desk.Service }

func (d duty) Proposals(ctx context.Context, who store.ID, from, to string) ([]timesheet.Proposal, error) {
	shifts, err := d.from.Worked(ctx, who, from, to)
	var list []timesheet.Proposal
	for _, one := range shifts {
		list = append(list, timesheet.Proposal{Source: "duty/" + one.ID.String(), Day: one.Day, Kind: "moderation", Minutes: one.Hours * 60})
	}
	return list, err
}

func (c community) rotaIsThere(t *testing.T) {
	ctx, yasmine := context.Background(), c.enter(t, "Yasmine")
	coming, err := c.desk.Rota(ctx, yasmine)
	if err != nil {
		t.Fatal(err)
	}
	people, last := map[string]int{}, ""
	for _, s := range coming {
		people[s.Handle]++
		last = max(last, s.Day)
	}
	if people["lampione"] < 4 || people["zaytuna"] < 3 || people["figuier"] < 4 || last < c.DayAfter(10) {
		t.Errorf("coming shifts of %v until %s", people, last)
	}
	for _, name := range []string{"Marta", "Bahia", "Yasmine"} {
		past, err := c.desk.Worked(ctx, c.enter(t, name).Role.ID, c.DayAfter(-70), c.Today())
		if err != nil || len(past) < 5 {
			t.Errorf("%s has worked %d shifts, %v", name, len(past), err)
		}
	}
	work := timesheet.New(c.Store, nil, duty{c.desk})
	weeks, err := work.MyWeeks(ctx, yasmine)
	if err != nil {
		t.Fatal(err)
	}
	minutes := 0
	for _, w := range weeks {
		sheet, err := work.MyWeek(ctx, yasmine, w.Monday)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range sheet.Proposals {
			minutes += p.Minutes
			if slices.ContainsFunc(sheet.Lines, func(l timesheet.OpenLine) bool { return l.Kind == p.Kind }) {
				t.Errorf("the week of %s holds moderation already and proposes it again", w.Monday)
			}
		}
	}
	if minutes < 240 {
		t.Errorf("her open weeks propose %d minutes at the desk", minutes)
	}
}

// published are the materials that readers see, with the languages that are approved.
var published = map[string]string{
	"Your phone, your safety": "ar fr it", "Fermata dalla polizia: cosa posso dire": "en fr", "Chez le médecin avec une interprète": "",
	"The number on the back of my hand": "",
}

func (c community) materialsAreThere(t *testing.T) {
	ctx, mat, odile := context.Background(), material.New(c.Store, nil), c.enter(t, "Odile")
	lines, _, err := mat.Work(ctx, odile, store.ID{})
	if err != nil {
		t.Fatal(err)
	}
	states := map[material.State]int{}
	for _, l := range lines {
		states[l.State]++
		switch l.State {
		case material.Consulting:
			if l.Waiting != 1 || l.Closes <= c.Today() || l.Community == 0 || l.Community >= l.Least {
				t.Errorf("%q waits for %d answers until %s, %d of %d voices", l.Title, l.Waiting, l.Closes, l.Community, l.Least)
			}
			c.isAsked(t, mat, l.ID)
		case material.Deciding:
			if l.VoteCloses <= c.Today() || l.Voted {
				t.Errorf("the vote on %q closes on %s, she has voted %v", l.Title, l.VoteCloses, l.Voted)
			}
		}
		if l.Leaderless {
			t.Errorf("%q has no leader", l.Title)
		}
	}
	for state, want := range map[material.State]int{
		material.Drafting: 1, material.Consulting: 1, material.Deciding: 1, material.Translating: 1, material.Published: 3,
	} {
		if states[state] != want {
			t.Errorf("%d materials are in %s, want %d", states[state], state, want)
		}
	}
	ideas, err := mat.Ideas(ctx, odile)
	signed := 0
	for _, one := range ideas {
		if one.By != "" {
			signed++
		}
		if one.Wants < 2 {
			t.Errorf("%d people want %q", one.Wants, one.Title)
		}
	}
	if err != nil || len(ideas) != 4 || signed != 1 {
		t.Errorf("%d ideas, %d signed, %v", len(ideas), signed, err)
	}
}

// isAsked looks at the open consultation as a member does.
func (c community) isAsked(t *testing.T, mat *material.Service, id store.ID) {
	t.Helper()
	asked, err := mat.Asked(context.Background(), c.enter(t, "Luana"), id)
	if err != nil {
		t.Fatal(err)
	}
	answered := slices.IndexFunc(asked.Suggestions, func(s material.SuggestionLine) bool { return s.State == material.Changed && s.Answer != "" })
	if len(asked.Suggestions) != 2 || answered < 0 || asked.Answered || len(asked.Questions) < material.FewestQuestions {
		t.Errorf("she is asked %d things and reads %+v", len(asked.Questions), asked.Suggestions)
	}
}

// secondIsDue sees two languages of a text that may harm: one person has read each segment,
// and the second is still to come.
func secondIsDue(t *testing.T, tr *translate.Service, who member.Actor, doc store.ID) {
	t.Helper()
	for _, lang := range []string{"ar", "es"} {
		sheet, err := tr.Sheet(context.Background(), who, doc, lang, 1)
		if st := sheet.Standing; err != nil || !st.Critical || st.Total == 0 || st.Second != st.Total || st.State != translate.Working {
			t.Errorf("%s is %+v, %v", lang, st, err)
		}
	}
}

func (c community) libraryIsThere(t *testing.T) {
	ctx, mat, tr := context.Background(), material.New(c.Store, nil), translate.New(c.Store, nil, nil)
	library, _, err := mat.Library(ctx, material.Filter{})
	if err != nil || len(library) != len(published) {
		t.Fatalf("%d materials in the library, %v", len(library), err)
	}
	mediator := c.enter(t, "Liridona")
	var credits []string
	for _, one := range library {
		r, err := mat.Read(ctx, one.ID, "", "")
		if err != nil || r.DecidedDay == "" {
			t.Fatalf("%q was decided on %q, %v", one.Title, r.DecidedDay, err)
		}
		credits = append(credits, r.Credits...)
		plainAndKind(t, one.Lang, r.Body)
		approved, err := tr.Languages(ctx, one.ID)
		if err != nil {
			t.Fatal(err)
		}
		var langs []string
		for _, l := range approved {
			langs = append(langs, l.Lang)
			if l.CheckedBy == "" || l.Machine || l.Stale {
				t.Errorf("%q in %s: %+v", one.Title, l.Lang, l)
			}
			text, err := tr.Text(ctx, one.ID, l.Lang)
			if err != nil {
				t.Fatal(err)
			}
			plainAndKind(t, l.Lang, text)
			twoHaveSeen(t, tr, mediator, one.ID, l.Lang)
		}
		if got, want := strings.Join(langs, " "), published[one.Title]; got != want {
			t.Errorf("%q is approved in %q, want %q", one.Title, got, want)
		}
		if one.Title == "Fermata dalla polizia: cosa posso dire" {
			secondIsDue(t, tr, mediator, one.ID)
		}
	}
	if slices.Sort(credits); !slices.Equal(credits, []string{"Lantern", "quercia"}) {
		t.Errorf("named are %q", credits)
	}
}

// plainAndKind holds a text to what the portal itself advises.
func plainAndKind(t *testing.T, lang, text string) {
	t.Helper()
	if m := material.MeasurePlain(lang, text); m.Length == material.High || m.Words == material.High {
		t.Errorf("hard to read in %s: %+v", lang, m)
	}
	if advice := material.CheckTerms(lang, text); len(advice) > 0 {
		t.Errorf("words of the %s text: %+v", lang, advice)
	}
}

// twoHaveSeen looks at each segment of an approved language.
func twoHaveSeen(t *testing.T, tr *translate.Service, who member.Actor, doc store.ID, lang string) {
	t.Helper()
	for n, total := 1, 1; n <= total; n++ {
		d, err := tr.Segment(context.Background(), who, doc, lang, n)
		if err != nil {
			t.Fatal(err)
		}
		total = d.Total
		target := d.Line.Target
		if target.State != translate.Reviewed || target.EditorID == target.ReviewerID || target.ReviewerID.IsZero() || len(d.Findings) > 0 {
			t.Errorf("segment %d in %s is %s: %q, findings %+v", n, lang, target.State, target.Words, d.Findings)
		}
	}
}

func (c community) translationGoesOn(t *testing.T) {
	ctx, tr, who := context.Background(), translate.New(c.Store, nil, nil), c.enter(t, "Liridona")
	docs, mayOpen, err := tr.Documents(ctx, who)
	if err != nil || !mayOpen || len(docs) != 4 {
		t.Fatalf("%d documents, %v", len(docs), err)
	}
	at := slices.IndexFunc(docs, func(d translate.DocumentLine) bool { return d.DocumentRow.Lang == "fr" })
	if at < 0 || len(docs[at].Langs) != 1 {
		t.Fatalf("no French source: %+v", docs)
	}
	st := docs[at].Langs[0]
	if st.Lang != "it" || st.Stale != 1 || st.Reviewed < 4 || st.Written < 4 || st.Total-st.Reviewed-st.Written < 5 {
		t.Errorf("the Italian stands at %+v", st)
	}
	if terms, err := tr.Terms(ctx, who, "it"); err != nil || len(terms) == 0 {
		t.Errorf("%d terms, %v", len(terms), err)
	}
}

func (c community) readersHaveSpoken(t *testing.T) {
	ctx, mat := context.Background(), material.New(c.Store, nil)
	who := c.enter(t, "Celeste")
	lines, _, err := mat.Work(ctx, who, store.ID{})
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range lines {
		if l.State != material.Published {
			continue
		}
		w, err := mat.Workshop(ctx, who, l.ID)
		if err != nil || w.Readers.UsefulYes < 3 || w.Readers.UsefulNo == 0 || len(w.Readers.Missing) < 2 {
			t.Errorf("readers of %q said %+v, %v", l.Title, w.Readers, err)
		}
	}
}
