package training

import (
	"context"
	"crypto/sha256"
	"slices"
	"sync"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
	"portico/content"
)

// ShelfRow is one version of a module that was brought to this instance, whole and as it
// was packed, so that it can be handed on unchanged. A draft is seen by those who work on
// modules; an open one by everybody, in place of an older version.
type ShelfRow struct {
	Slug      string `gorm:"primaryKey"`
	Version   int    `gorm:"primaryKey"`
	State     string
	Digest    []byte
	Whole     []byte
	BroughtBy store.ID
	Day       string
}

// TableName names the table.
func (ShelfRow) TableName() string { return "training_shelf" }

// The states of a module on the shelf.
const (
	ShelfDraft = "draft"
	ShelfOpen  = "open"
)

// shelf keeps the read modules, because reading one takes a thousand times longer than
// asking whether it is still the same.
type shelf struct {
	lock sync.Mutex
	seen map[string]content.Module // by digest
}

// modules is what can be learned here: what ships, and what was brought and opened. Of
// two versions of a module the newer counts.
func (s *Service) modules(ctx context.Context, db *gorm.DB) ([]content.Module, error) {
	rows, err := gorm.G[ShelfRow](db).Select("slug", "version", "digest").Where("state = ?", ShelfOpen).Order("slug, version").Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	if len(rows) == 0 {
		return s.shipped, nil
	}
	all := slices.Clone(s.shipped)
	for _, row := range rows {
		at := slices.IndexFunc(all, func(m content.Module) bool { return m.Slug == row.Slug })
		if at >= 0 && all[at].Version >= row.Version {
			continue
		}
		m, err := s.read(ctx, db, row)
		if err != nil {
			return nil, err
		}
		if at >= 0 {
			all[at] = m
		} else {
			all = append(all, m)
		}
	}
	slices.SortStableFunc(all, func(a, b content.Module) int { return a.Order - b.Order })
	return all, nil
}

// read opens a module of the shelf, once for each digest.
func (s *Service) read(ctx context.Context, db *gorm.DB, row ShelfRow) (content.Module, error) {
	s.shelf.lock.Lock()
	defer s.shelf.lock.Unlock()
	if m, ok := s.shelf.seen[string(row.Digest)]; ok {
		return m, nil
	}
	full, err := gorm.G[ShelfRow](db).Where("slug = ? AND version = ?", row.Slug, row.Version).First(ctx)
	if err != nil {
		return content.Module{}, store.Translate(err)
	}
	m, _, faults := content.Unpack(full.Whole, nil)
	// A link to a module that has left the shelf since is no reason to lose this one.
	if len(m.Texts) == 0 {
		return content.Module{}, fault.New(fault.Internal, "error.internal").Because(shelfFault(faults))
	}
	if s.shelf.seen == nil || len(s.shelf.seen) > 200 {
		s.shelf.seen = map[string]content.Module{}
	}
	s.shelf.seen[string(row.Digest)] = m
	return m, nil
}

type shelfFault []string

// Error says what is wrong with a kept module.
func (f shelfFault) Error() string { return "a module on the shelf cannot be read: " + first(f) }

func first(words []string) string {
	if len(words) == 0 {
		return ""
	}
	return words[0]
}

// author reports whether somebody may bring modules and look at drafts: who leads, mediates
// between languages, or coordinates.
func author(who member.Actor) bool {
	return who.Has(member.RoleCoordinator) || who.Has(member.RoleLeader) || who.Has(member.RoleMediator)
}

// Brought is what came of bringing a module.
type Brought struct {
	Slug    string
	Version int
	Faults  []string // what is wrong with it, "file:line: what"; with any, nothing was kept
}

// Bring puts a packed module on the shelf as a draft. Bringing the same again changes
// nothing. A version that is there with other words is refused: who has begun it would lose
// her place, so a change is a new version.
func (s *Service) Bring(ctx context.Context, who member.Actor, raw []byte) (Brought, error) {
	if !author(who) {
		return Brought{}, notFound()
	}
	others, err := s.modules(ctx, s.store.DB)
	if err != nil {
		return Brought{}, err
	}
	m, whole, faults := content.Unpack(raw, others)
	if len(faults) > 0 {
		return Brought{Slug: m.Slug, Version: m.Version, Faults: faults}, nil
	}
	digest := sha256.Sum256(whole)
	for _, o := range s.shipped {
		if o.Slug == m.Slug && o.Version >= m.Version {
			return Brought{}, fault.Mend(fault.Field{Name: "file", Key: "learn.shelf.older", Args: []any{"Version", o.Version}})
		}
	}
	row := ShelfRow{Slug: m.Slug, Version: m.Version, State: ShelfDraft, Digest: digest[:], Whole: whole, BroughtBy: who.Role.ID, Day: s.store.Today()}
	return Brought{Slug: m.Slug, Version: m.Version}, s.store.Tx(ctx, func(tx *gorm.DB) error {
		there, err := gorm.G[ShelfRow](tx).Select("digest", "state").Where("slug = ? AND version = ?", m.Slug, m.Version).Limit(1).Find(ctx)
		if err != nil {
			return err
		}
		switch {
		case len(there) == 0:
			return gorm.G[ShelfRow](tx).Create(ctx, &row)
		case slices.Equal(there[0].Digest, digest[:]):
			return nil
		case there[0].State == ShelfOpen:
			return fault.Mend(fault.Field{Name: "file", Key: "learn.shelf.taken"})
		}
		// Nobody has learned with a draft, so another draft takes its place.
		_, err = gorm.G[ShelfRow](tx).Where("slug = ? AND version = ? AND state = ?", m.Slug, m.Version, ShelfDraft).
			Select("digest", "whole", "brought_by", "day").Updates(ctx, row)
		return err
	})
}

// Shelf lists what was brought, without the modules themselves.
func (s *Service) Shelf(ctx context.Context, who member.Actor) ([]ShelfRow, error) {
	if !author(who) {
		return nil, notFound()
	}
	rows, err := gorm.G[ShelfRow](s.store.DB).Select("slug", "version", "state", "digest", "day").Order("slug, version DESC").Limit(mostPeople).Find(ctx)
	return rows, store.Translate(err)
}

// Preview reads one module as a learner would see it, with everything that is right: what
// ships, an open one, or a draft of this version.
func (s *Service) Preview(ctx context.Context, who member.Actor, slug string, version int) (content.Module, error) {
	if !author(who) {
		return content.Module{}, notFound()
	}
	rows, err := gorm.G[ShelfRow](s.store.DB).Select("slug", "version", "digest").Where("slug = ? AND version = ?", slug, version).Limit(1).Find(ctx)
	if err != nil {
		return content.Module{}, store.Translate(err)
	}
	if len(rows) == 1 {
		return s.read(ctx, s.store.DB, rows[0])
	}
	m, err := s.module(ctx, s.store.DB, slug)
	if err == nil && m.Version != version {
		err = notFound()
	}
	return m, err
}

// Open lets everybody learn with a draft. Who is half way in an older version keeps what
// she has done. Only a coordinator opens.
func (s *Service) Open(ctx context.Context, who member.Actor, slug string, version int) error {
	if !who.Has(member.RoleCoordinator) {
		return notFound()
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		n, err := gorm.G[ShelfRow](tx).Where("slug = ? AND version = ?", slug, version).Update(ctx, "state", ShelfOpen)
		if err == nil && n == 0 {
			return notFound()
		}
		return err
	})
}

// Drop takes a draft away. What was opened stays, because somebody may be learning with it.
func (s *Service) Drop(ctx context.Context, who member.Actor, slug string, version int) error {
	if !author(who) {
		return notFound()
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		n, err := gorm.G[ShelfRow](tx).Where("slug = ? AND version = ? AND state = ?", slug, version, ShelfDraft).Delete(ctx)
		if err == nil && n == 0 {
			return notFound()
		}
		return err
	})
}
