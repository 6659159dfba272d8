package translate

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/store"
)

// Ship takes the words of a document in other languages that came with the program, in the
// caller's transaction and right after the source. People read them at once, and the
// language says where they come from: each segment still waits for a review as any other
// that somebody wrote, and the language for an approval.
func (s *Service) Ship(ctx context.Context, tx *gorm.DB, doc store.ID, texts map[string]string) error {
	segments, err := gorm.G[SegmentRow](tx).Where("document_id = ?", doc).Order("place").Find(ctx)
	if err != nil {
		return err
	}
	var languages []LanguageRow
	var targets []TargetRow
	for _, lang := range slices.Sorted(maps.Keys(texts)) {
		pieces, _ := Cut(texts[lang])
		if len(pieces) != len(segments) {
			return fault.Wrap(fmt.Errorf("%d passages in %s, and %d in the source", len(pieces), lang, len(segments)), "read a shipped text")
		}
		languages = append(languages, LanguageRow{DocumentID: doc, Lang: lang, State: Approved, OpenedDay: s.store.Today(), Shipped: true})
		for i, piece := range pieces {
			words := piece.Text
			targets = append(targets, TargetRow{
				SegmentID: segments[i].ID, Lang: lang, DocumentID: doc, State: Edited, Version: 1, Words: words, Published: &words, UpToDate: true,
			})
		}
	}
	if len(languages) == 0 {
		return nil
	}
	if err := gorm.G[LanguageRow](tx).CreateInBatches(ctx, &languages, 50); err != nil {
		return err
	}
	return gorm.G[TargetRow](tx).CreateInBatches(ctx, &targets, 50)
}
