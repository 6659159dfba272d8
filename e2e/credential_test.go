//go:build e2e

package e2e

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"portico/content"
)

// TestAFileChecksWithLibrariesThatKnowNothingOfUs takes a signed statement out of a running
// portal, and what is published beside it, and lets independent readers judge it offline:
// while it counts, and after it was taken back.
func TestAFileChecksWithLibrariesThatKnowNothingOfUs(t *testing.T) {
	context := openBadges()
	if _, err := os.Stat(context); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatalf("the context of Open Badges 3.0 is missing, and in CI nothing is skipped: %v", err)
		}
		t.Skipf("the context of Open Badges 3.0 is not here: set PORTICO_CONFORMANCE_DATA (%v)", err)
	}
	for _, lang := range []string{"en", "ar"} {
		t.Run(lang, func(t *testing.T) {
			p := serve(t)
			j := p.journey(t, opts{Lang: lang})
			module := j.hasFinished(p, func(m content.Module) bool { return m.RefreshMonths > 0 })
			j.makesAStatement(module)
			text := module.In(lang)
			f := files{t: t, p: p, j: j, folder: t.TempDir()}
			f.said = map[string]any{"origin": p.base, "title": text.Title, "lang": text.Lang, "name": holders[lang] + " <&>", "revoked": false}
			for _, kind := range []string{"jwt", "json"} {
				f.takes(kind)
			}
			f.judge(context)
			f.keep("statement.jwt", spoiled(t, f.folder))
			if said, err := f.read(context); err == nil {
				t.Errorf("a spoiled token checks: %s", said)
			}
			f.takes("jwt")
			j.click("details.more summary")
			j.press(`main form[action$="/statement/back"] button`)
			f.said["revoked"] = true
			f.judge(context)
		})
	}
}

// openBadges is the context of Open Badges 3.0 among the reference data.
func openBadges() string {
	folder := os.Getenv("PORTICO_CONFORMANCE_DATA")
	if folder == "" {
		folder = filepath.Join("..", "..", "shared", "data")
	}
	return filepath.Join(folder, "openbadges-3", "context-3.0.3.json")
}

// files are what the portal sent, in a folder for the readers.
type files struct {
	t      *testing.T
	p      *portal
	j      *journey
	folder string
	said   map[string]any // what the credential must say
}

func (f files) keep(name, text string) {
	f.t.Helper()
	if err := os.WriteFile(filepath.Join(f.folder, name), []byte(text), 0o600); err != nil {
		f.t.Fatal(err)
	}
}

// takes presses one of the two buttons that send a file, as her browser does.
func (f files) takes(kind string) {
	f.t.Helper()
	form := url.Values{"token": {f.j.attr("main form.form input[name=token]", "value")}, "name": {f.said["name"].(string)}, "as": {kind}}
	ask, err := http.NewRequestWithContext(f.t.Context(), http.MethodPost, f.p.base+f.j.path(), strings.NewReader(form.Encode()))
	if err != nil {
		f.t.Fatal(err)
	}
	ask.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	ask.Header.Set("Accept-Language", f.j.how.lang())
	ask.Header.Set("Sec-Fetch-Site", "same-origin")
	for name, cookie := range f.j.cookies() {
		ask.Header.Add("Cookie", name+"="+cookie.Value)
	}
	answer, err := http.DefaultClient.Do(ask)
	if err != nil {
		f.t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK || answer.Header.Get("Content-Disposition") != `attachment; filename="statement.`+kind+`"` {
		f.t.Fatalf("%s: status %d, %s, %v", kind, answer.StatusCode, answer.Header.Get("Content-Disposition"), err)
	}
	f.keep("statement."+kind, string(text))
}

// judge fetches what is published and lets the readers say whether all is well.
func (f files) judge(context string) {
	f.t.Helper()
	_, set := f.p.get(f.t, f.j, "/learn/credentials/keys.json")
	_, list := f.p.get(f.t, f.j, "/learn/credentials/revoked.json")
	var keys struct{ Keys []struct{ Kid string } }
	if err := json.Unmarshal([]byte(set), &keys); err != nil || len(keys.Keys) == 0 {
		f.t.Fatalf("the key set is %s, %v", set, err)
	}
	status, key := f.p.get(f.t, f.j, strings.TrimPrefix(keys.Keys[0].Kid, f.p.base))
	if status != http.StatusOK {
		f.t.Fatalf("the id of the key leads to a page with status %d", status)
	}
	f.keep("keys.json", set)
	f.keep("key.json", key)
	f.keep("revoked.json", list)
	expected, err := json.Marshal(f.said)
	if err != nil {
		f.t.Fatal(err)
	}
	f.keep("expected.json", string(expected))
	if said, err := f.read(context); err != nil {
		f.t.Errorf("%v: %s", err, said)
	}
}

// read runs the readers.
func (f files) read(context string) (said string, err error) {
	f.t.Helper()
	out, err := exec.CommandContext(f.t.Context(), "node", "credential.mjs", f.folder, context).CombinedOutput()
	return string(out), err
}

// spoiled is the kept token with one letter of its payload exchanged.
func spoiled(t *testing.T, folder string) string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(folder, "statement.jwt"))
	if err != nil {
		t.Fatal(err)
	}
	at := len(raw) / 2
	if raw[at] == 'A' {
		raw[at] = 'B'
	} else {
		raw[at] = 'A'
	}
	return string(raw)
}
