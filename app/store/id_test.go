package store_test

import (
	"encoding/json"
	"strings"
	"testing"

	"portico/app/store"
)

func TestAnIDComesBackFromItsAddress(t *testing.T) {
	seen := map[store.ID]bool{}
	for range 200 {
		id := store.NewID()
		text := id.String()
		if len(text) != 26 || strings.ToLower(text) != text {
			t.Fatalf("the address is %q; want 26 small signs", text)
		}
		for _, form := range []string{text, strings.ToUpper(text)} {
			if back, ok := store.ParseID(form); !ok || back != id {
				t.Fatalf("%q gives %v, %v", form, back, ok)
			}
		}
		if id.IsZero() || seen[id] {
			t.Fatal("a drawn id is zero or drawn twice")
		}
		seen[id] = true
	}
}

func TestWhatIsNoIDIsRefused(t *testing.T) {
	text := store.NewID().String()
	zero := store.ID{}.String()
	for _, c := range []struct{ name, text string }{
		{"nothing", ""},
		{"one sign short", text[1:]},
		{"one sign long", text + "a"},
		{"padding", text + "======"},
		{"a sign outside the alphabet", "1" + text[1:]},
		{"a space", " " + text},
		{"a line break in it", text[:13] + "\n" + text[13:]},
		{"a line break at the end", text + "\r\n"},
		{"a slash", text[:12] + "/" + text[13:]},
		{"a second spelling of one id", zero[:25] + "b"},
		{"letters of another script", strings.Repeat("а", 26)},
		{"bytes that are no text", strings.Repeat("\xff", 26)},
		{"a very long text", strings.Repeat("a", 100_000)},
	} {
		if id, ok := store.ParseID(c.text); ok {
			t.Errorf("%s is read as %v", c.name, id)
		}
	}
	if _, ok := store.ParseID(zero); !ok {
		t.Error("the spelling that an id writes itself must be read")
	}
}

func TestAnIDTravelsInColumnsAndPayloads(t *testing.T) {
	id := store.NewID()
	if v, err := id.Value(); err != nil || string(v.([]byte)) != string(id[:]) {
		t.Errorf("stored as %v, %v", v, err)
	}
	if v, err := (store.ID{}).Value(); err != nil || v != nil {
		t.Errorf("the zero id is stored as %v, %v; want NULL", v, err)
	}
	var back store.ID
	if err := back.Scan(id[:]); err != nil || back != id {
		t.Errorf("read as %v, %v", back, err)
	}
	if err := back.Scan(nil); err != nil || !back.IsZero() {
		t.Errorf("NULL is read as %v, %v", back, err)
	}
	for _, odd := range []any{[]byte{1, 2, 3}, "text", int64(7), []byte{}} {
		if err := back.Scan(odd); err == nil {
			t.Errorf("%v is read as an id", odd)
		}
	}
	raw, err := json.Marshal(map[string]store.ID{"id": id})
	if err != nil {
		t.Fatal(err)
	}
	var payload map[string]store.ID
	if err := json.Unmarshal(raw, &payload); err != nil || payload["id"] != id {
		t.Errorf("in a payload: %v, %v", payload, err)
	}
	if err := json.Unmarshal([]byte(`{"id":"nonsense"}`), &payload); err == nil {
		t.Error("nonsense in a payload is read as an id")
	}
	if v, err := (store.Bytes{}).Value(); err != nil || v != nil {
		t.Errorf("no bytes are stored as %v, %v; want NULL", v, err)
	}
	if v, err := (store.Bytes{1}).Value(); err != nil || string(v.([]byte)) != "\x01" {
		t.Errorf("bytes are stored as %v, %v", v, err)
	}
}
