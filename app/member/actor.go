package member

import (
	"slices"

	"portico/app/store"
	"portico/app/vault"
)

// Actor is the person who asks, as her live session knows her. The zero Actor is a visitor.
// It is passed as a parameter, never hidden in a context, so that each rule shows whom it asks about.
type Actor struct {
	// Account is the row of her member compartment.
	Account store.ID
	// Secrets are hers, newest first. The newest opens new topics; old ones stay so that
	// she can still edit and delete what she wrote before she changed her key.
	Secrets []vault.Secret
	// Role is set only in a session that was opened by handle, passphrase and second factor.
	Role *RoleActor
	// Token is the session's own token, for the form token and for ending it.
	Token vault.Token
	// Device is what she chose for this device.
	Device Device
	// NewKey is her key until she leaves the first session; else "".
	NewKey string
}

// RoleActor is the role side of a person.
type RoleActor struct {
	ID       store.ID
	Handle   string
	Roles    []Role
	Identity vault.Identity
}

// Device says whether this device may keep anything.
type Device string

const (
	// NoTrace is the default: a session cookie, 30 idle minutes, nothing kept.
	NoTrace Device = "no-trace"
	// Mine is a phone that only she uses: a longer session.
	Mine Device = "mine"
)

// SignedIn reports whether there is a live session.
func (a Actor) SignedIn() bool { return len(a.Secrets) > 0 }

// Has reports whether she has one of the roles. Everybody signed in is a member.
func (a Actor) Has(roles ...Role) bool {
	for _, r := range roles {
		if r == RoleMember && a.SignedIn() {
			return true
		}
		if a.Role != nil && slices.Contains(a.Role.Roles, r) {
			return true
		}
	}
	return false
}

// Colleague reports whether she holds a role of the team. Somebody who is on her way in has
// a role account and is no colleague yet.
func (a Actor) Colleague() bool { return a.Has(GivenRoles...) }

// Roles lists her given roles.
func (a Actor) Roles() []Role {
	if a.Role == nil {
		return nil
	}
	return a.Role.Roles
}

// Newest is the secret for everything that is new. It must not be called for a visitor.
func (a Actor) Newest() vault.Secret { return a.Secrets[0] }

// Tags are her tags for one purpose and scope, newest secret first.
func (a Actor) Tags(purpose string, scope store.ID) [][]byte {
	tags := make([][]byte, len(a.Secrets))
	for i, s := range a.Secrets {
		tags[i] = s.Tag(purpose, scope[:])
	}
	return tags
}
