package credential

import (
	"bytes"
	"crypto"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"fmt"

	"github.com/go-jose/go-jose/v4"
)

// The generations of keys that are published; the newest one signs. The package comment
// says when to raise which.
const (
	oldest = 1
	newest = 1
)

// Paths under the portal's address, which tokens and badges name.
const (
	KeysPath    = "/learn/credentials/keys.json"
	KeyPath     = "/learn/credentials/keys/"
	RevokedPath = "/learn/credentials/revoked.json"
)

// Derive gives the key of a generation.
type Derive func(generation int) ed25519.PrivateKey

// Keys are the portal's signing keys under its address.
type Keys struct {
	origin string
	derive Derive
}

// NewKeys makes the keys of the portal at origin, an address such as "https://portal.example".
func NewKeys(origin string, derive Derive) Keys { return Keys{origin: origin, derive: derive} }

// public is one key as it is published. Its id is an address that leads to it.
func (k Keys) public(generation int) jose.JSONWebKey {
	key := jose.JSONWebKey{Key: k.derive(generation).Public(), Algorithm: string(jose.EdDSA), Use: "sig"}
	key.KeyID = k.origin + KeyPath + thumbprint(key)
	return key
}

// thumbprint is the key's fingerprint of RFC 7638 in letters that an address can hold.
func thumbprint(key jose.JSONWebKey) string {
	sum, err := key.Thumbprint(crypto.SHA256)
	if err != nil {
		panic("credential: an Ed25519 key has a thumbprint: " + err.Error())
	}
	return base64.RawURLEncoding.EncodeToString(sum)
}

// Set is the published JWK Set, newest key first.
func (k Keys) Set() ([]byte, error) {
	var set jose.JSONWebKeySet
	for generation := newest; generation >= oldest; generation-- {
		set.Keys = append(set.Keys, k.public(generation))
	}
	return json.Marshal(set)
}

// One is the published key with this fingerprint; ok is false when there is none.
func (k Keys) One(fingerprint string) (text []byte, ok bool) {
	for generation := newest; generation >= oldest; generation-- {
		key := k.public(generation)
		if thumbprint(key) == fingerprint {
			text, err := json.Marshal(key)
			return text, err == nil
		}
	}
	return nil, false
}

// Token signs an award with the newest key.
func (k Keys) Token(a Award) (string, error) {
	key := jose.JSONWebKey{Key: k.derive(newest), KeyID: k.public(newest).KeyID}
	options := (&jose.SignerOptions{}).WithType("JWT")
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.EdDSA, Key: key}, options)
	if err != nil {
		return "", fmt.Errorf("make a signer: %w", err)
	}
	payload, err := encode(a.claims(k.origin), "")
	if err != nil {
		return "", err
	}
	signed, err := signer.Sign(payload)
	if err != nil {
		return "", fmt.Errorf("sign a badge: %w", err)
	}
	return signed.CompactSerialize()
}

// Readable is the same badge as indented JSON, without the claims of a token and without
// a signature: it is there to be read.
func (k Keys) Readable(a Award) ([]byte, error) { return encode(a.badge(k.origin), "  ") }

// encode writes JSON as it is meant: the encoder's own way would make of "&" and "<" what
// nobody can read in a file that is no part of a page.
func encode(value any, indent string) ([]byte, error) {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", indent)
	if err := e.Encode(value); err != nil {
		return nil, fmt.Errorf("write a badge: %w", err)
	}
	return bytes.TrimRight(out.Bytes(), "\n"), nil
}
