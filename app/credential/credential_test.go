package credential_test

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"portico/app/credential"
)

const origin = "https://portal.example"

// keys are those of a server whose secrets are the given letter.
func keys(secret byte) credential.Keys {
	return credential.NewKeys(origin, func(generation int) ed25519.PrivateKey {
		return ed25519.NewKeyFromSeed(bytes.Repeat([]byte{secret + byte(generation)}, ed25519.SeedSize))
	})
}

var award = credential.Award{
	ID: credential.ID{1, 2, 3}, Subject: credential.ID{4, 5, 6}, Issuer: "Portico", Module: "listening", Version: 2,
	Title: "Ascoltare & <capire>", Description: "Saper tacere.", Criteria: "Tutte le parti lette.", Lang: "it",
	From: time.Date(2026, 3, 6, 23, 0, 0, 0, time.UTC), Until: time.Date(2027, 3, 7, 22, 59, 59, 0, time.UTC), Name: "Anna è qui",
}

// part decodes one part of a compact JWS strictly.
func part(t *testing.T, token string, n int) []byte {
	t.Helper()
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		t.Fatalf("a token of %d parts", len(parts))
	}
	raw, err := base64.RawURLEncoding.Strict().DecodeString(parts[n])
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func object(t *testing.T, raw []byte) map[string]any {
	t.Helper()
	var all map[string]any
	if err := json.Unmarshal(raw, &all); err != nil {
		t.Fatalf("%v in %s", err, raw)
	}
	return all
}

func token(t *testing.T, k credential.Keys, a credential.Award) string {
	t.Helper()
	signed, err := k.Token(a)
	if err != nil {
		t.Fatal(err)
	}
	return signed
}

// checks verifies a token as RFC 7515 and RFC 8037 say, without any library of theirs.
func checks(t *testing.T, signed string, set []byte) bool {
	t.Helper()
	at := strings.LastIndexByte(signed, '.')
	signature, err := base64.RawURLEncoding.Strict().DecodeString(signed[at+1:])
	if err != nil {
		return false
	}
	head, err := base64.RawURLEncoding.Strict().DecodeString(strings.Split(signed, ".")[0])
	var header struct{ Alg, Kid string }
	if err != nil || json.Unmarshal(head, &header) != nil || header.Alg != "EdDSA" {
		return false
	}
	var published struct {
		Keys []struct{ Kty, Crv, X, Kid string }
	}
	if err := json.Unmarshal(set, &published); err != nil {
		t.Fatal(err)
	}
	for _, key := range published.Keys {
		x, err := base64.RawURLEncoding.DecodeString(key.X)
		if err == nil && key.Kid == header.Kid && key.Kty == "OKP" && key.Crv == "Ed25519" && len(x) == ed25519.PublicKeySize {
			return ed25519.Verify(x, []byte(signed[:at]), signature)
		}
	}
	return false
}

func set(t *testing.T, k credential.Keys) []byte {
	t.Helper()
	raw, err := k.Set()
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func TestATokenChecksByHandAndNoChangedByteDoes(t *testing.T) {
	k := keys('a')
	signed, published := token(t, k, award), set(t, k)
	if !checks(t, signed, published) {
		t.Fatal("the token does not check")
	}
	for i := range signed {
		changed := []byte(signed)
		if changed[i] == 'A' {
			changed[i] = 'B'
		} else {
			changed[i] = 'A'
		}
		if checks(t, string(changed), published) {
			t.Fatalf("with another byte at place %d the token still checks", i)
		}
	}
	if checks(t, signed, set(t, keys('k'))) {
		t.Error("the key of another server checks the token")
	}
}

func TestAHeaderSaysOnlyWhatIsAllowedAndItsKeyCanBeFound(t *testing.T) {
	k := keys('a')
	header := object(t, part(t, token(t, k, award), 0))
	kid, _ := header["kid"].(string)
	if len(header) != 3 || header["alg"] != "EdDSA" || header["typ"] != "JWT" {
		t.Errorf("the header is %v", header)
	}
	fingerprint, under := strings.CutPrefix(kid, origin+credential.KeyPath)
	one, ok := k.One(fingerprint)
	if !under || !ok {
		t.Fatalf("the key id %q leads to no key", kid)
	}
	key := object(t, one)
	if key["kid"] != kid || key["x"] == "" || key["d"] != nil {
		t.Errorf("the key is %v", key)
	}
	canonical := `{"crv":"Ed25519","kty":"OKP","x":"` + key["x"].(string) + `"}`
	sum := sha256.Sum256([]byte(canonical))
	if want := base64.RawURLEncoding.EncodeToString(sum[:]); fingerprint != want {
		t.Errorf("the fingerprint is %s, RFC 7638 says %s", fingerprint, want)
	}
	if bytes.Contains(set(t, k), []byte(`"d"`)) {
		t.Error("the published set holds a private key")
	}
	for _, wrong := range []string{"", "x", fingerprint[1:], fingerprint + "A", "../keys.json"} {
		if _, ok := k.One(wrong); ok {
			t.Errorf("%q leads to a key", wrong)
		}
	}
}

func TestThePayloadIsTheCredentialWithItsClaims(t *testing.T) {
	k := keys('a')
	payload := object(t, part(t, token(t, k, award), 1))
	readable, err := k.Readable(award)
	if err != nil {
		t.Fatal(err)
	}
	file := object(t, readable)
	subject := file["credentialSubject"].(map[string]any)
	for claim, want := range map[string]any{
		"iss": file["issuer"].(map[string]any)["id"], "jti": file["id"], "sub": subject["id"],
		"nbf": float64(award.From.Unix()), "exp": float64(award.Until.Unix()),
	} {
		if payload[claim] != want || want == nil {
			t.Errorf("%s is %v, want %v", claim, payload[claim], want)
		}
		delete(payload, claim)
	}
	one, _ := json.Marshal(payload)
	two, _ := json.Marshal(file)
	if !bytes.Equal(one, two) {
		t.Errorf("without its claims the payload is %s, and the file to read %s", one, two)
	}
	if file["validFrom"] != "2026-03-06T23:00:00Z" || file["validUntil"] != "2027-03-07T22:59:59Z" || payload["vc"] != nil {
		t.Errorf("it holds from %v until %v", file["validFrom"], file["validUntil"])
	}
	if !strings.Contains(string(readable), "\n  \"name\": \"Ascoltare & <capire>\"") {
		t.Errorf("the file is not as somebody wrote it: %s", readable)
	}
}

func TestWithoutNameAndEndABadgeHasNeither(t *testing.T) {
	bare := award
	bare.Name, bare.Until = "", time.Time{}
	payload := object(t, part(t, token(t, keys('a'), bare), 1))
	for _, absent := range []string{"exp", "validUntil"} {
		if _, there := payload[absent]; there {
			t.Errorf("%s is there", absent)
		}
	}
	subject := payload["credentialSubject"].(map[string]any)
	if subject["identifier"] != nil || subject["id"] == nil {
		t.Errorf("the subject is %v", subject)
	}
	if strings.Contains(string(part(t, token(t, keys('a'), bare), 1)), "Anna") {
		t.Error("the name of another file is there")
	}
	named := object(t, part(t, token(t, keys('a'), award), 1))["credentialSubject"].(map[string]any)["identifier"].([]any)
	if got := named[0].(map[string]any); got["identityHash"] != "Anna è qui" || got["hashed"] != false || got["identityType"] != "name" {
		t.Errorf("the name stands as %v", got)
	}
}

func TestAURNIsAUUIDAndEachIDItsOwn(t *testing.T) {
	a, b := credential.ID{1}.URN(), credential.ID{2}.URN()
	if a != "urn:uuid:01000000-0000-8000-8000-000000000000" || a == b {
		t.Errorf("%s, %s", a, b)
	}
}

func TestTheListNamesWhatWasTakenBackAndNothingElse(t *testing.T) {
	raw, err := credential.Revoked(origin, []credential.ID{{9}, {1}})
	if err != nil {
		t.Fatal(err)
	}
	list := object(t, raw)
	if list["id"] != origin+credential.RevokedPath || list["issuer"] != origin || len(list) != 4 {
		t.Errorf("the list is %v", list)
	}
	want := []string{credential.ID{1}.URN(), credential.ID{9}.URN()}
	for _, under := range []string{"revokedCredential", "revokedCredentials"} {
		var got []string
		for _, entry := range list[under].([]any) {
			one := entry.(map[string]any)
			if one["revoked"] != true || len(one) != 2 {
				t.Errorf("an entry says %v", one)
			}
			got = append(got, one["id"].(string))
		}
		if !slices.Equal(got, want) {
			t.Errorf("under %s: %v, want %v", under, got, want)
		}
	}
	if raw, err = credential.Revoked(origin, nil); err != nil || !strings.Contains(string(raw), `"revokedCredential":[]`) {
		t.Errorf("an empty list is %s, %v", raw, err)
	}
}
