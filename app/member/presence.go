package member

import (
	"context"
	"fmt"
	"strings"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"portico/app/fault"
	"portico/app/store"
	"portico/app/vault"
)

// Presence is one person in one month, for counting people and nothing else. Its address can be
// computed by her live session alone, so there is one for each person and month and nobody can
// tell two months of one person; which language she reads is sealed to the people who count, and
// so the database holds no count by language. It goes when the month has been counted.
//
// Ten posts in a language may be one woman. A number under which ten people stand needs this.
type Presence struct {
	Addr  []byte `gorm:"primaryKey"`
	Month string
	Epoch int // of the circle's key
	Box   []byte
	Hash  []byte
	Wrap  []byte
}

// TableName names the table.
func (Presence) TableName() string { return "presences" }

const (
	purposePresence = "presence"
	presenceBytes   = 16 // of a sealed language, so that its length says nothing
)

// Present notes that a member was here this month, with the language she reads. It is called when
// she has come in, in a transaction of its own, and never when she writes something. Where
// nobody counts it does nothing.
func (s *Service) Present(ctx context.Context, who Actor, lang string) error {
	if !who.SignedIn() || who.Role != nil || len(lang) > presenceBytes {
		return nil
	}
	month := s.store.Today()[:7]
	var addrs [][]byte
	for _, secret := range who.Secrets {
		addrs = append(addrs, secret.Tag(purposePresence, []byte(month)))
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		there, err := gorm.G[Presence](tx).Where("addr IN ?", addrs).Count(ctx, "addr")
		if err != nil || there > 0 {
			return err
		}
		circles, err := gorm.G[Circle](tx).Where("id = ?", CircleFigures).Order("epoch DESC").Limit(1).Find(ctx)
		if err != nil || len(circles) == 0 {
			return err
		}
		about := vault.About{Kind: purposePresence, ID: addrs[0], Schema: sealedSchema}
		sealed, wraps, err := vault.Seal(about, fmt.Appendf(nil, "%-*s", presenceBytes, lang), [32]byte(circles[0].Pub))
		if err != nil {
			return fault.Wrap(err, "seal a presence")
		}
		row := Presence{Addr: addrs[0], Month: month, Epoch: circles[0].Epoch, Box: sealed.Box, Hash: sealed.Hash, Wrap: wraps[0]}
		return tx.WithContext(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&row).Error
	})
}

// PeopleIn counts the people of a month by the language they read, for somebody who has the key
// of the people who count. Without the key it is a refusal: a count of nobody would be a lie.
func (s *Service) PeopleIn(ctx context.Context, who Actor, month string) (map[string]int, error) {
	epochs, err := epochsOf(ctx, s.store.DB, who, CircleFigures)
	if err != nil {
		return nil, err
	}
	rows, err := gorm.G[Presence](s.store.DB).Where("month = ?", month).Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	people := map[string]int{}
	for _, row := range rows {
		identity, hers := epochs[row.Epoch]
		if !hers {
			return nil, fault.New(fault.Refused, "figures.key")
		}
		about := vault.About{Kind: purposePresence, ID: row.Addr, Schema: sealedSchema}
		plain, err := identity.Open(about, vault.Sealed{Box: row.Box, Hash: row.Hash}, row.Wrap)
		if err != nil {
			return nil, fault.New(fault.Refused, "role.sealed.broken").Because(err)
		}
		people[strings.TrimSpace(string(plain))]++
	}
	return people, nil
}

// ForgetPeople deletes the presences of a month that has been counted, in the caller's transaction.
func ForgetPeople(ctx context.Context, tx *gorm.DB, month string) error {
	_, err := gorm.G[Presence](tx).Where("month = ?", month).Delete(ctx)
	return err
}
