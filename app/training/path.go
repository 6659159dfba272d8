package training

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"portico/app/member"
	"portico/app/store"
	"portico/content"
)

// Way is one person on one path.
type Way struct {
	Path  content.Path
	Steps []Progress // in the order of the path; modules that this instance does not have are left out
}

// Held counts the steps that are behind her: finished in time or let off, and practised
// where a practice belongs to it.
func (w Way) Held() (held, all int) {
	for _, p := range w.Steps {
		if p.Passed() {
			held++
		}
	}
	return held, len(w.Steps)
}

// Whole reports whether the path is behind her.
func (w Way) Whole() bool {
	held, all := w.Held()
	return all > 0 && held == all
}

// Passed reports whether a step of a path is behind her.
func (p Progress) Passed() bool {
	return p.Holds() && (p.Waiver != nil || !p.Watched || !p.Practised() || p.Signed())
}

// Practised reports whether a task that somebody watches belongs to the module.
func (p Progress) Practised() bool { return len(p.source().Practice.Items) > 0 }

// Signed reports whether the task was watched and signed.
func (p Progress) Signed() bool { return p.Practice != nil && p.Practice.State == PracticeSigned }

func waysOf(all []Progress) (ways []Way) {
	for _, path := range content.Paths() {
		way := Way{Path: path}
		for _, slug := range path.Modules {
			if at := slices.IndexFunc(all, func(p Progress) bool { return p.Module.Slug == slug }); at >= 0 {
				way.Steps = append(way.Steps, all[at])
			}
		}
		ways = append(ways, way)
	}
	return ways
}

// Active reports whether somebody has behind her what her role cannot do without. Another
// service asks it before it hands her what belongs to that role; no page does.
func (s *Service) Active(ctx context.Context, person store.ID, role member.Role) (bool, error) {
	modules, err := s.modules(ctx, s.store.DB)
	if err != nil {
		return false, err
	}
	rows, err := readRecords(ctx, s.store.DB, person)
	if err != nil {
		return false, err
	}
	all := s.standing(rows, modules, person)
	for _, way := range waysOf(all) {
		if way.Path.Role == string(role) && !way.Whole() {
			return false, nil
		}
	}
	return true, nil
}

// standing is where a person stands in every module as far as rows tell.
func (s *Service) standing(rows records, modules []content.Module, person store.ID) []Progress {
	all := make([]Progress, len(modules))
	for i, m := range modules {
		all[i] = rows.in(m, person)
		all[i].Today = s.store.Today()
	}
	return all
}

// whole is where she stands in one module, with what she has not finished before it.
func (s *Service) whole(ctx context.Context, db *gorm.DB, who member.Actor, m content.Module) (Progress, error) {
	modules, err := s.modules(ctx, db)
	if err != nil {
		return Progress{}, err
	}
	asked := []content.Module{m}
	for _, before := range modules {
		if slices.Contains(m.Needs, before.Slug) {
			asked = append(asked, before)
		}
	}
	all, err := s.progress(ctx, db, who, asked)
	if err != nil {
		return Progress{}, err
	}
	p := all[0]
	for _, before := range all[1:] {
		if before.Done == nil && before.Waiver == nil {
			p.Before = append(p.Before, before.Module.Slug)
		}
	}
	return p, nil
}
