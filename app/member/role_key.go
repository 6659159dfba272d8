package member

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"

	"gorm.io/gorm"

	"portico/app/store"
	"portico/app/vault"
)

// RoleKey is a public key of a person with roles, with the days it was hers.
type RoleKey struct {
	AccountID store.ID `gorm:"primaryKey"`
	Epoch     int      `gorm:"primaryKey"`
	EncPub    []byte
	SignPub   []byte
	FromDay   string
	UntilDay  *string
	// Cert is the signature of the key before this one under it, so that everybody can see
	// that the same person changed it. The first key has none.
	Cert store.Bytes
}

// TableName names the table.
func (RoleKey) TableName() string { return "role_keys" }

// Fingerprint names a pair of public keys, in agreements and certificates.
func (k RoleKey) Fingerprint() []byte {
	sum := sha256.Sum256(parts("role key", k.EncPub, k.SignPub))
	return sum[:]
}

// certified is what the key before signs under a new one: whose it is, which number, both
// halves, and the fingerprint of the key that signs.
func (k RoleKey) certified(before RoleKey) []byte {
	epoch := binary.BigEndian.AppendUint32(nil, uint32(k.Epoch))
	return parts("portico next key v1", k.AccountID[:], epoch, k.EncPub, k.SignPub, before.Fingerprint())
}

// follows reports whether this key is the next one of the same person, by certificate.
func (k RoleKey) follows(before RoleKey) bool {
	return k.AccountID == before.AccountID && k.Epoch == before.Epoch+1 && vault.Verify(before.SignPub, k.certified(before), k.Cert)
}

// parts joins parts with their lengths, so that two lists never give the same bytes.
func parts(purpose string, list ...[]byte) []byte {
	out := []byte(purpose)
	for _, p := range list {
		out = binary.BigEndian.AppendUint32(out, uint32(len(p)))
		out = append(out, p...)
	}
	return out
}

// Descends reports whether the present key of a person is the one with this fingerprint,
// or follows from it through certificates that each key signed for the next. A key that
// somebody wrote into the table, a certificate that does not fit and a gap are false.
func Descends(ctx context.Context, db *gorm.DB, account store.ID, print []byte) (bool, error) {
	now, err := PresentKey(ctx, db, account)
	if err != nil {
		return false, err
	}
	return KeyDescends(ctx, db, now, print)
}

// KeyDescends is Descends for a key of any time, such as the one under a signature.
func KeyDescends(ctx context.Context, db *gorm.DB, key RoleKey, print []byte) (bool, error) {
	keys, err := gorm.G[RoleKey](db).Where("account_id = ? AND epoch <= ?", key.AccountID, key.Epoch).Order("epoch DESC").Find(ctx)
	if err != nil {
		return false, store.Translate(err)
	}
	if len(keys) == 0 || !bytes.Equal(keys[0].Fingerprint(), key.Fingerprint()) {
		return false, nil
	}
	for i, k := range keys {
		if bytes.Equal(k.Fingerprint(), print) {
			return true, nil
		}
		if i+1 == len(keys) || !k.follows(keys[i+1]) {
			return false, nil
		}
	}
	return false, nil
}
