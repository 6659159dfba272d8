package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"

	"portico/app/store/storetest"
	"portico/seed"
)

// program is the real binary, started on a folder of its own.
type program struct {
	cmd  *exec.Cmd
	base string
	data string
	env  []string
	err  *strings.Builder
}

var built struct {
	sync.Once
	path string
	err  error
}

// binary builds the program once for all tests of this package.
func binary(t *testing.T) string {
	t.Helper()
	built.Do(func() {
		dir, err := os.MkdirTemp("", "portico-test")
		if err != nil {
			built.err = err
			return
		}
		built.path = filepath.Join(dir, "portico")
		out, err := exec.Command("go", "build", "-o", built.path, ".").CombinedOutput()
		if err != nil {
			built.err = fmt.Errorf("%w: %s", err, out)
		}
	})
	if built.err != nil {
		t.Fatal(built.err)
	}
	return built.path
}

func TestMain(m *testing.M) {
	code := m.Run()
	if built.path != "" {
		_ = os.RemoveAll(filepath.Dir(built.path))
	}
	os.Exit(code)
}

// start runs the program until it says where it serves.
func start(t *testing.T, data string, env ...string) *program {
	t.Helper()
	p := &program{data: data, env: env, err: &strings.Builder{}}
	p.cmd = exec.Command(binary(t))
	p.cmd.Env = append(append(os.Environ(), "PORTICO_LISTEN=127.0.0.1:0", "PORTICO_DATA="+data), env...)
	p.cmd.Stderr = p.err
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.cmd.Process.Kill(); _, _ = p.cmd.Process.Wait() })
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if m := regexp.MustCompile(`^Portico serves http://[^:]+:(\d+)`).FindStringSubmatch(lines.Text()); m != nil {
			p.base = "http://127.0.0.1:" + m[1]
			go func() { _, _ = io.Copy(io.Discard, out) }()
			return p
		}
	}
	_ = p.cmd.Wait()
	return p
}

func database(t *testing.T) []string {
	if storetest.Postgres() {
		return []string{"PORTICO_DATABASE=" + storetest.FreshPostgres(t)}
	}
	return nil
}

func (p *program) cast(t *testing.T) seed.Cast {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(p.data, "demo-cast.json"))
	if err != nil {
		t.Fatal(err)
	}
	var cast seed.Cast
	if err := json.Unmarshal(raw, &cast); err != nil {
		t.Fatal(err)
	}
	return cast
}

// browser is a client that keeps cookies and fills in forms.
type browser struct {
	http.Client
	base string
}

func newBrowser(t *testing.T, base string) *browser {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	b := &browser{base: base}
	b.Jar = jar
	return b
}

var hidden = regexp.MustCompile(`name="(token|nonce)"[^>]*value="([^"]*)"`)

// submit opens a page, takes the hidden fields of its form and posts the rest.
func (b *browser) submit(page, action string, form url.Values) (*http.Response, error) {
	resp, err := b.Get(b.base + page)
	if err != nil {
		return nil, err
	}
	raw, err := io.ReadAll(resp.Body)
	_ = resp.Body.Close()
	if err != nil {
		return nil, err
	}
	for _, m := range hidden.FindAllStringSubmatch(string(raw), -1) {
		form.Set(m[1], m[2])
	}
	req, err := http.NewRequest(http.MethodPost, b.base+action, strings.NewReader(form.Encode()))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Sec-Fetch-Site", "same-origin")
	return b.Do(req)
}

func (b *browser) signIn(t *testing.T, key string) {
	t.Helper()
	resp, err := b.submit("/sign-in", "/sign-in", url.Values{"key": {key}})
	if err != nil || resp.StatusCode != http.StatusOK {
		t.Fatalf("sign in: %v %v", resp, err)
	}
	_ = resp.Body.Close()
}

func TestTheProgramStopsCleanlyOnSIGTERM(t *testing.T) {
	p := start(t, t.TempDir(), database(t)...)
	resp, err := http.Get(p.base + "/healthz")
	if err != nil || resp.StatusCode != http.StatusOK {
		t.Fatalf("healthz: %v %v\n%s", resp, err, p.err)
	}
	_ = resp.Body.Close()
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Wait(); err != nil {
		t.Errorf("it ended with %v: %s", err, p.err)
	}
	if !storetest.Postgres() {
		if info, err := os.Stat(filepath.Join(p.data, "portico.db-wal")); err == nil && info.Size() > 0 {
			t.Errorf("the write-ahead log still holds %d bytes after a clean stop", info.Size())
		}
	}
}

// TestAKilledServerLosesNoAcknowledgedPost kills the program while four people post, and
// asks afterwards for every post whose answer they had got.
func TestAKilledServerLosesNoAcknowledgedPost(t *testing.T) {
	data, env := t.TempDir(), database(t)
	p := start(t, data, env...)
	cast := p.cast(t)
	var acknowledged sync.Map
	var running sync.WaitGroup
	enough := make(chan struct{})
	count := make(chan struct{}, 1024)
	writers := 0
	for _, who := range cast.People {
		if who.Key == "" || writers == 4 {
			continue
		}
		writers++
		b := newBrowser(t, p.base)
		b.signIn(t, who.Key)
		running.Go(func() {
			for i := 0; ; i++ {
				words := fmt.Sprintf("acknowledged-%s-%d", strings.ToLower(who.Name), i)
				resp, err := b.submit("/forum/start/start", "/forum/start/topics", url.Values{"title": {"A line " + words}, "body": {words}, "lang": {"en"}})
				if err != nil {
					return
				}
				_ = resp.Body.Close()
				if resp.StatusCode == http.StatusOK && strings.HasPrefix(resp.Request.URL.Path, "/forum/start/") {
					acknowledged.Store(words, resp.Request.URL.Path)
					count <- struct{}{}
				}
			}
		})
	}
	go func() {
		for range 24 {
			<-count
		}
		close(enough)
	}()
	<-enough
	if err := p.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = p.cmd.Wait()
	running.Wait()
	again := start(t, data, env...)
	if again.base == "" {
		t.Fatalf("it does not start again: %s", again.err)
	}
	readers := map[string]*browser{}
	lost, kept := 0, 0
	acknowledged.Range(func(words, path any) bool {
		name := strings.Split(words.(string), "-")[1]
		if readers[name] == nil {
			readers[name] = newBrowser(t, again.base)
			for _, who := range cast.People {
				if strings.ToLower(who.Name) == name {
					readers[name].signIn(t, who.Key)
				}
			}
		}
		resp, err := readers[name].Get(again.base + path.(string))
		if err != nil {
			t.Fatal(err)
		}
		raw, _ := io.ReadAll(resp.Body)
		_ = resp.Body.Close()
		if strings.Contains(string(raw), words.(string)) {
			kept++
		} else {
			lost++
			t.Errorf("the acknowledged post %q at %s is gone (status %d)", words, path, resp.StatusCode)
		}
		return true
	})
	if kept+lost < 20 {
		t.Errorf("only %d posts were acknowledged before the kill: the test proves little", kept+lost)
	}
}

func TestTheProgramRefusesToStart(t *testing.T) {
	demo := t.TempDir()
	first := start(t, demo)
	if first.base == "" {
		t.Fatalf("the first start: %s", first.err)
	}
	if err := first.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := first.cmd.Wait(); err != nil {
		t.Fatal(err)
	}
	cases := []struct {
		name, want string
		prepare    func(t *testing.T, data string)
		env        []string
	}{
		{"production on the demonstration's folder", "demonstration", func(*testing.T, string) {}, []string{"PORTICO_ENV=production"}},
		{"beyond loopback without https", "reachable from outside", func(*testing.T, string) {}, []string{"PORTICO_LISTEN=0.0.0.0:0"}},
		{"without its secrets file", "secrets.key", func(t *testing.T, data string) {
			if err := os.Rename(filepath.Join(data, "secrets.key"), filepath.Join(data, "moved.key")); err != nil {
				t.Fatal(err)
			}
		}, nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			c.prepare(t, demo)
			p := start(t, demo, c.env...)
			if p.base != "" {
				t.Fatal("it started")
			}
			if p.cmd.ProcessState.ExitCode() != 1 || !strings.Contains(p.err.String(), c.want) {
				t.Errorf("exit code %d, words %q; want 1 and words about %q", p.cmd.ProcessState.ExitCode(), p.err, c.want)
			}
		})
	}
	if _, err := os.Stat(filepath.Join(demo, "secrets.key")); !errors.Is(err, os.ErrNotExist) {
		t.Error("new secrets were made over a full database")
	}
}

func TestTheAuditLogIsVerifiedByTheCommand(t *testing.T) {
	data, env := t.TempDir(), database(t)
	p := start(t, data, env...)
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Wait(); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(binary(t), "audit", "verify")
	cmd.Env = append(append(os.Environ(), "PORTICO_DATA="+data), env...)
	out, err := cmd.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "The audit log holds") {
		t.Errorf("%v: %s", err, out)
	}
}
