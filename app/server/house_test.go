package server_test

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
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

// settings are those of a fresh folder on the engine that the tests run on.
func settings(t *testing.T) config.Config {
	t.Helper()
	cfg := config.Config{
		Listen: "127.0.0.1:0", Data: t.TempDir(), Env: "demonstration", Lang: "en", Country: "IT", Zone: "Europe/Rome",
	}
	if storetest.Postgres() {
		cfg.Database = storetest.FreshPostgres(t)
	}
	return cfg
}

func build(t *testing.T, change ...func(*config.Config)) *house {
	t.Helper()
	ctx := context.Background()
	h := &house{time: &clock{now: storetest.Start}, logs: &lockedBuffer{}}
	cfg := settings(t)
	for _, set := range change {
		set(&cfg)
	}
	h.data = cfg.Data
	options := server.Options{Clock: store.Clock{Now: h.time.Now, Zone: time.UTC}, Log: slog.New(slog.NewTextHandler(h.logs, nil))}
	var err error
	if h.Server, err = server.Open(ctx, cfg, options); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = h.Store.Close() })
	if h.cast, err = seed.Load(ctx, h.Store, h.Secrets, h.Salt); err != nil {
		t.Fatal(err)
	}
	if err := h.cast.Write(filepath.Join(h.data, server.CastFile)); err != nil {
		t.Fatal(err)
	}
	h.MarkDemo()
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
