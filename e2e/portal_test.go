//go:build e2e

package e2e

import (
	"bufio"
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/pquerna/otp"
	"github.com/pquerna/otp/totp"
)

// ceiling ends a wait that would never end. No test passes because of it.
const ceiling = 30 * time.Second

// program is the portal's binary, built once for all journeys.
var program = sync.OnceValues(func() (string, error) {
	folder, err := os.MkdirTemp("", "portico-e2e-")
	if err != nil {
		return "", err
	}
	built = folder
	binary := filepath.Join(folder, "portico")
	build := exec.Command("go", "build", "-o", binary, "./app")
	build.Dir = ".."
	if out, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("go build ./app: %w\n%s", err, out)
	}
	return binary, nil
})

// built is the folder of the binary, to be removed at the end.
var built string

func TestMain(m *testing.M) {
	code := m.Run()
	closeBrowser()
	for _, folder := range []string{built, demonstration.folder} {
		if folder != "" {
			os.RemoveAll(folder)
		}
	}
	os.Exit(code)
}

// portal is one running program with a database of its own.
type portal struct {
	base string // "http://127.0.0.1:PORT"
	data string // its folder: the database, demo-cast.json
	// exit is where the Exit button leads, as the program knows it. It redirects to exited,
	// which is another host, as real neutral pages do.
	exit, exited string
	cast         *cast

	cmd    *exec.Cmd
	done   chan struct{} // closed when the program has ended
	stdout string        // files, complete once the program has ended
	stderr string
}

// cast are the people of the demonstration, with what each needs to sign in.
type cast struct {
	Invitation string    `json:"invitation"`
	People     []*person `json:"people"`
}

// person is one of the demonstration people: a member with a key, or a role with a handle.
type person struct {
	Name       string   `json:"name"`
	Roles      []string `json:"roles"`
	Lang       string   `json:"lang"`
	Key        string   `json:"key"`
	Handle     string   `json:"handle"`
	Passphrase string   `json:"passphrase"`
	TOTP       string   `json:"totp"` // the secret, or the whole otpauth:// address

	used int64 // the last time step whose code was given out
}

// serve starts the program on a fresh SQLite database. Settings are NAME=value and win
// over the harness's own. The program is stopped, and its end judged, when the test ends.
func serve(t *testing.T, settings ...string) *portal {
	t.Helper()
	if len(settings) > 0 {
		return start(t, t.TempDir(), settings...)
	}
	return start(t, furnished(t))
}

// demonstration is a data folder that the program itself has filled, once for all journeys.
var demonstration struct {
	sync.Mutex
	folder string
}

// furnished returns a new data folder with the demonstration in it.
func furnished(t *testing.T) (data string) {
	t.Helper()
	demonstration.Lock()
	defer demonstration.Unlock()
	if demonstration.folder == "" {
		folder, err := os.MkdirTemp("", "portico-e2e-demo-")
		if err != nil {
			t.Fatal(err)
		}
		start(t, folder).stop(t)
		demonstration.folder = folder
	}
	data = t.TempDir()
	err := os.CopyFS(data, os.DirFS(demonstration.folder))
	if err == nil {
		err = filepath.WalkDir(data, func(path string, entry os.DirEntry, err error) error {
			if err == nil && !entry.IsDir() {
				err = os.Chmod(path, 0o600) // a copy of the secrets is as private as the first
			}
			return err
		})
	}
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// servePostgres starts the program on a fresh database of the PostgreSQL in TEST_PG_DSN.
func servePostgres(t *testing.T, settings ...string) *portal {
	t.Helper()
	return start(t, t.TempDir(), append([]string{"PORTICO_DATABASE=" + freshPostgres(t)}, settings...)...)
}

// again stops the program and starts it on the same data, as after a reboot.
func (p *portal) again(t *testing.T, settings ...string) *portal {
	t.Helper()
	p.stop(t)
	return start(t, p.data, settings...)
}

func start(t *testing.T, data string, settings ...string) *portal {
	t.Helper()
	binary, err := program()
	if err != nil {
		t.Fatal(err)
	}
	p := &portal{data: data, done: make(chan struct{}), cmd: exec.Command(binary, "serve")}
	p.exit, p.exited = neutral(t)
	p.cmd.Env = append(without(os.Environ(), "PORTICO_"), "PORTICO_LISTEN=127.0.0.1:0", "PORTICO_DATA="+data,
		"PORTICO_DATABASE=", "PORTICO_EXIT="+p.exit)
	p.cmd.Env = append(p.cmd.Env, settings...)
	said := p.collect(t)
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	address := make(chan string, 1)
	go p.watch(said, address)
	t.Cleanup(func() { p.stop(t) })

	select {
	case p.base = <-address:
	case <-p.done:
		t.Fatalf("the program ended before it served:\n%s%s", p.said(), p.logs())
	case <-time.After(4 * ceiling): // an empty database is filled first, which a busy machine does slowly
		t.Fatalf("the program did not say where it serves:\n%s%s", p.said(), p.logs())
	}
	p.readCast(t)
	return p
}

// collect sends what the program says to files, and gives its output a second reader.
func (p *portal) collect(t *testing.T) io.Reader {
	t.Helper()
	folder := t.TempDir()
	p.stdout, p.stderr = filepath.Join(folder, "stdout"), filepath.Join(folder, "stderr")
	log, err := os.Create(p.stderr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { log.Close() })
	p.cmd.Stderr = log
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// served is the line with which the program says that it is ready.
var served = regexp.MustCompile(`Portico serves (https?://[^\s/]+)`)

// watch copies the output to its file, gives the first address, and waits for the end.
func (p *portal) watch(out io.Reader, address chan<- string) {
	defer close(p.done)
	file, err := os.Create(p.stdout)
	if err != nil {
		panic(err) // a folder that we made a moment ago
	}
	defer file.Close()
	for lines := bufio.NewScanner(out); lines.Scan(); {
		fmt.Fprintln(file, lines.Text())
		if found := served.FindStringSubmatch(lines.Text()); found != nil {
			select {
			case address <- found[1]:
			default: // it said so before
			}
		}
	}
	_ = p.cmd.Wait() // stop reads how it ended from ProcessState
}

// stop ends the program as a host would and wants it to end well. It may be called twice.
func (p *portal) stop(t *testing.T) {
	t.Helper()
	select {
	case <-p.done:
	default:
		_ = p.cmd.Process.Signal(syscall.SIGTERM)
		select {
		case <-p.done:
		case <-time.After(ceiling):
			_ = p.cmd.Process.Kill()
			<-p.done
			t.Error("the program did not end on SIGTERM")
		}
	}
	if code := p.cmd.ProcessState.ExitCode(); code != 0 {
		t.Errorf("the program ended with exit code %d, want 0; its log:\n%s", code, p.logs())
	} else if t.Failed() {
		t.Logf("the program's log:\n%s", p.logs())
	}
}

// said returns what the program wrote for the person who started it; logs its log.
func (p *portal) said() string { text, _ := os.ReadFile(p.stdout); return string(text) }
func (p *portal) logs() string { text, _ := os.ReadFile(p.stderr); return string(text) }

func (p *portal) readCast(t *testing.T) {
	t.Helper()
	p.cast = &cast{}
	text, err := os.ReadFile(filepath.Join(p.data, "demo-cast.json"))
	if os.IsNotExist(err) {
		return // no demonstration was asked for; person says so when somebody is looked for
	}
	if err == nil {
		err = json.Unmarshal(text, p.cast)
	}
	if err != nil {
		t.Fatalf("demo-cast.json: %v", err)
	}
}

// person returns one of the cast by name.
func (p *portal) person(t *testing.T, name string) *person {
	t.Helper()
	for _, who := range p.cast.People {
		if who.Name == name {
			return who
		}
	}
	t.Fatalf("demo-cast.json has no %s", name)
	return nil
}

// withRole returns the first of the cast who holds a role; "" means a member without any
// other role.
func (p *portal) withRole(t *testing.T, role string) *person {
	t.Helper()
	for _, who := range p.cast.People {
		if slices.Contains(who.Roles, role) || role == "" && slices.Equal(who.Roles, []string{"member"}) {
			return who
		}
	}
	t.Fatalf("demo-cast.json has nobody with the role %q", role)
	return nil
}

// code returns a second-factor code that she has not used: the one of now, or of the next
// half minute when she has given that one already, which servers allow for slow clocks.
func (who *person) code(t *testing.T) string {
	t.Helper()
	secret := who.TOTP
	if strings.HasPrefix(secret, "otpauth:") {
		key, err := otp.NewKeyFromURL(secret)
		if err != nil {
			t.Fatal(err)
		}
		secret = key.Secret()
	}
	const period = 30
	who.used = max(time.Now().Unix()/period, who.used+1)
	code, err := totp.GenerateCode(secret, time.Unix(who.used*period, 0))
	if err != nil {
		t.Fatalf("%s: %v", who.Name, err)
	}
	return code
}

// neutral serves the page behind the Exit button. It is asked for as 127.0.0.1 and sends
// on to localhost: for a browser that is another host, as with real neutral pages.
func neutral(t *testing.T) (exit, exited string) {
	t.Helper()
	mux := http.NewServeMux()
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	address, err := url.Parse(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	exit, exited = server.URL+"/", "http://localhost:"+address.Port()+"/weather"
	mux.Handle("/{$}", http.RedirectHandler(exited, http.StatusFound))
	mux.HandleFunc("/weather", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, `<!doctype html><html lang="en"><title>Weather</title><h1>Sunny</h1>`)
	})
	return exit, exited
}

// freshPostgres makes an empty database and returns its address. Without TEST_PG_DSN the
// test is skipped, except in CI, where nothing is.
func freshPostgres(t *testing.T) string {
	t.Helper()
	dsn := os.Getenv("TEST_PG_DSN")
	switch {
	case dsn == "" && os.Getenv("CI") != "":
		t.Fatal("TEST_PG_DSN is not set, and in CI nothing is skipped")
	case dsn == "":
		t.Skip("TEST_PG_DSN is not set: run through e2e/pgtmp.sh")
	}
	ctx, cancel := context.WithTimeout(context.Background(), ceiling)
	defer cancel()
	conn, err := pgx.Connect(ctx, dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(ctx)
	tail := make([]byte, 6)
	_, _ = rand.Read(tail) // it never fails
	name := "portico_" + hex.EncodeToString(tail)
	if _, err := conn.Exec(ctx, "CREATE DATABASE "+name); err != nil {
		t.Fatal(err)
	}
	config := conn.Config()
	query := url.Values{"host": {config.Host}, "port": {fmt.Sprint(config.Port)}, "sslmode": {"disable"}}
	address := url.URL{Scheme: "postgres", User: url.UserPassword(config.User, config.Password), Path: "/" + name, RawQuery: query.Encode()}
	return address.String()
}

// without returns the variables whose names do not begin with a prefix.
func without(env []string, prefix string) []string {
	return slices.DeleteFunc(slices.Clone(env), func(v string) bool { return strings.HasPrefix(v, prefix) })
}
