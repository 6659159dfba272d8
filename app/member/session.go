package member

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"time"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/store"
	"portico/app/vault"
)

// Session is the row of a web session. It names no account: only the cookie together with
// the server's secret opens the box, and only her secret computes the owner mark.
type Session struct {
	ID       []byte `gorm:"primaryKey"`
	Owner    []byte
	LabelBox []byte
	Box      []byte
	Ends     string // hour, UTC
}

// TableName names the table.
func (Session) TableName() string { return "sessions" }

// How long sessions last, and how long they may be idle.
const (
	noTraceLasts = 12 * time.Hour
	mineLasts    = 30 * 24 * time.Hour
	roleLasts    = 8 * time.Hour
	firstLasts   = 2 * time.Hour // the session that can still show the new key
	noTraceIdle  = 30 * time.Minute
	roleIdle     = 15 * time.Minute
	stampEvery   = 5 * time.Minute
)

// sealedSession is what a session's box holds.
type sealedSession struct {
	Account  store.ID       `json:"account"`
	Gen      []byte         `json:"gen"`
	Secrets  []vault.Secret `json:"secrets"`
	Device   Device         `json:"device"`
	NewKey   string         `json:"new_key,omitempty"`
	Role     store.ID       `json:"role"`
	RoleGen  []byte         `json:"role_gen,omitempty"`
	Identity []byte         `json:"identity,omitempty"`
}

// Opened is a session that was just made: the row and what the browser gets.
type Opened struct {
	Actor  Actor
	Cookie string
	// Keep is how long the browser keeps the cookie; zero means until it is closed.
	Keep time.Duration
	row  Session
}

// newSession makes the row of a session without writing it.
func (s *Service) newSession(a Actor, gen, roleGen []byte) Opened {
	a.Token = vault.NewToken()
	payload := sealedSession{Account: a.Account, Gen: gen, Secrets: a.Secrets, Device: a.Device, NewKey: a.NewKey}
	lasts, keep := noTraceLasts, time.Duration(0)
	if a.Device == Mine {
		lasts, keep = mineLasts, mineLasts
	}
	if a.Role != nil {
		payload.Role, payload.RoleGen, payload.Identity = a.Role.ID, roleGen, a.Role.Identity.Bytes()
		lasts, keep = roleLasts, 0
	}
	if a.NewKey != "" {
		lasts, keep = firstLasts, 0
	}
	raw, err := json.Marshal(payload)
	if err != nil {
		panic("member: a session is plain data: " + err.Error())
	}
	now := s.store.Time()
	row := Session{ID: a.Token.ID(), Owner: a.Newest().Owner(), Box: s.server.SealSession(a.Token, raw), Ends: store.Hour(now.Add(lasts))}
	row.LabelBox = a.Newest().SealBox("label/"+hex.EncodeToString(row.ID), nil)
	return Opened{Actor: a, Cookie: s.server.Cookie(a.Token, now), Keep: keep, row: row}
}

func (s *Service) writeSession(ctx context.Context, tx *gorm.DB, o *Opened) error {
	return gorm.G[Session](tx).Create(ctx, &o.row)
}

// Recognised is what Recognise found behind a cookie.
type Recognised struct {
	Actor Actor
	// Fresh is a new cookie value to send, or "" when the old one still serves.
	Fresh string
	// Keep is how long the browser keeps the fresh cookie.
	Keep time.Duration
}

// Recognise opens the session behind a cookie. Anything wrong with it (idle too long,
// ended, key changed elsewhere, account gone) gives a visitor and no error: the caller
// shows the page as a visitor sees it. Reading writes nothing.
func (s *Service) Recognise(ctx context.Context, cookie string) (Recognised, error) {
	token, active, ok := s.server.ReadCookie(cookie)
	if !ok {
		return Recognised{}, nil
	}
	rows, err := gorm.G[Session](s.store.DB).Where("id = ?", token.ID()).Limit(1).Find(ctx)
	if err != nil {
		return Recognised{}, store.Translate(err)
	}
	now := s.store.Time()
	if len(rows) == 0 || rows[0].Ends <= now.Format("2006-01-02T15") {
		return Recognised{}, nil
	}
	raw, err := s.server.OpenSession(token, rows[0].Box)
	if err != nil {
		return Recognised{}, nil
	}
	var payload sealedSession
	if err := json.Unmarshal(raw, &payload); err != nil || len(payload.Secrets) == 0 {
		return Recognised{}, nil
	}
	if idle := now.Sub(active); idle > allowedIdle(payload) {
		return Recognised{}, nil
	}
	actor, ok, err := s.revive(ctx, token, payload)
	if err != nil || !ok {
		return Recognised{}, err
	}
	r := Recognised{Actor: actor}
	if now.Sub(active) >= stampEvery {
		r.Fresh = s.server.Cookie(token, now)
		if payload.Device == Mine && payload.Role.IsZero() && payload.NewKey == "" {
			r.Keep = mineLasts
		}
	}
	return r, nil
}

func allowedIdle(p sealedSession) time.Duration {
	switch {
	case !p.Role.IsZero():
		return roleIdle
	case p.Device == Mine:
		return mineLasts
	}
	return noTraceIdle
}

// revive compares the marks that end all sessions at once, and reads the roles as they are now.
func (s *Service) revive(ctx context.Context, token vault.Token, p sealedSession) (Actor, bool, error) {
	a := Actor{Account: p.Account, Secrets: p.Secrets, Token: token, Device: p.Device, NewKey: p.NewKey}
	accounts, err := gorm.G[Account](s.store.DB).Select("gen").Where("id = ?", p.Account).Limit(1).Find(ctx)
	if err != nil {
		return a, false, store.Translate(err)
	}
	if len(accounts) == 0 || !equal(accounts[0].Gen, p.Gen) {
		return a, false, nil
	}
	if p.Role.IsZero() {
		return a, true, nil
	}
	roles, err := gorm.G[RoleAccount](s.store.DB).Where("id = ?", p.Role).Limit(1).Find(ctx)
	if err != nil {
		return a, false, store.Translate(err)
	}
	if len(roles) == 0 || roles[0].Ended != nil || !equal(roles[0].Gen, p.RoleGen) {
		return a, false, nil
	}
	identity, err := vault.IdentityFrom(p.Identity)
	if err != nil {
		return a, false, nil
	}
	a.Role = &RoleActor{ID: p.Role, Handle: roles[0].Handle, Roles: parseRoles(roles[0].Roles), Identity: identity}
	return a, true, nil
}

// SignIn opens a session with a 20-digit key. A wrong key and a key that never existed
// get the same answer in the same time.
func (s *Service) SignIn(ctx context.Context, f KeyForm) (Opened, error) {
	digits, ok := vault.ParseKey(f.Key)
	if !ok {
		return Opened{}, fault.Mend(fault.Field{Name: "key", Key: "sign-in.key.length"})
	}
	if err := s.slow.admit(digits, f.Client, f.Ticket); err != nil {
		return Opened{}, err
	}
	var root vault.Root
	if err := s.budget.Do(ctx, func() { root = s.server.Stretch(vault.Light, digits, s.salt) }); err != nil {
		return Opened{}, err
	}
	account, secrets, found, err := s.findAccount(ctx, root)
	if err != nil {
		return Opened{}, err
	}
	if !found || account.Kdf != int(vault.Light) {
		s.slow.wrong(digits, f.Client)
		return Opened{}, fault.Mend(fault.Field{Name: "key", Key: "sign-in.key.wrong"})
	}
	opened := s.newSession(Actor{Account: account.ID, Secrets: secrets, Device: f.Device}, account.Gen, nil)
	err = s.store.Tx(ctx, func(tx *gorm.DB) error { return s.writeSession(ctx, tx, &opened) })
	return opened, err
}

// KeyForm is the sign-in form of a member.
type KeyForm struct {
	Key    string
	Device Device
	Client string // where the try comes from; counted in memory, never stored
	Ticket string // from an earlier answer that asked to wait
}
