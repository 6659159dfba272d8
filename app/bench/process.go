package bench

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// process is a program of ours that serves on a free port of this machine.
type process struct {
	cmd     *exec.Cmd
	address string
	begun   time.Time
	said    *strings.Builder // what it wrote to stderr
}

var servesAt = regexp.MustCompile(`http://(?:localhost|127\.0\.0\.1):(\d+)`)

// launch starts a program and waits until it says where it serves. Settings of the host's own
// portal are taken out of the environment first.
func launch(ctx context.Context, program string, settings []string, args ...string) (*process, error) {
	p := &process{cmd: exec.CommandContext(ctx, program, args...), said: &strings.Builder{}}
	p.cmd.Cancel = func() error { return p.cmd.Process.Signal(syscall.SIGTERM) }
	p.cmd.WaitDelay = 20 * time.Second
	for _, line := range os.Environ() {
		if !strings.HasPrefix(line, "PORTICO_") {
			p.cmd.Env = append(p.cmd.Env, line)
		}
	}
	p.cmd.Env = append(p.cmd.Env, settings...)
	p.cmd.Stderr = p.said
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	p.begun = time.Now()
	if err := p.cmd.Start(); err != nil {
		return nil, fmt.Errorf("start the server: %w", err)
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if found := servesAt.FindStringSubmatch(lines.Text()); found != nil {
			p.address = "127.0.0.1:" + found[1]
			go func() { _, _ = io.Copy(io.Discard, out) }()
			return p, nil
		}
	}
	err = p.cmd.Wait() // what it said is whole after this
	return nil, errors.Join(errors.New("the server did not start: "+p.said.String()), err)
}

// stop ends the program as a host does. A server that does not end well is an error.
func (p *process) stop() error {
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	if err := p.cmd.Wait(); err != nil {
		return fmt.Errorf("the server ended badly: %w: %s", err, p.said)
	}
	return nil
}

// resident is how many bytes of memory the program holds now, and held at most.
func (p *process) resident() (now, most int, err error) {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	if err != nil {
		return 0, 0, err
	}
	for line := range strings.SplitSeq(string(raw), "\n") {
		words := strings.Fields(line)
		if len(words) != 3 || words[2] != "kB" {
			continue
		}
		n, err := strconv.Atoi(words[1])
		if err != nil {
			return 0, 0, err
		}
		switch words[0] {
		case "VmRSS:":
			now = n << 10
		case "VmHWM:":
			most = n << 10
		}
	}
	if now == 0 {
		return 0, 0, errors.New("the system does not say how much memory a program holds")
	}
	return now, most, nil
}

// tick is the unit of processor time in /proc, which Linux fixes for programs.
const tick = 10 * time.Millisecond

// processorTime is what a program has used so far, by its number.
func processorTime(pid int) (time.Duration, error) {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0, err
	}
	// The second field is a name in brackets, which may hold spaces.
	_, rest, ok := strings.Cut(string(raw), ") ")
	fields := strings.Fields(rest)
	if !ok || len(fields) < 13 {
		return 0, errors.New("the system does not say how much time a program used")
	}
	user, errUser := strconv.Atoi(fields[11])
	system, errSystem := strconv.Atoi(fields[12])
	return time.Duration(user+system) * tick, errors.Join(errUser, errSystem)
}
