package vault

import (
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"strings"
)

// Server holds the secrets of one instance: they live in a file beside the database,
// never inside it, so that a copy of the database alone opens nothing.
type Server struct {
	pepper []byte // goes into every key derivation
	master []byte // derives the keys of sessions, tickets and invitation codes
}

// ErrNoSecrets says that the secrets file does not exist.
var ErrNoSecrets = errors.New("secrets file not found")

// CreateServer draws new secrets and writes them with mode 0600. It never overwrites.
func CreateServer(path string) (*Server, error) {
	s := &Server{pepper: Random(32), master: Random(32)}
	text := "portico secrets v1\n" + hex.EncodeToString(s.pepper) + "\n" + hex.EncodeToString(s.master) + "\n"
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, fmt.Errorf("create secrets file: %w", err)
	}
	if _, err = f.WriteString(text); err == nil {
		err = f.Sync()
	}
	if closing := f.Close(); err == nil {
		err = closing
	}
	if err != nil {
		return nil, fmt.Errorf("write secrets file: %w", err)
	}
	return s, nil
}

// ReadServer reads the secrets file. A missing file is ErrNoSecrets.
func ReadServer(path string) (*Server, error) {
	text, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("%w: %s", ErrNoSecrets, path)
	}
	if err != nil {
		return nil, fmt.Errorf("read secrets file: %w", err)
	}
	s, err := ParseServer(text)
	if err != nil {
		return nil, fmt.Errorf("%w: %s", err, path)
	}
	return s, nil
}

// errDamagedSecrets says that a text is no secrets file.
var errDamagedSecrets = errors.New("the secrets file is damaged")

// ParseServer reads the text of a secrets file, which a backup carries.
func ParseServer(text []byte) (*Server, error) {
	lines := strings.Fields(strings.TrimPrefix(string(text), "portico secrets v1\n"))
	if len(lines) != 2 {
		return nil, errDamagedSecrets
	}
	pepper, err1 := hex.DecodeString(lines[0])
	master, err2 := hex.DecodeString(lines[1])
	if err1 != nil || err2 != nil || len(pepper) != 32 || len(master) != 32 {
		return nil, errDamagedSecrets
	}
	return &Server{pepper: pepper, master: master}, nil
}

// ID names the secrets without revealing them: the first 8 bytes of the pepper's hash.
// The database remembers it, so that a server with other secrets refuses to start.
func (s *Server) ID() []byte {
	sum := sha256.Sum256(s.pepper)
	return sum[:8]
}

// key derives a 32-byte server key for one purpose.
func (s *Server) key(purpose string, more ...[]byte) []byte {
	material := append([]byte{}, s.master...)
	for _, m := range more {
		material = append(material, m...)
	}
	return expand(material, nil, purpose, 32)
}

// Random returns n bytes from the operating system's generator, which cannot fail.
func Random(n int) []byte {
	b := make([]byte, n)
	rand.Read(b) // since Go 1.24 this never returns an error: it stops the program instead
	return b
}

// expand is HKDF-SHA256 with the two steps in one.
func expand(material, salt []byte, purpose string, n int) []byte {
	out, err := hkdf.Key(sha256.New, material, salt, purpose, n)
	if err != nil {
		panic("vault: hkdf of a fixed small length cannot fail: " + err.Error())
	}
	return out
}
