package vault_test

import (
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"portico/app/vault"
)

// fixedServer reads a secrets file with known content, so that derived values can be
// compared with ones that were written down.
func fixedServer(t testing.TB) *vault.Server {
	t.Helper()
	path := filepath.Join(t.TempDir(), "secrets.key")
	text := "portico secrets v1\n" + strings.Repeat("0a", 32) + "\n" + strings.Repeat("0b", 32) + "\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := vault.ReadServer(path)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func newServer(t testing.TB) *vault.Server {
	t.Helper()
	s, err := vault.CreateServer(filepath.Join(t.TempDir(), "secrets.key"))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// inScript writes ASCII digits with those of another script.
func inScript(digits string, zero rune) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return zero + r - '0'
		}
		return r
	}, digits)
}

func TestAKeyIsReadHoweverItIsTyped(t *testing.T) {
	const want = "01234567890987654321"
	grouped := vault.FormatKey(want)
	for _, c := range []struct{ name, typed string }{
		{"bare", want},
		{"grouped as on the card", grouped},
		{"with hyphens", strings.ReplaceAll(grouped, " ", "-")},
		{"with long dashes, as phones write them", strings.ReplaceAll(grouped, " ", "—")},
		{"with hyphens that do not break", strings.ReplaceAll(grouped, " ", "\u2011")},
		{"with dots", strings.ReplaceAll(grouped, " ", ".")},
		{"with spaces that do not break", strings.ReplaceAll(grouped, " ", "\u00a0")},
		{"with ideographic spaces", strings.ReplaceAll(grouped, " ", "\u3000")},
		{"with a line break in it", strings.ReplaceAll(grouped, " ", "\r\n")},
		{"with spaces around it", " \t" + grouped + "\n"},
		{"in Arabic-Indic digits", inScript(grouped, '٠')},
		{"in Persian digits", inScript(grouped, '۰')},
		{"in full-width digits", inScript(grouped, '０')},
		{"in full-width digits with full-width hyphens", strings.ReplaceAll(inScript(grouped, '０'), " ", "－")},
		{"in Devanagari digits", inScript(grouped, '०')},
		{"in bold mathematical digits", inScript(grouped, 0x1D7CE)},
		{"in monospace mathematical digits", inScript(grouped, 0x1D7F6)},
		{"in two scripts", inScript(want[:10], '٠') + want[10:]},
		{"with direction marks around it", "\u200f\u202b" + inScript(grouped, '٠') + "\u202c\u200e"},
		{"with isolates and a byte order mark", "\ufeff\u2067" + grouped + "\u2069"},
	} {
		if got, ok := vault.ParseKey(c.typed); !ok || got != want {
			t.Errorf("%s: %q gives %q, %v; want the key", c.name, c.typed, got, ok)
		}
	}
}

func TestWhatIsNoKeyIsRefused(t *testing.T) {
	const key = "01234567890987654321"
	for _, c := range []struct{ name, typed string }{
		{"nothing", ""},
		{"spaces only", "    "},
		{"one digit short", key[1:]},
		{"one digit long", key + "0"},
		{"a letter at the end", key + "a"},
		{"a letter in place of a digit", "O" + key[1:]},
		{"a superscript digit", key[1:] + "²"},
		{"a Roman numeral", key[1:] + "Ⅳ"},
		{"a Chinese numeral", key[1:] + "四"},
		{"a slash", key[:10] + "/" + key[10:]},
		{"a plus", "+" + key},
		{"bytes that are no text", key + "\xff"},
		{"a zero byte", key + "\x00"},
	} {
		if got, ok := vault.ParseKey(c.typed); ok {
			t.Errorf("%s: %q is read as %q", c.name, c.typed, got)
		}
	}
}

func TestAFormattedKeyIsReadBack(t *testing.T) {
	if got := vault.FormatKey("01234567890987654321"); got != "0123 4567 8909 8765 4321" {
		t.Errorf("grouped as %q", got)
	}
	seen := map[string]bool{}
	for range 500 {
		key := vault.NewMemberKey()
		if got, ok := vault.ParseKey(vault.FormatKey(key)); !ok || got != key || len(key) != vault.KeyDigits {
			t.Fatalf("%q becomes %q, %v", key, got, ok)
		}
		seen[key] = true
	}
	if len(seen) != 500 {
		t.Errorf("500 draws gave %d different keys", len(seen))
	}
}

func TestTheDerivationKeepsItsParameters(t *testing.T) {
	s, salt := fixedServer(t), []byte("a site's 16 byte")
	for _, c := range []struct {
		name                 string
		kdf                  vault.KDF
		text                 string
		lookup, member, role string
	}{
		{
			"light", vault.Light, "01234567890987654321",
			"aa1bd1c941fd32ba98637e0e54287ed948cc1dd65eb00c175025211ef3360f82",
			"5b91e9a234f5394be29a437f4be9a8cc1c25051455113196d56c2b735010587e",
			"d6cb29d7f6a9ae14de4902d9634ae3089dda8f1701c1d17cb2bb76985f8b88c8",
		},
		{
			"heavy", vault.Heavy, "five quiet words for somebody",
			"e3d73f61c6685f6c280d6f8c9ba27fc2dd74ef6a05f97ee5d66d7eb486f9ab32",
			"6434a29f90874ba5040771ef8dc54fa76145d15bb8ac58a3f368e6add796d18a",
			"f0b34f871ce0ca00060f6a45051759b47cd1e9395e02ab549ae67088981c3268",
		},
	} {
		root := s.Stretch(c.kdf, c.text, salt)
		account := []byte("an account's own")
		for what, got := range map[string][2]string{
			"lookup value": {hex.EncodeToString(root.Lookup()), c.lookup},
			"member key":   {hex.EncodeToString(root.MemberKey(account)), c.member},
			"role key":     {hex.EncodeToString(root.RoleKey(account)), c.role},
		} {
			if got[0] != got[1] {
				t.Errorf("the %s derivation's %s is %s, was %s: every account made before would be locked out", c.name, what, got[0], got[1])
			}
		}
	}
}

func TestEveryDerivedValueIsAnother(t *testing.T) {
	s, other := fixedServer(t), newServer(t)
	const key = "01234567890987654321"
	site, salt, salt2 := []byte("a site's 16 byte"), []byte("an account's own"), []byte("another account!")
	root := s.Stretch(vault.Light, key, site)
	values := map[string]string{}
	for name, value := range map[string][]byte{
		"lookup":                         root.Lookup(),
		"member key":                     root.MemberKey(salt),
		"role key":                       root.RoleKey(salt),
		"member key of another salt":     root.MemberKey(salt2),
		"role key of another salt":       root.RoleKey(salt2),
		"lookup of another key":          s.Stretch(vault.Light, "11234567890987654321", site).Lookup(),
		"lookup at another site":         s.Stretch(vault.Light, key, salt2).Lookup(),
		"lookup under another pepper":    other.Stretch(vault.Light, key, site).Lookup(),
		"lookup under the heavy setting": s.Stretch(vault.Heavy, key, site).Lookup(),
	} {
		if len(value) != 32 {
			t.Errorf("%s has %d bytes", name, len(value))
		}
		if twin, there := values[string(value)]; there {
			t.Errorf("%s equals %s", name, twin)
		}
		values[string(value)] = name
	}
	if string(root.Lookup()) != string(s.Stretch(vault.Light, key, site).Lookup()) {
		t.Error("the same key gives another lookup value the second time")
	}
}

func TestAWrapOpensWithItsOwnKeySaltAndAccountOnly(t *testing.T) {
	s, site := fixedServer(t), []byte("a site's 16 byte")
	root := s.Stretch(vault.Light, "01234567890987654321", site)
	salt, about := vault.Random(16), []byte("account|1")
	wrapped := vault.Wrap(root.MemberKey(salt), []byte("her secrets"), about)
	if plain, err := vault.Unwrap(root.MemberKey(salt), wrapped, about); err != nil || string(plain) != "her secrets" {
		t.Fatalf("got %q, %v", plain, err)
	}
	for name, key := range map[string][]byte{
		"another account's salt": root.MemberKey(vault.Random(16)),
		"the role compartment":   root.RoleKey(salt),
		"the lookup value":       root.Lookup(),
		"another key":            s.Stretch(vault.Light, "01234567890987654322", site).MemberKey(salt),
	} {
		if _, err := vault.Unwrap(key, wrapped, about); err != vault.ErrSealed {
			t.Errorf("%s: got %v; want that it does not open", name, err)
		}
	}
	if _, err := vault.Unwrap(root.MemberKey(salt), wrapped, []byte("account|2")); err != vault.ErrSealed {
		t.Error("a wrap that was moved to another account's row opens")
	}
}
