package server_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"portico/app/config"
	"portico/app/member"
	"portico/app/server"
	"portico/app/store"
	"portico/app/store/storetest"
	"portico/seed"
)

// house is a whole server with the demonstration, without a socket.
type house struct {
	*server.Server
	cast seed.Cast
	time *clock
	logs *lockedBuffer
	data string
	// sessions are those that tests share, by role.
	sessions map[string]member.Opened
}

// clock stands still until it is moved.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

type lockedBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.String()
}

// furnished is a house that the demonstration was loaded into, once for all tests: its
// folder, its database on PostgreSQL, and what it logged on the way.
type furnished struct {
	folder   string
	database string
	cast     seed.Cast
	logs     string
	err      error
}

// furnishedFolder is that folder once there is one, to be removed at the end.
var furnishedFolder string

var furnish = sync.OnceValue(func() (f furnished) {
	f.folder, f.err = os.MkdirTemp("", "portico-house-")
	if f.err != nil {
		return f
	}
	furnishedFolder = f.folder
	h := &house{time: &clock{now: storetest.Start}, logs: &lockedBuffer{}, data: f.folder}
	cfg := settings(f.folder)
	if storetest.Postgres() {
		cfg.Database, f.err = storetest.KeptPostgres("house")
		f.database = cfg.Database
	}
	f.err = errors.Join(f.err, h.furnish(cfg))
	f.cast, f.logs = h.cast, h.logs.String()
	return f
})

// furnish loads the demonstration into an empty house and leaves it.
func (h *house) furnish(cfg config.Config) error {
	ctx := context.Background()
	err := h.open(ctx, cfg)
	if err != nil {
		return err
	}
	h.cast, err = seed.Load(ctx, h.Store, h.Secrets, h.Salt)
	return errors.Join(err, h.cast.Write(filepath.Join(h.data, server.CastFile)), h.Store.Close())
}

func (h *house) open(ctx context.Context, cfg config.Config) (err error) {
	options := server.Options{Clock: store.Clock{Now: h.time.Now, Zone: time.UTC}, Log: slog.New(slog.NewTextHandler(h.logs, nil))}
	h.Server, err = server.Open(ctx, cfg, options)
	return err
}

func TestMain(m *testing.M) {
	code := m.Run()
	if furnishedFolder != "" {
		_ = os.RemoveAll(furnishedFolder)
	}
	os.Exit(code)
}

// settings are those of a folder with SQLite.
func settings(folder string) config.Config {
	return config.Config{
		Listen: "127.0.0.1:0", Data: folder, Env: "demonstration", Lang: "en", Country: "IT", Zone: "Europe/Rome",
	}
}

// build opens a house of the test's own, a copy of the furnished one.
func build(t *testing.T, change ...func(*config.Config)) *house {
	t.Helper()
	from := furnish()
	if from.err != nil {
		t.Fatalf("load the demonstration: %v", from.err)
	}
	h := &house{time: &clock{now: storetest.Start}, logs: &lockedBuffer{}, cast: from.cast, data: t.TempDir()}
	h.logs.buf.WriteString(from.logs)
	if err := os.CopyFS(h.data, os.DirFS(from.folder)); err != nil {
		t.Fatal(err)
	}
	cfg := settings(h.data)
	if from.database != "" {
		cfg.Database = storetest.CopyPostgres(t, from.database)
	}
	for _, set := range change {
		set(&cfg)
	}
	if err := h.open(context.Background(), cfg); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = h.Store.Close() })
	return h
}

// person finds somebody of the cast: "member" is somebody without any given role.
func (h *house) person(t *testing.T, role string) seed.Person {
	t.Helper()
	for _, p := range h.cast.People {
		for _, r := range p.Roles {
			if r == role {
				return p
			}
		}
	}
	t.Fatalf("nobody in the cast is %s", role)
	return seed.Person{}
}

// enter signs somebody in and returns the session.
func (h *house) enter(t *testing.T, p seed.Person) member.Opened {
	t.Helper()
	ctx := context.Background()
	if p.Key != "" {
		opened, err := h.Members.SignIn(ctx, member.KeyForm{Key: p.Key})
		if err != nil {
			t.Fatalf("%s: %v", p.Name, err)
		}
		return opened
	}
	h.time.advance(31 * time.Second) // a code of the second factor works once
	code, err := totp.GenerateCode(p.TOTP, h.time.Now())
	if err != nil {
		t.Fatal(err)
	}
	opened, err := h.Members.SignInRole(ctx, member.RoleForm{Handle: p.Handle, Passphrase: p.Passphrase, Code: code})
	if err != nil {
		t.Fatalf("%s: %v", p.Name, err)
	}
	return opened
}

// answer is what a request got.
type answer struct {
	status int
	body   string
	header http.Header
}

// ask sends a request; cookie is a session's cookie or "".
func (h *house) ask(t *testing.T, method, path, cookie string, form url.Values) answer {
	t.Helper()
	var body io.Reader
	if form != nil {
		body = strings.NewReader(form.Encode())
	}
	req := httptest.NewRequest(method, path, body)
	req.Header.Set("Sec-Fetch-Site", "same-origin")
	req.Header.Set("User-Agent", canaryAgent)
	req.Header.Set("Accept-Language", "en")
	if form != nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if cookie != "" {
		req.Header.Set("Cookie", "__Host-portico="+cookie)
	}
	return h.send(t, req)
}

func (h *house) send(t *testing.T, req *http.Request) answer {
	t.Helper()
	resp, err := h.Web.App.Test(req, -1)
	if err != nil {
		t.Fatalf("%s %s: %v", req.Method, req.URL, err)
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer{resp.StatusCode, string(raw), resp.Header}
}

// canaryAgent is a user agent that must be found nowhere afterwards.
const canaryAgent = "CanaryBrowser/77.77"
