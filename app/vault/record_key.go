package vault

import (
	"crypto/rand"
	"crypto/sha256"
	"fmt"

	"golang.org/x/crypto/nacl/box"
)

// RecordKey is the key of one record, or of a record with everything that is written to
// it later. Its author may keep it in a box of hers, so that she reads what she wrote
// without standing among the readers anywhere.
type RecordKey [32]byte

// NewRecordKey draws a key.
func NewRecordKey() RecordKey { return RecordKey(Random(32)) }

// Seal seals plain under this key and wraps the key for the readers, in their order. A
// later part of the same conversation needs no readers: whoever has the key reads it.
func (k RecordKey) Seal(about About, plain []byte, readers ...[32]byte) (Sealed, [][]byte, error) {
	sealed := Sealed{Box: append([]byte{1}, seal(k[:], pad(plain), about.bytes())...)}
	sum := sha256.Sum256(sealed.Box)
	sealed.Hash = sum[:]
	wraps := make([][]byte, 0, len(readers))
	for _, reader := range readers {
		wrap, err := k.Wrap(about, reader)
		if err != nil {
			return Sealed{}, nil, err
		}
		wraps = append(wraps, wrap)
	}
	return sealed, wraps, nil
}

// Wrap wraps the key of a record for one more reader.
func (k RecordKey) Wrap(about About, reader [32]byte) ([]byte, error) {
	wrap, err := box.SealAnonymous(nil, append(about.bytes(), k[:]...), &reader, rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("wrap for a reader: %w", err)
	}
	return wrap, nil
}

// Open opens what was sealed under this key for the same record.
func (k RecordKey) Open(about About, sealed Sealed) ([]byte, error) {
	if len(sealed.Box) < 1 || sealed.Box[0] != 1 {
		return nil, ErrSealed
	}
	padded, err := open(k[:], sealed.Box[1:], about.bytes())
	if err != nil {
		return nil, err
	}
	return unpad(padded)
}

// Key takes a record's key out of the wrap that was made for this identity. A wrap that
// belongs to another record is ErrSealed.
func (i Identity) Key(about About, wrap []byte) (RecordKey, error) {
	raw, err := i.openWrap(wrap)
	if err != nil {
		return RecordKey{}, err
	}
	prefix := about.bytes()
	if len(raw) != len(prefix)+32 || string(raw[:len(prefix)]) != string(prefix) {
		return RecordKey{}, ErrSealed
	}
	return RecordKey(raw[len(prefix):]), nil
}

// MarshalText and UnmarshalText let a sealed box carry a key.
func (k RecordKey) MarshalText() ([]byte, error) { return Secret(k).MarshalText() }

// UnmarshalText reads what MarshalText wrote.
func (k *RecordKey) UnmarshalText(text []byte) error { return (*Secret)(k).UnmarshalText(text) }
