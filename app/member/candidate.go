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

// candidateLasts is how long the link of a candidate lives: longer than that of a colleague,
// because nobody waits beside her until she has a quiet hour.
const candidateLasts = 14 * 24 * time.Hour

// Arrival is told when somebody has taken up a link, with its token and who she is now.
type Arrival func(ctx context.Context, token string, who Actor) error

// OnArrival names who is told. It is for wiring only.
func (s *Service) OnArrival(a Arrival) { s.arrival = a }

// arrive runs after the transaction that made the accounts and never inside it: a row about
// her way in must not share one with her member compartment.
func (s *Service) arrive(ctx context.Context, token string, who Actor) error {
	if s.arrival == nil || !who.Has(RoleCandidate) {
		return nil
	}
	return s.arrival(ctx, token, who)
}

// OfferCandidate makes a single-use link that gives the role of a candidate, in the caller's
// transaction, and returns it with its mark. Anybody may send interest, so nobody is asked
// for a role here; the role opens her own path alone.
func (s *Service) OfferCandidate(ctx context.Context, tx *gorm.DB) (token string, mark []byte, err error) {
	token = base64.RawURLEncoding.EncodeToString(vault.Random(24))
	link := RoleLink{TokenHash: s.LinkMark(token), Roles: string(RoleCandidate), Ends: store.Hour(s.store.Time().Add(candidateLasts))}
	return token, link.TokenHash, gorm.G[RoleLink](tx).Create(ctx, &link)
}

// LinkMark is the keyed hash under which a link lies: another area keeps it in order to know
// who came by which link, and can make no link out of it.
func (s *Service) LinkMark(token string) []byte { return s.server.Fingerprint("role link", token) }

// DropLink makes a link worthless, in the caller's transaction.
func (s *Service) DropLink(ctx context.Context, tx *gorm.DB, mark []byte) error {
	_, err := gorm.G[RoleLink](tx).Where("token_hash = ?", mark).Delete(ctx)
	return err
}

// ChangeRole gives a role in the place of another, in the caller's transaction. The account
// stays the same with all its keys. It takes two people as a role link does: a coordinator
// who is not the person herself gives the role, and whoever holds a circle hands its key on
// later, when the learning is done.
func (s *Service) ChangeRole(ctx context.Context, tx *gorm.DB, who Actor, account store.ID, from, to Role) error {
	if who.Role == nil || !who.Has(RoleCoordinator) {
		return fault.New(fault.NotFound, "error.missing")
	}
	if who.Role.ID == account {
		return fault.New(fault.Refused, "role.change.own")
	}
	if to == RoleAdmin || to == RoleCandidate || !slices.Contains(GivenRoles, to) {
		return fault.New(fault.Refused, "role.link.admin")
	}
	row, err := gorm.G[RoleAccount](tx).Where("id = ? AND ended IS NULL", account).First(ctx)
	if err != nil {
		return store.Translate(err)
	}
	roles := row.RoleList()
	if !slices.Contains(roles, from) {
		return fault.New(fault.Conflict, "error.changed")
	}
	roles = slices.DeleteFunc(roles, func(r Role) bool { return r == from || r == to })
	n, err := gorm.G[RoleAccount](tx).Where("id = ? AND roles = ?", account, row.Roles).Update(ctx, "roles", joinRoles(append(roles, to)))
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "error.changed")
	}
	return err
}

// EndCandidate empties the role compartment of somebody who holds no other role, in the
// caller's transaction. Of colleagues it does nothing.
func (s *Service) EndCandidate(ctx context.Context, tx *gorm.DB, account store.ID) error {
	n, err := gorm.G[RoleAccount](tx).Where("id = ? AND roles = ? AND ended IS NULL", account, string(RoleCandidate)).Count(ctx, "id")
	if err != nil || n == 0 {
		return err
	}
	return s.endRole(ctx, tx, account)
}
