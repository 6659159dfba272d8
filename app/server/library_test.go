package server_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"gorm.io/gorm"

	"portico/app/config"
	"portico/app/material"
	"portico/app/store/storetest"
	"portico/app/translate"
	"portico/content"
)

// TestShippedMaterialsAreThereInFourLanguagesAndSayWhatTheyAre holds a real instance, with no
// demonstration in it, to the six texts of the program.
func TestShippedMaterialsAreThereInFourLanguagesAndSayWhatTheyAre(t *testing.T) {
	cfg := unfurnished(t)
	h := empty(t, cfg)
	ctx := context.Background()
	shelf, _, err := h.Material.Library(ctx, material.Filter{})
	if err != nil || len(shelf) != 6 {
		t.Fatalf("%d texts, %v", len(shelf), err)
	}
	leaflets, err := content.Leaflets()
	if err != nil {
		t.Fatal(err)
	}
	critical := 0
	for _, r := range shelf {
		if len(r.Languages) != 4 {
			t.Errorf("%s is there in %v", r.Title, r.Languages)
		}
		if r.Critical() {
			critical++
		}
		for _, l := range leaflets {
			if l.Slug != r.Shipped {
				continue
			}
			for lang := range l.Texts {
				title, _ := l.In(lang)
				a := h.ask(t, http.MethodGet, "/read/"+r.ID.String()+"?text="+lang, "", nil)
				if a.status != http.StatusOK || !strings.Contains(a.body, "This text came with the portal") || !strings.Contains(plain(a.body), title) {
					t.Errorf("%s in %s: status %d", l.Slug, lang, a.status)
				}
				if foreign := strings.Contains(a.body, "The words in this language came with the portal too."); foreign != (lang != l.Lang) {
					t.Errorf("%s in %s: the word about the translation stands there: %v", l.Slug, lang, foreign)
				}
			}
		}
	}
	if critical != 5 {
		t.Errorf("%d are about health, law or an emergency", critical)
	}
}

// TestAChangedSourceOfAShippedTextMakesItsTouchedPassagesStale is what happens to the other
// languages when people here change the text, and that the next start changes nothing.
func TestAChangedSourceOfAShippedTextMakesItsTouchedPassagesStale(t *testing.T) {
	cfg := unfurnished(t)
	h := empty(t, cfg)
	ctx := context.Background()
	shelf, _, err := h.Material.Library(ctx, material.Filter{Kind: "pocket"})
	if err != nil || len(shelf) != 1 {
		t.Fatalf("%d pocket cards, %v", len(shelf), err)
	}
	card := shelf[0].Material
	leaflets, _ := content.Leaflets()
	text := ""
	for _, l := range leaflets {
		if l.Slug == card.Shipped {
			text = strings.Replace(l.Texts["en"], "Danger to life.", "Danger to your life.", 1)
		}
	}
	err = h.Store.Tx(ctx, func(tx *gorm.DB) error {
		return h.Translate.SourceChanged(ctx, tx, card.ID, translate.Document{Kind: "pocket", Lang: "en", Text: text, Critical: true})
	})
	if err != nil {
		t.Fatal(err)
	}
	var states []string
	h.Store.DB.Raw("SELECT state FROM translate_targets WHERE document_id = ? AND lang = 'it' AND state <> 'edited'", card.ID).Scan(&states)
	if len(states) != 1 || states[0] != translate.Stale {
		t.Errorf("touched: %v", states)
	}
	langs, err := h.Translate.Languages(ctx, card.ID)
	if err != nil || len(langs) != 3 || !langs[0].Shipped || !langs[0].Stale {
		t.Errorf("got %+v, %v", langs, err)
	}
	before := dumpAll(t, h)
	if err := h.Store.Close(); err != nil {
		t.Fatal(err)
	}
	h = empty(t, cfg)
	if dumpAll(t, h) != before {
		t.Error("the next start changed something")
	}
}

// unfurnished is the settings of a server on a database without anybody.
func unfurnished(t *testing.T) config.Config {
	t.Helper()
	cfg := settings(t.TempDir())
	if storetest.Postgres() {
		cfg.Database = storetest.FreshPostgres(t)
	}
	return cfg
}

// empty opens it.
func empty(t *testing.T, cfg config.Config) *house {
	t.Helper()
	h := &house{time: &clock{now: storetest.Start}, logs: &lockedBuffer{}, data: cfg.Data}
	if err := h.open(context.Background(), cfg); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = h.Store.Close() })
	return h
}

// plain is a page with the signs that markup writes otherwise.
func plain(body string) string { return strings.NewReplacer("&#39;", "'", "&amp;", "&").Replace(body) }
