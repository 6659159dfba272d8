package homeweb_test

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"testing"

	"portico/app/store"
	"portico/app/web/homeweb"

	"portico/app/web/webtest"
)

func TestEveryColumnOfTheSchemaIsExplained(t *testing.T) {
	p := open(t)
	columns, err := p.Columns(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	missing, surplus := homeweb.Unexplained(columns)
	for _, m := range missing {
		t.Errorf("%s is held and not explained: say in holdings.go what it is", m)
	}
	for _, s := range surplus {
		t.Errorf("%s is explained and not in the schema", s)
	}
	missing, _ = homeweb.Unexplained(append(columns, store.Column{Table: "posts", Name: "author"}, store.Column{Table: "visits", Name: "at"}))
	if !slices.Equal(missing, []string{"posts author", "visits at"}) {
		t.Errorf("new columns go unnoticed: got %v", missing)
	}
}

func TestColumnsAreThoseOfTheDatabase(t *testing.T) {
	p := open(t)
	columns, err := p.Columns(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	tables := map[string][]string{}
	for _, c := range columns {
		tables[c.Table] = append(tables[c.Table], c.Name)
		if c.Type == "" {
			t.Errorf("%s.%s has no type", c.Table, c.Name)
		}
	}
	if got := strings.Join(tables["boxes"], " "); got != "addr box keep_until" {
		t.Errorf("boxes has %q", got)
	}
	for _, own := range []string{"goose_db_version", "post_words", "post_words_data", "sqlite_sequence"} {
		if tables[own] != nil {
			t.Errorf("%s is listed", own)
		}
	}
}

func TestThePageOfWhatIsHeldLeavesNothingUnsaid(t *testing.T) {
	p := open(t)
	for _, lang := range []string{"en", "ar"} {
		a := p.get(t, "/what-we-hold", "X-Lang", lang)
		if a.Status != 200 {
			t.Fatalf("%s: status %d", lang, a.Status)
		}
		all := a.Body
		for _, found := range regexp.MustCompile(`href="(/what-we-hold\?part=[0-9]+)"`).FindAllStringSubmatch(a.Body, -1) {
			all += p.get(t, found[1], "X-Lang", lang).Body
		}
		for _, found := range regexp.MustCompile(`href="(/what-we-hold/[a-z_]+)"`).FindAllStringSubmatch(all, -1) {
			all += p.get(t, found[1], "X-Lang", lang).Body
		}
		webtest.Wants(t, all, ">accounts</code>", ">lookup</code>", ">claimed_until</code>", ">html</code>")
		if strings.Contains(all, p.Kit.Bundle.Printer(lang).T("hold.unexplained")) {
			t.Errorf("%s: the page owns up to something that nobody has explained", lang)
		}
	}
	if a := p.get(t, "/what-we-hold/visits"); a.Status != 404 {
		t.Errorf("a table that does not exist answers %d", a.Status)
	}
}
