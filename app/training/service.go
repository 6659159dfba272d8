package training

import (
	"context"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
	"portico/app/vault"
	"portico/content"
)

// Service holds the verbs of training. Each exported verb is one transaction.
type Service struct {
	store   *store.Store
	server  *vault.Server
	shipped []content.Module
	shelf   shelf
}

// New makes the service with the modules that ship with the program. Others may be brought
// to the shelf of this instance, see Bring.
func New(s *store.Store, server *vault.Server, shipped []content.Module) *Service {
	return &Service{store: s, server: server, shipped: shipped}
}

// Modules lists what can be learned here, in the order of the list. That is no secret, so
// nobody is asked for.
func (s *Service) Modules(ctx context.Context) ([]content.Module, error) {
	return s.modules(ctx, s.store.DB)
}

func (s *Service) module(ctx context.Context, db *gorm.DB, slug string) (content.Module, error) {
	all, err := s.modules(ctx, db)
	if err != nil {
		return content.Module{}, err
	}
	for _, m := range all {
		if m.Slug == slug {
			return m, nil
		}
	}
	return content.Module{}, notFound()
}

func notFound() *fault.Error { return fault.New(fault.NotFound, "error.missing") }

// learner finds the module for somebody with a live session. For a visitor there is none.
func (s *Service) learner(ctx context.Context, who member.Actor, slug string) (content.Module, error) {
	m, err := s.module(ctx, s.store.DB, slug)
	if err == nil && !who.SignedIn() {
		err = fault.New(fault.SignIn, "error.signin")
	}
	return m, err
}

// Overview is where she stands in every module.
func (s *Service) Overview(ctx context.Context, who member.Actor) ([]Progress, error) {
	if !who.SignedIn() {
		return nil, fault.New(fault.SignIn, "error.signin")
	}
	all, err := s.modules(ctx, s.store.DB)
	if err != nil {
		return nil, err
	}
	return s.progress(ctx, s.store.DB, who, all)
}

// Progress is where she stands in one module.
func (s *Service) Progress(ctx context.Context, who member.Actor, slug string) (Progress, error) {
	m, err := s.learner(ctx, who, slug)
	if err != nil {
		return Progress{}, err
	}
	return s.whole(ctx, s.store.DB, who, m)
}

func (s *Service) progressIn(ctx context.Context, db *gorm.DB, who member.Actor, m content.Module) (Progress, error) {
	all, err := s.progress(ctx, db, who, []content.Module{m})
	if err != nil {
		return Progress{}, err
	}
	return all[0], nil
}

// progress reads her boxes, and for a person with a role her rows beside them.
func (s *Service) progress(ctx context.Context, db *gorm.DB, who member.Actor, modules []content.Module) ([]Progress, error) {
	names := make([]string, len(modules))
	for i, m := range modules {
		names[i] = boxName(m.Slug)
	}
	boxes, err := member.ReadBoxes[kept](ctx, db, who, names)
	if err != nil {
		return nil, err
	}
	rows := records{}
	if who.Role != nil {
		if rows, err = readRecords(ctx, db, who.Role.ID); err != nil {
			return nil, err
		}
	}
	all := make([]Progress, len(modules))
	for i, m := range modules {
		box := boxes[names[i]]
		p := Progress{Module: m, Units: box.Units, Done: box.Done}
		if who.Role != nil {
			p = rows.in(m, who.Role.ID)
		}
		p.Today, p.Answers, p.Marks = s.store.Today(), box.Answers, box.Marks
		p.Steps, p.Ended, p.Anew = box.Steps, box.Ended, box.Again != ""
		all[i] = p
	}
	return all, nil
}

// Erase removes what training holds of a person who deletes her account. What she finished
// as part of paid work stays under an id that then leads to nobody, because her hours were
// paid for it. It runs after the forum's eraser, which needs her trail.
func (s *Service) Erase(ctx context.Context, tx *gorm.DB, who member.Actor, _ bool) error {
	all, err := s.modules(ctx, tx)
	if err != nil {
		return err
	}
	names := make([]string, 0, 3*len(all))
	for _, m := range all {
		names = append(names, boxName(m.Slug), reflectionName(m.Slug), papersName(m.Slug))
	}
	if who.Role != nil {
		if err := eraseRows(ctx, tx, who.Role.ID); err != nil {
			return err
		}
	}
	return member.DropBoxes(ctx, tx, who, names)
}

// eraseRows removes what shows how she learned; what she was paid for stays.
func eraseRows(ctx context.Context, tx *gorm.DB, person store.ID) error {
	if _, err := gorm.G[UnitRow](tx).Where("role_account_id = ?", person).Delete(ctx); err != nil {
		return err
	}
	if _, err := gorm.G[WaiverRow](tx).Where("role_account_id = ?", person).Delete(ctx); err != nil {
		return err
	}
	if _, err := gorm.G[PracticeRow](tx).Where("role_account_id = ?", person).Delete(ctx); err != nil {
		return err
	}
	_, err := gorm.G[AssignmentRow](tx).Where("role_account_id = ?", person).Delete(ctx)
	return err
}
