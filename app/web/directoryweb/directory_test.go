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
	v := h.visitor(t)
	v.get("/directory").wants(t, 200, "Who can help", `method="get"`, "More entries", "Not checked", `<option value="IT"`)
	a := v.get("/directory?q=" + url.QueryEscape("trafficking help in Italian"))
	a.wants(t, 200, "Numero verde antitratta", "800 290 290", `href="tel:800290290"`, "Italiano", "Free", "Anonymous", "Phone line")
	a.lacks(t, "Clinics for giving birth")
	v.get("/directory?q="+url.QueryEscape("Барнаул насилие")).wants(t, 200, "Crisis centre for women after violence (Barnaul)")
	ar := h.visitor(t)
	ar.lang = "ar"
	ar.get("/directory?q="+url.QueryEscape("محامية في روما")).wants(t, 200, "Associazione Differenza Donna", "محاميات")
	v.get("/directory?q=zzzz").wants(t, 200, "Nothing found", "Show all")
	v.get("/directory?q="+url.QueryEscape("barnaul torino")).wants(t, 200, "No entry has all of these words")
}

func TestFiltersAndPagesStayTogether(t *testing.T) {
	h := newHouse(t)
	v := h.visitor(t)
	seen, path := 0, "/directory?country=FR&speaks=zh"
	v.get(path).wants(t, 200, "ASLC", "Croix-Rouge Moulin Joly centre", "简体中文", `<details class="more" open`)
	v.get(path).lacks(t, "Cimade")
	next := regexp.MustCompile(`href="(/directory\?[^"]*after=[^"]*)"`)
	path = "/directory?country=IT"
	for range 20 {
		a := v.get(path)
		seen += strings.Count(a.body, `class="row-title"`)
		found := next.FindStringSubmatch(a.body)
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
	v.get("/directory?country=Narnia&kind=x&speaks=%3Cb%3E&need=luck&after=%00").wants(t, 200, "Who can help")
}

func TestWhatSheLooksForStaysOutOfTheAddress(t *testing.T) {
	h := newHouse(t)
	her := h.member(t)
	a := her.post("/directory", "q", "lawyer", "country", "IT")
	a.wants(t, 200, `method="post"`, `value="lawyer"`, "does not show in the address")
	if regexp.MustCompile(`(href|action)="[^"]*lawyer`).MatchString(a.body) {
		t.Error("a link carries her words")
	}
	a = her.post("/directory", "country", "IT")
	a.wants(t, 200, `name="after"`, `name="country" value="IT"`)
	her.get("/directory").lacks(t, "What people say is wrong")
}

func TestAnEntrySaysWhatIsNotKnown(t *testing.T) {
	h := newHouse(t)
	v := h.visitor(t)
	v.get("/directory/ex-gruppo-abele").wants(t, 200, "Gruppo Abele", "Torino", "Italy", "Nobody has checked this yet.", "Not known", "EX-CHANGE",
		`class="sheet sheet-card"`, "/directory/ex-gruppo-abele/correct")
	v.get("/directory/ex-gruppo-abele").lacks(t, "/verify", "For coordinators")
	v.get("/directory/vo-ro-agency-line").wants(t, 200, "not at weekends")
	it := h.visitor(t)
	it.lang = "it"
	it.get("/directory/vo-casa-talita").wants(t, 200, "Ci sono condizioni", `lang="en"`)
	for _, path := range []string{"/directory/nothing", "/directory/nothing/correct", "/directory/ex-gruppo-abele/change", "/directory/corrections"} {
		v.get(path).wants(t, 404)
	}
	v.post("/directory/ex-gruppo-abele/verify").wants(t, 404)
	v.post("/directory/ex-gruppo-abele/change", "name", "X").wants(t, 404)
}

func TestACheckShowsAndGrowsOld(t *testing.T) {
	h := newHouse(t)
	lead := h.coordinator(t)
	lead.get("/directory/ex-gruppo-abele").wants(t, 200, "For coordinators")
	lead.post("/directory/ex-gruppo-abele/verify").wants(t, 303)
	v := h.visitor(t)
	v.get("/directory/ex-gruppo-abele").wants(t, 200, "Checked on 7 March 2026")
	v.get("/directory/ex-gruppo-abele").lacks(t, "Rowan", "Nobody has checked")
	h.db.Time.Advance(366 * 24 * time.Hour)
	v.get("/directory/ex-gruppo-abele").wants(t, 200, "Not checked", "Last checked on 7 March 2026", "too long ago")
}

func TestAnybodySaysWhatIsWrongAndReadsTheAnswer(t *testing.T) {
	h := newHouse(t)
	v, lead := h.visitor(t), h.coordinator(t)
	path := "/directory/ex-gruppo-abele/correct"
	v.get(path).wants(t, 200, "You need no key", "the coordinators, until one of them has dealt with it")
	v.post(path, "words", "  ").wants(t, 422, "Write a few words", `href="#words"`)
	long := strings.Repeat("слово ", 200)
	v.post(path, "words", long).wants(t, 422, "1000 characters fit", "слово слово")
	v.oldForm = true
	v.post(path, "words", "It moved").wants(t, 409, "Nothing is lost", "It moved")
	v.oldForm = false
	v.post(path, "words", "It <b>moved</b>\x00 \xff").wants(t, 303)
	lead.get("/directory").wants(t, 200, "something waits")
	a := lead.get("/directory/corrections")
	a.wants(t, 200, "Gruppo Abele", "It &lt;b&gt;moved&lt;/b&gt;", "7 March 2026")
	id := regexp.MustCompile(`action="(/directory/corrections/[a-z2-7]{26})"`).FindStringSubmatch(a.body)
	if id == nil {
		t.Fatal("no way to settle it")
	}
	lead.post(id[1], "state", "nonsense").wants(t, 404)
	lead.post("/directory/corrections/x", "state", "used").wants(t, 404)
	h.member(t).post(id[1], "state", "used").wants(t, 404)
	lead.post(id[1], "state", "used").wants(t, 303)
	lead.get("/directory/corrections").wants(t, 200, "Nothing waits")
	v.get("/directory/ex-gruppo-abele").wants(t, 200, "Somebody wrote on 7 March 2026", "It was put right")
}

func TestACoordinatorChangesAnEntry(t *testing.T) {
	h := newHouse(t)
	lead := h.coordinator(t)
	path := "/directory/ex-gruppo-abele/change"
	a := lead.get(path)
	a.wants(t, 200, `value="Gruppo Abele"`, "in this language: English")
	mark := regexp.MustCompile(`name="mark" value="([^"]+)"`).FindStringSubmatch(a.body)[1]
	lead.post(path, "mark", mark, "name", "", "phone", "ring", "words_in", "en", "what", "W").wants(t, 422, "Write a name", "digits only", `value="ring"`)
	fields := []string{"mark", mark, "name", "Gruppo Abele", "city", "Torino", "languages", "it, ro", "hours", "Mondays", "free", "yes", "words_in", "en", "what", "New words.", "need-health", "1"}
	lead.oldForm = true
	lead.post(path, fields...).wants(t, 409, "New words.")
	lead.oldForm = false
	lead.post(path, fields...).wants(t, 303)
	lead.get("/directory/ex-gruppo-abele").wants(t, 200, "New words.", "Mondays", "Română", "Nobody has checked")
	lead.post(path, fields...).wants(t, 409, "Somebody else has changed")
}

func TestTheOpenDataFileReadsBack(t *testing.T) {
	h := newHouse(t)
	lead := h.coordinator(t)
	lead.post("/directory/ex-gruppo-abele/verify").wants(t, 303)
	ctx := context.Background()
	e, err := h.dir.Entry(ctx, "ex-aslc")
	if err != nil {
		t.Fatal(err)
	}
	tricky := "=1+1, \"said\"; so"
	if err := h.dir.Amend(ctx, lead.actor, "ex-aslc", directory.Change{Name: tricky, City: "@home", Lang: "en", What: "-1", Mark: e.Mark()}); err != nil {
		t.Fatal(err)
	}
	a := h.visitor(t).get("/directory.csv")
	if a.status != 200 || a.kind != "text/csv; charset=utf-8" {
		t.Fatalf("status %d, %s", a.status, a.kind)
	}
	rows, err := csv.NewReader(strings.NewReader(a.body)).ReadAll()
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
	it := h.visitor(t)
	it.lang = "it"
	if body := it.get("/directory.csv").body; !strings.Contains(body, "Primo contatto e un posto da cui cominciare") {
		t.Error("the file does not speak the reader's language")
	}
}

func TestEveryCodeHasItsWords(t *testing.T) {
	h := newHouse(t)
	for _, lang := range []string{"en"} {
		p := h.kit.Bundle.Printer(lang)
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
