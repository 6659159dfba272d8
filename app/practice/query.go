package practice

import (
	"context"
	"strings"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/search"
	"portico/app/store"
)

// perPage is how many sheets a page of the list has.
const perPage = 20

// Filter is what somebody looks for. Empty fields ask nothing.
type Filter struct {
	Words    string
	Country  string
	Form     string
	Status   string
	Standing Standing
	Peers    bool   // only where peers take part
	After    string // id of the last sheet of the page before
}

// Found is one page of sheets by name.
type Found struct {
	Practices []Practice
	More      bool
	// Some says that no sheet has all of the words; these have at least one.
	Some bool
}

// Find looks for sheets. Everybody may. The order, and what is found, do not depend on the
// engine.
func (s *Service) Find(ctx context.Context, f Filter) (Found, error) {
	patterns, some, err := s.patterns(ctx, f)
	if err != nil {
		return Found{}, err
	}
	q := matching(f.narrow(gorm.G[Practice](s.store.DB).Where("1 = 1")), patterns, some)
	if f.After != "" {
		q = q.Where("place > (SELECT place FROM practices WHERE id = ?)", f.After)
	}
	found := Found{Some: some}
	if found.Practices, err = q.Order("place").Limit(perPage + 1).Find(ctx); err != nil {
		return Found{}, store.Translate(err)
	}
	if len(found.Practices) > perPage {
		found.Practices, found.More = found.Practices[:perPage], true
	}
	return found, nil
}

// patterns turns the words into what is looked for. When no sheet has all of them, some
// have to do: an empty page helps nobody.
func (s *Service) patterns(ctx context.Context, f Filter) (patterns []string, some bool, err error) {
	ask, ok := search.Ask(f.Words)
	if !ok {
		return nil, false, nil
	}
	patterns = ask.Patterns()
	if len(patterns) < 2 {
		return patterns, false, nil
	}
	all, err := matching(f.narrow(gorm.G[Practice](s.store.DB).Where("1 = 1")), patterns, false).Select("id").Limit(1).Find(ctx)
	return patterns, len(all) == 0, store.Translate(err)
}

func matching(q gorm.ChainInterface[Practice], patterns []string, some bool) gorm.ChainInterface[Practice] {
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

func (f Filter) narrow(q gorm.ChainInterface[Practice]) gorm.ChainInterface[Practice] {
	for column, value := range map[string]string{"country": f.Country, "form": f.Form, "status": f.Status, "standing": string(f.Standing)} {
		if value != "" {
			q = q.Where(column+" = ?", value)
		}
	}
	if f.Peers {
		q = q.Where("peers IN ?", []string{"yes", "not with trafficking"})
	}
	return q
}

// One returns one sheet.
func (s *Service) One(ctx context.Context, id string) (Practice, error) {
	return practiceIn(ctx, s.store.DB, id)
}

func practiceIn(ctx context.Context, db *gorm.DB, id string) (Practice, error) {
	rows, err := gorm.G[Practice](db).Where("id = ?", id).Limit(1).Find(ctx)
	if err != nil {
		return Practice{}, store.Translate(err)
	}
	if len(rows) == 0 {
		return Practice{}, fault.Missing()
	}
	return rows[0], nil
}

// All returns every sheet by id, for the open data file.
func (s *Service) All(ctx context.Context) ([]Practice, error) {
	rows, err := gorm.G[Practice](s.store.DB).Order("id").Find(ctx)
	return rows, store.Translate(err)
}

// Countries are those that some sheet has, so that no answer of the form finds nothing.
func (s *Service) Countries(ctx context.Context) ([]string, error) {
	var codes []string
	err := s.store.DB.WithContext(ctx).Model(&Practice{}).Distinct().Order("country").Pluck("country", &codes).Error
	return codes, store.Translate(err)
}

// checkedFor is how many days a word of the organisation is good for.
const checkedFor = 365

// Checked reports whether somebody checked a sheet with the organisation within the year.
func (s *Service) Checked(p Practice) bool {
	return p.VerifiedOn != nil && *p.VerifiedOn >= s.store.DayAfter(-checkedFor)
}
