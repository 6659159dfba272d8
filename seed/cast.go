package seed

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// Cast is data/demo-cast.json: how to sign in as the people of the demonstration. It
// exists outside the database only, because nobody can read a key back out of it.
type Cast struct {
	Invitation string   `json:"invitation"`
	People     []Person `json:"people"`
}

// Person is one of the cast: a key for a plain member, and for people with roles a handle
// with passphrase and the base32 secret of the second factor.
type Person struct {
	Name       string   `json:"name"`
	Roles      []string `json:"roles"`
	Lang       string   `json:"lang"`
	Key        string   `json:"key,omitempty"`
	Handle     string   `json:"handle,omitempty"`
	Passphrase string   `json:"passphrase,omitempty"`
	TOTP       string   `json:"totp,omitempty"`
}

// Write puts the cast into a file that only its owner reads. It appears whole or not at
// all, also over an older file with a wider mode.
func (c Cast) Write(path string) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), ".cast-*") // made with mode 0600
	if err != nil {
		return fmt.Errorf("write the cast: %w", err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(fmt.Errorf("write the cast: %w", err), os.Remove(f.Name()))
		}
	}()
	lines := json.NewEncoder(f)
	lines.SetEscapeHTML(false)
	lines.SetIndent("", "  ")
	err = lines.Encode(c)
	if closing := f.Close(); err == nil {
		err = closing
	}
	if err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
