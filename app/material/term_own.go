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

// Term is a word that a group decided for its text in one language: the one it uses, and
// those that it does not. It goes before the words of the field.
type Term struct {
	ID         store.ID `gorm:"primaryKey"`
	MaterialID store.ID
	Lang       string
	Preferred  string
	Refused    string // one a line; may end in * for any ending
	Why        string
	Day        string // of the decision
}

// TableName names the table.
func (Term) TableName() string { return "material_terms" }

// Not lists the refused words.
func (t Term) Not() []string { return strings.Split(t.Refused, "\n") }

const (
	mostTerms   = 200
	longestTerm = 60
)

// TermForm is a word to decide.
type TermForm struct {
	Lang, Preferred string
	Refused         string // with commas or lines between
	Why             string
	Nonce           string
}

func (f TermForm) term(today string) (Term, error) {
	t := Term{ID: store.FormID("material", f.Nonce), Lang: f.Lang, Preferred: tidy(f.Preferred), Why: tidy(f.Why), Day: today}
	var refused []string
	for _, one := range strings.FieldsFunc(f.Refused, func(r rune) bool { return strings.ContainsRune(",;\n،؛", r) }) {
		if one = tidy(one); one != "" && !slices.Contains(refused, one) {
			refused = append(refused, one)
		}
	}
	t.Refused = strings.Join(refused, "\n")
	mend := asked("preferred", t.Preferred, 1, longestTerm)
	mend = append(mend, asked("refused", t.Refused, 1, longestShort)...)
	mend = append(mend, asked("why", t.Why, 3, longestShort)...)
	// A star alone would refuse every word there is.
	if slices.ContainsFunc(refused, func(word string) bool { return len([]rune(strings.Trim(word, "* "))) < 2 }) {
		mend = append(mend, fault.Field{Name: "refused", Key: "material.field.short", Args: []any{"Least", 2}})
	}
	if !language.MatchString(f.Lang) {
		mend = append(mend, fault.Field{Name: "language", Key: "material.lang.missing"})
	}
	return t, fault.Mended(mend)
}

// DecideTerm keeps a word that the group agreed on.
func (s *Service) DecideTerm(ctx context.Context, who member.Actor, id store.ID, f TermForm) error {
	err := s.store.Tx(ctx, func(tx *gorm.DB) error {
		m, err := mine(ctx, tx, who, id)
		if err != nil {
			return err
		}
		if m.State == Archived {
			return fault.New(fault.Conflict, "material.step.not-now")
		}
		t, err := f.term(s.store.Today())
		if err != nil {
			return err
		}
		n, err := gorm.G[Term](tx).Where("material_id = ?", id).Count(ctx, "id")
		if err != nil {
			return err
		}
		if n >= mostTerms {
			return fault.New(fault.Refused, "material.terms.full")
		}
		t.MaterialID = id
		return gorm.G[Term](tx).Create(ctx, &t)
	})
	return once(err)
}

// DropTerm takes a word of the group away.
func (s *Service) DropTerm(ctx context.Context, who member.Actor, id, term store.ID) error {
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		if _, err := mine(ctx, tx, who, id); err != nil {
			return err
		}
		n, err := gorm.G[Term](tx).Where("id = ? AND material_id = ?", term, id).Delete(ctx)
		if err == nil && n == 0 {
			err = fault.Missing()
		}
		return err
	})
}

func termsOf(ctx context.Context, db *gorm.DB, id store.ID) ([]Term, error) {
	terms, err := gorm.G[Term](db).Where("material_id = ?", id).Order("lang, preferred, id").Limit(mostTerms).Find(ctx)
	return terms, store.Translate(err)
}

// TermsIn lists what the group of a material decided on in one language, for those who bring
// its text into that language; db is the caller's transaction where there is one.
func (s *Service) TermsIn(ctx context.Context, db *gorm.DB, id store.ID, lang string) ([]Term, error) {
	return gorm.G[Term](db).Where("material_id = ? AND lang = ?", id, lang).Order("preferred, id").Limit(mostTerms).Find(ctx)
}
