package member

import (
	"bytes"
	"context"
	"encoding/json"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/store"
	"portico/app/vault"
)

// Account is the row of a member: no language, no time, no name. The columns are frozen by
// a test with the reason: one Albanian speaker among forty members would be named by a
// language here, and any time would join her to what she wrote.
type Account struct {
	ID        store.ID `gorm:"primaryKey"`
	Salt      []byte
	Lookup    []byte
	Kdf       int
	Sealed    []byte
	Gen       []byte
	KeepUntil string // half year
}

// TableName names the table.
func (Account) TableName() string { return "accounts" }

// accountYears is how long an account is kept after it was made or its key was changed.
const accountYears = 5

// sealedAccount is what an account's box holds.
type sealedAccount struct {
	Secrets []vault.Secret `json:"secrets"` // newest first
}

// sealAccount wraps the secrets at a fixed size, so that the number of key changes does not show.
func sealAccount(root vault.Root, id store.ID, salt []byte, secrets []vault.Secret) ([]byte, error) {
	raw, err := json.Marshal(sealedAccount{secrets})
	if err != nil {
		return nil, err
	}
	if len(raw) < 1024 {
		raw = append(raw, bytes.Repeat([]byte{' '}, 1024-len(raw))...)
	}
	return vault.Wrap(root.MemberKey(salt), raw, append([]byte("account|"), id[:]...)), nil
}

func (a Account) open(root vault.Root) ([]vault.Secret, error) {
	raw, err := vault.Unwrap(root.MemberKey(a.Salt), a.Sealed, append([]byte("account|"), a.ID[:]...))
	if err != nil {
		return nil, err
	}
	var sealed sealedAccount
	if err := json.Unmarshal(raw, &sealed); err != nil || len(sealed.Secrets) == 0 {
		return nil, vault.ErrSealed
	}
	return sealed.Secrets, nil
}

// JoinForm is what the join page asks: nothing about the person but that she is an adult.
type JoinForm struct {
	Code   string // invitation code; ignored where joining is open
	Adult  bool
	Rules  bool
	Device Device
	Ticket string // from an earlier answer that asked to wait
}

func (f JoinForm) check(open bool) error {
	var mend []fault.Field
	if !open && f.Code == "" {
		mend = append(mend, fault.Field{Name: "code", Key: "join.code.empty"})
	}
	if !f.Adult {
		mend = append(mend, fault.Field{Name: "adult", Key: "join.adult.missing"})
	}
	if !f.Rules {
		mend = append(mend, fault.Field{Name: "rules", Key: "join.rules.missing"})
	}
	if len(mend) > 0 {
		return fault.Mend(mend...)
	}
	return nil
}

// Join makes an account and its first session. The key is shown until she leaves that
// session; nobody can ever find it again.
func (s *Service) Join(ctx context.Context, f JoinForm, client string) (Opened, error) {
	if err := f.check(s.open); err != nil {
		return Opened{}, err
	}
	release, err := s.claimUse(ctx, f, client)
	if err != nil {
		return Opened{}, err
	}
	key := vault.NewMemberKey()
	var root vault.Root
	if err := s.budget.Do(ctx, func() { root = s.server.Stretch(vault.Light, key, s.salt) }); err != nil {
		release()
		return Opened{}, err
	}
	account, secrets, err := s.newAccount(root, vault.Light)
	if err != nil {
		release()
		return Opened{}, fault.Wrap(err, "seal a new account")
	}
	opened := s.newSession(Actor{Account: account.ID, Secrets: secrets, Device: f.Device, NewKey: key}, account.Gen, nil)
	err = s.store.Tx(ctx, func(tx *gorm.DB) error {
		if err := gorm.G[Account](tx).Create(ctx, &account); err != nil {
			return err
		}
		return s.writeSession(ctx, tx, &opened)
	})
	if err != nil {
		release()
	}
	return opened, err
}

// newAccount makes the row for a new member compartment with its first secret.
func (s *Service) newAccount(root vault.Root, kdf vault.KDF) (Account, []vault.Secret, error) {
	a := Account{
		ID: store.NewID(), Salt: vault.Random(16), Lookup: root.Lookup(), Kdf: int(kdf),
		Gen: vault.Random(8), KeepUntil: s.store.Half(accountYears),
	}
	secrets := []vault.Secret{vault.NewSecret()}
	var err error
	a.Sealed, err = sealAccount(root, a.ID, a.Salt, secrets)
	return a, secrets, err
}

// findAccount returns the account of a root. Both outcomes cost the same: an unknown
// lookup opens a dummy box, so that time says nothing about whether a key exists.
func (s *Service) findAccount(ctx context.Context, root vault.Root) (Account, []vault.Secret, bool, error) {
	rows, err := gorm.G[Account](s.store.DB).Where("lookup = ?", root.Lookup()).Limit(1).Find(ctx)
	if err != nil {
		return Account{}, nil, false, store.Translate(err)
	}
	if len(rows) == 0 {
		_, _ = vault.Unwrap(root.MemberKey(s.salt), make([]byte, 2112), nil)
		return Account{}, nil, false, nil
	}
	secrets, err := rows[0].open(root)
	if err != nil {
		return Account{}, nil, false, fault.Wrap(err, "open an account")
	}
	return rows[0], secrets, true, nil
}
