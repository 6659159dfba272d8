package translate

import (
	"context"
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
	"portico/content"
)

// TermRow is a word of the field with the words that are right and wrong for it in another
// language.
type TermRow struct {
	ID        store.ID `gorm:"primaryKey"`
	FromLang  string   // language of Term
	Lang      string   // language of the rest
	Term      string
	Preferred string // "" where Kind only refuses
	Refused   string // words with commas between, or ""
	Domain    string
	Note      string
	Review    bool // no mediator has looked at it yet
	Version   int
	Kind      string // Prefer, Keep or Refuse
}

// The kinds of terms: what a term asks for.
const (
	Prefer = "preferred" // the words to use
	Keep   = "keep"      // names, brands and acronyms stay as they are, byte for byte
	Refuse = "refused"   // only what must not be said
)

// Kinds are all of them, in the order of forms.
var Kinds = []string{Prefer, Keep, Refuse}

// TableName names the table.
func (TermRow) TableName() string { return "translate_terms" }

// RefusedWords are the words that must not be used.
func (t TermRow) RefusedWords() []string {
	var words []string
	for _, w := range strings.FieldsFunc(t.Refused, func(r rune) bool { return r == ',' || r == '،' || r == ';' }) {
		if w = strings.TrimSpace(w); w != "" {
			words = append(words, w)
		}
	}
	return words
}

const (
	longestTerm = 120
	longestNote = 400
	mostTerms   = 3000
)

// LoadTerms puts the shipped terms into an empty glossary; what people keep there is never
// written over.
func (s *Service) LoadTerms(ctx context.Context, terms []content.GlossaryTerm) error {
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		n, err := gorm.G[TermRow](tx).Count(ctx, "id")
		if err != nil || n > 0 {
			return err
		}
		for _, t := range terms {
			row := TermRow{ID: store.NewID(), FromLang: "en", Lang: t.Lang, Term: t.Term, Preferred: t.Preferred,
				Refused: strings.Join(t.Refused, ", "), Domain: t.Domain, Note: t.Note, Review: true, Kind: t.Kind}
			row.settleKind()
			if err := gorm.G[TermRow](tx).Create(ctx, &row); err != nil {
				return err
			}
		}
		return nil
	})
}

// termsFor are the terms for a pair of languages, the longest first, so that "sex worker"
// is found before "sex work".
func termsFor(ctx context.Context, db *gorm.DB, from, to string) ([]TermRow, error) {
	rows, err := gorm.G[TermRow](db).Where("from_lang = ? AND lang = ?", from, to).Order("term, id").Limit(mostTerms).Find(ctx)
	slices.SortStableFunc(rows, func(a, b TermRow) int { return len(b.Term) - len(a.Term) })
	return rows, store.Translate(err)
}

// found are the terms that stand in a source.
func found(terms []TermRow, from, source string) []TermRow {
	var list []TermRow
	for _, t := range terms {
		if t.standsIn(from, source) {
			list = append(list, t)
		}
	}
	return list
}

// standsIn reports whether a source holds the term. A name stands there in its own letters
// or not at all.
func (t TermRow) standsIn(from, source string) bool {
	if t.Kind == Keep {
		return nameAt(source, t.Term) >= 0
	}
	return holds(from, source, t.Term)
}

// version stands for the words as they are: with others a machine would give another answer.
func (l lexicon) version() string {
	h := sha256.New()
	for _, t := range l.terms {
		fmt.Fprintf(h, "%q %q %q %q\n", t.Term, t.Preferred, t.Refused, t.Kind)
	}
	for _, g := range l.own {
		fmt.Fprintf(h, "%q %q\n", g.Preferred, g.Refused)
	}
	return fmt.Sprintf("%x", h.Sum(nil)[:8])
}

// Terms lists the glossary of a language.
func (s *Service) Terms(ctx context.Context, who member.Actor, lang string) ([]TermRow, error) {
	if !works(who) {
		return nil, fault.Missing()
	}
	rows, err := gorm.G[TermRow](s.store.DB).Where("lang = ?", lang).Order("term, id").Limit(mostTerms).Find(ctx)
	return rows, store.Translate(err)
}

// Term reads one term.
func (s *Service) Term(ctx context.Context, who member.Actor, id store.ID) (TermRow, error) {
	if !works(who) {
		return TermRow{}, fault.Missing()
	}
	rows, err := gorm.G[TermRow](s.store.DB).Where("id = ?", id).Limit(1).Find(ctx)
	if err != nil {
		return TermRow{}, store.Translate(err)
	}
	if len(rows) == 0 {
		return TermRow{}, fault.Missing()
	}
	return rows[0], nil
}

// MayTendTerms reports whether somebody may change the glossary.
func (s *Service) MayTendTerms(who member.Actor) bool { return tendsTerms(who) }

// KeepTerm writes a term: a new one without a number, or over the version that she read.
// What a person keeps is not for review any more.
func (s *Service) KeepTerm(ctx context.Context, who member.Actor, t TermRow) error {
	if !tendsTerms(who) {
		return fault.Missing()
	}
	for _, text := range []*string{&t.Term, &t.Preferred, &t.Refused, &t.Domain, &t.Note} {
		*text = strings.Join(strings.Fields(*text), " ")
	}
	t.settleKind()
	if err := t.check(); err != nil {
		return err
	}
	t.Review = false
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		if t.ID.IsZero() {
			t.ID, t.Version = store.NewID(), 0
			return gorm.G[TermRow](tx).Create(ctx, &t)
		}
		read := t.Version
		t.Version++
		n, err := gorm.G[TermRow](tx).Where("id = ? AND version = ?", t.ID, read).Select("*").Updates(ctx, t)
		if err != nil || n > 0 {
			return err
		}
		there, err := gorm.G[TermRow](tx).Where("id = ?", t.ID).Count(ctx, "id")
		if err != nil {
			return err
		}
		if there == 0 {
			return fault.Missing()
		}
		return fault.New(fault.Conflict, "translate.term.changed")
	})
}

// settleKind says of what is not said that it prefers, and of a name that it is its own
// translation.
func (t *TermRow) settleKind() {
	if t.Kind == "" {
		t.Kind = Prefer
	}
	if t.Kind == Keep && t.Preferred == "" {
		t.Preferred = t.Term
	}
}

func (t TermRow) check() error {
	mend := t.checkKind()
	if t.Term == "" {
		mend = append(mend, fault.Field{Name: "term", Key: "translate.term.missing"})
	}
	for name, tag := range map[string]string{"from": t.FromLang, "lang": t.Lang} {
		if !slices.Contains(Targets(), tag) {
			mend = append(mend, fault.Field{Name: name, Key: "translate.open.lang"})
		}
	}
	long := func(name, text string, most int) {
		if utf8.RuneCountInString(text) > most {
			mend = append(mend, fault.Field{Name: name, Key: "translate.segment.long", Args: []any{"Most", most}})
		}
	}
	long("term", t.Term, longestTerm)
	long("preferred", t.Preferred, longestTerm)
	long("refused", t.Refused, longestNote)
	long("domain", t.Domain, longestTerm)
	long("note", t.Note, longestNote)
	if len(mend) > 0 {
		return fault.Mend(mend...)
	}
	return nil
}

// checkKind sees that a term says what its kind is for.
func (t TermRow) checkKind() (mend []fault.Field) {
	switch {
	case !slices.Contains(Kinds, t.Kind):
		mend = append(mend, fault.Field{Name: "kind", Key: "translate.term.kind.missing"})
	case t.Kind == Prefer && t.Preferred == "":
		mend = append(mend, fault.Field{Name: "preferred", Key: "translate.term.preferred.missing"})
	case t.Kind == Keep && t.Preferred != t.Term:
		mend = append(mend, fault.Field{Name: "preferred", Key: "translate.term.keep.other"})
	case t.Kind == Refuse && len(t.RefusedWords()) == 0:
		mend = append(mend, fault.Field{Name: "refused", Key: "translate.term.refused.missing"})
	}
	return mend
}

// RemoveTerm takes a term out of the glossary.
func (s *Service) RemoveTerm(ctx context.Context, who member.Actor, id store.ID) error {
	if !tendsTerms(who) {
		return fault.Missing()
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		n, err := gorm.G[TermRow](tx).Where("id = ?", id).Delete(ctx)
		if err == nil && n == 0 {
			return fault.Missing()
		}
		return err
	})
}
