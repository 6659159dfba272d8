package directoryweb_test

import (
	"context"
	"encoding/csv"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"portico/app/directory"
	"portico/app/web/directoryweb"
	"portico/content"
)

func TestAVisitorFindsALineInHerLanguageAndNeed(t *testing.T) {
	h := newHouse(t)
	v := h.Visitor(t)
	v.Get("/directory").Wants(t, 200, "Who can help", `method="get"`, "More entries", "Not checked", `<option value="IT"`)
	a := v.Get("/directory?q=" + url.QueryEscape("trafficking help in Italian"))
	a.Wants(t, 200, "Numero verde antitratta", "800 290 290", `href="tel:800290290"`, "Italiano", "Free", "Anonymous", "Phone line")
	a.Lacks(t, "Clinics for giving birth")
	v.Get("/directory?q="+url.QueryEscape("Барнаул насилие")).Wants(t, 200, "Crisis centre for women after violence (Barnaul)")
	ar := h.Visitor(t)
	ar.Lang = "ar"
	ar.Get("/directory?q="+url.QueryEscape("محامية في روما")).Wants(t, 200, "Associazione Differenza Donna", "محاميات")
	v.Get("/directory?q=zzzz").Wants(t, 200, "Nothing found", "Show all")
	v.Get("/directory?q="+url.QueryEscape("barnaul torino")).Wants(t, 200, "No entry has all of these words")
}

func TestFiltersAndPagesStayTogether(t *testing.T) {
	h := newHouse(t)
	v := h.Visitor(t)
	seen, path := 0, "/directory?country=FR&speaks=zh"
	v.Get(path).Wants(t, 200, "ASLC", "Croix-Rouge Moulin Joly centre", "简体中文", `<details class="more" open`)
	v.Get(path).Lacks(t, "Cimade")
	next := regexp.MustCompile(`href="(/directory\?[^"]*after=[^"]*)"`)
	path = "/directory?country=IT"
	for range 20 {
		a := v.Get(path)
		seen += strings.Count(a.Body, `class="row-title"`)
		found := next.FindStringSubmatch(a.Body)
		if found == nil {
			break
		}
		path = strings.ReplaceAll(found[1], "&amp;", "&")
		if !strings.Contains(path, "country=IT") {
			t.Fatalf("the next page forgets the country: %s", path)
		}
	}
	want := 0
	entries, _ := content.Directory()
	for _, e := range entries {
		if e.Country == "IT" {
			want++
		}
	}
	if seen != want {
		t.Errorf("%d entries on all pages, want %d", seen, want)
	}
	v.Get("/directory?country=Narnia&kind=x&speaks=%3Cb%3E&need=luck&after=%00").Wants(t, 200, "Who can help")
}

func TestWhatSheLooksForStaysOutOfTheAddress(t *testing.T) {
	h := newHouse(t)
	her := h.member(t)
	a := her.Post("/directory", "q", "lawyer", "country", "IT")
	a.Wants(t, 200, `method="post"`, `value="lawyer"`, "does not show in the address")
	if regexp.MustCompile(`(href|action)="[^"]*lawyer`).MatchString(a.Body) {
		t.Error("a link carries her words")
	}
	a = her.Post("/directory", "country", "IT")
	a.Wants(t, 200, `name="after"`, `name="country" value="IT"`)
	her.Get("/directory").Lacks(t, "What people say is wrong")
}

func TestAnEntrySaysWhatIsNotKnown(t *testing.T) {
	h := newHouse(t)
	v := h.Visitor(t)
	v.Get("/directory/ex-gruppo-abele").Wants(t, 200, "Gruppo Abele", "Torino", "Italy", "Nobody has checked this yet.", "Not known", "EX-CHANGE",
		`class="sheet sheet-card"`, "/directory/ex-gruppo-abele/correct")
	v.Get("/directory/ex-gruppo-abele").Lacks(t, "/verify", "For coordinators")
	v.Get("/directory/vo-ro-agency-line").Wants(t, 200, "not at weekends")
	it := h.Visitor(t)
	it.Lang = "it"
	it.Get("/directory/vo-casa-talita").Wants(t, 200, "Ci sono condizioni", `lang="en"`)
	for _, path := range []string{"/directory/nothing", "/directory/nothing/correct", "/directory/ex-gruppo-abele/change", "/directory/corrections"} {
		v.Get(path).Wants(t, 404)
	}
	v.Post("/directory/ex-gruppo-abele/verify").Wants(t, 404)
	v.Post("/directory/ex-gruppo-abele/change", "name", "X").Wants(t, 404)
}

func TestACheckShowsAndGrowsOld(t *testing.T) {
	h := newHouse(t)
	lead := h.coordinator(t)
	lead.Get("/directory/ex-gruppo-abele").Wants(t, 200, "For coordinators")
	lead.Post("/directory/ex-gruppo-abele/verify").Wants(t, 303)
	v := h.Visitor(t)
	v.Get("/directory/ex-gruppo-abele").Wants(t, 200, "Checked on 7 March 2026")
	v.Get("/directory/ex-gruppo-abele").Lacks(t, "Rowan", "Nobody has checked")
	h.Time.Advance(366 * 24 * time.Hour)
	v.Get("/directory/ex-gruppo-abele").Wants(t, 200, "Not checked", "Last checked on 7 March 2026", "too long ago")
}

func TestAnybodySaysWhatIsWrongAndReadsTheAnswer(t *testing.T) {
	h := newHouse(t)
	v, lead := h.Visitor(t), h.coordinator(t)
	path := "/directory/ex-gruppo-abele/correct"
	v.Get(path).Wants(t, 200, "You need no key", "the coordinators, until one of them has dealt with it")
	v.Post(path, "words", "  ").Wants(t, 422, "Write a few words", `href="#words"`)
	long := strings.Repeat("слово ", 200)
	v.Post(path, "words", long).Wants(t, 422, "1000 characters fit", "слово слово")
	v.OldForm = true
	v.Post(path, "words", "It moved").Wants(t, 409, "Nothing is lost", "It moved")
	v.OldForm = false
	v.Post(path, "words", "It <b>moved</b>\x00 \xff").Wants(t, 303)
	lead.Get("/directory").Wants(t, 200, "something waits")
	a := lead.Get("/directory/corrections")
	a.Wants(t, 200, "Gruppo Abele", "It &lt;b&gt;moved&lt;/b&gt;", "7 March 2026")
	id := regexp.MustCompile(`action="(/directory/corrections/[a-z2-7]{26})"`).FindStringSubmatch(a.Body)
	if id == nil {
		t.Fatal("no way to settle it")
	}
	lead.Post(id[1], "state", "nonsense").Wants(t, 404)
	lead.Post("/directory/corrections/x", "state", "used").Wants(t, 404)
	h.member(t).Post(id[1], "state", "used").Wants(t, 404)
	lead.Post(id[1], "state", "used").Wants(t, 303)
	lead.Get("/directory/corrections").Wants(t, 200, "Nothing waits")
	v.Get("/directory/ex-gruppo-abele").Wants(t, 200, "Somebody wrote on 7 March 2026", "It was put right")
}

func TestACoordinatorChangesAnEntry(t *testing.T) {
	h := newHouse(t)
	lead := h.coordinator(t)
	path := "/directory/ex-gruppo-abele/change"
	a := lead.Get(path)
	a.Wants(t, 200, `value="Gruppo Abele"`, "in this language: English")
	mark := regexp.MustCompile(`name="mark" value="([^"]+)"`).FindStringSubmatch(a.Body)[1]
	lead.Post(path, "mark", mark, "name", "", "phone", "ring", "words_in", "en", "what", "W").Wants(t, 422, "Write a name", "digits only", `value="ring"`)
	fields := []string{"mark", mark, "name", "Gruppo Abele", "city", "Torino", "languages", "it, ro", "hours", "Mondays", "free", "yes", "words_in", "en", "what", "New words.", "need-health", "1"}
	lead.OldForm = true
	lead.Post(path, fields...).Wants(t, 409, "New words.")
	lead.OldForm = false
	lead.Post(path, fields...).Wants(t, 303)
	lead.Get("/directory/ex-gruppo-abele").Wants(t, 200, "New words.", "Mondays", "Română", "Nobody has checked")
	lead.Post(path, fields...).Wants(t, 409, "Somebody else has changed")
}

func TestTheOpenDataFileReadsBack(t *testing.T) {
	h := newHouse(t)
	lead := h.coordinator(t)
	lead.Post("/directory/ex-gruppo-abele/verify").Wants(t, 303)
	ctx := context.Background()
	e, err := h.dir.Entry(ctx, "ex-aslc")
	if err != nil {
		t.Fatal(err)
	}
	tricky := "=1+1, \"said\"; so"
	if err := h.dir.Amend(ctx, lead.Actor, "ex-aslc", directory.Change{Name: tricky, City: "@home", Lang: "en", What: "-1", Mark: e.Mark()}); err != nil {
		t.Fatal(err)
	}
	a := h.Visitor(t).Get("/directory.csv")
	if a.Status != 200 || a.Header.Get("Content-Type") != "text/csv; charset=utf-8" {
		t.Fatalf("status %d, %s", a.Status, a.Header.Get("Content-Type"))
	}
	rows, err := csv.NewReader(strings.NewReader(a.Body)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(rows[0], ","); got != "id,name,kind,country,city,languages,what,verified_on" {
		t.Fatalf("the header is %s", got)
	}
	byID := map[string][]string{}
	for _, row := range rows[1:] {
		byID[row[0]] = row
		for _, field := range row {
			if field != "" && strings.ContainsAny(field[:1], "=+-@\t\r") {
				t.Errorf("%s: a spreadsheet would compute %q", row[0], field)
			}
		}
	}
	entries, _ := content.Directory()
	if len(byID) != len(entries) {
		t.Errorf("%d rows for %d entries", len(byID), len(entries))
	}
	if row := byID["ex-aslc"]; row[1] != "'"+tricky || row[4] != "'@home" || row[6] != "'-1" {
		t.Errorf("got %q", row)
	}
	want := []string{"ex-gruppo-abele", "Gruppo Abele", "organisation", "IT", "Torino", "", "First contact and a place to begin. Has welcomed colleagues from other countries.", "2026-03-07"}
	if !slices.Equal(byID["ex-gruppo-abele"], want) {
		t.Errorf("got %q", byID["ex-gruppo-abele"])
	}
	if row := byID["it-1522"]; row[5] != "it;en;fr;es;ar" || row[2] != "helpline" {
		t.Errorf("a help line is %q", row)
	}
	it := h.Visitor(t)
	it.Lang = "it"
	if body := it.Get("/directory.csv").Body; !strings.Contains(body, "Primo contatto e un posto da cui cominciare") {
		t.Error("the file does not speak the reader's language")
	}
}

func TestEveryCodeHasItsWords(t *testing.T) {
	h := newHouse(t)
	for _, lang := range []string{"en"} {
		p := h.Kit.Bundle.Printer(lang)
		for _, key := range directoryweb.Keys() {
			if text := p.T(key); strings.HasPrefix(text, "[") {
				t.Errorf("%s: %s is missing", lang, key)
			}
		}
	}
	if n := len(directoryweb.Keys()); n != len(content.EntryKinds)+len(content.EntryNeeds) {
		t.Errorf("%d keys for %d codes", n, len(content.EntryKinds)+len(content.EntryNeeds))
	}
}
