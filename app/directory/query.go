package directory

import (
	"context"
	"strings"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"portico/app/fault"
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
	Home      string // entries of this country come first
	After     string // id of the last entry of the page before
}

// Found is one page of entries, those of the home country first, then by name.
type Found struct {
	Entries []Entry
	More    bool
	// Some says that no entry has all of the words; these have at least one.
	Some bool
}

// Find looks for entries. Everybody may: the directory has no secrets. The order, and what
// is found, do not depend on the engine.
func (s *Service) Find(ctx context.Context, f Filter) (Found, error) {
	patterns, some, err := s.patterns(ctx, f)
	if err != nil {
		return Found{}, err
	}
	q := matching(f.narrow(gorm.G[Entry](s.store.DB).Where("1 = 1")), patterns, some)
	if f.After != "" {
		q = q.Where("(CASE WHEN country = ? THEN 0 ELSE 1 END, place) > (SELECT CASE WHEN country = ? THEN 0 ELSE 1 END, place FROM directory_entries WHERE id = ?)",
			f.Home, f.Home, f.After)
	}
	found := Found{Some: some}
	if found.Entries, err = q.Order(homeFirst(f.Home)).Limit(perPage + 1).Find(ctx); err != nil {
		return Found{}, store.Translate(err)
	}
	if len(found.Entries) > perPage {
		found.Entries, found.More = found.Entries[:perPage], true
	}
	return found, nil
}

// homeFirst puts the entries of one country before all others.
func homeFirst(country string) clause.OrderBy {
	return clause.OrderBy{Expression: clause.Expr{SQL: "CASE WHEN country = ? THEN 0 ELSE 1 END, place", Vars: []any{country}}}
}

// patterns turns the words into what is looked for. When no entry has all of them, some
// have to do: an empty page helps nobody.
func (s *Service) patterns(ctx context.Context, f Filter) (patterns []string, some bool, err error) {
	ask, ok := search.Ask(f.Words)
	if ok {
		ask, ok = ask.Without(smallWords)
	}
	if !ok {
		return nil, false, nil
	}
	patterns = ask.Patterns()
	if len(patterns) < 2 {
		return patterns, false, nil
	}
	all, err := matching(f.narrow(gorm.G[Entry](s.store.DB).Where("1 = 1")), patterns, false).Select("id").Limit(1).Find(ctx)
	return patterns, len(all) == 0, store.Translate(err)
}

func matching(q gorm.ChainInterface[Entry], patterns []string, some bool) gorm.ChainInterface[Entry] {
	if len(patterns) == 0 {
		return q
	}
	between, values := " AND ", make([]any, len(patterns))
	if some {
		between = " OR "
	}
	for i, p := range patterns {
		values[i] = p
	}
	each := strings.TrimSuffix(strings.Repeat("toks LIKE ?"+between, len(patterns)), between)
	return q.Where("("+each+")", values...)
}

func (f Filter) narrow(q gorm.ChainInterface[Entry]) gorm.ChainInterface[Entry] {
	for column, value := range map[string]string{"country": f.Country, "kind": f.Kind} {
		if value != "" {
			q = q.Where(column+" = ?", value)
		}
	}
	if f.Lang != "" {
		q = q.Where("(' ' || languages || ' ' LIKE ? OR ' ' || languages LIKE ?)", "% "+f.Lang+" %", "% "+f.Lang+"-%")
	}
	if f.Need != "" {
		q = q.Where("' ' || needs || ' ' LIKE ?", "% "+f.Need+" %")
	}
	for column, asked := range map[string]bool{"free": f.Free, "anonymous": f.Anonymous, "no_papers": f.NoPapers} {
		if asked {
			q = q.Where(column+" = ?", Yes)
		}
	}
	return q
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

// Choices reads them from the table, so that no answer of the form finds nothing.
func (s *Service) Choices(ctx context.Context) (Choices, error) {
	var c Choices
	var columns []string
	db := s.store.DB.WithContext(ctx).Model(&Entry{})
	if err := db.Distinct().Order("country").Pluck("country", &c.Countries).Error; err != nil {
		return c, store.Translate(err)
	}
	err := s.store.DB.WithContext(ctx).Model(&Entry{}).Distinct().Pluck("languages", &columns).Error
	c.Languages = languagesOf(columns)
	return c, store.Translate(err)
}

// checkedFor is how many days a check is good for.
const checkedFor = 365

// Checked reports whether somebody checked an entry within the year.
func (s *Service) Checked(e Entry) bool {
	return e.VerifiedOn != nil && *e.VerifiedOn >= s.store.DayAfter(-checkedFor)
}
