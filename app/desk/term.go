package desk

import (
	"cmp"
	"context"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"gorm.io/gorm"

	"portico/app/audit"
	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
	"portico/moderation"
)

// HostTerm is a word or a few words that this host watches besides the rules that every
// host has.
type HostTerm struct {
	ID      store.ID `gorm:"primaryKey"`
	Lang    string   // of the posts that it concerns; "" for all
	Term    string
	Outcome moderation.Outcome // warn or hold
	Note    string             // why, for the other moderators
	Day     string
	AddedBy store.ID
}

// TableName names the table.
func (HostTerm) TableName() string { return "host_terms" }

// Limits of the list.
const (
	LongestTermNote = 200 // characters
	MostTerms       = 500
	TriedDays       = 30 // how far a dry run looks back
)

// Terms are the watched words as screening takes them, always in the same order.
func (q *Queue) Terms(ctx context.Context, db *gorm.DB) ([]moderation.Term, error) {
	rows, err := gorm.G[HostTerm](db).Select("term", "lang", "outcome").Order("id").Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	terms := make([]moderation.Term, len(rows))
	for i, row := range rows {
		terms[i] = row.watched()
	}
	return terms, nil
}

func (h HostTerm) watched() moderation.Term {
	return moderation.Term{Text: h.Term, Language: h.Lang, Outcome: h.Outcome}
}

// WatchedTerm is a term with the handle of whoever added it.
type WatchedTerm struct {
	HostTerm
	Handle string
}

// WatchedTerms lists the host's terms for moderators, by language and word.
func (s *Service) WatchedTerms(ctx context.Context, who member.Actor) ([]WatchedTerm, error) {
	if err := moderates(who); err != nil {
		return nil, err
	}
	rows, err := gorm.G[HostTerm](s.store.DB).Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	slices.SortFunc(rows, func(a, b HostTerm) int { return cmp.Or(cmp.Compare(a.Lang, b.Lang), cmp.Compare(a.Term, b.Term)) })
	ids := make([]store.ID, len(rows))
	for i, row := range rows {
		ids[i] = row.AddedBy
	}
	handles, err := member.ShownHandles(ctx, s.store.DB, who, ids)
	list := make([]WatchedTerm, len(rows))
	for i, row := range rows {
		list[i] = WatchedTerm{row, handles[row.AddedBy]}
	}
	return list, err
}

// TermForm is the form of a new term.
type TermForm struct {
	Term, Lang, Note string
	Outcome          moderation.Outcome
	Sure             bool // she has seen that it finds very many posts
}

func (f TermForm) row() HostTerm {
	return HostTerm{Lang: f.Lang, Term: strings.ToLower(strings.Join(strings.Fields(f.Term), " ")), Outcome: f.Outcome, Note: strings.Join(strings.Fields(f.Note), " ")}
}

// termLang is the form of a language tag; "" stands for all languages.
var termLang = regexp.MustCompile(`^([a-z]{2,3}(-[A-Za-z]{2,4})?)?$`)

func (h HostTerm) check() error {
	var mend []fault.Field
	wrong := func(name, key string, args ...any) {
		mend = append(mend, fault.Field{Name: name, Key: key, Args: args})
	}
	switch moderation.CheckTerm(h.Term) {
	case moderation.TermEmpty:
		wrong("term", "desk.term.empty")
	case moderation.TermShort:
		wrong("term", "desk.term.short")
	case moderation.TermLong:
		wrong("term", "desk.term.long", "Most", moderation.LongestTerm)
	case moderation.TermPattern:
		wrong("term", "desk.term.pattern")
	}
	if !termLang.MatchString(h.Lang) {
		wrong("lang", "forum.lang.unknown")
	}
	if h.Outcome != moderation.Warn && h.Outcome != moderation.Hold {
		wrong("outcome", "desk.term.outcome.missing")
	}
	if utf8.RuneCountInString(h.Note) > LongestTermNote {
		wrong("note", "desk.term.note.long", "Most", LongestTermNote)
	}
	if len(mend) > 0 {
		return fault.Mend(mend...)
	}
	return nil
}

// TryTerm says what a term would have found in the last days. Nothing is stored.
func (s *Service) TryTerm(ctx context.Context, who member.Actor, f TermForm) (moderation.Trial, error) {
	if err := moderates(who); err != nil {
		return moderation.Trial{}, err
	}
	row := f.row()
	if err := row.check(); err != nil {
		return moderation.Trial{}, err
	}
	return s.posts.Try(ctx, who, row.watched(), s.store.DayAfter(-TriedDays))
}

// AddTerm watches a term from now on. It is tried again first: one that finds more than a
// post in ten is added only by somebody who says that she has seen so. The trial comes back
// with the refusal.
func (s *Service) AddTerm(ctx context.Context, who member.Actor, f TermForm) (moderation.Trial, error) {
	trial, err := s.TryTerm(ctx, who, f)
	if err != nil {
		return trial, err
	}
	if trial.Wide() && !f.Sure {
		return trial, fault.Mend(fault.Field{Name: "sure", Key: "desk.term.wide"})
	}
	row := f.row()
	row.ID, row.Day, row.AddedBy = store.NewID(), s.store.Today(), who.Role.ID
	err = s.store.Tx(ctx, func(tx *gorm.DB) error {
		n, err := gorm.G[HostTerm](tx).Count(ctx, "id")
		if err != nil {
			return err
		}
		if n >= MostTerms {
			return fault.New(fault.Refused, "desk.term.many", "Most", MostTerms)
		}
		if err := gorm.G[HostTerm](tx).Create(ctx, &row); err != nil {
			return err
		}
		return s.noteTerm(ctx, tx, who, "watch", row)
	})
	if store.IsDuplicate(err) {
		err = fault.Mend(fault.Field{Name: "term", Key: "desk.term.there"})
	}
	return trial, err
}

// RemoveTerm stops watching a term.
func (s *Service) RemoveTerm(ctx context.Context, who member.Actor, id store.ID) error {
	if err := moderates(who); err != nil {
		return err
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		rows, err := gorm.G[HostTerm](tx).Where("id = ?", id).Limit(1).Find(ctx)
		if err != nil {
			return err
		}
		if len(rows) == 0 {
			return fault.New(fault.Conflict, "desk.term.gone")
		}
		n, err := gorm.G[HostTerm](tx).Where("id = ?", id).Delete(ctx)
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.New(fault.Conflict, "desk.term.gone")
		}
		return s.noteTerm(ctx, tx, who, "unwatch", rows[0])
	})
}

// noteTerm audits a change of the list. The term itself stays out: it may be a name that
// the host protects, and the log leaves the house.
func (s *Service) noteTerm(ctx context.Context, tx *gorm.DB, who member.Actor, act string, row HostTerm) error {
	matter := `{"act":"` + act + `","term":"` + row.ID.String() + `","lang":"` + row.Lang + `","outcome":"` + string(row.Outcome) + `","by":"` + who.Role.ID.String() + `"}`
	return audit.Note(ctx, tx, s.store.Today(), "term", matter)
}
