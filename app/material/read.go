package material

import (
	"context"
	"slices"
	"strings"

	"gorm.io/gorm"

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
	return r.Title, r.Lang
}

// Filter narrows the library; "" is everything.
type Filter struct {
	Lang string
	Kind Kind
}

// Library lists what everybody may read.
func (s *Service) Library(ctx context.Context, f Filter) ([]Readable, error) {
	q := gorm.G[Material](s.store.DB).Where("published_version > 0 AND state <> ?", Archived)
	if f.Kind != "" {
		q = q.Where("kind = ?", f.Kind)
	}
	rows, err := q.Order("title, id").Limit(mostAtOnce).Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	others, err := s.languagesOf(ctx, rows)
	if err != nil {
		return nil, err
	}
	var list []Readable
	for _, m := range rows {
		one := Readable{Material: m, Languages: []string{m.Lang}, Titles: map[string]string{}, Review: m.ReviewDue(s.store.Today())}
		for _, l := range others[m.ID] {
			if l.Lang != m.Lang {
				one.Languages, one.Titles[l.Lang] = append(one.Languages, l.Lang), l.Title
			}
		}
		if f.Lang == "" || slices.Contains(one.Languages, f.Lang) {
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
}

// Read returns what is published. Wish is a language that she chose for this text, "" for
// none; page is the language of the page, which counts where she chose none.
func (s *Service) Read(ctx context.Context, id store.ID, wish, page string) (Reading, error) {
	m, err := find(ctx, s.store.DB, id)
	if err != nil {
		return Reading{}, err
	}
	if !m.Public() {
		return Reading{}, missing()
	}
	r := Reading{Material: m, Review: m.ReviewDue(s.store.Today())}
	if r.Version, err = versionOf(ctx, s.store.DB, id, m.PublishedVersion); err != nil {
		return r, err
	}
	if err := s.choose(ctx, &r, wish, page); err != nil {
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

// choose settles in which language the text is shown.
func (s *Service) choose(ctx context.Context, r *Reading, wish, page string) error {
	own := Language{Lang: r.Lang}
	r.Languages, r.Shown, r.Title, r.Body = []Language{own}, own, r.Version.Title, r.Version.Body
	others, err := s.languagesOf(ctx, []Material{r.Material})
	if err != nil {
		return err
	}
	for _, l := range others[r.ID] {
		if l.Lang != r.Lang {
			r.Languages = append(r.Languages, l)
		}
	}
	if wish == "" {
		wish = page
	}
	at := slices.IndexFunc(r.Languages, func(l Language) bool { return l.Lang == wish })
	if at < 0 {
		r.Instead = true
		return nil
	}
	if at == 0 {
		return nil
	}
	text, err := s.texts.Text(ctx, r.ID, wish)
	if err != nil {
		return err
	}
	r.Shown = r.Languages[at]
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
	d := Door{Material: m, Public: m.Public()}
	if d.Group, err = inGroup(ctx, s.store.DB, who, id); err != nil {
		return d, err
	}
	if who.SignedIn() {
		d.Idea, d.Consultation, d.Suggest = m.State == Idea, m.State == Consulting, m.open(d.Group) > 0
	}
	if !d.Public && !d.Idea && !d.Consultation && !d.Group {
		return Door{}, missing()
	}
	return d, nil
}
