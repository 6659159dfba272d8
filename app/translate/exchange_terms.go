package translate

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"

	"gorm.io/gorm"

	"portico/app/exchange"
	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// Glossary reads the terms of a language, or of all, as a table for other programs.
func (s *Service) Glossary(ctx context.Context, who member.Actor, lang string) ([]exchange.Term, error) {
	if !works(who) {
		return nil, fault.Missing()
	}
	find := gorm.G[TermRow](s.store.DB).Order("lang, term, id").Limit(mostTerms)
	if lang != "" {
		find = find.Where("lang = ?", lang)
	}
	rows, err := find.Find(ctx)
	list := make([]exchange.Term, len(rows))
	for i, t := range rows {
		list[i] = t.table()
	}
	return list, store.Translate(err)
}

// WriteGlossary writes the terms of all languages as a table.
func (s *Service) WriteGlossary(ctx context.Context, who member.Actor, w io.Writer) error {
	if !tendsTerms(who) {
		return fault.Missing()
	}
	terms, err := s.Glossary(ctx, who, "")
	if err != nil {
		return err
	}
	return fault.Wrap(exchange.WriteTerms(w, terms), "write the glossary")
}

func (t TermRow) table() exchange.Term {
	return exchange.Term{ID: t.ID.String(), Version: t.Version, From: t.FromLang, Lang: t.Lang, Term: t.Term, Preferred: t.Preferred, Refused: t.Refused, Kind: t.Kind, Domain: t.Domain, Note: t.Note}
}

// TermOutcome is a line of a glossary that was brought.
type TermOutcome struct {
	What   string // Brought, Replaced, Equal, Clash or Faulty
	Line   int
	Term   exchange.Term
	Ours   exchange.Term // what stands here now, of a Clash and of what is Replaced
	Faults []fault.Field // of a Faulty one: what has to be mended in the line
}

// ImportTerms takes a glossary in, all of it or nothing. A term that somebody has changed
// since stays as it is; none is ever removed. With try nothing is written, and every line
// says its own faults; otherwise the first of them ends it.
func (s *Service) ImportTerms(ctx context.Context, who member.Actor, r io.Reader, try bool) (list []TermOutcome, err error) {
	if !tendsTerms(who) {
		return nil, fault.Missing()
	}
	terms, err := exchange.ReadTerms(r)
	if err != nil {
		return nil, fileFault(err)
	}
	if len(terms) > mostTerms {
		return nil, fileFault(&exchange.Fault{Line: terms[mostTerms].Line, Kind: exchange.Many})
	}
	return list, s.store.Tx(ctx, func(tx *gorm.DB) error {
		list = nil
		fresh := map[string]bool{}
		for _, t := range terms {
			o, err := bringTerm(ctx, tx, t, try)
			if err == nil && o.What == Brought {
				if name := t.From + " " + t.Lang + " " + spaced(t.Term); fresh[name] {
					err = fault.Mend(fault.Field{Name: "term", Key: "translate.exchange.fault.twice", Args: []any{"Line", t.Line, "What", short(t.Term)}})
				} else {
					fresh[name] = true
				}
			}
			if f := fault.As(err); f != nil && try && len(f.Fields) > 0 {
				o.What, o.Faults, err = Faulty, f.Fields, nil
			}
			if err != nil {
				return fmt.Errorf("line %s: %w", strconv.Itoa(t.Line), err)
			}
			list = append(list, o)
		}
		return nil
	})
}

// bringTerm takes one term in. An older file says nothing of kinds: there a term keeps the
// kind that it has here.
func bringTerm(ctx context.Context, tx *gorm.DB, t exchange.Term, try bool) (TermOutcome, error) {
	o := TermOutcome{Line: t.Line, Term: t, What: Brought}
	row := TermRow{FromLang: t.From, Lang: t.Lang, Term: spaced(t.Term), Preferred: spaced(t.Preferred), Refused: spaced(t.Refused),
		Domain: spaced(t.Domain), Note: spaced(t.Note), Kind: strings.ToLower(spaced(t.Kind))}
	find := gorm.G[TermRow](tx).Where("from_lang = ? AND lang = ? AND term = ?", row.FromLang, row.Lang, row.Term)
	if id, ok := store.ParseID(t.ID); ok {
		find = gorm.G[TermRow](tx).Where("id = ?", id)
	}
	known, err := find.Limit(1).Find(ctx)
	if err != nil {
		return o, err
	}
	if row.Kind == "" && len(known) > 0 {
		row.Kind = known[0].Kind
	}
	row.settleKind()
	if err := row.check(); err != nil {
		return o, err
	}
	if len(known) == 0 {
		row.ID = store.NewID()
		if try {
			return o, nil
		}
		return o, gorm.G[TermRow](tx).Create(ctx, &row)
	}
	was := known[0]
	row.ID, row.Version, row.Review = was.ID, was.Version, was.Review
	if row == was {
		o.What = Equal
		return o, nil
	}
	o.Ours = was.table()
	if t.ID == "" || t.Version != was.Version {
		o.What = Clash
		return o, nil
	}
	o.What = Replaced
	if row.Version, row.Review = was.Version+1, false; !try {
		_, err = gorm.G[TermRow](tx).Where("id = ? AND version = ?", was.ID, was.Version).Select("*").Updates(ctx, row)
	}
	return o, err
}
