package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// cluster is a PostgreSQL of the test's own that keeps what it acknowledges, with a streaming
// replica beside it. Both listen on sockets in one folder.
type cluster struct {
	folder, bin string
}

// newCluster starts a primary. It needs Debian's PostgreSQL, as the other tests on it do.
func newCluster(t *testing.T) *cluster {
	t.Helper()
	bins, err := filepath.Glob("/usr/lib/postgresql/*/bin")
	if err != nil || len(bins) == 0 {
		t.Fatal("there is no PostgreSQL server under /usr/lib/postgresql")
	}
	// The path of a socket may be 107 bytes at most, so that t.TempDir() is too deep.
	folder, err := os.MkdirTemp("/tmp", "pgpair")
	if err != nil {
		t.Fatal(err)
	}
	c := &cluster{folder: folder, bin: slices.Max(bins)}
	t.Cleanup(func() {
		for _, node := range []string{"primary", "replica"} {
			_ = c.run("pg_ctl", "-D", c.at(node), "-m", "immediate", "stop") // it may be gone already
		}
		_ = os.RemoveAll(folder)
	})
	if err := os.Chmod(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	if os.Getuid() == 0 {
		if out, err := exec.Command("chown", "postgres:", folder).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
	}
	c.must(t, "initdb", "-D", c.at("primary"), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
	c.begin(t, "primary", 5432)
	return c
}

// replicate copies the primary and lets the copy follow it.
func (c *cluster) replicate(t *testing.T) {
	t.Helper()
	c.must(t, "pg_basebackup", "-h", c.folder, "-p", "5432", "-U", "postgres", "-D", c.at("replica"), "-R", "-X", "stream", "-c", "fast")
	c.begin(t, "replica", 5433)
}

func (c *cluster) at(node string) string { return filepath.Join(c.folder, node) }

// begin starts one node. The number only names its socket: nothing listens on a port.
func (c *cluster) begin(t *testing.T, node string, number int) {
	t.Helper()
	options := fmt.Sprintf("-k %s -p %d -c listen_addresses= -c max_connections=120 -c wal_level=replica -c max_wal_senders=4 -c hot_standby=on -c shared_buffers=64MB", c.folder, number)
	c.must(t, "pg_ctl", "-D", c.at(node), "-w", "-l", c.at(node+".log"), "-o", options, "start")
}

// kill ends a node as a power cut does.
func (c *cluster) kill(t *testing.T, node string) {
	t.Helper()
	c.must(t, "pg_ctl", "-D", c.at(node), "-m", "immediate", "stop")
}

// address is how the program finds a node.
func (c *cluster) address(number int) string {
	return fmt.Sprintf("postgres://postgres@/postgres?host=%s&port=%d", c.folder, number)
}

// run runs one of PostgreSQL's own commands as its user: initdb refuses root.
func (c *cluster) run(name string, args ...string) error {
	line := append([]string{filepath.Join(c.bin, name)}, args...)
	if os.Getuid() == 0 {
		line = append([]string{"setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "env", "-i", "LANG=C.UTF-8", "PATH=" + os.Getenv("PATH"), "HOME=" + c.folder}, line...)
	}
	cmd := exec.Command(line[0], line[1:]...)
	cmd.Dir = c.folder
	// A server that goes on in the background would hold a pipe open for ever.
	said, err := os.CreateTemp("", "pgpair")
	if err != nil {
		return err
	}
	defer func() { _ = said.Close(); _ = os.Remove(said.Name()) }()
	cmd.Stdout, cmd.Stderr = said, said
	if err := cmd.Run(); err != nil {
		text, _ := os.ReadFile(said.Name())
		return fmt.Errorf("%s: %w: %s", name, err, strings.TrimSpace(string(text)))
	}
	return nil
}

func (c *cluster) must(t *testing.T, name string, args ...string) {
	t.Helper()
	if err := c.run(name, args...); err != nil {
		t.Fatal(err)
	}
}
