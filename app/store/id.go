package store

import (
	"crypto/rand"
	"crypto/sha256"
	"database/sql/driver"
	"encoding/base32"
	"errors"
	"strings"
)

// ID is 128 random bits. Ids are random everywhere, because a serial number would reveal
// volume and order. In addresses they are 26 lower-case base32 characters.
type ID [16]byte

var base32Lower = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// NewID draws an id.
func NewID() ID {
	var id ID
	rand.Read(id[:])
	return id
}

// ParseID reads an id from an address; ok is false for anything else.
func ParseID(text string) (id ID, ok bool) {
	raw, err := base32Lower.DecodeString(strings.ToLower(text))
	if err != nil || len(raw) != len(id) {
		return id, false
	}
	copy(id[:], raw)
	// The decoder passes over line breaks and spare bits: one id has one spelling only.
	if id.String() != strings.ToLower(text) {
		return ID{}, false
	}
	return id, true
}

// String is the form in addresses.
func (id ID) String() string { return base32Lower.EncodeToString(id[:]) }

// IsZero reports whether the id was never set.
func (id ID) IsZero() bool { return id == ID{} }

// Value stores the id as bytes; the zero id is NULL.
func (id ID) Value() (driver.Value, error) {
	if id.IsZero() {
		return nil, nil
	}
	return id[:], nil
}

// Scan reads bytes or NULL.
func (id *ID) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*id = ID{}
		return nil
	case []byte:
		if len(v) == len(id) {
			copy(id[:], v)
			return nil
		}
	}
	return errors.New("store: an id is 16 bytes")
}

// MarshalText and UnmarshalText are the form in sealed payloads and data files.
func (id ID) MarshalText() ([]byte, error) { return []byte(id.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (id *ID) UnmarshalText(text []byte) error {
	parsed, ok := ParseID(string(text))
	if !ok {
		return errors.New("store: not an id")
	}
	*id = parsed
	return nil
}

// GormDataType names the column type for GORM's own bookkeeping.
func (ID) GormDataType() string { return "bytes" }

// Bytes is a column of bytes that may be NULL: no bytes are stored as NULL on both engines.
type Bytes []byte

// Value stores no bytes as NULL.
func (b Bytes) Value() (driver.Value, error) {
	if len(b) == 0 {
		return nil, nil
	}
	return []byte(b), nil
}

// FormID turns the nonce of a form into the number of what the form makes, so that the same
// form sent twice never makes two. Purpose keeps the forms of areas apart; without a nonce
// the number is a new one.
func FormID(purpose, nonce string) ID {
	if nonce == "" {
		return NewID()
	}
	sum := sha256.Sum256([]byte(purpose + " form " + nonce))
	return ID(sum[:16])
}
