package bench

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"
)

// pgbench is the reference point of writing: PostgreSQL's own load, in the same database, in
// a schema of its own.
type pgbench struct {
	program string
	env     []string
	address string
}

const (
	pgbenchSchema = "pgbench_reference"
	pgbenchScale  = "10" // a million rows, so that two writers seldom want the same one
)

// newPgbench finds the program and fills its tables.
func newPgbench(ctx context.Context, address string) (*pgbench, error) {
	p := &pgbench{address: address}
	var err error
	if p.program, err = exec.LookPath("pgbench"); err != nil {
		found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/pgbench") // fails for a bad pattern only
		if len(found) == 0 {
			return nil, errors.New("pgbench is not installed")
		}
		p.program = slices.Max(found)
	}
	config, err := pgx.ParseConfig(address)
	if err != nil {
		return nil, errors.New("read the address of the database") // the driver's words may hold the password
	}
	p.env = append(os.Environ(), "PGHOST="+config.Host, "PGPORT="+strconv.Itoa(int(config.Port)), "PGUSER="+config.User,
		"PGPASSWORD="+config.Password, "PGDATABASE="+config.Database, "PGOPTIONS=-c search_path="+pgbenchSchema)
	if err := p.execute(ctx, "CREATE SCHEMA "+pgbenchSchema); err != nil {
		return nil, err
	}
	_, err = p.run(ctx, "-i", "-q", "-s", pgbenchScale)
	return p, err
}

// rate is how many transactions per second the database does alone: an update and an insert
// that are on disk, from as many clients as there are writers.
func (p *pgbench) rate(ctx context.Context, lasts time.Duration) (float64, error) {
	seconds := strconv.Itoa(max(1, int(math.Round(lasts.Seconds()))))
	said, err := p.run(ctx, "-n", "-b", "simple-update", "-c", strconv.Itoa(writers), "-j", "2", "-T", seconds)
	if err != nil {
		return 0, err
	}
	found := perSecond.FindSubmatch(said)
	if found == nil {
		return 0, errors.New("pgbench gave no figure")
	}
	return strconv.ParseFloat(string(found[1]), 64)
}

var perSecond = regexp.MustCompile(`(?m)^tps = ([0-9.]+)`)

func (p *pgbench) run(ctx context.Context, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, p.program, args...)
	cmd.Env = p.env
	said, err := cmd.CombinedOutput()
	if err != nil {
		return nil, fmt.Errorf("pgbench: %w: %s", err, said)
	}
	return said, nil
}

// drop takes its tables away.
func (p *pgbench) drop(ctx context.Context) error {
	return p.execute(ctx, "DROP SCHEMA "+pgbenchSchema+" CASCADE")
}

func (p *pgbench) execute(ctx context.Context, statement string) error {
	conn, err := pgx.Connect(ctx, p.address)
	if err != nil {
		return errors.New("reach the database for pgbench")
	}
	_, err = conn.Exec(ctx, "SET client_min_messages = warning; "+statement)
	return errors.Join(err, conn.Close(ctx))
}
