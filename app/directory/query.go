package directory

import (
	"context"
	"maps"
	"slices"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/hours"
	"portico/app/search"
	"portico/app/store"
)

// perPage is how many entries a page of the list has.
const perPage = 20

// Filter is what somebody looks for. Empty fields ask nothing.
type Filter struct {
	Words     string
	Country   string
	Kind      string
	Lang      string // without script and country
	Need      string
	Free      bool
	Anonymous bool
	NoPapers  bool
	When      When
	Home      string // entries of this country come first
	After     string // id of the last entry of the page before
}

// Found is one page of entries, those of the home country first, then by name.
type Found struct {
	Entries []Entry
	More    bool
	// Filter is the question as it was understood.
	Filter Filter
	// Some says that no entry has all of the words; these have at least one.
	Some bool
}

// Find looks for entries. Everybody may: the directory has no secrets. The order, and what
// is found, do not depend on the engine. What the words say of papers, money, names and times
// is understood as if its box were ticked; Found.Filter tells.
func (s *Service) Find(ctx context.Context, f Filter) (Found, error) {
	x, err := s.index(ctx)
	if err != nil {
		return Found{}, err
	}
	plain, f := f, understood(f)
	found := Found{Filter: f}
	found.Filter.Words = plain.Words
	where := s.narrowed(x, f)
	words, many := x.wordsOf(f.Words)
	ids, first := []string{}, 0 // first are those called exactly so; they come on top of a page
	for _, all := range []bool{true, false} {
		if !all && !many {
			break
		}
		found.Some = !all
		held := x.holding(words, all)
		called := where.called(x, held, f)
		first = len(called)
		if ids = append(called, where.page(x, held, f)...); len(ids) > 0 {
			break
		}
	}
	if n := perPage + first; len(ids) > n {
		ids, found.More = ids[:n], true
	}
	found.Entries, err = s.entries(ctx, ids)
	return found, err
}

// wordsOf are the words that say something. Small ones count only when there is nothing else.
func (x *index) wordsOf(text string) (words []set, many bool) {
	ask, ok := search.Ask(text)
	if ok {
		ask, ok = ask.Without(smallWords)
	}
	if !ok {
		return nil, false
	}
	for _, t := range ask.Terms() {
		words = append(words, x.matching(t))
	}
	return words, len(words) > 1
}

// holding is every entry with all of the words, or with at least one. When no entry has all,
// some have to do: an empty page helps nobody.
func (x *index) holding(words []set, all bool) set {
	if len(words) == 0 {
		return newSet(len(x.ids)).fill(len(x.ids))
	}
	held := newSet(len(x.ids))
	held.or(words[0])
	for _, w := range words[1:] {
		if all {
			held.and(w)
		} else {
			held.or(w)
		}
	}
	return held
}

// narrow is what a question asks besides words.
type narrow struct {
	all     set
	windows map[string]hours.Window // by country; none where no time is asked for
}

func (s *Service) narrowed(x *index, f Filter) narrow {
	n := narrow{all: newSet(len(x.ids)).fill(len(x.ids))}
	for _, a := range []struct {
		asked string
		sets  map[string]set
	}{{f.Country, x.country}, {f.Kind, x.kind}, {f.Lang, x.lang}, {f.Need, x.need}} {
		if a.asked != "" {
			n.all.and(a.sets[a.asked])
		}
	}
	for _, a := range []struct {
		asked bool
		is    set
	}{{f.Free, x.free}, {f.Anonymous, x.anon}, {f.NoPapers, x.papers}} {
		if a.asked {
			n.all.and(a.is)
		}
	}
	if f.When != AnyTime {
		from, to := f.When.span(s.store.Time().In(s.store.Zone))
		n.windows = x.windowsOf(from, to, s.store.Zone)
	}
	return n
}

// called takes those out that are called exactly as somebody asks, because a short name would
// lie anywhere among those that begin like it. The first page begins with them.
func (n narrow) called(x *index, held set, f Filter) (ids []string) {
	for _, i := range x.named[search.Tokens(f.Words)] {
		if !held.has(i) || !n.all.has(i) || !n.open(x, i) {
			continue
		}
		held.drop(i)
		if f.After == "" {
			ids = append(ids, x.ids[i])
		}
	}
	return ids
}

// page walks through what is found in the order of the list, those of the home country
// first, and stops when the page is full and one more shows that there is another.
func (n narrow) page(x *index, held set, f Filter) (ids []string) {
	held.and(n.all)
	home := newSet(len(x.ids))
	home.or(x.country[f.Home])
	begin, after := 0, false
	if f.After != "" {
		at, known := x.at[f.After]
		if !known {
			return nil
		}
		begin, after = at+1, true
	}
	for _, first := range []bool{true, false} {
		from := 0
		if after {
			if home.has(begin-1) != first {
				if first {
					continue // the page before ended among the others
				}
			} else {
				from = begin
			}
		}
		for i := held.next(from); i >= 0; i = held.next(i + 1) {
			if home.has(i) != first || !n.open(x, i) {
				continue
			}
			if ids = append(ids, x.ids[i]); len(ids) > perPage {
				return ids
			}
		}
	}
	return ids
}

func (n narrow) open(x *index, i int) bool {
	return n.windows == nil || x.hours[i].OpenIn(n.windows[x.where[i]], x.where[i])
}

// entries reads rows by id, in the order of the ids. One that went at this moment is left out.
func (s *Service) entries(ctx context.Context, ids []string) ([]Entry, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	rows, err := gorm.G[Entry](s.store.DB).Where("id IN ?", ids).Find(ctx)
	slices.SortFunc(rows, func(a, b Entry) int { return slices.Index(ids, a.ID) - slices.Index(ids, b.ID) })
	return rows, store.Translate(err)
}

// Entry returns one entry.
func (s *Service) Entry(ctx context.Context, id string) (Entry, error) {
	return entryIn(ctx, s.store.DB, id)
}

func entryIn(ctx context.Context, db *gorm.DB, id string) (Entry, error) {
	rows, err := gorm.G[Entry](db).Where("id = ?", id).Limit(1).Find(ctx)
	if err != nil {
		return Entry{}, store.Translate(err)
	}
	if len(rows) == 0 {
		return Entry{}, fault.Missing()
	}
	return rows[0], nil
}

// All returns every entry by id, for the open data file.
func (s *Service) All(ctx context.Context) ([]Entry, error) {
	rows, err := gorm.G[Entry](s.store.DB).Order("id").Find(ctx)
	return rows, store.Translate(err)
}

// Choices are the countries and languages that some entry has, for the form of the list.
type Choices struct {
	Countries []string
	Languages []string
}

// Choices reads them from what there is, so that no answer of the form finds nothing.
func (s *Service) Choices(ctx context.Context) (Choices, error) {
	x, err := s.index(ctx)
	if err != nil {
		return Choices{}, err
	}
	return Choices{Countries: slices.Sorted(maps.Keys(x.country)), Languages: slices.Sorted(maps.Keys(x.lang))}, nil
}

// checkedFor is how many days a check is good for.
const checkedFor = 365

// Checked reports whether somebody checked an entry within the year.
func (s *Service) Checked(e Entry) bool {
	return e.VerifiedOn != nil && *e.VerifiedOn >= s.store.DayAfter(-checkedFor)
}
