package member

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"portico/app/fault"
	"portico/app/store"
	"portico/app/vault"
)

// Box is a small sealed row at an address that only its owner computes. It names nobody:
// equal boxes of one person look like boxes of many.
type Box struct {
	Addr      []byte `gorm:"primaryKey"`
	Box       []byte
	KeepUntil string // quarter
}

// TableName names the table.
func (Box) TableName() string { return "boxes" }

const (
	boxYears   = 5
	trailBatch = 64
	boxTries   = 5
)

// Trail reads the topics in which she posted or which she follows, oldest first. Three
// hundred topics are five queries.
func Trail(ctx context.Context, db *gorm.DB, who Actor) ([]store.ID, error) {
	var topics []store.ID
	for _, secret := range who.Secrets {
		found, _, err := trailOf(ctx, db, secret)
		if err != nil {
			return nil, err
		}
		topics = append(topics, found...)
	}
	return topics, nil
}

// trailOf reads the trail of one secret and the first free number.
func trailOf(ctx context.Context, db *gorm.DB, secret vault.Secret) (topics []store.ID, free int, err error) {
	for start := 0; ; start += trailBatch {
		names := map[string]string{}
		addrs := make([][]byte, trailBatch)
		for i := range addrs {
			name := trailName(start + i)
			addrs[i] = secret.Address(name)
			names[string(addrs[i])] = name
		}
		rows, err := gorm.G[Box](db).Where("addr IN ?", addrs).Find(ctx)
		if err != nil {
			return nil, 0, store.Translate(err)
		}
		found := map[string]store.ID{}
		for _, row := range rows {
			plain, err := secret.OpenBox(names[string(row.Addr)], row.Box)
			if err != nil || len(plain) != 16 {
				return nil, 0, fault.New(fault.Internal, "error.internal").Because(vault.ErrSealed)
			}
			found[string(row.Addr)] = store.ID(plain)
		}
		for i, addr := range addrs {
			topic, ok := found[string(addr)]
			if !ok {
				return topics, start + i, nil
			}
			topics = append(topics, topic)
		}
	}
}

func trailName(n int) string { return fmt.Sprintf("trail/%d", n) }

// AddTrail remembers a topic in the caller's transaction: one new row, never a change. When
// another session of hers took the number first, the next one is tried.
func AddTrail(ctx context.Context, tx *gorm.DB, clock store.Clock, who Actor, topic store.ID) error {
	secret := who.Newest()
	_, free, err := trailOf(ctx, tx, secret)
	if err != nil {
		return err
	}
	for n := free; ; n++ {
		row := Box{Addr: secret.Address(trailName(n)), Box: secret.SealBox(trailName(n), topic[:]), KeepUntil: clock.Quarter(boxYears)}
		result := tx.WithContext(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&row)
		if result.Error != nil {
			return store.Translate(result.Error)
		}
		if result.RowsAffected == 1 {
			return nil
		}
	}
}

// ReadBox opens the named box into value and reports whether it exists. All her secrets
// are tried, newest first.
func ReadBox(ctx context.Context, db *gorm.DB, who Actor, name string, value any) (bool, error) {
	for _, secret := range who.Secrets {
		row, ok, err := oneBox(ctx, db, secret.Address(name))
		if err != nil {
			return false, err
		}
		if !ok {
			continue
		}
		plain, err := secret.OpenBox(name, row.Box)
		if err != nil {
			return false, fault.Wrap(err, "open a box")
		}
		return true, fault.Wrap(json.Unmarshal(plain, value), "read a box")
	}
	return false, nil
}

// ReadBoxes opens many named boxes at once; names without a box are left out.
func ReadBoxes[T any](ctx context.Context, db *gorm.DB, who Actor, names []string) (map[string]T, error) {
	found := map[string]T{}
	for _, secret := range who.Secrets {
		for batch := range slices.Chunk(names, 400) {
			addrs := make([][]byte, len(batch))
			named := map[string]string{}
			for i, name := range batch {
				addrs[i] = secret.Address(name)
				named[string(addrs[i])] = name
			}
			rows, err := gorm.G[Box](db).Where("addr IN ?", addrs).Find(ctx)
			if err != nil {
				return nil, store.Translate(err)
			}
			for _, row := range rows {
				name := named[string(row.Addr)]
				if _, newer := found[name]; newer {
					continue
				}
				var value T
				plain, err := secret.OpenBox(name, row.Box)
				if err == nil {
					err = json.Unmarshal(plain, &value)
				}
				if err != nil {
					return nil, fault.Wrap(err, "open a box")
				}
				found[name] = value
			}
		}
	}
	return found, nil
}

// ChangeBox reads the named box, lets change alter its value and writes it back, in the
// caller's transaction. Two sessions at once never lose a change: the write is conditional
// on what was read, and is tried again.
func ChangeBox[T any](ctx context.Context, tx *gorm.DB, clock store.Clock, who Actor, name string, change func(*T)) error {
	for range boxTries {
		var value T
		secret, row, found := who.Newest(), Box{}, false
		for _, candidate := range who.Secrets {
			var err error
			if row, found, err = oneBox(ctx, tx, candidate.Address(name)); err != nil {
				return err
			}
			if found {
				secret = candidate
				break
			}
		}
		if found {
			plain, err := secret.OpenBox(name, row.Box)
			if err != nil {
				return fault.Wrap(err, "open a box")
			}
			if err := json.Unmarshal(plain, &value); err != nil {
				return fault.Wrap(err, "read a box")
			}
		}
		change(&value)
		done, err := writeBox(ctx, tx, clock, boxChange{secret, name, row.Box, value})
		if err != nil || done {
			return err
		}
	}
	return fault.New(fault.Conflict, "error.changed")
}

// boxChange is a box's next value together with the bytes that it replaces (nil for none).
type boxChange struct {
	secret vault.Secret
	name   string
	old    []byte
	value  any
}

func writeBox(ctx context.Context, tx *gorm.DB, clock store.Clock, c boxChange) (done bool, err error) {
	raw, err := json.Marshal(c.value)
	if err != nil {
		return false, fault.Wrap(err, "write a box")
	}
	row := Box{Addr: c.secret.Address(c.name), Box: c.secret.SealBox(c.name, raw), KeepUntil: clock.Quarter(boxYears)}
	if c.old == nil {
		result := tx.WithContext(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&row)
		return result.RowsAffected == 1, store.Translate(result.Error)
	}
	n, err := gorm.G[Box](tx).Where("addr = ? AND box = ?", row.Addr, c.old).Select("Box", "KeepUntil").Updates(ctx, row)
	return n == 1, store.Translate(err)
}

// DropBoxes deletes the named boxes under each of her secrets, and her trails. Names are
// what other areas may have made for her.
func DropBoxes(ctx context.Context, tx *gorm.DB, who Actor, names []string) error {
	for _, secret := range who.Secrets {
		_, free, err := trailOf(ctx, tx, secret)
		if err != nil {
			return err
		}
		addrs := make([][]byte, 0, free+len(names))
		for n := range free {
			addrs = append(addrs, secret.Address(trailName(n)))
		}
		for _, name := range names {
			addrs = append(addrs, secret.Address(name))
		}
		for len(addrs) > 0 {
			batch := addrs[:min(500, len(addrs))]
			addrs = addrs[len(batch):]
			if _, err := gorm.G[Box](tx).Where("addr IN ?", batch).Delete(ctx); err != nil {
				return err
			}
		}
	}
	return nil
}

// DropBox deletes one box of hers in the caller's transaction and leaves her trails alone.
func DropBox(ctx context.Context, tx *gorm.DB, who Actor, name string) error {
	addrs := make([][]byte, len(who.Secrets))
	for i, secret := range who.Secrets {
		addrs[i] = secret.Address(name)
	}
	_, err := gorm.G[Box](tx).Where("addr IN ?", addrs).Delete(ctx)
	return err
}

func oneBox(ctx context.Context, db *gorm.DB, addr []byte) (Box, bool, error) {
	rows, err := gorm.G[Box](db).Where("addr = ?", addr).Limit(1).Find(ctx)
	if err != nil || len(rows) == 0 {
		return Box{}, false, store.Translate(err)
	}
	return rows[0], true, nil
}
