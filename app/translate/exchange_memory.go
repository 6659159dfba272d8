package translate

import (
	"context"
	"io"
	"slices"

	"gorm.io/gorm"

	"portico/app/exchange"
	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// ExportMemory writes what the memory knows for a pair of languages, and holds a part of it
// at a time.
func (s *Service) ExportMemory(ctx context.Context, who member.Actor, from, to string, w io.Writer) error {
	if !works(who) {
		return fault.Missing()
	}
	out := exchange.NewMemoryWriter(w, from, "memory")
	const atOnce = 500
	find := gorm.G[MemoryRow](s.store.DB).Where("from_lang = ? AND to_lang = ?", from, to)
	for {
		rows, err := find.Order("id").Limit(atOnce).Find(ctx)
		if err != nil {
			return store.Translate(err)
		}
		for _, r := range rows {
			if err := out.Add(exchange.Entry{Variants: []exchange.Variant{{Lang: from, Text: r.Source}, {Lang: to, Text: r.Target}}}); err != nil {
				return fault.Wrap(err, "write the memory")
			}
		}
		if len(rows) < atOnce {
			return fault.Wrap(out.Close(), "write the memory")
		}
		find = gorm.G[MemoryRow](s.store.DB).Where("from_lang = ? AND to_lang = ? AND id > ?", from, to, rows[len(rows)-1].ID)
	}
}

// Remembered is what a memory would bring, or brought.
type Remembered struct {
	New    int
	Same   int
	Kept   int // the memory knows other words for it; they stay, because a person has reviewed them
	Passed int // without both languages, or longer than a segment
}

// Passed is the outcome of a sentence that no memory here can use.
const Passed = "passed"

// MemoryOutcome is a sentence of a memory that was brought.
type MemoryOutcome struct {
	What   string // Brought, Clash or Passed
	Line   int    // in the file
	Source string
	Ours   string // what the memory knows
	Theirs string
}

// Recalled is what a memory would bring, or brought, with its sentences; those that are the
// same here and there are only counted.
type Recalled struct {
	Remembered
	Rows []MemoryOutcome
}

// ImportMemory takes a memory in. What was reviewed here is never written over. With try
// nothing is written.
func (s *Service) ImportMemory(ctx context.Context, who member.Actor, from, to string, r io.Reader, try bool) (Remembered, error) {
	all, err := s.BringMemory(ctx, who, from, to, r, try)
	return all.Remembered, err
}

// BringMemory is ImportMemory for a page that shows each sentence.
func (s *Service) BringMemory(ctx context.Context, who member.Actor, from, to string, r io.Reader, try bool) (all Recalled, err error) {
	if !tendsTerms(who) {
		return all, fault.Missing()
	}
	if !slices.Contains(Targets(), from) || !slices.Contains(Targets(), to) || from == to {
		return all, fault.Mend(fault.Field{Name: "lang", Key: "translate.open.lang"})
	}
	return all, s.store.Tx(ctx, func(tx *gorm.DB) error {
		b := bringer{ctx: ctx, tx: tx, from: from, to: to, try: try, seen: map[string]string{}}
		err := exchange.ReadMemory(r, b.bring)
		all = b.all
		return fileFault(err)
	})
}

// bringer takes the sentences of a memory in, one by one.
type bringer struct {
	ctx      context.Context
	tx       *gorm.DB
	from, to string
	try      bool
	seen     map[string]string // what a look would have written
	all      Recalled
}

func (b *bringer) bring(e exchange.Entry) error {
	source, ok := e.In(b.from)
	target, also := e.In(b.to)
	o := MemoryOutcome{Line: e.Line, Source: source, Theirs: target}
	words := tokens(source)
	if !ok || !also || len(words) == 0 || target == "" || len(source) > LongestWords || len(target) > LongestWords {
		b.all.Passed++
		return b.note(o, Passed)
	}
	ours, known, err := b.known(sourceHash(words))
	switch {
	case err != nil:
		return err
	case known && ours == target:
		b.all.Same++
		return nil
	case known:
		o.Ours = ours
		b.all.Kept++
		return b.note(o, Clash)
	}
	b.all.New++
	if b.try {
		b.seen[string(sourceHash(words))] = target
	} else if err := remember(b.ctx, b.tx, b.from, b.to, source, target); err != nil {
		return err
	}
	return b.note(o, Brought)
}

func (b *bringer) known(hash []byte) (target string, known bool, err error) {
	if target, known = b.seen[string(hash)]; known {
		return target, true, nil
	}
	rows, err := gorm.G[MemoryRow](b.tx).Where("from_lang = ? AND to_lang = ? AND source_hash = ?", b.from, b.to, hash).Limit(1).Find(b.ctx)
	if err != nil || len(rows) == 0 {
		return "", false, err
	}
	return rows[0].Target, true, nil
}

func (b *bringer) note(o MemoryOutcome, what string) error {
	o.What = what
	b.all.Rows = append(b.all.Rows, o)
	return nil
}
