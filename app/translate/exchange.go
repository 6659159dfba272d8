package translate

import (
	"context"
	"io"
	"slices"
	"strconv"
	"strings"

	"gorm.io/gorm"

	"portico/app/exchange"
	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// Formats are in which forms a language of a document goes out and comes back, with the
// endings of their files.
var Formats = exchange.Endings

// Export writes a language of a document for a translator's own tool. Each segment carries
// its number and version, by which it is known when it comes back.
func (s *Service) Export(ctx context.Context, who member.Actor, doc store.ID, lang, format string, w io.Writer) error {
	if _, ok := Formats[format]; !ok || !works(who) {
		return fault.Missing()
	}
	b, err := s.bookIn(ctx, s.store.DB, doc, lang)
	if err != nil {
		return err
	}
	return fault.Wrap(exchange.Write(w, format, b.file()), "write a file for translators")
}

// book is a language of a document with all its segments.
type book struct {
	doc     DocumentRow
	lan     LanguageRow
	lines   []SegmentRow
	targets map[store.ID]TargetRow
	words   lexicon
}

func (s *Service) bookIn(ctx context.Context, db *gorm.DB, doc store.ID, lang string) (b book, err error) {
	if b.doc, err = documentIn(ctx, db, doc); err != nil {
		return b, err
	}
	if b.lan, err = languageIn(ctx, db, doc, lang); err != nil {
		return b, err
	}
	if b.lines, err = gorm.G[SegmentRow](db).Where("document_id = ?", doc).Order("place").Find(ctx); err != nil {
		return b, store.Translate(err)
	}
	targets, err := gorm.G[TargetRow](db).Where("document_id = ? AND lang = ?", doc, lang).Find(ctx)
	if err != nil {
		return b, store.Translate(err)
	}
	b.targets = map[store.ID]TargetRow{}
	for _, t := range targets {
		b.targets[t.SegmentID] = t
	}
	b.words, err = s.lexiconFor(ctx, db, b.doc, lang)
	return b, err
}

// file is what goes out. What is older than its source, or a machine's alone, is not said to
// be translated.
func (b book) file() exchange.File {
	f := exchange.File{Name: b.doc.ID.String(), SourceLang: b.doc.Lang, TargetLang: b.lan.Lang}
	for _, seg := range b.lines {
		t := b.targets[seg.ID]
		u := exchange.Unit{ID: seg.ID.String(), Source: exchange.Clean(seg.Source), Target: exchange.Clean(t.Words), Version: versionMark(t.Version), State: exchange.Initial}
		switch {
		case t.State == Edited:
			u.State = exchange.Translated
		case t.State == Reviewed && b.lan.State == Approved:
			u.State = exchange.Final
		case t.State == Reviewed:
			u.State = exchange.Reviewed
		}
		f.Units = append(f.Units, u)
	}
	return f
}

func versionMark(version int) string { return "v" + strconv.Itoa(version) }

// What becomes of a text that a file brings.
const (
	Brought  = "new"      // nothing stood here
	Replaced = "changed"  // it takes the place of the words that she took out
	Equal    = "same"     // the same words, or none
	Clash    = "conflict" // somebody has written here since; nothing is written over
	Outdated = "outdated" // the source says something else now
	Guess    = "guess"    // a tool marked it as a guess
	TooLong  = "long"     // longer than a segment may be
	Unknown  = "unknown"  // the document has no such segment
)

// Outcomes are all of them, those first that somebody has to look at.
var Outcomes = []string{Clash, Outdated, Guess, TooLong, Unknown, Brought, Replaced, Equal}

// Outcome is one text of a file.
type Outcome struct {
	What     string
	Line     int // in the file
	N        int // of the segment, counted from one; 0 when there is none
	Source   string
	Ours     string // what stands here now
	Theirs   string // what the file says
	Findings []Finding
	segment  store.ID
	unit     exchange.Unit
}

// Taken reports whether the words of the file are written.
func (o Outcome) Taken() bool { return o.What == Brought || o.What == Replaced }

// Brings is what a file would do, or did, to a language of a document.
type Brings struct {
	Doc    DocumentRow
	Lang   string
	Rows   []Outcome
	Left   int    // segments that the file does not name; they stay as they are
	Others int    // sentences of a memory that belong to other texts
	Again  string // the texts that are written, as a file that can be brought again
}

// Count is how many texts had an outcome.
func (b Brings) Count(what string) int {
	n := 0
	for _, o := range b.Rows {
		if o.What == what {
			n++
		}
	}
	return n
}

// Taken is how many texts are written.
func (b Brings) Taken() int { return b.Count(Brought) + b.Count(Replaced) }

// TryImport says what a file would do, and writes nothing.
func (s *Service) TryImport(ctx context.Context, who member.Actor, doc store.ID, lang string, r io.Reader) (Brings, error) {
	if !works(who) {
		return Brings{}, fault.Missing()
	}
	b, err := s.bookIn(ctx, s.store.DB, doc, lang)
	if err != nil {
		return Brings{}, err
	}
	f, err := fileFor(b, r)
	if err != nil {
		return Brings{}, err
	}
	return b.plan(f)
}

// Import writes what a file brings: as edited by her, from a file, to be reviewed by somebody
// else like all words. What somebody else has written since stays.
func (s *Service) Import(ctx context.Context, who member.Actor, doc store.ID, lang string, r io.Reader) (done Brings, err error) {
	if !works(who) {
		return done, fault.Missing()
	}
	before, err := s.bookIn(ctx, s.store.DB, doc, lang)
	if err != nil {
		return done, err
	}
	f, err := fileFor(before, r) // read before anything is held: a file may be long
	if err != nil {
		return done, err
	}
	return done, s.store.Tx(ctx, func(tx *gorm.DB) error {
		lan, err := hold(ctx, tx, doc, lang)
		if err != nil {
			return err
		}
		b, err := s.bookIn(ctx, tx, doc, lang)
		if err != nil {
			return err
		}
		if done, err = b.plan(f); err != nil {
			return err
		}
		for _, row := range done.Rows {
			if !row.Taken() {
				continue
			}
			o := opened{doc: b.doc, lan: lan, seg: b.lines[row.N-1], tgt: b.targets[row.segment]}
			if err := s.edit(ctx, tx, who, o, row.Theirs, FromFile); err != nil {
				return err
			}
		}
		return nil
	})
}

// fileFor reads a file and sees that it is meant for this language of this document.
func fileFor(b book, r io.Reader) (exchange.File, error) {
	f, err := exchange.Read(r)
	if err != nil {
		return f, fileFault(err)
	}
	if id, ok := store.ParseID(f.Name); ok && id != b.doc.ID {
		return f, fault.Mend(fault.Field{Name: "file", Key: "translate.exchange.other"})
	}
	if f.TargetLang != "" && !sameLanguage(f.TargetLang, b.lan.Lang) {
		return f, fault.Mend(fault.Field{Name: "file", Key: "translate.exchange.lang", Args: []any{"Lang", short(f.TargetLang)}})
	}
	return f, nil
}

func sameLanguage(a, b string) bool {
	base := func(tag string) string {
		first, _, _ := strings.Cut(strings.ToLower(strings.ReplaceAll(tag, "_", "-")), "-")
		return first
	}
	return base(a) == base(b)
}

// plan says what becomes of each text of a file.
func (b book) plan(f exchange.File) (Brings, error) {
	out := Brings{Doc: b.doc, Lang: b.lan.Lang}
	p := planner{book: b, byID: map[string]int{}, bySource: map[string][]int{}, named: map[int]bool{}}
	for i, seg := range b.lines {
		p.byID[seg.ID.String()] = i
		p.bySource[spaced(seg.Source)] = append(p.bySource[spaced(seg.Source)], i)
	}
	var loose []exchange.Unit
	for _, u := range f.Units {
		if i, ok := p.byID[u.ID]; ok && !p.named[i] {
			p.named[i] = true
			out.Rows = append(out.Rows, p.outcome(i, u))
		} else {
			loose = append(loose, u)
		}
	}
	// What has no number of ours is found by its source, as a memory of other texts is.
	for _, u := range loose {
		found := false
		for _, i := range p.bySource[spaced(u.Source)] {
			if !p.named[i] {
				p.named[i], found = true, true
				out.Rows = append(out.Rows, p.outcome(i, u))
			}
		}
		switch {
		case found:
		case u.ID == "" || len(p.bySource[spaced(u.Source)]) > 0:
			out.Others++
		default:
			out.Rows = append(out.Rows, Outcome{What: Unknown, Line: u.Line, Source: u.Source, Theirs: u.Target, unit: u})
		}
	}
	out.Left = len(b.lines) - len(p.named)
	slices.SortStableFunc(out.Rows, func(x, y Outcome) int { return rank(x.What) - rank(y.What) })
	return out, out.again(f)
}

func rank(what string) int { return slices.Index(Outcomes, what) }

// spaced is a text as tools bring it back: they fold white space without being asked, and no
// file holds control characters.
func spaced(text string) string { return strings.Join(strings.Fields(exchange.Clean(text)), " ") }

type planner struct {
	book
	byID     map[string]int
	bySource map[string][]int
	named    map[int]bool
}

func (p planner) outcome(i int, u exchange.Unit) Outcome {
	seg := p.lines[i]
	t := p.targets[seg.ID]
	theirs := strings.TrimSpace(strings.ReplaceAll(u.Target, "\r\n", "\n"))
	o := Outcome{Line: u.Line, N: i + 1, Source: seg.Source, Ours: t.Words, Theirs: theirs, segment: seg.ID, unit: u}
	switch {
	case theirs == "" || theirs == strings.TrimSpace(exchange.Clean(t.Words)):
		o.What = Equal
		return o
	case spaced(u.Source) != spaced(seg.Source):
		o.What = Outdated
		return o
	case u.Unsure:
		o.What = Guess
		return o
	case len([]rune(theirs)) > LongestWords:
		o.What = TooLong
		return o
	case t.Words == "":
		o.What = Brought
	case u.Version != versionMark(t.Version) && (u.Version != "" || t.State != Machine):
		o.What = Clash
		return o
	default:
		o.What = Replaced
	}
	t.Words = theirs
	o.Findings = p.words.check(opened{doc: p.doc, lan: p.lan, seg: seg, tgt: t}.pair())
	return o
}

// again keeps the texts that are written as a file, so that a form can bring them again
// without her choosing the file a second time, and nothing has to be stored meanwhile.
func (b *Brings) again(f exchange.File) error {
	f.Name, f.TargetLang, f.Units = b.Doc.ID.String(), b.Lang, nil
	f.SourceLang = b.Doc.Lang
	for _, o := range b.Rows {
		if o.Taken() {
			u := o.unit
			u.ID, u.Target, u.Source, u.One, u.Targets, u.Note = o.segment.String(), o.Theirs, exchange.Clean(o.Source), "", nil, ""
			f.Units = append(f.Units, u)
		}
	}
	var text strings.Builder
	err := exchange.Write(&text, exchange.XLIFF, f)
	b.Again = text.String()
	return fault.Wrap(err, "write what a file brings")
}
