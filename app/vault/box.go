package vault

import (
	"crypto/cipher"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"

	"golang.org/x/crypto/chacha20poly1305"
)

// ErrSealed says that a box does not open: wrong key, or altered, or swapped with another.
var ErrSealed = errors.New("sealed: does not open")

// steps are the sizes to which boxes are padded, in bytes.
var steps = []int{512, 2048, 8192, 32768, 131072}

// Secret is 32 random bytes that belong to one person. It never leaves her sealed account
// and her live sessions.
type Secret [32]byte

// NewSecret draws a secret.
func NewSecret() Secret { return Secret(Random(32)) }

// MarshalText and UnmarshalText let sealed payloads carry a secret.
func (s Secret) MarshalText() ([]byte, error) {
	return []byte(base64.RawStdEncoding.EncodeToString(s[:])), nil
}

// UnmarshalText reads what MarshalText wrote.
func (s *Secret) UnmarshalText(text []byte) error {
	raw, err := base64.RawStdEncoding.DecodeString(string(text))
	if err != nil || len(raw) != len(s) {
		return ErrSealed
	}
	copy(s[:], raw)
	return nil
}

// mac is HMAC-SHA256 over the parts, each with its length before it, so that two different
// lists of parts never make the same bytes.
func (s Secret) mac(parts ...[]byte) []byte {
	h := hmac.New(sha256.New, s[:])
	var length [4]byte
	for _, p := range parts {
		binary.BigEndian.PutUint32(length[:], uint32(len(p)))
		h.Write(length[:])
		h.Write(p)
	}
	return h.Sum(nil)
}

// Address is where the box of this name lies. Only the secret's owner can compute it, and
// two boxes of one person look like boxes of two.
func (s Secret) Address(name string) []byte { return s.mac([]byte("box"), []byte(name))[:16] }

// Tag is what a post, report or membership carries in place of an account. Purpose and
// scope keep tags apart: one value never serves two purposes.
func (s Secret) Tag(purpose string, scope []byte) []byte {
	return s.mac([]byte("tag"), []byte(purpose), scope)[:16]
}

// Owner marks the sessions of one person so that she can list and end them.
func (s Secret) Owner() []byte { return s.mac([]byte("sessions"))[:16] }

// SealBox seals plain for the box of this name.
func (s Secret) SealBox(name string, plain []byte) []byte {
	key := expand(s[:], nil, "boxkey "+name, 32)
	return seal(key, pad(plain), s.Address(name))
}

// OpenBox opens what SealBox sealed under the same name.
func (s Secret) OpenBox(name string, box []byte) ([]byte, error) {
	key := expand(s[:], nil, "boxkey "+name, 32)
	padded, err := open(key, box, s.Address(name))
	if err != nil {
		return nil, err
	}
	return unpad(padded)
}

// Wrap seals a padded payload under a derived key, bound to about (such as "account" and its id).
func Wrap(key, payload, about []byte) []byte { return seal(key, pad(payload), about) }

// Unwrap opens what Wrap sealed.
func Unwrap(key, box, about []byte) ([]byte, error) {
	padded, err := open(key, box, about)
	if err != nil {
		return nil, err
	}
	return unpad(padded)
}

func seal(key, plain, about []byte) []byte {
	aead := newAEAD(key)
	nonce := Random(chacha20poly1305.NonceSizeX)
	return aead.Seal(nonce, nonce, plain, about)
}

func open(key, box, about []byte) ([]byte, error) {
	if len(box) < chacha20poly1305.NonceSizeX {
		return nil, ErrSealed
	}
	nonce, rest := box[:chacha20poly1305.NonceSizeX], box[chacha20poly1305.NonceSizeX:]
	plain, err := newAEAD(key).Open(nil, nonce, rest, about)
	if err != nil {
		return nil, ErrSealed
	}
	return plain, nil
}

func newAEAD(key []byte) cipher.AEAD {
	aead, err := chacha20poly1305.NewX(key)
	if err != nil {
		panic("vault: keys are 32 bytes: " + err.Error())
	}
	return aead
}

// pad puts the length before the text and fills up to the next step.
func pad(plain []byte) []byte {
	need := len(plain) + 4
	size := need
	for _, step := range steps {
		if need <= step {
			size = step
			break
		}
	}
	if last := steps[len(steps)-1]; need > last {
		size = (need + last - 1) / last * last
	}
	out := make([]byte, size)
	binary.BigEndian.PutUint32(out, uint32(len(plain)))
	copy(out[4:], plain)
	return out
}

func unpad(padded []byte) ([]byte, error) {
	if len(padded) < 4 {
		return nil, ErrSealed
	}
	n := binary.BigEndian.Uint32(padded)
	if int(n) > len(padded)-4 {
		return nil, ErrSealed
	}
	return padded[4 : 4+n], nil
}
