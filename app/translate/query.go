package translate

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// perPage is how many segments a page has.
const perPage = 20

// mostDocuments is how many documents the list shows.
const mostDocuments = 200

// Standing is how far a language of a document is.
type Standing struct {
	Lang     string
	State    string
	Total    int
	Reviewed int
	Written  int // of the rest, those that have words
	Stale    int
}

// DocumentLine is a document of the list.
type DocumentLine struct {
	DocumentRow
	Langs  []Standing
	Closed []string // languages that could be opened
}

// Documents lists what is translated here, for those who take part. MayOpen says whether
// she may open further languages.
func (s *Service) Documents(ctx context.Context, who member.Actor) (lines []DocumentLine, mayOpen bool, err error) {
	if !works(who) {
		return nil, false, missing()
	}
	docs, err := gorm.G[DocumentRow](s.store.DB).Order("title, id").Limit(mostDocuments).Find(ctx)
	if err != nil {
		return nil, false, store.Translate(err)
	}
	langs, err := gorm.G[LanguageRow](s.store.DB).Order("lang").Find(ctx)
	if err != nil {
		return nil, false, store.Translate(err)
	}
	var counted []struct {
		DocumentID store.ID
		Lang       string
		State      string
		N          int
	}
	err = s.store.DB.WithContext(ctx).Raw("SELECT document_id, lang, state, COUNT(*) AS n FROM translate_targets GROUP BY document_id, lang, state").Scan(&counted).Error
	if err != nil {
		return nil, false, store.Translate(err)
	}
	for _, d := range docs {
		line := DocumentLine{DocumentRow: d}
		for _, l := range langs {
			if l.DocumentID != d.ID {
				continue
			}
			st := Standing{Lang: l.Lang, State: l.State}
			for _, c := range counted {
				if c.DocumentID == d.ID && c.Lang == l.Lang {
					st.add(c.State, c.N)
				}
			}
			line.Langs = append(line.Langs, st)
		}
		for _, lang := range Targets() {
			if lang != d.Lang && !slices.ContainsFunc(line.Langs, func(st Standing) bool { return st.Lang == lang }) {
				line.Closed = append(line.Closed, lang)
			}
		}
		lines = append(lines, line)
	}
	return lines, opens(who), nil
}

func (st *Standing) add(state string, n int) {
	st.Total += n
	switch state {
	case Reviewed:
		st.Reviewed += n
	case Stale:
		st.Stale += n
		st.Written += n
	case Machine, Edited:
		st.Written += n
	}
}

// Line is a segment with its words in a language.
type Line struct {
	N int // counted from one
	SegmentRow
	Target TargetRow
}

// Sheet is one page of a language of a document.
type Sheet struct {
	Doc        DocumentRow
	Language   LanguageRow
	Standing   Standing
	ApprovedBy string // "" when nobody has, or when she has left
	Lines      []Line
	Page       int
	More       bool
	WhyNot     error // why she cannot approve it now; nil when she can
	Machine    bool  // the machine is on for this language
	MayAsk     bool  // and she may ask it about what is empty
	Progress   *Progress
	Bill       Bill
}

// Sheet shows a page of a language, counted from one.
func (s *Service) Sheet(ctx context.Context, who member.Actor, doc store.ID, lang string, page int) (sheet Sheet, err error) {
	if !works(who) {
		return sheet, missing()
	}
	if sheet.Doc, err = documentIn(ctx, s.store.DB, doc); err != nil {
		return sheet, err
	}
	if sheet.Language, err = languageIn(ctx, s.store.DB, doc, lang); err != nil {
		return sheet, err
	}
	lines, err := s.lines(ctx, doc, lang)
	if err != nil {
		return sheet, err
	}
	sheet.Standing = Standing{Lang: lang, State: sheet.Language.State}
	for _, l := range lines {
		sheet.Standing.add(l.Target.State, 1)
	}
	sheet.Page = min(max(page, 1), max(1, (len(lines)+perPage-1)/perPage))
	from := (sheet.Page - 1) * perPage
	to := min(from+perPage, len(lines))
	sheet.Lines, sheet.More = lines[from:to], to < len(lines)
	if sheet.WhyNot = s.mayApprove(ctx, s.store.DB, who, sheet.Language); sheet.WhyNot != nil && fault.Is(sheet.WhyNot, fault.Internal) {
		return sheet, sheet.WhyNot
	}
	if by := sheet.Language.ApprovedBy; !by.IsZero() {
		names, err := member.ShownHandles(ctx, s.store.DB, who, []store.ID{by})
		if err != nil {
			return sheet, err
		}
		sheet.ApprovedBy = names[by]
	}
	return sheet, s.sheetMachine(ctx, who, &sheet)
}

// sheetMachine adds what the machine has to do with the page, if it is on.
func (s *Service) sheetMachine(ctx context.Context, who member.Actor, sheet *Sheet) (err error) {
	st := sheet.Standing
	if sheet.Machine = s.machine.drafts(st.Lang); !sheet.Machine {
		return nil
	}
	if sheet.Progress, err = s.progress(ctx, sheet.Doc.ID, st.Lang); err != nil {
		return err
	}
	waiting := sheet.Progress != nil && sheet.Progress.Waiting && !sheet.Progress.Later
	sheet.MayAsk = mediates(who) && !waiting && st.Reviewed+st.Written < st.Total
	sheet.Bill, err = s.bill(ctx, sheet.Doc.ID, st.Lang)
	return err
}

func (s *Service) lines(ctx context.Context, doc store.ID, lang string) ([]Line, error) {
	segments, err := gorm.G[SegmentRow](s.store.DB).Where("document_id = ?", doc).Order("place").Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	targets, err := gorm.G[TargetRow](s.store.DB).Where("document_id = ? AND lang = ?", doc, lang).Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	byID := map[store.ID]TargetRow{}
	for _, t := range targets {
		byID[t.SegmentID] = t
	}
	lines := make([]Line, len(segments))
	for i, seg := range segments {
		lines[i] = Line{i + 1, seg, byID[seg.ID]}
	}
	return lines, nil
}

// Detail is one segment with all that helps to translate it.
type Detail struct {
	Doc           DocumentRow
	Line          Line
	Total         int
	Before, After *Line
	Matches       []Match
	Terms         []TermRow
	Findings      []Finding
	History       []Event
	WhyNot        error // why she cannot say that it is right; nil when she can
	Approved      bool  // the language is published
}

// Event is a line of history with the handle of who did it; "" when she has left.
type Event struct {
	HistoryRow
	By string
}

// Segment shows one segment, counted from one.
func (s *Service) Segment(ctx context.Context, who member.Actor, doc store.ID, lang string, n int) (d Detail, err error) {
	if !works(who) {
		return d, missing()
	}
	if d.Doc, err = documentIn(ctx, s.store.DB, doc); err != nil {
		return d, err
	}
	l, err := languageIn(ctx, s.store.DB, doc, lang)
	if err != nil {
		return d, err
	}
	lines, err := s.lines(ctx, doc, lang)
	if err != nil {
		return d, err
	}
	if n < 1 || n > len(lines) {
		return d, missing()
	}
	d.Line, d.Total, d.Approved = lines[n-1], len(lines), l.State == Approved
	if n > 1 {
		d.Before = &lines[n-2]
	}
	if n < len(lines) {
		d.After = &lines[n]
	}
	return d, s.help(ctx, who, l, &d)
}

// Find is the number of a segment in its document, or NotFound when it is not there any more.
func (s *Service) Find(ctx context.Context, who member.Actor, doc, segment store.ID) (n int, err error) {
	if !works(who) {
		return 0, missing()
	}
	rows, err := gorm.G[SegmentRow](s.store.DB).Where("id = ? AND document_id = ?", segment, doc).Limit(1).Find(ctx)
	if err != nil {
		return 0, store.Translate(err)
	}
	if len(rows) == 0 {
		return 0, missing()
	}
	return rows[0].Place + 1, nil
}

// help reads what stands beside a segment.
func (s *Service) help(ctx context.Context, who member.Actor, l LanguageRow, d *Detail) (err error) {
	if d.Matches, err = recall(ctx, s.store.DB, d.Doc.Lang, l.Lang, d.Line.Source); err != nil {
		return err
	}
	terms, err := termsFor(ctx, s.store.DB, d.Doc.Lang, l.Lang)
	if err != nil {
		return err
	}
	d.Terms = found(terms, d.Doc.Lang, d.Line.Source)
	o := opened{doc: d.Doc, lan: l, seg: d.Line.SegmentRow, tgt: d.Line.Target}
	if o.tgt.State != Empty {
		d.Findings = Check(o.pair(), terms)
	}
	if d.WhyNot = mayReview(ctx, s.store.DB, who, o, terms); d.WhyNot != nil && fault.Is(d.WhyNot, fault.Internal) {
		return d.WhyNot
	}
	rows, err := gorm.G[HistoryRow](s.store.DB).Where("segment_id = ? AND lang = ?", d.Line.ID, l.Lang).Order("version DESC").Limit(20).Find(ctx)
	if err != nil {
		return store.Translate(err)
	}
	var ids []store.ID
	for _, h := range rows {
		if !h.ByID.IsZero() {
			ids = append(ids, h.ByID)
		}
	}
	names, err := member.ShownHandles(ctx, s.store.DB, who, ids)
	for _, h := range rows {
		d.History = append(d.History, Event{h, names[h.ByID]})
	}
	return err
}
