package main

import (
	"errors"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"filippo.io/age"

	"portico/app/store/storetest"
)

// keeperOf is somebody who types commands for one data folder.
type keeperOf struct {
	data string
	env  []string
}

// say runs the program and returns what it printed, on both ways out.
func (h keeperOf) say(t *testing.T, args ...string) (string, error) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), binary(t), args...)
	cmd.Env = append(append(os.Environ(), "PORTICO_DATA="+h.data), h.env...)
	out, err := cmd.CombinedOutput()
	return string(out), err
}

func (p *program) stop(t *testing.T) {
	t.Helper()
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Wait(); err != nil {
		t.Fatalf("it ended with %v: %s", err, p.err)
	}
}

// newKeys draws two keys of age: the public halves, and a file with the secret half of one.
func newKeys(t *testing.T) (to []string, file string) {
	t.Helper()
	file = filepath.Join(t.TempDir(), "key.txt")
	for range 2 {
		key, err := age.GenerateX25519Identity()
		if err != nil {
			t.Fatal(err)
		}
		to = append(to, key.Recipient().String())
		if err := os.WriteFile(file, []byte("# a key\n"+key.String()+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return to, file
}

func get(t *testing.T, b *browser, path string) string {
	t.Helper()
	resp, err := b.Get(b.base + path)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// posts writes a topic and returns its address.
func posts(t *testing.T, b *browser, words string) string {
	t.Helper()
	resp, err := b.submit("/forum/start/start", "/forum/start/topics", url.Values{"title": {"A line " + words}, "body": {words}, "lang": {"en"}})
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	if resp.StatusCode != http.StatusOK || !strings.HasPrefix(resp.Request.URL.Path, "/forum/start/") {
		t.Fatalf("post: %d at %s", resp.StatusCode, resp.Request.URL.Path)
	}
	return resp.Request.URL.Path
}

// TestADrillFromBackupToRestore is the whole way of a host: a backup while the server runs, a
// post deleted after it, the server lost, the backup restored on another folder.
func TestADrillFromBackupToRestore(t *testing.T) {
	h := keeperOf{data: t.TempDir(), env: database(t)}
	p := start(t, h.data, h.env...)
	cast := p.cast(t)
	key := ""
	for _, who := range cast.People {
		if who.Key != "" {
			key = who.Key
		}
	}
	her := newBrowser(t, p.base)
	her.signIn(t, key)
	stays, goes := posts(t, her, "wordsthatstay"), posts(t, her, "wordsthatgo")

	to, keyFile := newKeys(t)
	file := filepath.Join(t.TempDir(), "copy.age")
	out, err := h.say(t, "backup", "-to", to[0], "-to", to[1], file)
	if err != nil || !strings.Contains(out, "sealed for 2 people") || !strings.Contains(out, "Next:") {
		t.Fatalf("backup: %v %s", err, out)
	}
	withdraw(t, her, goes)
	p.stop(t)
	list := filepath.Join(h.data, "backups", "erased.log")
	text, err := os.ReadFile(list)
	if err != nil || strings.Count(string(text), "\n") < 2 {
		t.Fatalf("the list of what was deleted: %v %q", err, text)
	}
	if out, err := h.say(t, "verify", "-key", keyFile, file); err != nil || !strings.Contains(out, "is whole") {
		t.Fatalf("verify: %v %s", err, out)
	}

	again := keeperOf{data: t.TempDir(), env: database(t)}
	if out, err := again.say(t, "restore", "-key", keyFile, file); err == nil || !strings.Contains(out, "erased.log") {
		t.Fatalf("restored without the list: %v %s", err, out)
	}
	out, err = again.say(t, "restore", "-key", keyFile, "-erased", list, file)
	if err != nil || !strings.Contains(out, "1 posts and 0 accounts are left out") || !strings.Contains(out, "Everybody is signed out") {
		t.Fatalf("restore: %v %s", err, out)
	}
	if out, err := again.say(t, "restore", "-key", keyFile, "-erased", list, file); err == nil || !strings.Contains(out, "not empty") {
		t.Errorf("restored twice: %v %s", err, out)
	}
	q := start(t, again.data, again.env...)
	if q.base == "" {
		t.Fatalf("it does not start on what was restored: %s", q.err)
	}
	lives(t, q, her, key, stays, goes)
}

// lives looks at a restored portal with the cookie of before, and with the key.
func lives(t *testing.T, q *program, her *browser, key, stays, goes string) {
	t.Helper()
	before, err := url.Parse(her.base)
	if err != nil {
		t.Fatal(err)
	}
	stale := newBrowser(t, q.base)
	now, err := url.Parse(q.base)
	if err != nil {
		t.Fatal(err)
	}
	stale.Jar.SetCookies(now, her.Jar.Cookies(before))
	if page := get(t, stale, "/"); !strings.Contains(page, `href="/sign-in`) {
		t.Error("a session of before is open after the restore")
	}
	for _, path := range []string{"/sign-in", "/sign-in/team"} {
		if page := get(t, stale, path); !strings.Contains(page, "change it again") {
			t.Errorf("%s does not say that keys have to be changed again", path)
		}
	}
	fresh := newBrowser(t, q.base)
	fresh.signIn(t, key)
	if page := get(t, fresh, stays); !strings.Contains(page, "wordsthatstay") {
		t.Error("the post of before the backup is not there")
	}
	resp, err := fresh.Get(q.base + goes)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	if err != nil || strings.Contains(string(raw), "wordsthatgo") || resp.StatusCode != http.StatusNotFound {
		t.Errorf("the deleted post is back: %d %v", resp.StatusCode, err)
	}
}

var deleteForm = regexp.MustCompile(`href="(/posts/[^"]*/delete)"`)

// withdraw deletes the only post of a topic, as its author does.
func withdraw(t *testing.T, b *browser, topic string) {
	t.Helper()
	found := deleteForm.FindStringSubmatch(get(t, b, topic))
	if found == nil {
		t.Fatalf("there is no way to delete the post at %s", topic)
	}
	path := found[1]
	resp, err := b.submit(path, path, url.Values{})
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	if page := get(t, b, topic); strings.Contains(page, "wordsthatgo") {
		t.Fatalf("the post was not deleted: %d at %s", resp.StatusCode, resp.Request.URL)
	}
}

// TestTheCommandsOfBackupsRefuseInWords gives each command what it cannot use.
func TestTheCommandsOfBackupsRefuseInWords(t *testing.T) {
	to, keyFile := newKeys(t)
	h := keeperOf{data: t.TempDir()}
	junk := filepath.Join(t.TempDir(), "junk.age")
	if err := os.WriteFile(junk, []byte("no backup"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		says string
		args []string
	}{
		{"at least two people", []string{"backup"}},
		{"at least two people", []string{"backup", "-to", to[0], "x.age"}},
		{"no public key", []string{"backup", "-to", to[0], "-to", "age1x", "x.age"}},
		{"there is no database", []string{"backup", "-to", to[0], "-to", to[1], "x.age"}},
		{"name one file", []string{"backup", "-to", to[0], "-to", to[1], "x.age", "y.age"}},
		{"name one backup", []string{"verify"}},
		{"-key", []string{"verify", junk}},
		{"no such file", []string{"verify", "-key", keyFile + ".gone", junk}},
		{"does not read", []string{"verify", "-key", junk, junk}},
		{"damaged", []string{"verify", "-key", keyFile, junk}},
		{"no such file", []string{"restore", "-key", keyFile, junk + ".gone"}},
		{"there is no erased.log", []string{"restore", "-key", keyFile, junk}},
		{"damaged", []string{"restore", "-key", keyFile, "-without-erased", junk}},
		{"does not read", []string{"restore", "-key", keyFile, "-erased", junk, junk}},
		{"say where to", []string{"move"}},
		{"say where to", []string{"move", "-to", "mysql://x"}},
		{"is there already", []string{"move", "-to", "sqlite"}},
		{"no option", []string{"move", "-to", "sqlite", "now"}},
		{"there is no database", []string{"move", "-to", "postgres://127.0.0.1:1/none"}},
	} {
		out, err := h.say(t, c.args...)
		if err == nil || !strings.Contains(out, c.says) || strings.Contains(out, "goroutine") {
			t.Errorf("%v: %v %q; want %q", c.args, err, out, c.says)
		}
	}
	for _, name := range []string{"portico.db", "secrets.key"} {
		if _, err := os.Stat(filepath.Join(h.data, name)); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%s was left behind: %v", name, err)
		}
	}
}

// TestMovingNeedsAStoppedServer moves the demonstration to PostgreSQL and back, and is refused
// while the server runs.
func TestMovingNeedsAStoppedServer(t *testing.T) {
	h := keeperOf{data: t.TempDir()}
	p := start(t, h.data)
	if p.base == "" {
		t.Fatal(p.err)
	}
	target := "postgres://127.0.0.1:1/none"
	if storetest.Postgres() {
		target = storetest.FreshPostgres(t)
		if out, err := h.say(t, "move", "-to", target); err == nil || !strings.Contains(out, "stop it first") {
			t.Errorf("moved beside the server: %v %s", err, out)
		}
	}
	p.stop(t)
	out, err := h.say(t, "move", "-to", target)
	if !storetest.Postgres() {
		if err == nil || !strings.Contains(out, "open PostgreSQL") && !strings.Contains(out, "reach the database") {
			t.Errorf("moved to nowhere: %v %s", err, out)
		}
		return
	}
	if err != nil || !strings.Contains(out, "PORTICO_DATABASE") {
		t.Fatalf("move: %v %s", err, out)
	}
	q := start(t, h.data, "PORTICO_DATABASE="+target)
	if q.base == "" {
		t.Fatalf("it does not start after the move: %s", q.err)
	}
	q.stop(t)
	if err := os.Remove(filepath.Join(h.data, "portico.db")); err != nil {
		t.Fatal(err)
	}
	back := keeperOf{data: h.data, env: []string{"PORTICO_DATABASE=" + target}}
	if out, err := back.say(t, "move", "-to", "sqlite"); err != nil || !strings.Contains(out, "take PORTICO_DATABASE out") {
		t.Fatalf("back: %v %s", err, out)
	}
	if r := start(t, h.data); r.base == "" {
		t.Fatalf("it does not start after the way back: %s", r.err)
	}
}
