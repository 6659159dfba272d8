package member

import (
	"context"
	"encoding/json"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/totp"
	"github.com/sethvargo/go-diceware/diceware"
	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/store"
	"portico/app/vault"
)

// RoleAccount is the row of a person with roles. Her handle and roles are open; her keys
// and the secret of her second factor are sealed under her passphrase. It does not say
// which member compartment is hers: only her passphrase finds that.
type RoleAccount struct {
	ID     store.ID `gorm:"primaryKey"`
	Handle string
	Roles  string
	Salt   []byte
	Sealed []byte
	Gen    []byte
	Ended  *string // day
}

// TableName names the table.
func (RoleAccount) TableName() string { return "role_accounts" }

// sealedRole is what the role compartment holds.
type sealedRole struct {
	Identity []byte `json:"identity"`
	Factor   string `json:"factor"` // base32 secret of the second factor
}

// shortestPassphrase is in characters; five drawn words are far longer.
const shortestPassphrase = 15

// handlePattern keeps handles plain, so that no handle imitates another.
var handlePattern = regexp.MustCompile(`^[a-z][a-z0-9-]{2,23}$`)

// RoleForm is what a person types when she takes up a role, or signs in with one.
type RoleForm struct {
	Handle     string
	Passphrase string
	Code       string // six digits of the second factor
	Client     string
	Ticket     string
}

// Offer is what the page of a role link shows: nothing is stored until she takes it up.
type Offer struct {
	Roles      []Role
	Passphrase string // a proposal of five words
	Factor     string // the secret, to type into an authenticator
	FactorURL  string // the same as an otpauth address, for the QR picture
	Ticket     string // the secret sealed for this server, for the form to carry
}

// SuggestPassphrase draws five words.
func SuggestPassphrase() (string, error) {
	words, err := diceware.Generate(5)
	return strings.Join(words, " "), fault.Wrap(err, "draw a passphrase")
}

// ReadLink shows what a role link offers. The issuer names the instance in her
// authenticator; it is neutral on purpose.
func (s *Service) ReadLink(ctx context.Context, token, issuer string) (Offer, error) {
	link, err := s.findLink(ctx, s.store.DB, token)
	if err != nil {
		return Offer{}, err
	}
	key, err := totp.Generate(totp.GenerateOpts{Issuer: issuer, AccountName: "team", SecretSize: 20})
	if err != nil {
		return Offer{}, fault.Wrap(err, "draw a second factor")
	}
	phrase, err := SuggestPassphrase()
	if err != nil {
		return Offer{}, err
	}
	return Offer{
		Roles: parseRoles(link.Roles), Passphrase: phrase, Factor: key.Secret(), FactorURL: key.URL(),
		Ticket: s.server.Ticket("factor", []byte(key.Secret())),
	}, nil
}

// OfferAgain shows the same second factor once more after a mistake in the form.
func (s *Service) OfferAgain(ctx context.Context, token, issuer, ticket string) (Offer, error) {
	offer, err := s.ReadLink(ctx, token, issuer)
	if err != nil {
		return Offer{}, err
	}
	secret, ok := s.server.ReadTicket("factor", ticket)
	if !ok {
		return offer, nil
	}
	key, err := otp.NewKeyFromURL(strings.Replace(offer.FactorURL, offer.Factor, string(secret), 1))
	if err != nil {
		return Offer{}, fault.Wrap(err, "rebuild a second factor")
	}
	offer.Factor, offer.FactorURL, offer.Ticket = string(secret), key.URL(), ticket
	return offer, nil
}

// TakeUp makes a role account from a single-use link and signs in. The form carries the
// ticket of the second factor and a code that shows that her authenticator works.
func (s *Service) TakeUp(ctx context.Context, token string, f RoleForm) (Opened, error) {
	factor, ok := s.server.ReadTicket("factor", f.Ticket)
	if !ok {
		return Opened{}, fault.New(fault.Conflict, "role.ticket.old")
	}
	if err := f.check(string(factor), s.store.Time()); err != nil {
		return Opened{}, err
	}
	role := RoleAccount{ID: store.NewID(), Handle: f.Handle, Salt: vault.Random(16), Gen: newGen()}
	var root vault.Root
	if err := s.budget.Do(ctx, func() { root = s.server.Stretch(vault.Heavy, f.Passphrase, role.Salt) }); err != nil {
		return Opened{}, err
	}
	identity := vault.NewIdentity()
	var err error
	if role.Sealed, err = sealRole(root, role, sealedRole{identity.Bytes(), string(factor)}); err != nil {
		return Opened{}, err
	}
	account, secrets, err := s.newAccount(root, vault.Heavy)
	if err != nil {
		return Opened{}, fault.Wrap(err, "seal a new account")
	}
	var opened Opened
	err = s.store.Tx(ctx, func(tx *gorm.DB) error {
		link, err := s.useLink(ctx, tx, token)
		if err != nil {
			return err
		}
		role.Roles = link.Roles
		actor := Actor{Account: account.ID, Secrets: secrets, Device: NoTrace}
		actor.Role = &RoleActor{ID: role.ID, Handle: role.Handle, Roles: parseRoles(role.Roles), Identity: identity}
		opened = s.newSession(actor, account.Gen, role.Gen)
		return s.writeRole(ctx, tx, roleRows{role, account, identity, &opened})
	})
	if store.IsDuplicate(err) {
		return Opened{}, fault.Mend(fault.Field{Name: "handle", Key: "role.handle.taken"})
	}
	if err == nil {
		err = s.arrive(ctx, token, opened.Actor)
	}
	return opened, err
}

// roleRows are the rows that taking up a role writes together.
type roleRows struct {
	role     RoleAccount
	account  Account
	identity vault.Identity
	opened   *Opened
}

func (s *Service) writeRole(ctx context.Context, tx *gorm.DB, r roleRows) error {
	if err := gorm.G[RoleAccount](tx).Create(ctx, &r.role); err != nil {
		return err
	}
	key := RoleKey{AccountID: r.role.ID, Epoch: 1, EncPub: r.identity.EncPublic[:], SignPub: r.identity.SignPublic(), FromDay: s.store.Today()}
	if err := gorm.G[RoleKey](tx).Create(ctx, &key); err != nil {
		return err
	}
	if err := gorm.G[Account](tx).Create(ctx, &r.account); err != nil {
		return err
	}
	if err := s.enterCircles(ctx, tx, *r.opened.Actor.Role); err != nil {
		return err
	}
	return s.writeSession(ctx, tx, r.opened)
}

func (f RoleForm) check(factor string, now time.Time) error {
	var mend []fault.Field
	if !handlePattern.MatchString(f.Handle) {
		mend = append(mend, fault.Field{Name: "handle", Key: "role.handle.form"})
	}
	if utf8.RuneCountInString(f.Passphrase) < shortestPassphrase || len(f.Passphrase) > 400 {
		mend = append(mend, fault.Field{Name: "passphrase", Key: "role.passphrase.short", Args: []any{"Least", shortestPassphrase}})
	}
	if !validCode(f.Code, factor, now) {
		mend = append(mend, fault.Field{Name: "otp", Key: "role.code.wrong"})
	}
	if len(mend) > 0 {
		return fault.Mend(mend...)
	}
	return nil
}

// bareCode takes the spaces out of a code, so that it counts as used however it was typed.
func bareCode(code string) string { return strings.ReplaceAll(strings.TrimSpace(code), " ", "") }

func validCode(code, factor string, now time.Time) bool {
	ok, err := totp.ValidateCustom(bareCode(code), factor, now, totp.ValidateOpts{Period: 30, Skew: 1, Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
	return err == nil && ok
}

func sealRole(root vault.Root, role RoleAccount, content sealedRole) ([]byte, error) {
	raw, err := json.Marshal(content)
	if err != nil {
		return nil, fault.Wrap(err, "seal a role account")
	}
	return vault.Wrap(root.RoleKey(role.Salt), raw, append([]byte("role|"), role.ID[:]...)), nil
}

func openRole(root vault.Root, role RoleAccount) (sealedRole, error) {
	var content sealedRole
	raw, err := vault.Unwrap(root.RoleKey(role.Salt), role.Sealed, append([]byte("role|"), role.ID[:]...))
	if err != nil {
		return content, err
	}
	return content, json.Unmarshal(raw, &content)
}

// SignInRole opens a session with handle, passphrase and second factor. All three wrong
// ways look alike and take the same time.
func (s *Service) SignInRole(ctx context.Context, f RoleForm) (Opened, error) {
	wrong := fault.Mend(fault.Field{Name: "handle", Key: "sign-in.team.wrong"})
	handle := strings.ToLower(strings.TrimSpace(f.Handle))
	if handle == "" || f.Passphrase == "" || f.Code == "" {
		return Opened{}, fault.Mend(fault.Field{Name: "handle", Key: "sign-in.team.empty"})
	}
	if err := s.slow.admitTry(handle+handle, handle+"\n"+f.Passphrase, f.Client, f.Ticket); err != nil {
		return Opened{}, err
	}
	rows, err := gorm.G[RoleAccount](s.store.DB).Where("handle = ? AND ended IS NULL", handle).Limit(1).Find(ctx)
	if err != nil {
		return Opened{}, store.Translate(err)
	}
	role := RoleAccount{Salt: s.salt}
	if len(rows) == 1 {
		role = rows[0]
	}
	var root vault.Root
	if err := s.budget.Do(ctx, func() { root = s.server.Stretch(vault.Heavy, f.Passphrase, role.Salt) }); err != nil {
		return Opened{}, err
	}
	content, err := openRole(root, role)
	now := s.store.Time()
	if err != nil || !validCode(f.Code, content.Factor, now) || !s.factors.take(role.ID, bareCode(f.Code), now.Unix()) {
		s.slow.wrong(handle+handle, f.Client)
		return Opened{}, wrong
	}
	identity, err := vault.IdentityFrom(content.Identity)
	if err != nil {
		return Opened{}, fault.Wrap(err, "open a role account")
	}
	account, secrets, found, err := s.findAccount(ctx, root)
	if err != nil {
		return Opened{}, err
	}
	if !found {
		return Opened{}, wrong
	}
	actor := Actor{Account: account.ID, Secrets: secrets, Device: NoTrace}
	actor.Role = &RoleActor{ID: role.ID, Handle: role.Handle, Roles: parseRoles(role.Roles), Identity: identity}
	opened := s.newSession(actor, account.Gen, role.Gen)
	err = s.store.Tx(ctx, func(tx *gorm.DB) error {
		if err := s.enterCircles(ctx, tx, *actor.Role); err != nil {
			return err
		}
		return s.writeSession(ctx, tx, &opened)
	})
	return opened, err
}

func (s *Service) roleAccount(ctx context.Context, id store.ID) (RoleAccount, error) {
	role, err := gorm.G[RoleAccount](s.store.DB).Where("id = ?", id).First(ctx)
	return role, store.Translate(err)
}
