package member

import (
	"context"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/job"
	"portico/app/store"
	"portico/app/vault"
)

// Again is the key or passphrase that grave acts ask for once more: the likeliest attacker
// holds her open phone, not the database.
type Again struct {
	Key    string // a member's key, or a role person's passphrase
	Client string
	Ticket string
}

func newGen() []byte { return vault.Random(8) }

// confirm checks the key again and returns the account with its root. Without the right
// key nothing may change.
func (s *Service) confirm(ctx context.Context, who Actor, again Again) (Account, vault.Root, error) {
	var none vault.Root
	if again.Key == "" {
		return Account{}, none, fault.New(fault.KeyAgain, "key-again.empty")
	}
	text, kdf, salt := again.Key, vault.Heavy, s.salt
	if who.Role == nil {
		digits, ok := vault.ParseKey(again.Key)
		if !ok {
			return Account{}, none, fault.New(fault.KeyAgain, "key-again.wrong")
		}
		text, kdf = digits, vault.Light
	} else {
		role, err := s.roleAccount(ctx, who.Role.ID)
		if err != nil {
			return Account{}, none, err
		}
		salt = role.Salt
	}
	if err := s.slow.admit(text, again.Client, again.Ticket); err != nil {
		return Account{}, none, err
	}
	var root vault.Root
	if err := s.budget.Do(ctx, func() { root = s.server.Stretch(kdf, text, salt) }); err != nil {
		return Account{}, none, err
	}
	account, _, found, err := s.findAccount(ctx, root)
	if err != nil {
		return Account{}, none, err
	}
	if !found || account.ID != who.Account {
		s.slow.wrong(text, again.Client)
		return Account{}, none, fault.New(fault.KeyAgain, "key-again.wrong")
	}
	return account, root, nil
}

// ChangeKey gives a member a new key and a new secret for new topics, ends all other
// sessions and returns the session that goes on. Old secrets stay, so that she can edit
// and delete what she wrote; who stole the old key computes no tag of a later topic.
func (s *Service) ChangeKey(ctx context.Context, who Actor, again Again) (Opened, error) {
	if who.Role != nil {
		return Opened{}, fault.New(fault.Refused, "me.key.role")
	}
	old, _, err := s.confirm(ctx, who, again)
	if err != nil {
		return Opened{}, err
	}
	key := vault.NewMemberKey()
	var root vault.Root
	if err := s.budget.Do(ctx, func() { root = s.server.Stretch(vault.Light, key, s.salt) }); err != nil {
		return Opened{}, err
	}
	secrets := append([]vault.Secret{vault.NewSecret()}, who.Secrets...)
	sealed, err := sealAccount(root, old.ID, old.Salt, secrets)
	if err != nil {
		return Opened{}, fault.Wrap(err, "seal an account under a new key")
	}
	next := Account{Lookup: root.Lookup(), Kdf: int(vault.Light), Sealed: sealed, Gen: newGen(), KeepUntil: s.store.Half(accountYears)}
	opened := s.newSession(Actor{Account: old.ID, Secrets: secrets, Device: who.Device, NewKey: key}, next.Gen, nil)
	err = s.store.Tx(ctx, func(tx *gorm.DB) error {
		if err := s.endAll(ctx, tx, who, old.ID); err != nil {
			return err
		}
		n, err := gorm.G[Account](tx).Where("id = ? AND lookup = ?", old.ID, old.Lookup).
			Select("Lookup", "Kdf", "Sealed", "Gen", "KeepUntil").Updates(ctx, next)
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.New(fault.Conflict, "error.changed")
		}
		return s.writeSession(ctx, tx, &opened)
	})
	return opened, err
}

// DeleteAccount removes her account at once, in one transaction with all that the areas
// hold of her. Posts says whether her words go too or stay without any link to a person.
func (s *Service) DeleteAccount(ctx context.Context, who Actor, again Again, posts bool) error {
	account, _, err := s.confirm(ctx, who, again)
	if err != nil {
		return err
	}
	if who.Role != nil {
		if err := s.leaveCircles(ctx, who.Role.ID); err != nil {
			return err
		}
	}
	err = s.store.Tx(ctx, func(tx *gorm.DB) error {
		for _, erase := range s.erasers {
			if err := erase(ctx, tx, who, posts); err != nil {
				return err
			}
		}
		if err := DropBox(ctx, tx, who, prefsBox); err != nil {
			return err
		}
		if err := s.endAll(ctx, tx, who, account.ID); err != nil {
			return err
		}
		if who.Role != nil {
			if err := s.endRole(ctx, tx, who.Role.ID); err != nil {
				return err
			}
		}
		if _, err := gorm.G[Account](tx).Where("id = ?", account.ID).Delete(ctx); err != nil {
			return err
		}
		return job.EnqueueErased(ctx, tx, "accounts", account.ID)
	})
	if err != nil {
		return err
	}
	return s.store.Checkpoint(ctx)
}

// endRole empties the role compartment: her wraps, handle and role box go; what she signed
// stays for its legal term under the id alone.
func (s *Service) endRole(ctx context.Context, tx *gorm.DB, id store.ID) error {
	if _, err := gorm.G[CircleKey](tx).Where("account_id = ?", id).Delete(ctx); err != nil {
		return err
	}
	// Her halves of the recovery key go; with the two others the drawer still opens.
	if _, err := gorm.G[RecoveryShare](tx).Where("holder_id = ?", id).Delete(ctx); err != nil {
		return err
	}
	today := s.store.Today()
	if _, err := gorm.G[RoleKey](tx).Where("account_id = ? AND until_day IS NULL", id).Update(ctx, "until_day", today); err != nil {
		return err
	}
	_, err := gorm.G[RoleAccount](tx).Where("id = ?", id).Select("Handle", "Roles", "Sealed", "Gen", "Ended").
		Updates(ctx, RoleAccount{Handle: "gone-" + id.String()[:10], Sealed: []byte{}, Gen: newGen(), Ended: &today})
	if err != nil {
		return err
	}
	return noteEnded(ctx, tx, id)
}

// Sure holds that it is really she, before something that cannot be undone or that carries
// her things out of the portal. It changes nothing.
func (s *Service) Sure(ctx context.Context, who Actor, again Again) error {
	_, _, err := s.confirm(ctx, who, again)
	return err
}
