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

// RecoveryOpening says that a record was opened by a request, so that the person whom the
// record is about can be shown it.
type RecoveryOpening struct {
	RequestID store.ID `gorm:"primaryKey"`
	SealedID  store.ID `gorm:"primaryKey"`
}

// TableName names the table.
func (RecoveryOpening) TableName() string { return "recovery_openings" }

// ConfirmRecovery is the second of the two people. In one transaction the two halves are
// joined, what was asked for is done, and the key is forgotten again. It returns how many
// records somebody can read now who could not before.
func (s *Service) ConfirmRecovery(ctx context.Context, who Actor, id store.ID) (opened int, err error) {
	now, here, err := s.mayOpen(ctx, who)
	if err != nil {
		return 0, err
	}
	err = s.store.Tx(ctx, func(tx *gorm.DB) error {
		r, err := gorm.G[RecoveryRequest](tx).Where("id = ? AND epoch = ?", id, now.Epoch).First(ctx)
		if err != nil {
			return err
		}
		switch {
		case r.AskedBy == who.Role.ID:
			return fault.New(fault.Refused, "recovery.two-people")
		case r.State != RequestOpen:
			return fault.New(fault.Conflict, "error.changed")
		case s.expired(r):
			return fault.New(fault.Refused, "recovery.expired")
		case !slices.Contains(here, r.AskedBy):
			return fault.New(fault.Refused, "recovery.asker.gone")
		}
		// Changing the row first lets one of two who confirm at once wait and then be told so.
		n, err := gorm.G[RecoveryRequest](tx).Where("id = ? AND state = ? AND asked_by <> ?", id, RequestOpen, who.Role.ID).
			Select("State", "ConfirmedBy", "DoneDay").Updates(ctx, RecoveryRequest{State: RequestDone, ConfirmedBy: who.Role.ID, DoneDay: new(s.store.Today())})
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.New(fault.Conflict, "error.changed")
		}
		key, err := joined(ctx, tx, who, r, now)
		if err != nil {
			return err
		}
		if _, err := gorm.G[RecoveryHalf](tx).Where("request_id = ?", id).Delete(ctx); err != nil {
			return err
		}
		if opened, err = s.carryOut(ctx, tx, carrying{who, r, now, key}); err != nil {
			return err
		}
		return s.noteRecovery(ctx, tx, "opened to "+r.Purpose, who, id.String())
	})
	return opened, err
}

// carrying is a request whose key lies open for a moment.
type carrying struct {
	who     Actor
	request RecoveryRequest
	now     Recovery
	key     vault.Identity
}

func (s *Service) carryOut(ctx context.Context, tx *gorm.DB, c carrying) (int, error) {
	people, err := Colleagues(ctx, tx, holderRoles...)
	if err != nil {
		return 0, err
	}
	still := false
	for _, p := range people {
		still = still || p.ID == c.request.ForID
	}
	if !still {
		return 0, fault.New(fault.Refused, "recovery.for.missing")
	}
	if c.request.Purpose == PurposeHolder {
		return 0, s.replaceHolder(ctx, tx, c)
	}
	return s.openFor(ctx, tx, c)
}

// joined joins the half that was lent with hers. Whatever does not give the key of this
// epoch opens nothing.
func joined(ctx context.Context, tx *gorm.DB, who Actor, r RecoveryRequest, now Recovery) (vault.Identity, error) {
	broken := fault.New(fault.Refused, "recovery.broken")
	lent, err := gorm.G[RecoveryHalf](tx).Where("request_id = ? AND holder_id = ?", r.ID, who.Role.ID).Limit(1).Find(ctx)
	if err != nil {
		return vault.Identity{}, err
	}
	mine, err := gorm.G[RecoveryShare](tx).Where("epoch = ? AND holder_id = ? AND other_id = ?", now.Epoch, who.Role.ID, r.AskedBy).Limit(1).Find(ctx)
	if err != nil {
		return vault.Identity{}, err
	}
	if len(lent) == 0 || len(mine) == 0 {
		return vault.Identity{}, broken
	}
	one, err := who.Role.Identity.TakeHalf(lent[0].about(), lent[0].Wrap)
	if err != nil {
		return vault.Identity{}, broken.Because(err)
	}
	other, err := who.Role.Identity.TakeHalf(mine[0].about(), mine[0].Wrap)
	if err != nil {
		return vault.Identity{}, broken.Because(err)
	}
	raw, err := vault.JoinHalves(one, other)
	if err != nil {
		return vault.Identity{}, broken.Because(err)
	}
	key, err := vault.IdentityFrom(raw)
	if err != nil || key.EncPublic != [32]byte(now.Pub) {
		return vault.Identity{}, broken
	}
	return key, nil
}

// underRecovery reads the wraps of the recoverable records of an epoch.
func underRecovery(ctx context.Context, tx *gorm.DB, epoch int) ([]SealedKey, map[store.ID]string, error) {
	wraps, err := gorm.G[SealedKey](tx).Where("reader_kind = 'recovery' AND epoch = ? AND sealed_id IN (SELECT id FROM sealed WHERE kind IN ?)", epoch, Recoverable).Find(ctx)
	if err != nil {
		return nil, nil, err
	}
	kinds, err := kindsOf(ctx, tx, wraps)
	return wraps, kinds, err
}

// openFor lets the named coordinator read: contracts, their texts and risks by her own key,
// and what belongs to payroll only where she holds the payroll's key, through that key.
func (s *Service) openFor(ctx context.Context, tx *gorm.DB, c carrying) (int, error) {
	wraps, kinds, err := underRecovery(ctx, tx, c.now.Epoch)
	if err != nil {
		return 0, err
	}
	hers, err := PresentKey(ctx, tx, c.request.ForID)
	if err != nil {
		return 0, err
	}
	payroll, epochs, err := payrollOf(ctx, tx, c.request.ForID)
	if err != nil {
		return 0, err
	}
	opened := 0
	for _, w := range wraps {
		about := vault.About{Kind: kinds[w.SealedID], ID: w.SealedID[:], Schema: sealedSchema}
		key, err := c.key.Key(about, w.Wrap)
		if err != nil {
			continue // it was put there by somebody else, and opens for nobody
		}
		next := SealedKey{SealedID: w.SealedID, ReaderKind: "role", ReaderID: c.request.ForID.String(), Epoch: hers.Epoch}
		pub := [32]byte(hers.EncPub)
		if about.Kind == "payroll" {
			if payroll == nil {
				continue
			}
			next.ReaderKind, next.ReaderID, next.Epoch, pub = "circle", CirclePayroll, payroll.Epoch, [32]byte(payroll.Pub)
		}
		if next.Wrap, err = key.Wrap(about, pub); err != nil {
			return 0, err
		}
		fresh, err := letRead(ctx, tx, next, epochs)
		if err != nil {
			return 0, err
		}
		if fresh {
			opened++
			if err := gorm.G[RecoveryOpening](tx).Create(ctx, &RecoveryOpening{c.request.ID, w.SealedID}); err != nil {
				return 0, err
			}
		}
	}
	return opened, nil
}

// payrollOf is the present payroll circle when somebody holds its key, and the epochs that
// she holds.
func payrollOf(ctx context.Context, tx *gorm.DB, account store.ID) (*Circle, []int, error) {
	keys, err := gorm.G[CircleKey](tx).Where("circle = ? AND account_id = ?", CirclePayroll, account).Find(ctx)
	if err != nil || len(keys) == 0 {
		return nil, nil, err
	}
	circles, err := gorm.G[Circle](tx).Where("id = ?", CirclePayroll).Order("epoch DESC").Limit(1).Find(ctx)
	if err != nil || len(circles) == 0 {
		return nil, nil, err
	}
	var epochs []int
	present := false
	for _, k := range keys {
		epochs = append(epochs, k.Epoch)
		present = present || k.Epoch == circles[0].Epoch
	}
	if !present {
		return nil, epochs, nil
	}
	return &circles[0], epochs, nil
}

// letRead writes a wrap for a reader who has none that opens; false means that she could
// read the record already.
func letRead(ctx context.Context, tx *gorm.DB, next SealedKey, epochs []int) (bool, error) {
	there, err := gorm.G[SealedKey](tx).Where("sealed_id = ? AND reader_kind = ? AND reader_id = ?", next.SealedID, next.ReaderKind, next.ReaderID).Limit(1).Find(ctx)
	if err != nil {
		return false, err
	}
	if len(there) > 0 {
		if next.ReaderKind == "role" {
			return false, nil
		}
		if slices.Contains(epochs, there[0].Epoch) {
			return false, nil
		}
	}
	return true, tx.WithContext(ctx).Clauses(clause.OnConflict{UpdateAll: true}).Create(&next).Error
}

// replaceHolder draws the next recovery key for the two who opened the drawer and the new
// holder, and brings every record under it.
func (s *Service) replaceHolder(ctx context.Context, tx *gorm.DB, c carrying) error {
	wraps, kinds, err := underRecovery(ctx, tx, c.now.Epoch)
	if err != nil {
		return err
	}
	if err := endRecovery(ctx, tx, c.now.Epoch, s.store.Today()); err != nil {
		return err
	}
	next := Recovery{Epoch: c.now.Epoch + 1, MadeBy: c.request.AskedBy, MadeDay: s.store.Today()}
	key, err := beginRecovery(ctx, tx, next, []store.ID{c.request.AskedBy, c.who.Role.ID, c.request.ForID})
	if err != nil {
		return err
	}
	for _, w := range wraps {
		wrap, err := rewrap(c.key, key.EncPublic, kinds[w.SealedID], w)
		if err != nil {
			continue
		}
		if err := putRecovery(ctx, tx, SealedKey{w.SealedID, "recovery", recoveryReader, next.Epoch, wrap}); err != nil {
			return err
		}
	}
	return nil
}
