package member

import (
	"context"
	"slices"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"portico/app/audit"
	"portico/app/fault"
	"portico/app/store"
	"portico/app/vault"
)

// Recovery is the public half of a key under which contracts, pay and risk stand beside
// their readers. Its private half is stored nowhere: three people hold halves of it in
// pairs, so that any two of them open it together and nobody does alone.
type Recovery struct {
	Epoch    int `gorm:"primaryKey"`
	Pub      []byte
	MadeBy   store.ID
	MadeDay  string
	EndedDay *string
}

// TableName names the table.
func (Recovery) TableName() string { return "recoveries" }

// RecoveryShare is one half, wrapped for one holder; the other half of the same pair lies
// with the other holder.
type RecoveryShare struct {
	Epoch    int      `gorm:"primaryKey"`
	HolderID store.ID `gorm:"primaryKey"`
	OtherID  store.ID `gorm:"primaryKey"`
	Wrap     []byte
}

// TableName names the table.
func (RecoveryShare) TableName() string { return "recovery_shares" }

// Recoverable are the kinds of records that two of three may open again. Supervision is not
// among them and has no recovery, by decision: what two people say there is theirs.
var Recoverable = []string{"contract", "contract text", "risk", "payroll", "hours pay"}

// recoveryReader stands as reader of a record that is sealed for the recovery key as well.
const recoveryReader = "recovery"

// holderRoles may hold a part of the recovery key.
var holderRoles = []Role{RoleCoordinator, RoleAdmin}

func leads(who Actor) bool { return who.Role != nil && who.Has(holderRoles...) }

// presentRecovery is the recovery key in force; found is false where none was set up.
func presentRecovery(ctx context.Context, db *gorm.DB) (r Recovery, found bool, err error) {
	rows, err := gorm.G[Recovery](db).Where("ended_day IS NULL").Order("epoch DESC").Limit(1).Find(ctx)
	if err != nil || len(rows) == 0 {
		return r, false, store.Translate(err)
	}
	return rows[0], true, nil
}

// holdersOfRecovery are the people who hold parts of an epoch, and those of them who are
// still here with a role that may.
func holdersOfRecovery(ctx context.Context, db *gorm.DB, epoch int) (all, here []store.ID, err error) {
	shares, err := gorm.G[RecoveryShare](db).Where("epoch = ?", epoch).Order("holder_id, other_id").Find(ctx)
	if err != nil {
		return nil, nil, store.Translate(err)
	}
	people, err := Colleagues(ctx, db, holderRoles...)
	if err != nil {
		return nil, nil, err
	}
	for _, s := range shares {
		for _, id := range []store.ID{s.HolderID, s.OtherID} {
			if !slices.Contains(all, id) {
				all = append(all, id)
			}
		}
		gone := !slices.ContainsFunc(people, func(p RoleAccount) bool { return p.ID == s.HolderID })
		if !gone && !slices.Contains(here, s.HolderID) {
			here = append(here, s.HolderID)
		}
	}
	return all, here, nil
}

// SetUpRecovery draws a recovery key and lays its halves with three people: who sets it up
// and the two she names. It is refused while two who hold parts of the present one are
// here: then these two decide. What she can read herself is brought under the new key.
func (s *Service) SetUpRecovery(ctx context.Context, who Actor, second, third store.ID) error {
	if !leads(who) {
		return fault.New(fault.NotFound, "error.missing")
	}
	holders := []store.ID{who.Role.ID, second, third}
	if err := s.checkHolders(ctx, holders); err != nil {
		return err
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		now, found, err := presentRecovery(ctx, tx)
		if err != nil {
			return err
		}
		if found {
			_, here, err := holdersOfRecovery(ctx, tx, now.Epoch)
			if err != nil {
				return err
			}
			if len(here) > 1 {
				return fault.New(fault.Refused, "recovery.exists")
			}
			if err := endRecovery(ctx, tx, now.Epoch, s.store.Today()); err != nil {
				return err
			}
		}
		last, err := lastRecovery(ctx, tx)
		if err != nil {
			return err
		}
		r := Recovery{Epoch: last + 1, MadeBy: who.Role.ID, MadeDay: s.store.Today()}
		if _, err := beginRecovery(ctx, tx, r, holders); err != nil {
			return err
		}
		if _, err := cover(ctx, tx, who); err != nil {
			return err
		}
		return s.noteRecovery(ctx, tx, "set up", who, "")
	})
}

func (s *Service) checkHolders(ctx context.Context, holders []store.ID) error {
	people, err := Colleagues(ctx, s.store.DB, holderRoles...)
	if err != nil {
		return err
	}
	for i, id := range holders {
		field := []string{"first", "second", "third"}[i]
		if !slices.ContainsFunc(people, func(p RoleAccount) bool { return p.ID == id }) {
			return fault.Mend(fault.Field{Name: field, Key: "recovery.holder.missing"})
		}
		if slices.Contains(holders[:i], id) {
			return fault.Mend(fault.Field{Name: field, Key: "recovery.holder.same"})
		}
	}
	return nil
}

func lastRecovery(ctx context.Context, tx *gorm.DB) (int, error) {
	rows, err := gorm.G[Recovery](tx).Order("epoch DESC").Limit(1).Find(ctx)
	if err != nil || len(rows) == 0 {
		return 0, err
	}
	return rows[0].Epoch, nil
}

// beginRecovery draws the key of an epoch and wraps its halves for three holders: for each
// pair one half is random and the other is what is missing to the key.
func beginRecovery(ctx context.Context, tx *gorm.DB, r Recovery, holders []store.ID) (vault.Identity, error) {
	key := vault.NewIdentity()
	r.Pub = key.EncPublic[:]
	if err := gorm.G[Recovery](tx).Create(ctx, &r); err != nil {
		return key, err
	}
	for i, a := range holders {
		for _, b := range holders[i+1:] {
			one, other := vault.Halve(key.Bytes())
			if err := keepShare(ctx, tx, RecoveryShare{Epoch: r.Epoch, HolderID: a, OtherID: b}, one); err != nil {
				return key, err
			}
			if err := keepShare(ctx, tx, RecoveryShare{Epoch: r.Epoch, HolderID: b, OtherID: a}, other); err != nil {
				return key, err
			}
		}
	}
	return key, nil
}

func keepShare(ctx context.Context, tx *gorm.DB, share RecoveryShare, half []byte) error {
	key, err := PresentKey(ctx, tx, share.HolderID)
	if err != nil {
		return err
	}
	if share.Wrap, err = vault.WrapHalf(share.about(), half, [32]byte(key.EncPub)); err != nil {
		return err
	}
	return gorm.G[RecoveryShare](tx).Create(ctx, &share)
}

// endRecovery ends an epoch: its halves go, and every request that waits with them.
func endRecovery(ctx context.Context, tx *gorm.DB, epoch int, today string) error {
	if _, err := gorm.G[Recovery](tx).Where("epoch = ?", epoch).Update(ctx, "ended_day", today); err != nil {
		return err
	}
	if _, err := gorm.G[RecoveryShare](tx).Where("epoch = ?", epoch).Delete(ctx); err != nil {
		return err
	}
	_, err := gorm.G[RecoveryRequest](tx).Where("epoch = ? AND state = ?", epoch, RequestOpen).Update(ctx, "state", RequestClosed)
	if err != nil {
		return err
	}
	_, err = gorm.G[RecoveryHalf](tx).Where("request_id IN (SELECT id FROM recovery_requests WHERE state <> 'open')").Delete(ctx)
	return err
}

// CoverRecords brings the records that she can read under the present recovery key and
// returns how many those were: what was sealed before there was one, or under one whose
// holders are gone.
func (s *Service) CoverRecords(ctx context.Context, who Actor) (n int, err error) {
	if !leads(who) {
		return 0, fault.New(fault.NotFound, "error.missing")
	}
	err = s.store.Tx(ctx, func(tx *gorm.DB) error {
		n, err = cover(ctx, tx, who)
		return err
	})
	return n, err
}

// uncovered are the records of the recoverable kinds that the present key does not open.
const uncovered = "kind IN ? AND id NOT IN (SELECT sealed_id FROM sealed_keys WHERE reader_kind = 'recovery' AND epoch = ?)"

func cover(ctx context.Context, tx *gorm.DB, who Actor) (int, error) {
	now, found, err := presentRecovery(ctx, tx)
	if err != nil || !found {
		return 0, err
	}
	rows, err := gorm.G[SealedRow](tx).Select("id", "kind").Where(uncovered, Recoverable, now.Epoch).Find(ctx)
	if err != nil {
		return 0, err
	}
	n := 0
	for batch := range slices.Chunk(rows, 400) {
		keys, err := hersAmong(ctx, tx, who, batch)
		if err != nil {
			return 0, err
		}
		for _, row := range batch {
			key, hers := keys[row.ID]
			if !hers {
				continue
			}
			wrap, err := key.Wrap(row.about(), [32]byte(now.Pub))
			if err != nil {
				return 0, err
			}
			if err := putRecovery(ctx, tx, SealedKey{row.ID, "recovery", recoveryReader, now.Epoch, wrap}); err != nil {
				return 0, err
			}
			n++
		}
	}
	return n, nil
}

func putRecovery(ctx context.Context, tx *gorm.DB, wrap SealedKey) error {
	return tx.WithContext(ctx).Clauses(clause.OnConflict{UpdateAll: true}).Create(&wrap).Error
}

// hersAmong takes the keys of records out of the wraps that were made for her or for a
// circle she holds; what is not hers, or does not open, is left out.
func hersAmong(ctx context.Context, tx *gorm.DB, who Actor, rows []SealedRow) (map[store.ID]vault.RecordKey, error) {
	ids := make([]store.ID, len(rows))
	about := map[store.ID]vault.About{}
	for i, row := range rows {
		ids[i], about[row.ID] = row.ID, row.about()
	}
	found, err := KeysForCircle(ctx, tx, who, CirclePayroll, ids)
	if err != nil {
		return nil, err
	}
	wraps, err := gorm.G[SealedKey](tx).Where("reader_kind = 'role' AND reader_id = ? AND sealed_id IN ?", who.Role.ID.String(), ids).Find(ctx)
	if err != nil {
		return nil, err
	}
	for _, w := range wraps {
		if key, err := who.Role.Identity.Key(about[w.SealedID], w.Wrap); err == nil {
			found[w.SealedID] = key
		}
	}
	return found, nil
}

// noteRecovery writes what happened to the recovery key into the audit log, by numbers.
func (s *Service) noteRecovery(ctx context.Context, tx *gorm.DB, act string, who Actor, request string) error {
	matter := `{"act":"` + act + `","by":"` + who.Role.ID.String() + `","request":"` + request + `"}`
	return audit.Note(ctx, tx, s.store.Today(), "recovery", matter)
}
