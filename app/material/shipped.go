package material

import (
	"context"
	"crypto/sha256"
	"fmt"
	"maps"
	"strings"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"portico/app/store"
	"portico/content"
)

// Shipper is what a keeper of translations may do as well: take the other languages of a
// text that came with the program.
type Shipper interface {
	Ship(ctx context.Context, tx *gorm.DB, doc store.ID, texts map[string]string) error
}

// FromProgram reports whether readers see a text as it came with the program: nobody here
// wrote, decided or checked it, and pages say so.
func (m Material) FromProgram() bool { return m.Shipped != "" && m.PublishedVersion <= 1 }

// LoadShipped publishes the materials that come with the program where they are not there
// yet. What was there once is never touched again, whatever people here made of it: they
// take it up, change it and put it away as any other material without a group.
func (s *Service) LoadShipped(ctx context.Context, leaflets []content.Leaflet) error {
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		var there []string
		if err := tx.WithContext(ctx).Model(&Material{}).Where("shipped <> ''").Pluck("shipped", &there).Error; err != nil {
			return err
		}
		known := map[string]bool{}
		for _, slug := range there {
			known[slug] = true
		}
		for _, l := range leaflets {
			if known[l.Slug] {
				continue
			}
			if err := s.ship(ctx, tx, l); err != nil {
				return err
			}
		}
		return nil
	})
}

// ship publishes one, in its own language and in all others that it has.
func (s *Service) ship(ctx context.Context, tx *gorm.DB, l content.Leaflet) error {
	// The number follows from the name, so that two servers which start together make one.
	sum := sha256.Sum256([]byte("shipped material " + l.Slug))
	id, today := store.ID(sum[:16]), s.store.Today()
	review := s.store.Now().In(s.store.Zone).AddDate(0, l.Months, 0).Format("2006-01-02")
	title, body := l.In(l.Lang)
	m := Material{
		ID: id, Kind: Kind(l.Kind), Title: title, Purpose: sourcesOf(l), Audience: l.ForWhom[l.Lang], Lang: l.Lang, State: Published, Day: today,
		Version: 1, DecidedVersion: 1, PublishedVersion: 1, PublishedDay: &today, ReviewDay: &review,
		Subjects: strings.Join(l.Subjects, " "), Shipped: l.Slug,
	}
	// Another server may start at this moment; whoever is second leaves it.
	made := tx.WithContext(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&m)
	if made.Error != nil || made.RowsAffected == 0 {
		return made.Error
	}
	v := Version{MaterialID: id, Number: 1, Title: title, Body: body, Day: today}
	if err := gorm.G[Version](tx).Create(ctx, &v); err != nil || s.texts == nil {
		return err
	}
	if err := s.texts.SourceChanged(ctx, tx, id, m.source(v)); err != nil {
		return err
	}
	shipper, ok := s.texts.(Shipper)
	if !ok {
		return nil
	}
	others := maps.Clone(l.Texts)
	delete(others, l.Lang)
	return shipper.Ship(ctx, tx, id, others)
}

// sourcesOf names where the facts of a text come from, for the people who will check it.
func sourcesOf(l content.Leaflet) string {
	var names []string
	for _, s := range l.Sources {
		names = append(names, fmt.Sprintf("%s (%d)", s.Where, s.Year))
	}
	text := []rune("Sources: " + strings.Join(names, "; ") + ".")
	return string(text[:min(len(text), longestShort)])
}
