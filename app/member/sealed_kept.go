package member

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/store"
	"portico/app/vault"
)

// sealing is one sealed row on its way in.
type sealing struct {
	kind, words, until string
	readers            [][32]byte
}

// sealRow writes one sealed row under a key and returns the key's wraps for the readers.
func sealRow(ctx context.Context, tx *gorm.DB, key vault.RecordKey, in sealing) (store.ID, [][]byte, error) {
	id := store.NewID()
	sealed, wraps, err := key.Seal(vault.About{Kind: in.kind, ID: id[:], Schema: sealedSchema}, []byte(in.words), in.readers...)
	if err != nil {
		return store.ID{}, nil, fault.Wrap(err, "seal a record")
	}
	row := SealedRow{ID: id, Kind: in.kind, Box: sealed.Box, BoxHash: sealed.Hash, DeleteAfter: in.until}
	return id, wraps, gorm.G[SealedRow](tx).Create(ctx, &row)
}

// SealUnder seals words under the key of a record that exists already: its readers are
// those of that record, and no row says so. Until is the month after which it goes.
func SealUnder(ctx context.Context, tx *gorm.DB, key vault.RecordKey, r CircleRecord) (store.ID, error) {
	id, _, err := sealRow(ctx, tx, key, sealing{kind: r.Kind, words: r.Words, until: r.Until})
	return id, err
}

// OpenUnder reads records with the keys that they were sealed under. A record that is gone
// is left out; a box that was put in the place of another is an error.
func OpenUnder(ctx context.Context, db *gorm.DB, keys map[store.ID]vault.RecordKey) (map[store.ID]string, error) {
	found := map[store.ID]string{}
	ids := make([]store.ID, 0, len(keys))
	for id := range keys {
		ids = append(ids, id)
	}
	for batch := range slices.Chunk(ids, 400) {
		rows, err := gorm.G[SealedRow](db).Where("id IN ?", batch).Find(ctx)
		if err != nil {
			return nil, store.Translate(err)
		}
		for _, row := range rows {
			about := vault.About{Kind: row.Kind, ID: row.ID[:], Schema: sealedSchema}
			plain, err := keys[row.ID].Open(about, vault.Sealed{Box: row.Box, Hash: row.BoxHash})
			if err != nil {
				return nil, fault.New(fault.Refused, "role.sealed.broken").Because(err)
			}
			found[row.ID] = string(plain)
		}
	}
	return found, nil
}

// KeysForCircle takes the keys of many records out of the wraps that were made for a
// circle she holds. Records of an epoch that nobody handed to her are left out: for her
// they do not exist.
func KeysForCircle(ctx context.Context, db *gorm.DB, who Actor, circle string, ids []store.ID) (map[store.ID]vault.RecordKey, error) {
	found := map[store.ID]vault.RecordKey{}
	epochs, err := epochsOf(ctx, db, who, circle)
	if err != nil || len(epochs) == 0 {
		return found, err
	}
	for batch := range slices.Chunk(ids, 400) {
		rows, err := gorm.G[SealedRow](db).Select("id", "kind").Where("id IN ?", batch).Find(ctx)
		if err != nil {
			return nil, store.Translate(err)
		}
		kinds := map[store.ID]string{}
		for _, row := range rows {
			kinds[row.ID] = row.Kind
		}
		keys, err := gorm.G[SealedKey](db).Where("reader_kind = 'circle' AND reader_id = ? AND sealed_id IN ?", circle, batch).Find(ctx)
		if err != nil {
			return nil, store.Translate(err)
		}
		for _, key := range keys {
			identity, hers := epochs[key.Epoch]
			if !hers {
				continue
			}
			opened, err := identity.Key(vault.About{Kind: kinds[key.SealedID], ID: key.SealedID[:], Schema: sealedSchema}, key.Wrap)
			if err != nil {
				return nil, fault.New(fault.Refused, "role.sealed.broken").Because(err)
			}
			found[key.SealedID] = opened
		}
	}
	return found, nil
}

// epochsOf opens the private keys of a circle that were handed to her, by epoch.
func epochsOf(ctx context.Context, db *gorm.DB, who Actor, circle string) (map[int]vault.Identity, error) {
	if who.Role == nil {
		return nil, nil
	}
	rows, err := gorm.G[CircleKey](db).Where("circle = ? AND account_id = ?", circle, who.Role.ID).Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	epochs := map[int]vault.Identity{}
	for _, row := range rows {
		identity, err := who.Role.Identity.TakeUp(circle, row.Wrap)
		if err != nil {
			return nil, fault.Wrap(err, "open a circle's key")
		}
		epochs[row.Epoch] = identity
	}
	return epochs, nil
}
