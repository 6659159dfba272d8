package directory

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
	"portico/content"
)

// Host is the source of an entry that a coordinator of this portal wrote.
const Host = "host"

// Add writes an entry that nobody shipped. The nonce of the form makes the same form one
// entry. It is not checked: writing something down is not asking.
func (s *Service) Add(ctx context.Context, who member.Actor, nonce, kind, country string, c Change) (id string, err error) {
	if !mayTend(who) {
		return "", fault.Missing()
	}
	c = c.tidy()
	if err := c.checkNew(kind, country); err != nil {
		return "", err
	}
	id = "own-" + store.FormID("directory entry", nonce).String()
	return id, s.store.Tx(ctx, func(tx *gorm.DB) error {
		there, err := gorm.G[Entry](tx).Where("id = ?", id).Count(ctx, "id")
		if err != nil || there > 0 {
			return err
		}
		e := Entry{ID: id, Kind: kind, Country: country, Source: Host}
		c.write(&e)
		if err := gorm.G[Entry](tx).Create(ctx, &e); err != nil {
			return err
		}
		if err := changed(ctx, tx); err != nil {
			return err
		}
		return s.note(ctx, tx, "directory added", who, id)
	})
}

// checkNew checks what a new entry has besides what a change has, and tells all at once.
func (c Change) checkNew(kind, country string) error {
	var mend []fault.Field
	if !slices.Contains(content.EntryKinds, kind) {
		mend = append(mend, fault.Field{Name: "kind", Key: "directory.new.kind"})
	}
	if !content.KnownCountry(country) {
		mend = append(mend, fault.Field{Name: "country", Key: "directory.new.country"})
	}
	return fault.Mended(append(mend, c.faults()...))
}
