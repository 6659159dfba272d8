package material

import (
	"context"
	"slices"
	"strings"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// Readable is a published material in the library.
type Readable struct {
	Material
	Languages []string          // its own first
	Titles    map[string]string // in the other languages
	Review    bool              // its review day lies behind
}

// Named is what it is called for a reader of a language, and in which language that is.
func (r Readable) Named(reader string) (title, lang string) {
	if title := r.Titles[reader]; title != "" {
		return title, reader
	}
	if r.Title == "" && len(r.Languages) > 0 {
		return r.Titles[r.Languages[0]], r.Languages[0]
	}
	return r.Title, r.Lang
}

// Filter narrows the library; "" is everything. After is the last text of the page before.
type Filter struct {
	Lang  string
	Kind  Kind
	After store.ID
}

// perShelf is how many texts a page of the library has, and mostShelves how many lots are
// looked through for one page where a language leaves few.
const (
	perShelf    = 100
	mostShelves = 20
)

// Library lists what everybody may read, a page at a time; next is where the next page
// begins, zero for none.
func (s *Service) Library(ctx context.Context, f Filter) (list []Readable, next store.ID, err error) {
	next = f.After
	for range mostShelves {
		q := gorm.G[Material](s.store.DB).Where("published_version > 0 AND state <> ?", Archived).Order("title, id")
		if f.Kind != "" {
			q = q.Where("kind = ?", f.Kind)
		}
		var rows []Material
		if rows, next, err = keyset(ctx, q, next, perShelf); err != nil {
			return nil, next, err
		}
		lot, err := s.readable(ctx, rows, f.Lang)
		if err != nil {
			return nil, next, err
		}
		if list = append(list, lot...); next.IsZero() || len(list) >= perShelf {
			break
		}
	}
	return list, next, nil
}

// readable are those of some materials that may be read in a language, "" for any.
func (s *Service) readable(ctx context.Context, rows []Material, lang string) ([]Readable, error) {
	others, err := s.languagesOf(ctx, rows)
	if err != nil {
		return nil, err
	}
	may, err := s.living(ctx, s.store.DB, OnPage, rows...)
	if err != nil {
		return nil, err
	}
	var list []Readable
	for _, m := range rows {
		one := Readable{Material: m, Titles: map[string]string{}, Review: m.ReviewDue(s.store.Today())}
		if may.ok(m, m.Lang) {
			one.Languages = []string{m.Lang}
		} else {
			one.Title = "" // her title is in the language that she did not allow
		}
		for _, l := range others[m.ID] {
			if l.Lang != m.Lang && may.ok(m, l.Lang) {
				one.Languages, one.Titles[l.Lang] = append(one.Languages, l.Lang), l.Title
			}
		}
		if len(one.Languages) > 0 && (lang == "" || slices.Contains(one.Languages, lang)) {
			list = append(list, one)
		}
	}
	return list, nil
}

// languagesOf asks for the other languages of many materials: in one question where the
// keeper of translations answers one.
func (s *Service) languagesOf(ctx context.Context, rows []Material) (map[store.ID][]Language, error) {
	found := map[store.ID][]Language{}
	if s.texts == nil || len(rows) == 0 {
		return found, nil
	}
	if shelf, ok := s.texts.(Shelf); ok {
		ids := make([]store.ID, len(rows))
		for i, m := range rows {
			ids[i] = m.ID
		}
		return shelf.LanguagesOf(ctx, ids)
	}
	for _, m := range rows {
		languages, err := s.texts.Languages(ctx, m.ID)
		if err != nil {
			return nil, err
		}
		found[m.ID] = languages
	}
	return found, nil
}

// Reading is a published text in one language, with what a reader wants to know about it.
type Reading struct {
	Material
	Version    Version  // as published, in its own language
	Shown      Language // the language of Title and Body
	Title      string
	Body       string     // Markdown
	Instead    bool       // the language she asked for, or reads, is not there
	Languages  []Language // all in which it may be read, its own first
	DecidedDay string     // of the vote that accepted it, "" for none
	Credits    []string
	Review     bool
	OnPaper    bool // it may be printed in this language
	Printed    int  // copies so far
	Because    Because
	Spoken     *Spoken // somebody reads it aloud; nil for nobody
}

// Read returns what is published. Wish is a language that she chose for this text, "" for
// none; page is the language of the page, which counts where she chose none.
func (s *Service) Read(ctx context.Context, id store.ID, wish, page string) (Reading, error) {
	return s.ReadFor(ctx, id, OnPage, [2]string{wish, page})
}

// ReadFor is Read for one use: of a story it gives only the languages in which she allowed
// that use, and where there is none the text does not exist. Langs are wish and page.
func (s *Service) ReadFor(ctx context.Context, id store.ID, use Use, langs [2]string) (Reading, error) {
	m, err := find(ctx, s.store.DB, id)
	if err != nil {
		return Reading{}, err
	}
	if !m.Public() {
		return Reading{}, fault.Missing()
	}
	r := Reading{Material: m, Review: m.ReviewDue(s.store.Today())}
	if r.Version, err = versionOf(ctx, s.store.DB, id, m.PublishedVersion); err != nil {
		return r, err
	}
	if err := s.choose(ctx, &r, use, langs); err != nil {
		return r, err
	}
	if err := s.readFacts(ctx, &r); err != nil {
		return r, err
	}
	people, err := peopleOf(ctx, s.store.DB, id)
	if err != nil {
		return r, err
	}
	if r.Credits, err = s.credits(ctx, people); err != nil {
		return r, err
	}
	votes, err := gorm.G[Decision](s.store.DB).Where("material_id = ? AND version = ? AND state = ?", id, m.PublishedVersion, Passed).
		Order("number DESC").Limit(1).Find(ctx)
	if err == nil && len(votes) == 1 && votes[0].ClosedDay != nil {
		r.DecidedDay = *votes[0].ClosedDay
	}
	return r, store.Translate(err)
}

// readFacts adds what a reader may want to know about a text.
func (s *Service) readFacts(ctx context.Context, r *Reading) error {
	paper, err := s.living(ctx, s.store.DB, OnPaper, r.Material)
	if err != nil {
		return err
	}
	r.OnPaper = paper.ok(r.Material, r.Shown.Lang)
	if r.Printed, err = printed(ctx, s.store.DB, r.ID); err != nil {
		return err
	}
	if r.Because, err = because(ctx, s.store.DB, r.Material); err != nil {
		return err
	}
	r.Spoken, err = s.spoken(ctx, r)
	return err
}

// choose settles in which language the text is shown.
func (s *Service) choose(ctx context.Context, r *Reading, use Use, langs [2]string) error {
	may, err := s.living(ctx, s.store.DB, use, r.Material)
	if err != nil {
		return err
	}
	others, err := s.languagesOf(ctx, []Material{r.Material})
	if err != nil {
		return err
	}
	if may.ok(r.Material, r.Lang) {
		r.Languages = []Language{{Lang: r.Lang}}
	}
	for _, l := range others[r.ID] {
		if l.Lang != r.Lang && may.ok(r.Material, l.Lang) {
			r.Languages = append(r.Languages, l)
		}
	}
	if len(r.Languages) == 0 {
		return fault.Missing()
	}
	wish := langs[0]
	if wish == "" {
		wish = langs[1]
	}
	at := slices.IndexFunc(r.Languages, func(l Language) bool { return l.Lang == wish })
	if at < 0 {
		at, r.Instead = 0, true
	}
	if r.Shown = r.Languages[at]; r.Shown.Lang == r.Lang {
		r.Title, r.Body = r.Version.Title, r.Version.Body
		return nil
	}
	text, err := s.texts.Text(ctx, r.ID, r.Shown.Lang)
	if err != nil {
		return err
	}
	r.Title, r.Body = split(text, r.Version.Title)
	return nil
}

// split takes the title off a text whose first line is "# title".
func split(text, title string) (string, string) {
	text = tidyText(text)
	first, rest, _ := strings.Cut(text, "\n")
	if head, ok := strings.CutPrefix(first, "# "); ok {
		return strings.TrimSpace(head), strings.TrimSpace(rest)
	}
	return title, text
}

// Door says which faces of a material she may see.
type Door struct {
	Material
	Public       bool // everybody reads it
	Idea         bool
	Consultation bool // she may read and answer what is being asked
	Suggest      bool // she may suggest a change
	Group        bool // she is of its group
}

// Door finds out what she may see of a material. Where that is nothing, it does not exist.
func (s *Service) Door(ctx context.Context, who member.Actor, id store.ID) (Door, error) {
	m, err := find(ctx, s.store.DB, id)
	if err != nil {
		return Door{}, err
	}
	d := Door{Material: m}
	if d.Public, err = s.shown(ctx, s.store.DB, m); err != nil {
		return d, err
	}
	if d.Group, err = inGroup(ctx, s.store.DB, who, id); err != nil {
		return d, err
	}
	if who.SignedIn() {
		number, err := s.openTo(ctx, s.store.DB, m, d.Group)
		if err != nil {
			return d, err
		}
		d.Idea, d.Consultation, d.Suggest = m.State == Idea, m.State == Consulting && number > 0, number > 0
	}
	if !d.Public && !d.Idea && !d.Consultation && !d.Group {
		return Door{}, fault.Missing()
	}
	return d, nil
}
