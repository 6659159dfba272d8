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
	Second   int // those that one person has read and another still has to
	Critical bool
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
		return nil, false, fault.Missing()
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
		Reviews    int
		N          int
	}
	err = s.store.DB.WithContext(ctx).Raw("SELECT document_id, lang, state, reviews, COUNT(*) AS n FROM translate_targets GROUP BY document_id, lang, state, reviews").Scan(&counted).Error
	if err != nil {
		return nil, false, store.Translate(err)
	}
	for _, d := range docs {
		line := DocumentLine{DocumentRow: d}
		for _, l := range langs {
			if l.DocumentID != d.ID {
				continue
			}
			st := Standing{Lang: l.Lang, State: l.State, Critical: d.Critical}
			for _, c := range counted {
				if c.DocumentID == d.ID && c.Lang == l.Lang {
					st.add(c.State, c.Reviews, c.N)
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

func (st *Standing) add(state string, reviews, n int) {
	st.Total += n
	if st.Critical && reviews == 1 {
		st.Second += n
	}
	switch state {
	case Reviewed:
		if st.Critical && reviews == 1 { // read by one person before it was known that it may harm
			st.Written += n
			return
		}
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
	NotTaken   int // drafts of the machine that did not pass a check
	Readings   []ReadingRow
}

// Sheet shows a page of a language, counted from one.
func (s *Service) Sheet(ctx context.Context, who member.Actor, doc store.ID, lang string, page int) (sheet Sheet, err error) {
	if !works(who) {
		return sheet, fault.Missing()
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
	sheet.Standing = Standing{Lang: lang, State: sheet.Language.State, Critical: sheet.Doc.Critical}
	for _, l := range lines {
		sheet.Standing.add(l.Target.State, l.Target.Reviews, 1)
		if l.Target.Trouble != "" {
			sheet.NotTaken++
		}
	}
	if sheet.Readings, err = s.readings(ctx, doc, lang); err != nil {
		return sheet, err
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
	return together(segments, targets), nil
}

// together lays the words of a language beside the segments.
func together(segments []SegmentRow, targets []TargetRow) []Line {
	byID := map[store.ID]TargetRow{}
	for _, t := range targets {
		byID[t.SegmentID] = t
	}
	lines := make([]Line, len(segments))
	for i, seg := range segments {
		lines[i] = Line{i + 1, seg, byID[seg.ID]}
	}
	return lines
}

// Detail is one segment with all that helps to translate it.
type Detail struct {
	Doc           DocumentRow
	Line          Line
	Total         int
	Before, After *Line
	Matches       []Match
	Terms         []TermRow
	Own           []GroupWord // what the group of the text decided on in this language
	Findings      []Finding
	History       []Event
	WhyNot        error // why she cannot say that it is right; nil when she can
	Denial        bool  // she can, if she also says that the denial is there in other words
	Approved      bool  // the language is published
	From          *Event
	Back          *BackRow
	MayAskBack    bool
}

// Event is a line of history with the handle of who did it; "" when she has left.
type Event struct {
	HistoryRow
	By string
}

// Segment shows one segment, counted from one.
func (s *Service) Segment(ctx context.Context, who member.Actor, doc store.ID, lang string, n int) (d Detail, err error) {
	if !works(who) {
		return d, fault.Missing()
	}
	if d.Doc, err = documentIn(ctx, s.store.DB, doc); err != nil {
		return d, err
	}
	l, err := languageIn(ctx, s.store.DB, doc, lang)
	if err != nil {
		return d, err
	}
	total, err := gorm.G[SegmentRow](s.store.DB).Where("document_id = ?", doc).Count(ctx, "id")
	if err != nil {
		return d, store.Translate(err)
	}
	if n < 1 || n > int(total) {
		return d, fault.Missing()
	}
	d.Total, d.Approved = int(total), l.State == Approved
	if err := s.around(ctx, lang, n, &d); err != nil {
		return d, err
	}
	return d, s.help(ctx, who, l, &d)
}

// around reads a segment, and the one before and after it.
func (s *Service) around(ctx context.Context, lang string, n int, d *Detail) error {
	rows, err := gorm.G[SegmentRow](s.store.DB).Where("document_id = ? AND place BETWEEN ? AND ?", d.Doc.ID, n-2, n).Order("place").Find(ctx)
	if err != nil {
		return store.Translate(err)
	}
	ids := make([]store.ID, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	targets, err := gorm.G[TargetRow](s.store.DB).Where("segment_id IN ? AND lang = ?", ids, lang).Find(ctx)
	if err != nil {
		return store.Translate(err)
	}
	for i, line := range together(rows, targets) {
		switch line.N = rows[i].Place + 1; line.N {
		case n - 1:
			d.Before = &line
		case n:
			d.Line = line
		case n + 1:
			d.After = &line
		}
	}
	return nil
}

// Find is the number of a segment in its document, or NotFound when it is not there any more.
func (s *Service) Find(ctx context.Context, who member.Actor, doc, segment store.ID) (n int, err error) {
	if !works(who) {
		return 0, fault.Missing()
	}
	rows, err := gorm.G[SegmentRow](s.store.DB).Where("id = ? AND document_id = ?", segment, doc).Limit(1).Find(ctx)
	if err != nil {
		return 0, store.Translate(err)
	}
	if len(rows) == 0 {
		return 0, fault.Missing()
	}
	return rows[0].Place + 1, nil
}

// help reads what stands beside a segment.
func (s *Service) help(ctx context.Context, who member.Actor, l LanguageRow, d *Detail) (err error) {
	if d.Matches, err = recall(ctx, s.store.DB, d.Doc.Lang, l.Lang, d.Line.Source); err != nil {
		return err
	}
	words, err := s.lexiconFor(ctx, s.store.DB, d.Doc, l.Lang)
	if err != nil {
		return err
	}
	d.Terms, d.Own = found(words.terms, d.Doc.Lang, d.Line.Source), words.own
	o := opened{doc: d.Doc, lan: l, seg: d.Line.SegmentRow, tgt: d.Line.Target}
	if o.tgt.State != Empty {
		d.Findings = words.check(o.pair())
	}
	if d.WhyNot = mayReview(ctx, s.store.DB, who, o, words, true); d.WhyNot != nil && fault.Is(d.WhyNot, fault.Internal) {
		return d.WhyNot
	}
	d.Denial = slices.ContainsFunc(d.Findings, func(f Finding) bool { return f.Key == DenialLost })
	if d.MayAskBack, err = s.mayAskBack(ctx, s.store.DB, who, o); err != nil {
		return err
	}
	if s.back() != nil {
		if d.Back, err = s.backOf(ctx, o.tgt); err != nil {
			return err
		}
	}
	return s.tell(ctx, who, d)
}

// tell adds what happened to a segment, and where its words come from.
func (s *Service) tell(ctx context.Context, who member.Actor, d *Detail) error {
	rows, err := gorm.G[HistoryRow](s.store.DB).Where("segment_id = ? AND lang = ?", d.Line.ID, d.Line.Target.Lang).Order("version DESC").Limit(20).Find(ctx)
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
	d.History = make([]Event, 0, len(rows)) // From points into it
	for _, h := range rows {
		d.History = append(d.History, Event{h, names[h.ByID]})
		if d.From == nil && h.Act != Reviewed && h.Words != "" && h.Words == d.Line.Target.Words {
			d.From = &d.History[len(d.History)-1]
		}
	}
	return err
}
