package vault

import (
	"crypto/ed25519"
	"crypto/rand"
	"fmt"

	"golang.org/x/crypto/nacl/box"
)

// Identity is the private key pair of a role account or a circle: it opens what was sealed
// for its public key, and signs.
type Identity struct {
	EncPublic  [32]byte
	encPrivate [32]byte
	sign       ed25519.PrivateKey
}

// NewIdentity draws a key pair for reading and one for signing.
func NewIdentity() Identity {
	pub, priv, err := box.GenerateKey(rand.Reader)
	if err != nil {
		panic("vault: the operating system's generator failed: " + err.Error())
	}
	_, sign, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		panic("vault: the operating system's generator failed: " + err.Error())
	}
	return Identity{EncPublic: *pub, encPrivate: *priv, sign: sign}
}

// Bytes is the private form, to be sealed at once.
func (i Identity) Bytes() []byte {
	out := append([]byte{}, i.EncPublic[:]...)
	out = append(out, i.encPrivate[:]...)
	return append(out, i.sign.Seed()...)
}

// IdentityFrom reads what Bytes wrote.
func IdentityFrom(raw []byte) (Identity, error) {
	var i Identity
	if len(raw) != 96 {
		return i, ErrSealed
	}
	copy(i.EncPublic[:], raw[:32])
	copy(i.encPrivate[:], raw[32:64])
	i.sign = ed25519.NewKeyFromSeed(raw[64:96])
	return i, nil
}

// SignPublic is the key with which others check her signatures.
func (i Identity) SignPublic() []byte {
	if i.sign == nil {
		return nil
	}
	return i.sign.Public().(ed25519.PublicKey)
}

// Sign signs a message.
func (i Identity) Sign(message []byte) []byte { return ed25519.Sign(i.sign, message) }

// Verify checks a signature.
func Verify(public, message, signature []byte) bool {
	return len(public) == ed25519.PublicKeySize && ed25519.Verify(public, message, signature)
}

// Sealed is the ciphertext of a record. It is the only type that a sealed column has in
// code, so that no path can store plain text by mistake: there is no way to make one but Seal.
type Sealed struct {
	Box  []byte
	Hash []byte // SHA-256 of Box; signatures and chains hash the box, never the words
}

// About binds a box to its record: kind, id and schema.
type About struct {
	Kind   string
	ID     []byte
	Schema int
}

func (a About) bytes() []byte {
	return fmt.Appendf(nil, "%s|%x|%d", a.Kind, a.ID, a.Schema)
}

// Seal seals plain for the readers' public keys. It returns the box and one wrap per
// reader, in the same order. Deleting the wraps shreds the record.
func Seal(about About, plain []byte, readers ...[32]byte) (Sealed, [][]byte, error) {
	return NewRecordKey().Seal(about, plain, readers...)
}

// Open opens a record with the wrap that was made for this identity. A box or wrap that
// belongs to another record is ErrSealed.
func (i Identity) Open(about About, sealed Sealed, wrap []byte) ([]byte, error) {
	key, err := i.Key(about, wrap)
	if err != nil {
		return nil, err
	}
	return key.Open(about, sealed)
}

// HandOn wraps a circle's private key for a new holder.
func HandOn(circle Identity, name string, holder [32]byte) ([]byte, error) {
	return box.SealAnonymous(nil, append([]byte("circle "+name+"|"), circle.Bytes()...), &holder, rand.Reader)
}

// TakeUp opens a circle's private key that was handed on to this identity.
func (i Identity) TakeUp(name string, wrap []byte) (Identity, error) {
	raw, err := i.openWrap(wrap)
	prefix := "circle " + name + "|"
	if err != nil || len(raw) < len(prefix) || string(raw[:len(prefix)]) != prefix {
		return Identity{}, ErrSealed
	}
	return IdentityFrom(raw[len(prefix):])
}

func (i Identity) openWrap(wrap []byte) ([]byte, error) {
	raw, ok := box.OpenAnonymous(nil, wrap, &i.EncPublic, &i.encPrivate)
	if !ok {
		return nil, ErrSealed
	}
	return raw, nil
}
