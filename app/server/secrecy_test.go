package server_test

import (
	"context"
	"encoding/base64"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"portico/app/store/storetest"
	"portico/app/vault"
)

// dumpAll is every table as text, as a thief would read it.
func dumpAll(t *testing.T, h *house) string {
	t.Helper()
	tables, err := h.Store.DB.Migrator().GetTables()
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, table := range tables {
		var rows []map[string]any
		if strings.HasPrefix(table, "post_words") || strings.HasPrefix(table, "sqlite_") {
			continue
		}
		if err := h.Store.DB.Table(table).Order("1").Find(&rows).Error; err != nil {
			t.Fatalf("%s: %v", table, err)
		}
		for _, row := range rows {
			for column, value := range row {
				if raw, ok := value.([]byte); ok {
					row[column] = string(raw)
				}
			}
			fmt.Fprintf(&b, "%s %v\n", table, row)
		}
	}
	return b.String()
}

// TestADumpAndTheLogHoldNoSecret walks through the portal as several people and then looks
// for everything that must not be readable: keys, tokens, passphrases, second factors,
// sealed sentences, addresses, user agents.
func TestADumpAndTheLogHoldNoSecret(t *testing.T) {
	h := build(t)
	needles := map[string]string{
		"the user agent": canaryAgent, "the visitor's address": "0.0.0.0", "the proxy's word": "203.0.113.9",
		"a sealed note": "a note for the moderators alone",
	}
	who := h.enter(t, h.person(t, "member"))
	token := who.Actor.Token.FormToken()
	for _, p := range h.cast.People {
		if p.Key != "" {
			needles["the key of "+p.Name] = p.Key
			needles["the shown key of "+p.Name] = vault.FormatKey(p.Key)
			continue
		}
		needles["the passphrase of "+p.Name] = p.Passphrase
		needles["the second factor of "+p.Name] = p.TOTP
	}
	needles["a session token"] = base64.RawURLEncoding.EncodeToString(who.Actor.Token[:])
	needles["a raw session token"] = string(who.Actor.Token[:])
	secret := who.Actor.Newest()
	needles["a secret"] = string(secret[:])
	needles["a secret in text"] = base64.RawStdEncoding.EncodeToString(secret[:])

	topics, _, err := h.Forum.Topics(context.Background(), who.Actor, "start", "", nil)
	if err != nil || len(topics) == 0 {
		t.Fatalf("no topics: %v", err)
	}
	talk, err := h.Forum.Conversation(context.Background(), who.Actor, topics[0].ID, 1)
	if err != nil {
		t.Fatal(err)
	}
	path := "/forum/start/" + topics[0].ID.String()
	h.ask(t, http.MethodGet, path, who.Cookie, nil)
	if a := h.ask(t, http.MethodPost, path+"/posts", who.Cookie, url.Values{"token": {token}, "body": {"A calm answer for the test."}}); a.status != http.StatusSeeOther {
		t.Fatalf("posting answers %d", a.status)
	}
	report := url.Values{"token": {token}, "reason": {"other"}, "note": {needles["a sealed note"]}}
	if a := h.ask(t, http.MethodPost, "/posts/"+talk.Posts[0].ID.String()+"/report", who.Cookie, report); a.status != http.StatusSeeOther {
		t.Fatalf("reporting answers %d", a.status)
	}
	h.ask(t, http.MethodPost, "/sign-in", "", url.Values{"key": {"12345678901234567890"}})
	h.ask(t, http.MethodGet, "/forum/search?q=night", who.Cookie, nil)

	haystack := dumpAll(t, h) + h.logs.String()
	if !storetest.Postgres() {
		for _, suffix := range []string{"", "-wal"} {
			raw, err := os.ReadFile(filepath.Join(h.data, "portico.db"+suffix))
			if err != nil {
				t.Fatal(err)
			}
			haystack += string(raw)
		}
	}
	if !strings.Contains(haystack, "A calm answer for the test.") {
		t.Fatal("the dump does not even hold the public post: it proves nothing")
	}
	for what, needle := range needles {
		if strings.Contains(haystack, needle) {
			t.Errorf("%s is readable in the dump or the log", what)
		}
	}
}
