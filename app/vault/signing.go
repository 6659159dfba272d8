package vault

import (
	"crypto/ed25519"
	"fmt"
)

// SigningKey derives the Ed25519 key with which the server signs what people carry away.
// Nothing of it is stored: the secrets file gives the same key again after every restart
// and every restore. Generation tells keys apart that follow one another; a purpose never
// meets another purpose's key.
func (s *Server) SigningKey(purpose string, generation int) ed25519.PrivateKey {
	return ed25519.NewKeyFromSeed(s.key(fmt.Sprintf("sign %s %d", purpose, generation)))
}
