package backup

import (
	"bufio"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"filippo.io/age"
)

// fewest is how many people must be able to open a backup: one key may be lost.
const fewest = 2

// Recipients reads the public keys that a backup is sealed for: at least two different ones.
func Recipients(keys []string) ([]age.Recipient, error) {
	var seen []string
	var all []age.Recipient
	for _, key := range keys {
		key = strings.TrimSpace(key)
		if key == "" || slices.Contains(seen, key) {
			continue
		}
		if strings.HasPrefix(strings.ToUpper(key), "AGE-SECRET-KEY-") {
			return nil, errors.New("this is the secret half of a key, which must stay away from the server: give the public half, which begins with age1, and make a new key, because this one was seen here")
		}
		found, err := age.ParseRecipients(strings.NewReader(key))
		if err != nil || len(found) != 1 {
			return nil, fmt.Errorf("%q is no public key of age: it begins with age1, and age-keygen prints it", key)
		}
		seen, all = append(seen, key), append(all, found[0])
	}
	if len(all) < fewest {
		return nil, fmt.Errorf("a backup is sealed for at least two people, and %d different key(s) were given: each of them runs age-keygen on a computer of her own and gives you the line that begins with age1", len(all))
	}
	return all, nil
}

// Identities reads a file with the secret half of a key, as age-keygen writes it.
func Identities(in io.Reader) ([]age.Identity, error) {
	start := bufio.NewReader(in)
	if head, _ := start.Peek(34); strings.HasPrefix(string(head), "age-encryption.org/") || strings.HasPrefix(string(head), "-----BEGIN AGE ENCRYPTED FILE-----") {
		return nil, errors.New("the key file is locked with a passphrase: open it first with age -d, and keep what comes out off any disk")
	}
	found, err := age.ParseIdentities(start)
	if err != nil {
		return nil, errors.New("the key file does not read: it holds a line that begins with AGE-SECRET-KEY-1, as age-keygen writes it")
	}
	return found, nil
}

// sealed packs and seals what is written into it.
type sealed struct {
	*gzip.Writer
	seal io.WriteCloser
}

func seal(out io.Writer, to []age.Recipient) (sealed, error) {
	if len(to) < fewest {
		return sealed{}, errors.New("a backup is sealed for at least two people")
	}
	w, err := age.Encrypt(out, to...)
	if err != nil {
		return sealed{}, fmt.Errorf("seal the backup: %w", err)
	}
	return sealed{gzip.NewWriter(w), w}, nil
}

// Close ends both; without it a file is cut off.
func (s sealed) Close() error { return errors.Join(s.Writer.Close(), s.seal.Close()) }

// unseal opens a backup.
func unseal(in io.Reader, with []age.Identity) (io.Reader, error) {
	plain, err := age.Decrypt(bufio.NewReaderSize(in, 128<<10), with...)
	var other *age.NoIdentityMatchError
	if errors.As(err, &other) {
		return nil, errors.New("this key does not open this backup: it was sealed for other people. Ask one of them for the key, or look whether it is the right file")
	}
	if err != nil {
		return nil, damaged(err, "its seal")
	}
	unpacked, err := gzip.NewReader(plain)
	if err != nil {
		return nil, damaged(err, "its first bytes")
	}
	return unpacked, nil
}
