package member

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/store"
	"portico/app/vault"
)

// RoleRecord is what SealForRoles seals: words for a few named people with roles.
type RoleRecord struct {
	Kind, Words string
	KeepMonths  int
	Readers     []store.ID
	// Circle is a circle whose holders read it as well, "" for none. Nothing is sealed for
	// a circle that nobody has founded.
	Circle string
	// Recovery seals it for the recovery key as well, where one was set up: two of three
	// people can then let somebody read it whose readers are all gone. It is for the kinds
	// in Recoverable, that is contracts, pay and risk, and never for supervision.
	Recovery bool
}

// SealForRoles seals words for the present keys of their readers, in the caller's
// transaction, and returns the record's id. Whom the caller does not name cannot open it,
// host and coordinator included; only a record of which it says Recovery can be opened
// later by two of three people together.
func SealForRoles(ctx context.Context, tx *gorm.DB, clock store.Clock, r RoleRecord) (store.ID, error) {
	wraps, pubs, err := readersOf(ctx, tx, r)
	if err != nil {
		return store.ID{}, err
	}
	until := clock.Now().In(clock.Zone).AddDate(0, r.KeepMonths, 0).Format("2006-01")
	id, sealed, err := sealRow(ctx, tx, vault.NewRecordKey(), sealing{r.Kind, r.Words, until, pubs})
	if err != nil {
		return store.ID{}, err
	}
	for i := range wraps {
		wraps[i].SealedID, wraps[i].Wrap = id, sealed[i]
		if err := gorm.G[SealedKey](tx).Create(ctx, &wraps[i]); err != nil {
			return store.ID{}, err
		}
	}
	return id, nil
}

// readersOf are the readers of a record as their wraps name them, and their public keys.
func readersOf(ctx context.Context, tx *gorm.DB, r RoleRecord) (wraps []SealedKey, pubs [][32]byte, err error) {
	readers := slices.Compact(slices.SortedFunc(slices.Values(r.Readers), func(a, b store.ID) int { return slices.Compare(a[:], b[:]) }))
	for _, reader := range readers {
		key, err := PresentKey(ctx, tx, reader)
		if err != nil {
			return nil, nil, err
		}
		wraps, pubs = append(wraps, SealedKey{ReaderKind: "role", ReaderID: reader.String(), Epoch: key.Epoch}), append(pubs, [32]byte(key.EncPub))
	}
	if r.Circle != "" {
		circles, err := gorm.G[Circle](tx).Where("id = ?", r.Circle).Order("epoch DESC").Limit(1).Find(ctx)
		if err != nil {
			return nil, nil, store.Translate(err)
		}
		if len(circles) == 0 {
			return nil, nil, fault.New(fault.Refused, "error.no-circle")
		}
		wraps, pubs = append(wraps, SealedKey{ReaderKind: "circle", ReaderID: r.Circle, Epoch: circles[0].Epoch}), append(pubs, [32]byte(circles[0].Pub))
	}
	if r.Recovery && slices.Contains(Recoverable, r.Kind) {
		now, found, err := presentRecovery(ctx, tx)
		if err != nil {
			return nil, nil, err
		}
		if found {
			wraps, pubs = append(wraps, SealedKey{ReaderKind: "recovery", ReaderID: recoveryReader, Epoch: now.Epoch}), append(pubs, [32]byte(now.Pub))
		}
	}
	return wraps, pubs, nil
}

// PresentKey is the key pair's public half that a person with a role uses now.
func PresentKey(ctx context.Context, db *gorm.DB, account store.ID) (RoleKey, error) {
	keys, err := gorm.G[RoleKey](db).Where("account_id = ? AND until_day IS NULL", account).Order("epoch DESC").Limit(1).Find(ctx)
	if err != nil {
		return RoleKey{}, store.Translate(err)
	}
	if len(keys) == 0 || len(keys[0].EncPub) != 32 {
		return RoleKey{}, fault.New(fault.Refused, "role.key.none")
	}
	return keys[0], nil
}

// PastKey is a public key by its number; old ones stay for checking signatures.
func PastKey(ctx context.Context, db *gorm.DB, account store.ID, epoch int) (RoleKey, error) {
	key, err := gorm.G[RoleKey](db).Where("account_id = ? AND epoch = ?", account, epoch).First(ctx)
	return key, store.Translate(err)
}

// OpenForRole reads a record that was sealed for her. For anybody else, and once its time
// is over, the record does not exist. A box or key that was put in the place of another
// does not open, and the answer says so.
func OpenForRole(ctx context.Context, db *gorm.DB, who Actor, id store.ID) (string, error) {
	found, err := OpenAllForRole(ctx, db, who, []store.ID{id})
	if err != nil {
		return "", err
	}
	words, ok := found[id]
	if !ok {
		return "", fault.New(fault.NotFound, "error.missing")
	}
	return words, nil
}

// OpenAllForRole reads many records in two queries; what is not hers is left out.
func OpenAllForRole(ctx context.Context, db *gorm.DB, who Actor, ids []store.ID) (map[store.ID]string, error) {
	found := map[store.ID]string{}
	if who.Role == nil {
		return found, nil
	}
	for batch := range slices.Chunk(ids, 400) {
		keys, err := gorm.G[SealedKey](db).Where("reader_kind = 'role' AND reader_id = ? AND sealed_id IN ?", who.Role.ID.String(), batch).Find(ctx)
		if err != nil {
			return nil, store.Translate(err)
		}
		rows, err := gorm.G[SealedRow](db).Where("id IN ?", batch).Find(ctx)
		if err != nil {
			return nil, store.Translate(err)
		}
		for _, key := range keys {
			i := slices.IndexFunc(rows, func(r SealedRow) bool { return r.ID == key.SealedID })
			if i < 0 {
				continue
			}
			about := vault.About{Kind: rows[i].Kind, ID: rows[i].ID[:], Schema: sealedSchema}
			plain, err := who.Role.Identity.Open(about, vault.Sealed{Box: rows[i].Box, Hash: rows[i].BoxHash}, key.Wrap)
			if err != nil {
				return nil, fault.New(fault.Refused, "role.sealed.broken").Because(err)
			}
			found[key.SealedID] = string(plain)
		}
	}
	return found, nil
}

// SealedBoxes returns the boxes of records as they lie in the table, for chains that hash
// the box and never the words.
func SealedBoxes(ctx context.Context, db *gorm.DB, ids []store.ID) (map[store.ID][]byte, error) {
	boxes := map[store.ID][]byte{}
	for batch := range slices.Chunk(ids, 400) {
		rows, err := gorm.G[SealedRow](db).Where("id IN ?", batch).Find(ctx)
		if err != nil {
			return nil, store.Translate(err)
		}
		for _, row := range rows {
			boxes[row.ID] = row.Box
		}
	}
	return boxes, nil
}

// Colleagues lists the people who hold one of the roles now, by handle: for choosing a
// supervisor, and for naming the readers of a record.
func Colleagues(ctx context.Context, db *gorm.DB, roles ...Role) ([]RoleAccount, error) {
	rows, err := gorm.G[RoleAccount](db).Select("id", "handle", "roles").Where("ended IS NULL").Order("handle").Limit(1000).Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	return slices.DeleteFunc(rows, func(r RoleAccount) bool {
		return !slices.ContainsFunc(r.RoleList(), func(have Role) bool { return slices.Contains(roles, have) })
	}), nil
}

// Handles names people with roles, also those who have left.
func Handles(ctx context.Context, db *gorm.DB, ids []store.ID) (map[store.ID]string, error) {
	names := map[store.ID]string{}
	for batch := range slices.Chunk(ids, 400) {
		rows, err := gorm.G[RoleAccount](db).Select("id", "handle").Where("id IN ?", batch).Find(ctx)
		if err != nil {
			return nil, store.Translate(err)
		}
		for _, row := range rows {
			names[row.ID] = row.Handle
		}
	}
	return names, nil
}
