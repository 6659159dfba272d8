package credential

import (
	"slices"
	"strings"
)

// revokedList is the answer of the status method 1EdTechRevocationList. Readers in the
// world look for the entries under either name, and one that looked under the missing one
// would believe a statement that was taken back; so both are there.
type revokedList struct {
	ID      string         `json:"id"`
	Issuer  string         `json:"issuer"`
	Revoked []revokedEntry `json:"revokedCredential"`
	Again   []revokedEntry `json:"revokedCredentials"`
}

type revokedEntry struct {
	ID      string `json:"id"`
	Revoked bool   `json:"revoked"`
}

// Revoked lists the credentials that were taken back and says nothing else about them: no
// reason, no day, no module. Their order is that of their ids, which are random, so that
// it does not tell which came last.
func Revoked(origin string, ids []ID) ([]byte, error) {
	list := revokedList{ID: origin + RevokedPath, Issuer: origin, Revoked: []revokedEntry{}}
	for _, id := range ids {
		list.Revoked = append(list.Revoked, revokedEntry{ID: id.URN(), Revoked: true})
	}
	slices.SortFunc(list.Revoked, func(a, b revokedEntry) int { return strings.Compare(a.ID, b.ID) })
	list.Again = list.Revoked
	return encode(list, "")
}
