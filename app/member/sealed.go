package member

import (
	"context"
	"strconv"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/store"
	"portico/app/vault"
)

// SealedRow is a record that only its named readers open. The box holds ciphertext from
// the moment the row exists; a check in the schema refuses anything else.
type SealedRow struct {
	ID          store.ID `gorm:"primaryKey"`
	Kind        string
	Box         []byte
	BoxHash     []byte
	DeleteAfter string // month
}

// TableName names the table.
func (SealedRow) TableName() string { return "sealed" }

// SealedKey is the record's key, wrapped for one reader.
type SealedKey struct {
	SealedID   store.ID `gorm:"primaryKey"`
	ReaderKind string   `gorm:"primaryKey"`
	ReaderID   string   `gorm:"primaryKey"`
	Epoch      int
	Wrap       []byte
}

// TableName names the table.
func (SealedKey) TableName() string { return "sealed_keys" }

const sealedSchema = 1

// SealForCircle seals words for a circle in the caller's transaction and returns the
// record's id. KeepMonths is how long the record may stay at most.
func SealForCircle(ctx context.Context, tx *gorm.DB, clock store.Clock, r CircleRecord) (store.ID, error) {
	id, _, err := SealKept(ctx, tx, clock, r)
	return id, err
}

// SealKept seals words for a circle as SealForCircle does and also returns the record's
// key, for the author to keep in a box of hers: she reads her words again, and what is
// sealed under the same key later, without standing among the readers.
func SealKept(ctx context.Context, tx *gorm.DB, clock store.Clock, r CircleRecord) (store.ID, vault.RecordKey, error) {
	key := vault.NewRecordKey()
	circles, err := gorm.G[Circle](tx).Where("id = ?", r.Circle).Order("epoch DESC").Limit(1).Find(ctx)
	if err != nil {
		return store.ID{}, key, store.Translate(err)
	}
	if len(circles) == 0 {
		return store.ID{}, key, fault.New(fault.Refused, "error.no-circle")
	}
	id, wraps, err := sealRow(ctx, tx, key, sealing{r.Kind, r.Words, r.until(clock), [][32]byte{[32]byte(circles[0].Pub)}})
	if err != nil {
		return store.ID{}, key, err
	}
	wrap := SealedKey{SealedID: id, ReaderKind: "circle", ReaderID: r.Circle, Epoch: circles[0].Epoch, Wrap: wraps[0]}
	return id, key, gorm.G[SealedKey](tx).Create(ctx, &wrap)
}

// CircleRecord is what SealForCircle seals.
type CircleRecord struct {
	Circle, Kind, Words string
	KeepMonths          int
	Until               string // month; when it is set it counts instead of KeepMonths
}

func (r CircleRecord) until(clock store.Clock) string {
	if r.Until != "" {
		return r.Until
	}
	return clock.Now().In(clock.Zone).AddDate(0, r.KeepMonths, 0).Format("2006-01")
}

// OpenForCircle reads a record that was sealed for a circle she holds the key of. Without
// the key the record does not exist for her.
func OpenForCircle(ctx context.Context, db *gorm.DB, who Actor, id store.ID) (string, error) {
	gone := fault.New(fault.NotFound, "error.missing")
	if who.Role == nil {
		return "", gone
	}
	row, err := gorm.G[SealedRow](db).Where("id = ?", id).First(ctx)
	if err != nil {
		return "", store.Translate(err)
	}
	keys, err := gorm.G[SealedKey](db).Where("sealed_id = ? AND reader_kind = 'circle'", id).Find(ctx)
	if err != nil {
		return "", store.Translate(err)
	}
	for _, key := range keys {
		mine, err := gorm.G[CircleKey](db).Where("circle = ? AND epoch = ? AND account_id = ?", key.ReaderID, key.Epoch, who.Role.ID).Limit(1).Find(ctx)
		if err != nil {
			return "", store.Translate(err)
		}
		if len(mine) == 0 {
			continue
		}
		circle, err := who.Role.Identity.TakeUp(key.ReaderID, mine[0].Wrap)
		if err != nil {
			return "", fault.Wrap(err, "open a circle's key "+strconv.Itoa(key.Epoch))
		}
		plain, err := circle.Open(vault.About{Kind: row.Kind, ID: id[:], Schema: sealedSchema}, vault.Sealed{Box: row.Box, Hash: row.BoxHash}, key.Wrap)
		return string(plain), fault.Wrap(err, "open a sealed record")
	}
	return "", gone
}

// Shred deletes a sealed record with its keys, in the caller's transaction.
func Shred(ctx context.Context, tx *gorm.DB, ids ...store.ID) error {
	if len(ids) == 0 {
		return nil
	}
	if _, err := gorm.G[SealedKey](tx).Where("sealed_id IN ?", ids).Delete(ctx); err != nil {
		return err
	}
	_, err := gorm.G[SealedRow](tx).Where("id IN ?", ids).Delete(ctx)
	return err
}
