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
	modules []content.Module
}

// New makes the service with the modules of this instance, in the order of the list.
func New(s *store.Store, server *vault.Server, modules []content.Module) *Service {
	return &Service{store: s, server: server, modules: modules}
}

// Modules lists what can be learned here. That is no secret, so nobody is asked for.
func (s *Service) Modules() []content.Module { return s.modules }

func (s *Service) module(slug string) (content.Module, error) {
	for _, m := range s.modules {
		if m.Slug == slug {
			return m, nil
		}
	}
	return content.Module{}, notFound()
}

func notFound() *fault.Error { return fault.New(fault.NotFound, "error.missing") }

// learner finds the module for somebody with a live session. For a visitor there is none.
func (s *Service) learner(who member.Actor, slug string) (content.Module, error) {
	m, err := s.module(slug)
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
	return s.progress(ctx, s.store.DB, who, s.modules)
}

// Progress is where she stands in one module.
func (s *Service) Progress(ctx context.Context, who member.Actor, slug string) (Progress, error) {
	m, err := s.learner(who, slug)
	if err != nil {
		return Progress{}, err
	}
	return s.progressIn(ctx, s.store.DB, who, m)
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
		all[i] = Progress{Module: m, Answers: box.Answers, Units: box.Units, Done: box.Done}
		if who.Role != nil {
			all[i] = rows.in(m, who.Role.ID)
			all[i].Answers = box.Answers
		}
	}
	return all, nil
}

// Erase removes what training holds of a person who deletes her account. What she finished
// as part of paid work stays under an id that then leads to nobody, because her hours were
// paid for it. It runs after the forum's eraser, which needs her trail.
func (s *Service) Erase(ctx context.Context, tx *gorm.DB, who member.Actor, _ bool) error {
	names := make([]string, 0, 2*len(s.modules))
	for _, m := range s.modules {
		names = append(names, boxName(m.Slug), reflectionName(m.Slug))
	}
	if who.Role != nil {
		if _, err := gorm.G[UnitRow](tx).Where("role_account_id = ?", who.Role.ID).Delete(ctx); err != nil {
			return err
		}
		if _, err := gorm.G[WaiverRow](tx).Where("role_account_id = ?", who.Role.ID).Delete(ctx); err != nil {
			return err
		}
	}
	return member.DropBoxes(ctx, tx, who, names)
}
