package member

import (
	"context"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/store"
	"portico/app/vault"
)

// Rotation is what somebody shows before her keys change: her passphrase and a code of her
// second factor, because a stranger with her open screen has neither.
type Rotation struct {
	Again
	Code string
}

// Rotated is the outcome of a change of keys.
type Rotated struct {
	Opened      // the session that goes on with the new keys; all others of hers have ended
	Records int // wraps that were made anew
	Broken  int // wraps that did not open before either, and stay as they are
}

// RotateKey draws new keys for a person with roles: for reading what is sealed for her and
// for signing. The old key signs the new one, everything that was wrapped for the old one is
// wrapped anew, and the old private key is forgotten. Who copied it before opens nothing
// that is written from now on. The passphrase and the second factor stay.
func (s *Service) RotateKey(ctx context.Context, who Actor, r Rotation) (Rotated, error) {
	if who.Role == nil {
		return Rotated{}, fault.New(fault.NotFound, "error.missing")
	}
	account, root, err := s.confirm(ctx, who, r.Again)
	if err != nil {
		return Rotated{}, err
	}
	role, err := s.roleAccount(ctx, who.Role.ID)
	if err != nil {
		return Rotated{}, err
	}
	content, err := openRole(root, role)
	if err != nil {
		return Rotated{}, fault.Wrap(err, "open a role account")
	}
	now := s.store.Time()
	if !validCode(r.Code, content.Factor, now) || !s.factors.take(role.ID, bareCode(r.Code), now.Unix()) {
		s.slow.wrong(r.Key, r.Client)
		return Rotated{}, fault.Mend(fault.Field{Name: "otp", Key: "role.code.wrong"})
	}
	next := vault.NewIdentity()
	sealed, err := sealRole(root, role, sealedRole{next.Bytes(), content.Factor})
	if err != nil {
		return Rotated{}, err
	}
	change := rekeying{who: role.ID, old: who.Role.Identity, next: next}
	actor := who
	actor.Role = &RoleActor{ID: role.ID, Handle: role.Handle, Roles: who.Role.Roles, Identity: next}
	gen := newGen()
	out := Rotated{Opened: s.newSession(actor, account.Gen, gen)}
	err = s.store.Tx(ctx, func(tx *gorm.DB) error {
		if err := s.onlyRotation(ctx, tx); err != nil {
			return err
		}
		n, err := gorm.G[RoleAccount](tx).Where("id = ? AND gen = ?", role.ID, role.Gen).Select("Sealed", "Gen").Updates(ctx, RoleAccount{Sealed: sealed, Gen: gen})
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.New(fault.Conflict, "error.changed")
		}
		if err := s.nextKey(ctx, tx, change); err != nil {
			return err
		}
		if out.Records, out.Broken, err = change.all(ctx, tx); err != nil {
			return err
		}
		for _, secret := range who.Secrets {
			if _, err := gorm.G[Session](tx).Where("owner = ?", secret.Owner()).Delete(ctx); err != nil {
				return err
			}
		}
		return s.writeSession(ctx, tx, &out.Opened)
	})
	return out, err
}

// onlyRotation waits until everybody who has read a public key has finished sealing for it,
// and lets nobody read one until the new one stands: a record that is sealed for the old
// key at this very moment would be lost for her. SQLite lets one write at a time anyway.
func (s *Service) onlyRotation(ctx context.Context, tx *gorm.DB) error {
	if !s.store.Postgres() {
		return nil
	}
	return tx.WithContext(ctx).Exec("LOCK TABLE role_keys IN ACCESS EXCLUSIVE MODE").Error
}

// nextKey ends the present key and writes the next one under its signature.
func (s *Service) nextKey(ctx context.Context, tx *gorm.DB, c rekeying) error {
	before, err := PresentKey(ctx, tx, c.who)
	if err != nil {
		return err
	}
	if [32]byte(before.EncPub) != c.old.EncPublic {
		return fault.New(fault.Refused, "role.key.foreign")
	}
	today := s.store.Today()
	if _, err := gorm.G[RoleKey](tx).Where("account_id = ? AND until_day IS NULL", c.who).Update(ctx, "until_day", today); err != nil {
		return err
	}
	key := RoleKey{AccountID: c.who, Epoch: before.Epoch + 1, EncPub: c.next.EncPublic[:], SignPub: c.next.SignPublic(), FromDay: today}
	key.Cert = c.old.Sign(key.certified(before))
	return gorm.G[RoleKey](tx).Create(ctx, &key)
}

// rekeying is a change from one key to the next.
type rekeying struct {
	who       store.ID
	old, next vault.Identity
}

// all wraps everything anew that was wrapped for the old key. What does not open was put
// there by somebody else or was damaged: it stops nobody from changing her key.
func (c rekeying) all(ctx context.Context, tx *gorm.DB) (done, broken int, err error) {
	for _, part := range []func(context.Context, *gorm.DB) (int, int, error){c.records, c.circles, c.shares, c.halves} {
		d, b, err := part(ctx, tx)
		if err != nil {
			return 0, 0, err
		}
		done, broken = done+d, broken+b
	}
	return done, broken, nil
}

func (c rekeying) records(ctx context.Context, tx *gorm.DB) (done, broken int, err error) {
	key, err := PresentKey(ctx, tx, c.who)
	if err != nil {
		return 0, 0, err
	}
	wraps, err := gorm.G[SealedKey](tx).Where("reader_kind = 'role' AND reader_id = ?", c.who.String()).Find(ctx)
	if err != nil {
		return 0, 0, err
	}
	kinds, err := kindsOf(ctx, tx, wraps)
	if err != nil {
		return 0, 0, err
	}
	for _, w := range wraps {
		wrap, err := rewrap(c.old, c.next.EncPublic, kinds[w.SealedID], w)
		if err != nil {
			broken++
			continue
		}
		_, err = gorm.G[SealedKey](tx).Where("sealed_id = ? AND reader_kind = 'role' AND reader_id = ?", w.SealedID, w.ReaderID).
			Select("Epoch", "Wrap").Updates(ctx, SealedKey{Epoch: key.Epoch, Wrap: wrap})
		if err != nil {
			return 0, 0, err
		}
		done++
	}
	return done, broken, nil
}

// rewrap takes a record's key out of one wrap and wraps it for another key.
func rewrap(old vault.Identity, next [32]byte, kind string, w SealedKey) ([]byte, error) {
	about := vault.About{Kind: kind, ID: w.SealedID[:], Schema: sealedSchema}
	key, err := old.Key(about, w.Wrap)
	if err != nil {
		return nil, err
	}
	return key.Wrap(about, next)
}

func (c rekeying) circles(ctx context.Context, tx *gorm.DB) (done, broken int, err error) {
	keys, err := gorm.G[CircleKey](tx).Where("account_id = ?", c.who).Find(ctx)
	if err != nil {
		return 0, 0, err
	}
	for _, k := range keys {
		circle, err := c.old.TakeUp(k.Circle, k.Wrap)
		if err != nil {
			broken++
			continue
		}
		wrap, err := vault.HandOn(circle, k.Circle, c.next.EncPublic)
		if err != nil {
			return 0, 0, fault.Wrap(err, "hand a circle's key on")
		}
		_, err = gorm.G[CircleKey](tx).Where("circle = ? AND epoch = ? AND account_id = ?", k.Circle, k.Epoch, c.who).Update(ctx, "wrap", wrap)
		if err != nil {
			return 0, 0, err
		}
		done++
	}
	return done, broken, nil
}

// kindsOf reads the kinds of the records that wraps belong to.
func kindsOf(ctx context.Context, db *gorm.DB, wraps []SealedKey) (map[store.ID]string, error) {
	kinds := map[store.ID]string{}
	for start := 0; start < len(wraps); start += 400 {
		batch := wraps[start:min(start+400, len(wraps))]
		ids := make([]store.ID, len(batch))
		for i, w := range batch {
			ids[i] = w.SealedID
		}
		rows, err := gorm.G[SealedRow](db).Select("id", "kind").Where("id IN ?", ids).Find(ctx)
		if err != nil {
			return nil, store.Translate(err)
		}
		for _, row := range rows {
			kinds[row.ID] = row.Kind
		}
	}
	return kinds, nil
}
