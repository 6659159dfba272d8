package store

import (
	"crypto/sha256"
	"encoding/hex"
)

// ErasedMark names a row that somebody deleted, by its table and its random number, so that a
// restored backup can leave it out. It is a hash: whoever reads it without having had the row
// learns nothing from it.
func ErasedMark(table string, id []byte) string {
	sum := sha256.Sum256(append([]byte("portico erased|"+table+"|"), id...))
	return hex.EncodeToString(sum[:16])
}

// IsErasedMark reports whether a text is such a mark.
func IsErasedMark(text string) bool {
	raw, err := hex.DecodeString(text)
	return err == nil && len(raw) == 16
}
