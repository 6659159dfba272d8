package credential

import (
	"encoding/hex"
	"strconv"
	"time"
)

// ID is the 16 bytes of a credential's or a subject's id.
type ID [16]byte

// URN is the id as badges carry it. It leads to no address: nobody who holds a file can be
// seen looking it up. The marks of a UUID of free making (version 8) are set.
func (id ID) URN() string {
	id[6] = id[6]&0x0f | 0x80
	id[8] = id[8]&0x3f | 0x80
	h := hex.EncodeToString(id[:])
	return "urn:uuid:" + h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
}

// Award is what a badge says.
type Award struct {
	ID      ID
	Subject ID
	Issuer  string // the portal's name
	// Module is the short name of what was learned, Version its version.
	Module  string
	Version int
	// Title, Description and Criteria are in Lang, a tag of BCP 47.
	Title, Description, Criteria string
	Lang                         string
	From                         time.Time
	Until                        time.Time // zero when it does not run out
	Name                         string    // as the holder typed it for this one file; "" for none
}

// contexts define every term of a badge. The two first ones are prescribed. Neither knows
// the word for the kind of status, so it is defined in place, as 1EdTech's own context
// 'extensions.json' does, without one more address that a reader would have to fetch.
var contexts = []any{
	"https://www.w3.org/ns/credentials/v2",
	"https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
	map[string]string{statusType: "https://purl.imsglobal.org/spec/vcrl/v1p0/context.json#" + statusType},
}

const statusType = "1EdTechRevocationList"

// badge is an OpenBadgeCredential.
type badge struct {
	Context    []any    `json:"@context"`
	ID         string   `json:"id"`
	Type       []string `json:"type"`
	Name       string   `json:"name"`
	Issuer     profile  `json:"issuer"`
	ValidFrom  string   `json:"validFrom"`
	ValidUntil string   `json:"validUntil,omitempty"`
	Subject    subject  `json:"credentialSubject"`
	Status     status   `json:"credentialStatus"`
}

// profile is who says it: the portal under its address.
type profile struct {
	ID   string   `json:"id"`
	Type []string `json:"type"`
	Name string   `json:"name"`
	URL  string   `json:"url"`
}

type subject struct {
	ID          string      `json:"id"`
	Type        []string    `json:"type"`
	Identifier  []identity  `json:"identifier,omitempty"`
	Achievement achievement `json:"achievement"`
}

// identity is the typed name.
type identity struct {
	Type         string `json:"type"`
	Hashed       bool   `json:"hashed"`
	IdentityHash string `json:"identityHash"`
	IdentityType string `json:"identityType"`
}

type achievement struct {
	ID          string   `json:"id"`
	Type        []string `json:"type"`
	Kind        string   `json:"achievementType"`
	Name        string   `json:"name"`
	Description string   `json:"description"`
	Criteria    criteria `json:"criteria"`
	Version     string   `json:"version"`
	Language    string   `json:"inLanguage"`
}

type criteria struct {
	Narrative string `json:"narrative"`
}

type status struct {
	ID   string `json:"id"`
	Type string `json:"type"`
}

// badge is the award as a credential of the portal at origin.
func (a Award) badge(origin string) badge {
	b := badge{
		Context: contexts, ID: a.ID.URN(), Type: []string{"VerifiableCredential", "OpenBadgeCredential"}, Name: a.Title,
		Issuer:    profile{ID: origin, Type: []string{"Profile"}, Name: a.Issuer, URL: origin},
		ValidFrom: moment(a.From),
		Status:    status{ID: origin + RevokedPath, Type: statusType},
	}
	if !a.Until.IsZero() {
		b.ValidUntil = moment(a.Until)
	}
	version := strconv.Itoa(a.Version)
	b.Subject = subject{ID: a.Subject.URN(), Type: []string{"AchievementSubject"}, Achievement: achievement{
		ID: origin + "/learn#" + a.Module + "-" + version, Type: []string{"Achievement"}, Kind: "Course",
		Name: a.Title, Description: a.Description, Criteria: criteria{a.Criteria}, Version: version, Language: a.Lang,
	}}
	if a.Name != "" {
		b.Subject.Identifier = []identity{{Type: "IdentityObject", IdentityHash: a.Name, IdentityType: "name"}}
	}
	return b
}

// claims is the badge with what a token repeats of it.
type claims struct {
	badge
	Issuer  string `json:"iss"`
	Token   string `json:"jti"`
	Subject string `json:"sub"`
	From    int64  `json:"nbf"`
	Until   int64  `json:"exp,omitempty"`
}

func (a Award) claims(origin string) claims {
	b := a.badge(origin)
	c := claims{badge: b, Issuer: origin, Token: b.ID, Subject: b.Subject.ID, From: a.From.Unix()}
	if !a.Until.IsZero() {
		c.Until = a.Until.Unix()
	}
	return c
}

// moment writes a time to the second, as the claims of a token count.
func moment(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05Z") }
