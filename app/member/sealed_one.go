package member

import (
	"context"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/store"
	"portico/app/vault"
)

// OneReader is what SealForOne seals. Until is the month after which the record goes.
type OneReader struct {
	Kind, Words, Until string
	Reader             store.ID
}

// SealForOne seals words for the present key of one person with a role and returns the
// record's key for its author to keep in a box of hers: no row says who wrote it, and she
// reads it again and adds to it (SealUnder) without standing among the readers.
func SealForOne(ctx context.Context, tx *gorm.DB, r OneReader) (store.ID, vault.RecordKey, error) {
	key := vault.NewRecordKey()
	reader, err := PresentKey(ctx, tx, r.Reader)
	if err != nil {
		return store.ID{}, key, err
	}
	id, wraps, err := sealRow(ctx, tx, key, sealing{r.Kind, r.Words, r.Until, [][32]byte{[32]byte(reader.EncPub)}})
	if err != nil {
		return store.ID{}, key, err
	}
	wrap := SealedKey{SealedID: id, ReaderKind: "role", ReaderID: r.Reader.String(), Epoch: reader.Epoch, Wrap: wraps[0]}
	return id, key, gorm.G[SealedKey](tx).Create(ctx, &wrap)
}

// KeyForRole takes the key of a record out of the wrap that was made for her; ok is false
// where there is none.
func KeyForRole(ctx context.Context, db *gorm.DB, who Actor, id store.ID) (key vault.RecordKey, ok bool, err error) {
	if who.Role == nil {
		return key, false, nil
	}
	wraps, err := gorm.G[SealedKey](db).Where("sealed_id = ? AND reader_kind = 'role' AND reader_id = ?", id, who.Role.ID.String()).Limit(1).Find(ctx)
	if err != nil || len(wraps) == 0 {
		return key, false, store.Translate(err)
	}
	row, err := gorm.G[SealedRow](db).Select("id", "kind").Where("id = ?", id).First(ctx)
	if err != nil {
		return key, false, store.Translate(err)
	}
	key, err = who.Role.Identity.Key(vault.About{Kind: row.Kind, ID: id[:], Schema: sealedSchema}, wraps[0].Wrap)
	if err != nil {
		return key, false, fault.New(fault.Refused, "role.sealed.broken").Because(err)
	}
	return key, true, nil
}
