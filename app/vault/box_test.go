package vault_test

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"testing"

	"portico/app/vault"
)

// overhead is what a box adds to its padded text: nonce and authenticator.
const overhead = 24 + 16

func TestABoxOpensForItsOwnerUnderItsOwnNameOnly(t *testing.T) {
	hers, other := vault.NewSecret(), vault.NewSecret()
	box := hers.SealBox("topic/1", []byte("a draft"))
	if plain, err := hers.OpenBox("topic/1", box); err != nil || string(plain) != "a draft" {
		t.Fatalf("got %q, %v", plain, err)
	}
	if _, err := hers.OpenBox("topic/2", box); err != vault.ErrSealed {
		t.Errorf("under another name: got %v", err)
	}
	if _, err := other.OpenBox("topic/1", box); err != vault.ErrSealed {
		t.Errorf("with another secret: got %v", err)
	}
	if bytes.Equal(box, hers.SealBox("topic/1", []byte("a draft"))) {
		t.Error("the same text sealed twice gives the same bytes")
	}
	if bytes.Contains(box, []byte("a draft")) {
		t.Error("the text stands in the box")
	}
}

func TestEveryFlippedBitAndEveryCutIsSeen(t *testing.T) {
	s := vault.NewSecret()
	box := s.SealBox("prefs", []byte("words"))
	for at := range box {
		for bit := range 8 {
			changed := bytes.Clone(box)
			changed[at] ^= 1 << bit
			if _, err := s.OpenBox("prefs", changed); err != vault.ErrSealed {
				t.Fatalf("bit %d of byte %d flipped: got %v", bit, at, err)
			}
		}
	}
	for n := range box {
		if _, err := s.OpenBox("prefs", box[:n]); err != vault.ErrSealed {
			t.Fatalf("cut to %d bytes: got %v", n, err)
		}
	}
	if _, err := s.OpenBox("prefs", append(bytes.Clone(box), 0)); err != vault.ErrSealed {
		t.Error("a byte too many is not seen")
	}
}

func TestALengthIsPaddedToAStep(t *testing.T) {
	s := vault.NewSecret()
	for _, c := range []struct{ plain, padded int }{
		{0, 512}, {1, 512}, {508, 512}, {509, 2048}, {2044, 2048}, {2045, 8192}, {8188, 8192}, {8189, 32768},
		{32764, 32768}, {32765, 131072}, {131068, 131072}, {131069, 262144}, {262140, 262144}, {262141, 393216},
	} {
		plain := vault.Random(c.plain)
		box := s.SealBox("prefs", plain)
		if len(box) != c.padded+overhead {
			t.Errorf("%d bytes are sealed to %d; want %d", c.plain, len(box)-overhead, c.padded)
		}
		if got, err := s.OpenBox("prefs", box); err != nil || !bytes.Equal(got, plain) {
			t.Errorf("%d bytes come back as %d, %v", c.plain, len(got), err)
		}
	}
}

func TestAddressesAndTagsNeverServeTwoPurposes(t *testing.T) {
	var hers, other vault.Secret
	hers[0], other[0] = 1, 2
	scope := bytes.Repeat([]byte{7}, 16)
	seen := map[string]string{}
	for name, value := range map[string][]byte{
		"the tag of a topic":               hers.Tag("topic", scope),
		"the tag of a report":              hers.Tag("report", scope),
		"the tag of another topic":         hers.Tag("topic", bytes.Repeat([]byte{8}, 16)),
		"another person's tag":             other.Tag("topic", scope),
		"purpose ab, scope c":              hers.Tag("ab", []byte("c")),
		"purpose a, scope bc":              hers.Tag("a", []byte("bc")),
		"purpose abc, no scope":            hers.Tag("abc", nil),
		"no purpose, scope abc":            hers.Tag("", []byte("abc")),
		"a box":                            hers.Address("topic"),
		"a box with the name of a tag":     hers.Address("topic" + string(scope)),
		"another box":                      hers.Address("trail/1"),
		"the same box of somebody else":    other.Address("topic"),
		"the sessions":                     hers.Owner(),
		"somebody else's sessions":         other.Owner(),
		"a box with the sessions' name":    hers.Address("sessions"),
		"a tag with the sessions' name":    hers.Tag("sessions", nil),
		"a box whose name holds a purpose": hers.Address("tag"),
	} {
		if len(value) != 16 {
			t.Errorf("%s has %d bytes; want 16", name, len(value))
		}
		if twin, there := seen[string(value)]; there {
			t.Errorf("%s equals %s", name, twin)
		}
		seen[string(value)] = name
	}
	if got := hex.EncodeToString(hers.Tag("topic", scope)); got != "20a8f037eba990bd9ff3b7043f2a8062" {
		t.Errorf("the tag is %s: posts made before would belong to nobody", got)
	}
	if got := hex.EncodeToString(hers.Address("trail/0")); got != "e746f7c6e9725a50ceb2f10824dc78d0" {
		t.Errorf("the address is %s: boxes made before would be lost", got)
	}
}

func TestASecretTravelsInASealedPayload(t *testing.T) {
	s := vault.NewSecret()
	raw, err := json.Marshal([]vault.Secret{s})
	if err != nil {
		t.Fatal(err)
	}
	var back []vault.Secret
	if err := json.Unmarshal(raw, &back); err != nil || len(back) != 1 || back[0] != s {
		t.Fatalf("got %v, %v", back, err)
	}
	for _, text := range []string{"", "AAAA", "!", fmt.Sprintf("%044d", 0)} {
		if err := new(vault.Secret).UnmarshalText([]byte(text)); err == nil {
			t.Errorf("%q is read as a secret", text)
		}
	}
}
