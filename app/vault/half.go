package vault

import (
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"fmt"

	"golang.org/x/crypto/nacl/box"
)

// Halve cuts a secret into two halves. Each alone is random bytes and says nothing about
// the secret; joined they are the secret again.
func Halve(secret []byte) (one, other []byte) {
	one, other = Random(len(secret)), make([]byte, len(secret))
	subtle.XORBytes(other, secret, one)
	return one, other
}

// JoinHalves joins what Halve cut. Halves of two cuts give bytes that open nothing.
func JoinHalves(one, other []byte) ([]byte, error) {
	if len(one) == 0 || len(one) != len(other) {
		return nil, errors.New("vault: halves of different length")
	}
	secret := make([]byte, len(one))
	subtle.XORBytes(secret, one, other)
	return secret, nil
}

// WrapHalf wraps a half for the public key of who keeps it, bound to what it is a half of.
func WrapHalf(about string, half []byte, holder [32]byte) ([]byte, error) {
	wrap, err := box.SealAnonymous(nil, append([]byte("half "+about+"|"), half...), &holder, rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("wrap a half: %w", err)
	}
	return wrap, nil
}

// TakeHalf opens a half that was wrapped for this identity. A half of something else is
// ErrSealed.
func (i Identity) TakeHalf(about string, wrap []byte) ([]byte, error) {
	raw, err := i.openWrap(wrap)
	prefix := "half " + about + "|"
	if err != nil || len(raw) <= len(prefix) || string(raw[:len(prefix)]) != prefix {
		return nil, ErrSealed
	}
	return raw[len(prefix):], nil
}
