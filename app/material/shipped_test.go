package material_test

import (
	"testing"

	"portico/app/material"
	"portico/app/store/storetest"
	"portico/content"
)

// TestShippedTextsComeInOnceAndAreNeverTouchedAgain loads the texts of the program, changes
// one as a group here would, puts another away, and starts again.
func TestShippedTextsComeInOnceAndAreNeverTouchedAgain(t *testing.T) {
	db := storetest.New(t)
	s := material.New(db.Store, nil)
	all, err := content.Leaflets()
	if err != nil {
		t.Fatal(err)
	}
	rows := func() (list []material.Material) {
		t.Helper()
		if err := db.DB.Order("shipped").Find(&list).Error; err != nil {
			t.Fatal(err)
		}
		return list
	}
	for range 2 {
		if err := s.LoadShipped(t.Context(), all); err != nil {
			t.Fatal(err)
		}
	}
	before := rows()
	if len(before) != len(all) {
		t.Fatalf("%d texts, want %d", len(before), len(all))
	}
	for i, m := range before {
		if m.Shipped != all[i].Slug || m.State != material.Published || !m.Public() || !m.FromProgram() || m.ReviewDay == nil || m.Title == "" || m.Purpose == "" {
			t.Errorf("got %+v", m)
		}
	}
	if err := db.DB.Model(&material.Material{}).Where("shipped = ?", all[0].Slug).Updates(map[string]any{"title": "Ours", "version": 2, "published_version": 2}).Error; err != nil {
		t.Fatal(err)
	}
	if err := db.DB.Model(&material.Material{}).Where("shipped = ?", all[1].Slug).Update("state", material.Archived).Error; err != nil {
		t.Fatal(err)
	}
	next := append([]content.Leaflet{}, all...)
	next[0].Kind, next[2].Texts = "guide", map[string]string{"en": "# Other\n\nWords.\n"}
	if err := s.LoadShipped(t.Context(), next); err != nil {
		t.Fatal(err)
	}
	after := rows()
	if len(after) != len(all) || after[0].Title != "Ours" || after[0].FromProgram() || after[1].Public() || after[2].Title != before[2].Title {
		t.Errorf("the second start wrote over what people did: %+v", after)
	}
	if err := s.LoadShipped(t.Context(), all[:1]); err != nil || len(rows()) != len(all) {
		t.Errorf("a text that is not shipped any more is gone, or %v", err)
	}
}
