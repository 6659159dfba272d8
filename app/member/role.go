package member

import (
	"slices"
	"strings"
)

// Role is a function that a person has been given. Roles add up.
type Role string

// The roles. Member is everybody with an account and is never stored.
const (
	RoleMember      Role = "member"
	RolePeer        Role = "peer"
	RoleLeader      Role = "leader"
	RoleMediator    Role = "mediator"
	RoleSupervisor  Role = "supervisor"
	RoleModerator   Role = "moderator"
	RoleCoordinator Role = "coordinator"
	RoleAdmin       Role = "admin"
	// RoleCandidate is somebody on her way in. It is no role of the team: it opens her own
	// path, and no link that a coordinator chooses roles for can give it.
	RoleCandidate Role = "candidate"
)

// GivenRoles are the roles that a link can give, in the order of pages.
var GivenRoles = []Role{RolePeer, RoleLeader, RoleMediator, RoleSupervisor, RoleModerator, RoleCoordinator, RoleAdmin}

// stored reports whether a role may stand in a row.
func stored(r Role) bool { return r == RoleCandidate || slices.Contains(GivenRoles, r) }

// parseRoles reads the stored form and drops what is no role.
func parseRoles(text string) []Role {
	var roles []Role
	for _, word := range strings.Split(text, ",") {
		if r := Role(strings.TrimSpace(word)); stored(r) && !slices.Contains(roles, r) {
			roles = append(roles, r)
		}
	}
	return roles
}

func joinRoles(roles []Role) string {
	words := make([]string, len(roles))
	for i, r := range roles {
		words[i] = string(r)
	}
	return strings.Join(words, ",")
}
