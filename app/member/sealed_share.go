package member

import (
	"context"
	"slices"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"portico/app/fault"
	"portico/app/store"
	"portico/app/vault"
)

// ShareSealed lets one more person read records that are open to who: their keys are taken
// out of her wraps and wrapped once more for the reader's present key, in the caller's
// transaction. A record that is not hers, or whose time is over, is passed over: she can
// give nobody what she cannot read. The words themselves are not touched, so that hashes
// and signatures over the box still hold.
func ShareSealed(ctx context.Context, tx *gorm.DB, who Actor, ids []store.ID, reader store.ID) error {
	if who.Role == nil {
		return fault.New(fault.NotFound, "error.missing")
	}
	key, err := PresentKey(ctx, tx, reader)
	if err != nil {
		return err
	}
	for batch := range slices.Chunk(ids, 400) {
		rows, err := gorm.G[SealedRow](tx).Select("id", "kind").Where("id IN ?", batch).Find(ctx)
		if err != nil {
			return err
		}
		wraps, err := gorm.G[SealedKey](tx).Where("reader_kind = 'role' AND reader_id = ? AND sealed_id IN ?", who.Role.ID.String(), batch).Find(ctx)
		if err != nil {
			return err
		}
		for _, row := range rows {
			i := slices.IndexFunc(wraps, func(w SealedKey) bool { return w.SealedID == row.ID })
			if i < 0 {
				continue
			}
			if err := shareOne(ctx, tx, who, row, sharing{wraps[i].Wrap, reader, key}); err != nil {
				return err
			}
		}
	}
	return nil
}

// sharing is one wrap of hers and for whom it is made again.
type sharing struct {
	wrap   []byte
	reader store.ID
	key    RoleKey
}

func shareOne(ctx context.Context, tx *gorm.DB, who Actor, row SealedRow, in sharing) error {
	about := vault.About{Kind: row.Kind, ID: row.ID[:], Schema: sealedSchema}
	record, err := who.Role.Identity.Key(about, in.wrap)
	if err != nil {
		return fault.New(fault.Refused, "role.sealed.broken").Because(err)
	}
	wrap, err := record.Wrap(about, [32]byte(in.key.EncPub))
	if err != nil {
		return fault.Wrap(err, "wrap a record for one more reader")
	}
	shared := SealedKey{SealedID: row.ID, ReaderKind: "role", ReaderID: in.reader.String(), Epoch: in.key.Epoch, Wrap: wrap}
	// Shared twice is shared once.
	return tx.WithContext(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&shared).Error
}
