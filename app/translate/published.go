package translate

import (
	"context"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// Published is a language of a document that people may read.
type Published struct {
	Lang      string
	Title     string // as it is published in this language; "" when it is not known
	Day       string // of the approval
	CheckedBy string // the handle of the person who approved it; "" when she has left
	Machine   bool   // some of it began as a machine's draft
	Stale     bool   // the source has changed since
	ReadBy    int    // people of the community who read it before others did
	Shipped   bool   // the words came with the program, and nobody here has approved them
}

// Languages lists the languages of a document that a person has approved. Everybody may
// know them, as everybody may read the material.
func (s *Service) Languages(ctx context.Context, doc store.ID) ([]Published, error) {
	all, err := s.LanguagesOf(ctx, []store.ID{doc})
	return all[doc], err
}

// approvedRow is what a page says of an approved language, counted in one question.
type approvedRow struct {
	LanguageRow
	Title   *string
	Machine int
	Old     int
	ReadBy  int
}

// LanguagesOf lists the approved languages of many documents in the same few questions.
func (s *Service) LanguagesOf(ctx context.Context, docs []store.ID) (map[store.ID][]Published, error) {
	list := map[store.ID][]Published{}
	if len(docs) == 0 {
		return list, nil
	}
	var rows []approvedRow
	err := s.store.DB.WithContext(ctx).Raw(`SELECT l.*,
		(SELECT MAX(t.published) FROM translate_segments g JOIN translate_targets t ON t.segment_id = g.id
			WHERE g.document_id = l.document_id AND g.place = 0 AND g.kind = ? AND t.lang = l.lang) AS title,
		(SELECT COUNT(*) FROM translate_targets t WHERE t.document_id = l.document_id AND t.lang = l.lang AND t.published_machine) AS machine,
		(SELECT COUNT(*) FROM translate_targets t WHERE t.document_id = l.document_id AND t.lang = l.lang AND NOT t.up_to_date) AS old,
		(SELECT COUNT(*) FROM translate_readings r WHERE r.document_id = l.document_id AND r.lang = l.lang) AS read_by
		FROM translate_languages l WHERE l.document_id IN ? AND l.state = ? ORDER BY l.lang`, Heading, docs, Approved).Scan(&rows).Error
	if err != nil {
		return nil, store.Translate(err)
	}
	var ids []store.ID
	for _, r := range rows {
		if !r.ApprovedBy.IsZero() {
			ids = append(ids, r.ApprovedBy)
		}
	}
	names, err := member.ShownHandles(ctx, s.store.DB, member.Actor{}, ids)
	if err != nil {
		return nil, err
	}
	for _, r := range rows {
		one := Published{Lang: r.Lang, CheckedBy: names[r.ApprovedBy], Machine: r.Machine > 0, Stale: r.Old > 0, ReadBy: r.ReadBy, Shipped: r.Shipped}
		if r.ApprovedDay != nil {
			one.Day = *r.ApprovedDay
		}
		if r.Title != nil {
			one.Title = *r.Title
		}
		list[r.DocumentID] = append(list[r.DocumentID], one)
	}
	return list, nil
}

// Text is the approved text of a language, put together as Markdown. A segment that is new
// in the source and not yet reviewed is left out; the language is then stale.
func (s *Service) Text(ctx context.Context, doc store.ID, lang string) (string, error) {
	d, err := documentIn(ctx, s.store.DB, doc)
	if err != nil {
		return "", err
	}
	l, err := languageIn(ctx, s.store.DB, doc, lang)
	if err != nil {
		return "", err
	}
	if l.State != Approved {
		return "", fault.Missing()
	}
	segments, err := gorm.G[SegmentRow](s.store.DB).Where("document_id = ?", doc).Order("place").Find(ctx)
	if err != nil {
		return "", store.Translate(err)
	}
	targets, err := gorm.G[TargetRow](s.store.DB).Where("document_id = ? AND lang = ?", doc, lang).Find(ctx)
	if err != nil {
		return "", store.Translate(err)
	}
	published := map[store.ID]*string{}
	for _, t := range targets {
		published[t.SegmentID] = t.Published
	}
	var pieces []Piece
	for _, seg := range segments {
		if words := published[seg.ID]; words != nil {
			pieces = append(pieces, Piece{Kind: seg.Kind, Lead: seg.Lead, Text: *words})
		}
	}
	return Join(pieces, d.Tail), nil
}
