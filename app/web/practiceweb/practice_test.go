package practiceweb_test

import (
	"encoding/csv"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"portico/app/member"
	"portico/app/web/webtest"
	"portico/content"
)

func TestAVisitorFindsASheetByWordAndByCountry(t *testing.T) {
	h := newHouse(t)
	v := h.Visitor(t)
	v.Get("/practices").Wants(t, 200, "Good practices", `method="get"`, "More sheets", "Not checked").Lacks(t, "Interviews with organisations")
	v.Get("/practices?q="+url.QueryEscape("new places agreements rules of conduct")).Wants(t, 200, "Way to Home: expanding outreach")
	v.Get("/practices?country=BA").Wants(t, 200, "Novi Put").Lacks(t, "Way to Home", "More sheets")
	v.Get("/practices?status=stopped").Wants(t, 200, `<details class="more" open`)
	v.Get("/practices?q=zzzz").Wants(t, 200, "Nothing found", "Show all")
	v.Get("/practices?country=Narnia&form=x&status=y&standing=z&after=%00").Wants(t, 200, "Good practices")
	ar := h.Visitor(t)
	ar.Lang = "ar"
	ar.Get("/practices?q="+url.QueryEscape("أوكرانيا")).Wants(t, 200, `lang="ar"`)
	her := h.Person(t, webtest.Member())
	a := her.Post("/practices", "q", "shelter")
	a.Wants(t, 200, `method="post"`, `value="shelter"`, "does not show in the address")
	if regexp.MustCompile(`(href|action)="[^"]*shelter[^"]*q=|q=shelter`).MatchString(a.Body) {
		t.Error("a link carries her words")
	}
}

func TestPagesOfAListKeepTheSearchTogether(t *testing.T) {
	h := newHouse(t)
	v, seen, path := h.Visitor(t), 0, "/practices?form=reference"
	next := regexp.MustCompile(`href="(/practices\?[^"]*after=[^"]*)"`)
	for range 10 {
		a := v.Get(path)
		seen += strings.Count(a.Body, `class="row-title"`)
		found := next.FindStringSubmatch(a.Body)
		if found == nil {
			break
		}
		if path = strings.ReplaceAll(found[1], "&amp;", "&"); !strings.Contains(path, "form=reference") {
			t.Fatalf("the next page forgets the form: %s", path)
		}
	}
	want := 0
	all, err := content.FactSheets()
	webtest.Must(t, err)
	for _, f := range all {
		if f.Form == "reference" {
			want++
		}
	}
	if seen != want {
		t.Errorf("%d sheets on all pages, want %d", seen, want)
	}
}

func TestASheetSaysWhatIsKnownAndWhatIsNot(t *testing.T) {
	h := newHouse(t)
	v := h.Visitor(t)
	v.Get("/practices/co-ua03-way-to-home").Wants(t, 200, "Way to Home", "Illichivsk", "Nobody has checked this with the organisation yet.",
		"CONECTA Good Practices Manual", "2013-10", "The source does not say.", "Mandatory, all three", "Not known", "Too little is known to say",
		"Needs were worked out in talks with the women themselves.").Lacks(t, "Look at this sheet again", "I checked this today")
	v.Get("/practices/vo-adpare").Wants(t, 200, "Meets the criteria", "/link?to=https%3A%2F%2Fadpare.eu", "goes on")
	it := h.Visitor(t)
	it.Lang = "it"
	it.Get("/practices/vo-adpare").Wants(t, 200, "Compilare un breve modulo", `lang="en"`, "La scheda stessa è in questa lingua")
	for _, path := range []string{"/practices/nothing", "/practices/nothing/correct", "/practices/corrections", "/practices/interviews", "/practices/interviews/new"} {
		v.Get(path).Wants(t, 404)
	}
	v.Post("/practices/vo-adpare/verify").Wants(t, 404)
	v.Post("/practices/vo-adpare/again").Wants(t, 404)
}

func TestEveryShippedSheetIsAPageInEveryCompleteLanguage(t *testing.T) {
	h := newHouse(t)
	all, err := content.FactSheets()
	webtest.Must(t, err)
	for i, lang := range []string{"en", "it", "fr", "ar"} {
		v := h.Visitor(t)
		v.Lang = lang
		for j, f := range all {
			if j%4 == i { // every sheet once, every language on a quarter of them
				v.Get("/practices/"+f.ID).Wants(t, 200, f.Name)
			}
		}
	}
}

func TestAnybodySaysWhatIsWrong(t *testing.T) {
	h := newHouse(t)
	v, lead := h.Visitor(t), h.colleague(t, "rowan", member.RoleCoordinator)
	path := "/practices/vo-adpare/correct"
	v.Get(path).Wants(t, 200, "You need no key")
	v.Post(path, "words", " ").Wants(t, 422, "Write a few words", `href="#words"`)
	v.Post(path, "words", strings.Repeat("слово ", 200)).Wants(t, 422, "слово слово")
	v.OldForm = true
	v.Post(path, "words", "It moved").Wants(t, 409, "Nothing is lost", "It moved")
	v.OldForm = false
	v.Post(path, "words", "It <b>moved</b>").Leads(t, "/practices/vo-adpare")
	a := lead.Get("/practices/corrections")
	a.Wants(t, 200, "ADPARE", "It &lt;b&gt;moved&lt;/b&gt;")
	id := regexp.MustCompile(`action="(/practices/corrections/[a-z2-7]{26})"`).FindStringSubmatch(a.Body)
	if id == nil {
		t.Fatal("no way to settle it")
	}
	lead.Post(id[1], "state", "nonsense").Wants(t, 404)
	lead.Post("/practices/corrections/x", "state", "used").Wants(t, 404)
	h.colleague(t, "mira", member.RolePeer).Post(id[1], "state", "used").Wants(t, 404)
	lead.Post(id[1], "state", "used").Wants(t, 303)
	v.Get("/practices/vo-adpare").Wants(t, 200, "It was put right")
	lead.Post("/practices/vo-adpare/verify").Wants(t, 303)
	v.Get("/practices/vo-adpare").Wants(t, 200, "Checked with the organisation on 7 March 2026").Lacks(t, "rowan")
}

func TestTheOpenDataFileReadsBack(t *testing.T) {
	h := newHouse(t)
	a := h.Visitor(t).Get("/practices.csv")
	if a.Status != 200 || a.Header.Get("Content-Type") != "text/csv; charset=utf-8" {
		t.Fatalf("status %d, %s", a.Status, a.Header.Get("Content-Type"))
	}
	rows, err := csv.NewReader(strings.NewReader(a.Body)).ReadAll()
	webtest.Must(t, err)
	all, err := content.FactSheets()
	webtest.Must(t, err)
	if len(rows) != len(all)+1 || len(rows[0]) != 19 || rows[0][0] != "id" {
		t.Fatalf("%d rows, header %v", len(rows), rows[0])
	}
	for _, row := range rows[1:] {
		if row[0] == "vo-adpare" && (row[10] != "meets" || row[11] != "yes;yes;yes" || row[12] != "unknown;unknown;unknown;yes;yes;unknown;yes;unknown") {
			t.Errorf("got %q", row)
		}
		for _, field := range row {
			if field != "" && strings.ContainsAny(field[:1], "=+-@\t\r") {
				t.Errorf("%s: a spreadsheet would compute %q", row[0], field)
			}
		}
	}
}
