package member

import (
	"context"
	"encoding/base64"
	"slices"
	"time"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/store"
	"portico/app/vault"
)

// RoleLink is a single-use link that names roles. The table holds only a keyed hash of
// the token, and the row is gone once it is used.
type RoleLink struct {
	TokenHash []byte `gorm:"primaryKey"`
	Roles     string
	Ends      string // hour, UTC
}

// TableName names the table.
func (RoleLink) TableName() string { return "role_links" }

// How long links live.
const (
	linkLasts  = 72 * time.Hour
	firstAdmin = time.Hour
)

// OfferRoles makes a link that gives roles to whoever opens it first. An administrator
// may give every role, a coordinator every role but administrator.
func (s *Service) OfferRoles(ctx context.Context, who Actor, roles []Role) (token string, err error) {
	if !who.Has(RoleCoordinator, RoleAdmin) {
		return "", fault.New(fault.NotFound, "error.missing")
	}
	if slices.Contains(roles, RoleAdmin) && !who.Has(RoleAdmin) {
		return "", fault.New(fault.Refused, "role.link.admin")
	}
	if slices.Contains(roles, RoleCandidate) || len(parseRoles(joinRoles(roles))) == 0 || len(parseRoles(joinRoles(roles))) != len(roles) {
		return "", fault.Mend(fault.Field{Name: "roles", Key: "role.link.none"})
	}
	return s.offer(ctx, roles, linkLasts)
}

// OfferFirstAdmin makes the link for the first administrator of a new instance. It refuses
// once anybody has a role.
func (s *Service) OfferFirstAdmin(ctx context.Context) (token string, err error) {
	some, err := gorm.G[RoleAccount](s.store.DB).Limit(1).Find(ctx)
	if err != nil {
		return "", store.Translate(err)
	}
	if len(some) > 0 {
		return "", nil
	}
	return s.offer(ctx, []Role{RoleAdmin, RoleCoordinator}, firstAdmin)
}

func (s *Service) offer(ctx context.Context, roles []Role, lasts time.Duration) (string, error) {
	token := base64.RawURLEncoding.EncodeToString(vault.Random(24))
	link := RoleLink{
		TokenHash: s.server.Fingerprint("role link", token), Roles: joinRoles(roles), Ends: store.Hour(s.store.Time().Add(lasts)),
	}
	err := s.store.Tx(ctx, func(tx *gorm.DB) error { return gorm.G[RoleLink](tx).Create(ctx, &link) })
	return token, err
}

// findLink returns a link that can still be used; used, expired and invented ones look alike.
func (s *Service) findLink(ctx context.Context, db *gorm.DB, token string) (RoleLink, error) {
	now := s.store.Time().Format("2006-01-02T15")
	rows, err := gorm.G[RoleLink](db).Where("token_hash = ? AND ends > ?", s.server.Fingerprint("role link", token), now).Limit(1).Find(ctx)
	if err != nil {
		return RoleLink{}, store.Translate(err)
	}
	if len(rows) == 0 {
		return RoleLink{}, fault.New(fault.NotFound, "error.missing")
	}
	return rows[0], nil
}

// useLink deletes the link in the transaction that makes the account, so that it works once.
func (s *Service) useLink(ctx context.Context, tx *gorm.DB, token string) (RoleLink, error) {
	link, err := s.findLink(ctx, tx, token)
	if err != nil {
		return RoleLink{}, err
	}
	n, err := gorm.G[RoleLink](tx).Where("token_hash = ?", link.TokenHash).Delete(ctx)
	if err == nil && n == 0 {
		err = fault.New(fault.NotFound, "error.missing")
	}
	return link, err
}

// Team lists the people with roles for the coordinator's page: handles and roles, nothing else.
func (s *Service) Team(ctx context.Context, who Actor) ([]RoleAccount, error) {
	if !who.Has(RoleCoordinator, RoleAdmin) {
		return nil, fault.New(fault.NotFound, "error.missing")
	}
	rows, err := gorm.G[RoleAccount](s.store.DB).Select("id", "handle", "roles").Where("ended IS NULL").Order("handle").Limit(500).Find(ctx)
	return rows, store.Translate(err)
}

// RoleList reads the roles of a row.
func (r RoleAccount) RoleList() []Role { return parseRoles(r.Roles) }
