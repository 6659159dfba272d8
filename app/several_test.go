package main

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// TestThreeServersLoseNothing drives three servers on one PostgreSQL with a streaming replica.
// Each post is read back at once from another server than the one that took it; the replica and
// then a server are killed under load; at the end every acknowledged post is there, once.
func TestThreeServersLoseNothing(t *testing.T) {
	if os.Getenv("PORTICO_LONG") == "" {
		t.Skip("PORTICO_LONG is not set: a primary, a replica and three servers take a minute")
	}
	pair := newCluster(t)
	env := []string{"PORTICO_DATABASE=" + pair.address(5432)}
	first := start(t, t.TempDir(), env...) // fills the empty database
	if first.base == "" {
		t.Fatal(first.err)
	}
	first.stop(t)
	pair.replicate(t)
	env = append(env, "PORTICO_REPLICAS="+pair.address(5433))
	var servers []*program
	for range 3 {
		folder := t.TempDir()
		for _, name := range []string{"secrets.key", "demo-cast.json"} {
			raw, err := os.ReadFile(filepath.Join(first.data, name))
			if err == nil {
				err = os.WriteFile(filepath.Join(folder, name), raw, 0o600)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		s := start(t, folder, env...)
		if s.base == "" {
			t.Fatal(s.err)
		}
		servers = append(servers, s)
	}
	writers := enter(t, servers)
	var all sync.Map
	round := func(what string, upTo int) {
		t.Helper()
		before := held(&all)
		var running sync.WaitGroup
		for i, w := range writers {
			running.Go(func() { w.writes(t, what, i, upTo, servers, &all) })
		}
		running.Wait()
		t.Logf("%s: %d posts acknowledged", what, held(&all)-before)
	}
	round("three servers", 6)
	pair.kill(t, "replica")
	round("without the replica", 6)
	if err := servers[2].cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = servers[2].cmd.Wait()
	servers = servers[:2]
	round("two servers", 6)
	if n := held(&all); n < len(writers)*15 {
		t.Errorf("only %d posts were acknowledged", n)
	}
	count(t, pair, &all)
	goneAndBack(t, pair, servers[0], writers[0])
}

// goneAndBack takes the database away and gives it back: pages say so in between, Exit works,
// and nothing has to be started anew.
func goneAndBack(t *testing.T, pair *cluster, s *program, w writer) {
	t.Helper()
	w.b.base = s.base
	pair.kill(t, "primary")
	resp, err := w.b.Get(s.base + "/me")
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	if resp.StatusCode < 500 {
		t.Errorf("without a database her page answers %d", resp.StatusCode)
	}
	leaving := newBrowser(t, s.base)
	leaving.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	if resp, err = leaving.Post(s.base+"/exit", "application/x-www-form-urlencoded", nil); err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	if resp.StatusCode != http.StatusSeeOther {
		t.Errorf("without a database Exit answers %d", resp.StatusCode)
	}
	pair.begin(t, "primary", 5432)
	if resp, err = w.b.Get(s.base + "/me"); err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		t.Errorf("the database is back and her page answers %d", resp.StatusCode)
	}
	if path := posts(t, w.b, "after the database came back"); path == "" {
		t.Error("nobody can write")
	}
}

// writer is one person with her browser.
type writer struct {
	name string
	b    *browser
}

// enter signs four people in, each at another server.
func enter(t *testing.T, servers []*program) (writers []writer) {
	t.Helper()
	for _, who := range servers[0].cast(t).People {
		if who.Key == "" || len(writers) == 4 {
			continue
		}
		b := newBrowser(t, servers[len(writers)%len(servers)].base)
		b.signIn(t, who.Key)
		// Somebody of the cast is paused by the moderators, and stays so on every server.
		resp, err := b.submit("/forum/start/start", "/forum/start/topics", url.Values{"title": {"A first line"}, "body": {"I can write."}, "lang": {"en"}})
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
		if resp.StatusCode == http.StatusForbidden {
			continue
		}
		writers = append(writers, writer{strings.ToLower(who.Name), b})
	}
	return writers
}

// writes posts and reads each post back from the server after the one that took it.
func (w writer) writes(t *testing.T, what string, turn, upTo int, servers []*program, all *sync.Map) {
	for i := range upTo {
		takes, shows := servers[(turn+i)%len(servers)], servers[(turn+i+1)%len(servers)]
		words := fmt.Sprintf("several-%s-%s-%d", strings.ReplaceAll(what, " ", "-"), w.name, i)
		w.b.base = takes.base
		resp, err := w.b.submit("/forum/start/start", "/forum/start/topics", url.Values{"title": {"A line " + words}, "body": {words}, "lang": {"en"}})
		if err != nil {
			t.Errorf("%s: %v", words, err)
			return
		}
		_ = resp.Body.Close()
		path := resp.Request.URL.Path
		if resp.StatusCode != http.StatusOK || !strings.HasPrefix(path, "/forum/start/") {
			t.Errorf("%s: status %d at %s", words, resp.StatusCode, path)
			return
		}
		all.Store(words, path)
		w.b.base = shows.base
		if page := get(t, w.b, path); !strings.Contains(page, words) {
			t.Errorf("%s was acknowledged by one server, and another does not show it to its author", words)
		}
	}
}

func held(all *sync.Map) (n int) {
	all.Range(func(any, any) bool { n++; return true })
	return n
}

// count looks into the database itself: each acknowledged post stands there once, and the work
// of the night waits once, however many servers plan it.
func count(t *testing.T, pair *cluster, all *sync.Map) {
	t.Helper()
	ctx, stop := context.WithTimeout(context.Background(), time.Minute)
	defer stop()
	db, err := pgx.Connect(ctx, pair.address(5432))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close(ctx) }()
	var n int
	all.Range(func(words, _ any) bool {
		if err := db.QueryRow(ctx, "SELECT COUNT(*) FROM posts WHERE body = $1", words).Scan(&n); err != nil || n != 1 {
			t.Errorf("%s stands in the database %d times, %v", words, n, err)
		}
		return true
	})
	if err := db.QueryRow(ctx, "SELECT COUNT(*) FROM jobs WHERE kind = 'nightly'").Scan(&n); err != nil || n != 1 {
		t.Errorf("the work of the night waits %d times, %v", n, err)
	}
}
