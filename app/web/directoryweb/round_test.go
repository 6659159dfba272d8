package directoryweb_test

import (
	"strings"
	"testing"
)

func TestARoundIsOneTapForEachEntry(t *testing.T) {
	h := newHouse(t)
	v, lead := h.Visitor(t), h.coordinator(t)
	v.Get("/directory/round").Wants(t, 404)
	v.Post("/directory/ex-gruppo-abele/still").Wants(t, 404)
	lead.Get("/directory").Wants(t, 200, `href="/directory/round"`)
	a := lead.Get("/directory/round")
	a.Wants(t, 200, "Checking round", "entries wait", "What to say on the phone", "Still true", "Nobody answered", `href="tel:`)
	if n := strings.Count(a.Body, `/still"`); n != 8 {
		t.Errorf("%d entries on the first page, want 8", n)
	}
	lead.Post("/directory/ex-gruppo-abele/still", "country", "IT").Wants(t, 303)
	v.Get("/directory/ex-gruppo-abele").Wants(t, 200, "Checked on 7 March 2026")
	lead.Post("/directory/ex-anci-piemonte/no-answer", "country", "<b>").Wants(t, 303)
	lead.Get("/directory/round?country=DK").Wants(t, 200, `<option value="DK" selected`)
	lead.Get("/directory/round?country=Narnia&after=nobody").Wants(t, 200, "Checking round")
}

func TestSheCarriesAPaperAndNothingStays(t *testing.T) {
	h := newHouse(t)
	v := h.Visitor(t)
	path := "/directory/ex-gruppo-abele/take"
	v.Get("/directory/ex-gruppo-abele").Wants(t, 200, path)
	v.Get(path).Wants(t, 200, "You alone decide", `name="need"`)
	v.Post(path, "need", "A doctor").Wants(t, 422, "Tick this only if you want the paper", "A doctor")
	v.Post(path, "need", strings.Repeat("слово ", 60), "yes", "1").Wants(t, 422, "room for 300 characters", "слово слово")
	a := v.Post(path, "need", "A <b>doctor</b>, quietly", "yes", "1", "speaks", "ar")
	a.Wants(t, 200, "Your paper", `class="sheet sheet-a4"`, "Gruppo Abele", "A &lt;b&gt;doctor", "La persona che porta questo foglio", "العربية")
	a.Lacks(t, `name="need"`)
	if dump := h.Dump(t); strings.Contains(dump, "quietly") {
		t.Error("her words are in the database or the log")
	}
	v.OldForm = true
	v.Post(path, "need", "A doctor", "yes", "1").Wants(t, 409, "Nothing is lost", "A doctor")
	v.Get("/directory/nothing/take").Wants(t, 404)
}

func TestACoordinatorSaysWhoWorksWithWhom(t *testing.T) {
	h := newHouse(t)
	v, lead := h.Visitor(t), h.coordinator(t)
	path := "/directory/ex-gruppo-abele"
	v.Post(path+"/relate", "kind", "member", "to", "ex-anci-piemonte").Wants(t, 404)
	lead.Post(path+"/relate", "kind", "agreement", "to", "nothing").Wants(t, 422, "There is no other entry with this address", `value="nothing"`)
	lead.Post(path+"/relate", "kind", "agreement", "to", "ex-anci-piemonte").Wants(t, 303)
	v.Get("/directory/ex-anci-piemonte").Wants(t, 200, "Has an agreement with", "Gruppo Abele")
	lead.Post(path+"/unrelate", "kind", "agreement", "to", "ex-anci-piemonte").Wants(t, 303)
	v.Get("/directory/ex-anci-piemonte").Lacks(t, "Has an agreement with")
}

func TestAnEntryShowsItsWeek(t *testing.T) {
	h := newHouse(t)
	lead := h.coordinator(t)
	path := "/directory/ex-gruppo-abele/change"
	form := func(opening string) []string {
		e, err := h.dir.Entry(t.Context(), "ex-gruppo-abele")
		if err != nil {
			t.Fatal(err)
		}
		return []string{"name", e.Name, "city", e.City, "what", e.What["en"], "words_in", "en", "mark", e.Mark(), "acts", "informs", "opening", opening}
	}
	lead.Get(path).Wants(t, 200, "Hours as a timetable", "PH off")
	lead.Post(path, form("Mo-Fr nine to five")...).Wants(t, 422, "cannot read this part", "nine to five")
	lead.Post(path, form("Mo 09:00-12:00,11:00-13:00")...).Wants(t, 422, "open at the same time")
	lead.Post(path, form("Mo-")...).Wants(t, 422)
	lead.Post(path, form(`Mo-Su 09:00-17:00, Sa 18:00-02:00 "ro"`)...).Wants(t, 303)
	v := h.Visitor(t)
	v.Get("/directory/ex-gruppo-abele").Wants(t, 200, "The next seven days", "09:00–17:00", "18:00–02:00", "in Română", "No file is opened")
	v.Get("/directory?when=weekend").Wants(t, 200, "Gruppo Abele")
	v.Get("/directory?q=Gruppo+Abele").Wants(t, 200, "now")
}

func TestACoordinatorAddsAnEntryOnce(t *testing.T) {
	h := newHouse(t)
	v, lead := h.Visitor(t), h.coordinator(t)
	v.Get("/directory/new").Wants(t, 404)
	v.Post("/directory/new/abc", "name", "X").Wants(t, 404)
	lead.Get("/directory/new").Wants(t, 200, "Add an entry", `<option value="IT" selected`)
	path := "/directory/new/one-form"
	form := []string{"name", "Night bus (invented)", "city", "Padova", "what", "Tea and talk.", "words_in", "en", "no_papers", "yes", "languages", "it, ro", "opening", "Mo-Su 20:00-02:00"}
	lead.Post(path, form...).Wants(t, 422, "Choose what it is", "Choose the country", "Night bus (invented)")
	form = append(form, "kind", "service", "country", "IT")
	first := lead.Post(path, form...)
	first.Wants(t, 303)
	lead.Post(path, form...).Wants(t, 303)
	a := v.Get("/directory?q=night+bus+padova+no+papers+weekend")
	a.Wants(t, 200, "Night bus (invented)", "Not checked")
	if n := strings.Count(a.Body, "Night bus (invented)"); n != 1 {
		t.Errorf("it is there %d times", n)
	}
	v.Get(first.To).Wants(t, 200, "written by a coordinator here")
}
