package translate

import (
	"context"
	"strings"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"portico/app/store"
)

// Document is a text that is to be translated: Markdown whose first line is "# title".
type Document struct {
	Kind     string
	Lang     string
	Text     string
	Critical bool // about health, law or an emergency: read by two people
}

// SourceChanged takes the text that is to be translated, in the caller's transaction. A
// document that is new is cut into segments; of one that changed, only the touched segments
// become stale: they keep their words, and what the source said before.
func (s *Service) SourceChanged(ctx context.Context, tx *gorm.DB, doc store.ID, in Document) error {
	pieces, tail := Cut(strings.ReplaceAll(strings.ToValidUTF8(in.Text, "\ufffd"), "\x00", ""))
	row := DocumentRow{ID: doc, Kind: in.Kind, Lang: in.Lang, Title: titleOf(pieces), Tail: tail, Critical: in.Critical, Edition: 1}
	was, err := gorm.G[DocumentRow](tx).Where("id = ?", doc).Limit(1).Find(ctx)
	if err != nil {
		return err
	}
	old, err := gorm.G[SegmentRow](tx).Where("document_id = ?", doc).Order("place").Find(ctx)
	if err != nil {
		return err
	}
	if len(was) > 0 {
		if row.Edition = was[0].Edition; was[0].Lang != row.Lang || Join(piecesOf(old), was[0].Tail) != Join(pieces, tail) {
			row.Edition++
		}
	}
	if err := tx.WithContext(ctx).Clauses(clause.OnConflict{UpdateAll: true}).Create(&row).Error; err != nil {
		return err
	}
	// Whoever writes a segment holds its language first, so the languages are held here too.
	if err := tx.WithContext(ctx).Exec("UPDATE translate_languages SET lang = lang WHERE document_id = ?", doc).Error; err != nil {
		return err
	}
	langs, err := gorm.G[LanguageRow](tx).Where("document_id = ?", doc).Order("lang").Find(ctx)
	if err != nil {
		return err
	}
	c := change{ctx: ctx, tx: tx, doc: doc, langs: langs, other: len(was) > 0 && was[0].Lang != in.Lang}
	if err := c.apply(old, pieces); err != nil {
		return err
	}
	for _, l := range langs { // also when the text is the same: how many have to read it may not be
		if err := settle(ctx, tx, l); err != nil {
			return err
		}
	}
	return nil
}

func piecesOf(segments []SegmentRow) []Piece {
	list := make([]Piece, len(segments))
	for i, seg := range segments {
		list[i] = Piece{Kind: seg.Kind, Lead: seg.Lead, Text: seg.Source}
	}
	return list
}

// titleOf is the first heading, or the first words.
func titleOf(pieces []Piece) string {
	for _, p := range pieces {
		if p.Kind == Heading {
			return p.Text
		}
	}
	if len(pieces) > 0 {
		first, _, _ := strings.Cut(pieces[0].Text, "\n")
		return string([]rune(first)[:min(120, len([]rune(first)))])
	}
	return ""
}

// change writes what became of the segments of a document.
type change struct {
	ctx   context.Context
	tx    *gorm.DB
	doc   store.ID
	langs []LanguageRow
	other bool // the source is in another language now, so that every segment is touched
}

func (c change) apply(old []SegmentRow, pieces []Piece) error {
	before, after := make([]string, len(old)), make([]string, len(pieces))
	for i, o := range old {
		before[i] = o.Source
	}
	for j, p := range pieces {
		after[j] = p.Text
	}
	f := align(before, after)
	for _, i := range f.gone(len(old)) {
		if err := c.drop(old[i].ID); err != nil {
			return err
		}
	}
	for j, p := range pieces {
		row := SegmentRow{ID: store.NewID(), DocumentID: c.doc, Place: j, Kind: p.Kind, Lead: p.Lead, Source: p.Text}
		if f[j] < 0 {
			if err := c.add(row); err != nil {
				return err
			}
			continue
		}
		was := old[f[j]]
		row.ID = was.ID
		if row == was && !c.other {
			continue
		}
		if _, err := gorm.G[SegmentRow](c.tx).Where("id = ?", row.ID).Select("*").Updates(c.ctx, row); err != nil {
			return err
		}
		if row.Source != was.Source || c.other {
			if err := c.touch(was); err != nil {
				return err
			}
		}
	}
	return nil
}

// drop deletes a segment that is not in the text any more. What was reviewed of it stays in
// the memory.
func (c change) drop(id store.ID) error {
	for _, statement := range []string{
		"DELETE FROM translate_history WHERE segment_id = ?", "DELETE FROM translate_backs WHERE segment_id = ?", "DELETE FROM translate_targets WHERE segment_id = ?", "DELETE FROM translate_segments WHERE id = ?",
	} {
		if err := c.tx.WithContext(c.ctx).Exec(statement, id).Error; err != nil {
			return err
		}
	}
	return nil
}

func (c change) add(row SegmentRow) error {
	if err := gorm.G[SegmentRow](c.tx).Create(c.ctx, &row); err != nil {
		return err
	}
	for _, l := range c.langs {
		if err := gorm.G[TargetRow](c.tx).Create(c.ctx, emptyTarget(row, l.Lang)); err != nil {
			return err
		}
	}
	return nil
}

func emptyTarget(seg SegmentRow, lang string) *TargetRow {
	return &TargetRow{SegmentID: seg.ID, Lang: lang, DocumentID: seg.DocumentID, State: Empty}
}

// touch makes the words of a changed segment stale in every language. Words that were stale
// already keep the oldest source, which is the one they were made from. An empty one has no
// words that could be stale, but its version moves, so that a draft on its way does not fit.
func (c change) touch(was SegmentRow) error {
	err := c.tx.WithContext(c.ctx).Exec(`UPDATE translate_targets SET version = version + 1, up_to_date = FALSE, reviewer_id = NULL, reviews = 0, trouble = '',
		old_source = CASE WHEN state IN ('empty', 'stale') THEN old_source ELSE ? END,
		state = CASE WHEN state = 'empty' THEN 'empty' ELSE 'stale' END WHERE segment_id = ?`, was.Source, was.ID).Error
	return err
}

// settle moves a language between working and waiting, as its segments say. One that is
// approved stays so: its page says what of it is older than the source.
func settle(ctx context.Context, tx *gorm.DB, l LanguageRow) error {
	if l.State == Approved {
		return nil
	}
	all, open, err := counts(ctx, tx, l.DocumentID, l.Lang)
	if err != nil {
		return err
	}
	state := Working
	if all > 0 && open == 0 {
		state = Waiting
	}
	_, err = gorm.G[LanguageRow](tx).Where("document_id = ? AND lang = ?", l.DocumentID, l.Lang).Update(ctx, "state", state)
	return err
}

// counts are the segments of a language, and those that too few people have reviewed.
func counts(ctx context.Context, db *gorm.DB, doc store.ID, lang string) (all, open int64, err error) {
	if all, err = gorm.G[TargetRow](db).Where("document_id = ? AND lang = ?", doc, lang).Count(ctx, "lang"); err != nil {
		return 0, 0, err
	}
	open, err = gorm.G[TargetRow](db).Where(`document_id = ? AND lang = ? AND (state <> ?
		OR reviews < (SELECT CASE WHEN critical THEN 2 ELSE 1 END FROM translate_documents WHERE id = translate_targets.document_id))`, doc, lang, Reviewed).Count(ctx, "lang")
	return all, open, err
}
