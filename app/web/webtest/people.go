package webtest

import (
	"context"
	"testing"

	"portico/app/member"
	"portico/app/store"
	"portico/app/vault"
)

// Member is somebody with a live session. Deriving her keys would take long and is tested
// elsewhere.
func Member() member.Actor {
	return member.Actor{Account: store.NewID(), Secrets: []vault.Secret{vault.NewSecret()}, Token: vault.NewToken()}
}

// Colleague is somebody with roles and a live session, whom the coordinators' table knows.
// She cannot sign in: no passphrase opens what stands in her row.
func (h *House) Colleague(t testing.TB, handle string, roles ...member.Role) member.Actor {
	t.Helper()
	row := member.RoleAccount{
		ID: store.NewID(), Handle: handle, Roles: string(roles[0]),
		Salt: vault.Random(16), Sealed: vault.Random(64), Gen: vault.Random(8),
	}
	Must(t, h.DB.DB.Create(&row).Error)
	who := Member()
	who.Role = &member.RoleActor{ID: row.ID, Handle: handle, Roles: roles, Identity: vault.NewIdentity()}
	return who
}

// Joined is a new member with a key of her own.
func (h *House) Joined(t testing.TB) member.Actor {
	t.Helper()
	return h.Join(t, h.Members)
}

// FirstAdmin takes up the first administrator's roles, with which Hire offers others.
func (h *House) FirstAdmin(t testing.TB) member.Opened {
	t.Helper()
	opened, _ := h.TakeUp(t, h.Members, "keystone", h.Members.OfferFirstAdmin)
	h.admin = opened.Actor
	return opened
}

// Hire is somebody who took up roles that the first administrator offered.
func (h *House) Hire(t testing.TB, handle string, roles ...member.Role) member.Actor {
	t.Helper()
	opened, _ := h.TakeUp(t, h.Members, handle, func(ctx context.Context) (string, error) {
		return h.Members.OfferRoles(ctx, h.admin, roles)
	})
	return opened.Actor
}
