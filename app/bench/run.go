package bench

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"
)

// Options are what the command's flags say.
type Options struct {
	Program  string        // path of the program to measure
	Database string        // address of an empty PostgreSQL database, "" for SQLite
	Size     string        // "small", "large", or "tiny" for tests
	Only     string        // name of one path, "" for all
	Round    time.Duration // how long one round lasts
	Runs     int           // rounds of each path
	Progress io.Writer     // where a line per step goes
}

// size is how large a community is built, in talks, and how many sessions are opened.
type size struct {
	seats int
	paths int // talks among which the paths are measured

	// Only where growth is measured: the talks from which it is reckoned, those at which memory
	// is measured, all of them, and what is around the talks at the first and the last.
	base, memory, large int
	small, grown        around
}

var sizes = map[string]size{
	"tiny":  {seats: 60, paths: 60, base: 30, memory: 90, large: 120, small: around{6, keepers}, grown: around{6, 1}},
	"small": {seats: 4_000, paths: 3_000},
	"large": {seats: 4_000, paths: 3_000, base: 300, memory: 30_000, large: 300_000, small: around{120, keepers}, grown: around{1_200, 60}},
}

// path is one line, or a few that belong together, of the table.
type path struct {
	name string
	run  func(*bench, context.Context) ([]Row, error)
}

// The paths in the order in which they are measured: those that write come after those that read.
var (
	ordinary = []path{
		{"public", (*bench).publicPages},
		{"member", (*bench).memberPages},
		{"search", (*bench).search},
		{"screen", (*bench).screening},
		{"visit", (*bench).firstVisit},
		{"reply", (*bench).replies},
	}
	starting   = path{"start", (*bench).starts}
	inMemory   = path{"memory", (*bench).memory}
	growthFrom = path{"growth", (*bench).growthBase}
	growthTo   = path{"growth", (*bench).growth}
)

// stage is a community of so many talks with what is measured on it.
type stage struct {
	topics int
	around around // that is new
	paths  []path
}

func (s size) stages() []stage {
	if s.large == 0 {
		return []stage{{s.paths, around{}, append(slices.Clone(ordinary), inMemory, starting)}}
	}
	return []stage{
		{s.base, s.small, []path{growthFrom}}, {s.paths, around{}, ordinary}, {s.memory, around{}, []path{inMemory, starting}}, {s.large, s.grown, []path{growthTo}},
	}
}

// Names lists what -only may name.
func Names() []string {
	var names []string
	for _, p := range append(slices.Clone(ordinary), inMemory, starting, growthTo) {
		names = append(names, p.name)
	}
	return names
}

func (o Options) check() error {
	if _, known := sizes[o.Size]; !known {
		return fmt.Errorf("-size %s: there is small and large", o.Size)
	}
	if o.Only != "" && !slices.Contains(Names(), o.Only) {
		return fmt.Errorf("-only %s: there is %s", o.Only, strings.Join(Names(), ", "))
	}
	if o.Round <= 0 || o.Runs < 1 {
		return errors.New("-seconds and -runs are at least one")
	}
	return nil
}

// bench is one run.
type bench struct {
	Options
	size  size
	town  *community
	lot   *lot // among whose talks the paths are measured
	seats []seat
	serve *process

	morning   cost            // of the first page in a language, in milliseconds
	base      map[string]cost // what pages cost while the community was small
	basePosts int
}

// Run builds, measures and takes everything away again. The report is as far as it came; an
// error says what could not be measured or answered wrong.
func Run(ctx context.Context, o Options) (report Report, err error) {
	if err := o.check(); err != nil {
		return Report{}, err
	}
	folder, err := os.MkdirTemp("", "portico-bench-")
	if err != nil {
		return Report{}, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	db, err := takeDatabase(ctx, o.Database)
	if err != nil {
		return Report{}, err
	}
	defer func() { err = errors.Join(err, db.drop(context.WithoutCancel(ctx))) }()
	b := &bench{Options: o, size: sizes[o.Size]}
	begun := time.Now()
	if b.town, err = found(ctx, settings(folder, db.address)); err != nil {
		return Report{}, err
	}
	b.say("the portal stands: %s", stretch(begun))
	rows, err := b.measure(ctx)
	return Report{b.town.about, rows}, err
}

func (b *bench) say(format string, args ...any) { fmt.Fprintf(b.Progress, format+"\n", args...) }

// measure goes through the stages that hold anything wanted.
func (b *bench) measure(ctx context.Context) (all []Row, err error) {
	for _, s := range b.size.stages() {
		s.paths = slices.DeleteFunc(slices.Clone(s.paths), func(p path) bool { return b.Only != "" && b.Only != p.name })
		if len(s.paths) == 0 {
			continue
		}
		rows, stageErr := b.stage(ctx, s)
		all, err = append(all, rows...), errors.Join(err, stageErr)
		if b.serve == nil || ctx.Err() != nil {
			break // what could not be built cannot be built upon
		}
		err = errors.Join(err, b.serve.stop())
		b.serve = nil
	}
	return all, errors.Join(err, ctx.Err())
}

// stage lets the community grow, starts the server and measures; the server runs on unless it
// could not be started.
func (b *bench) stage(ctx context.Context, s stage) (all []Row, err error) {
	if err := b.build(ctx, s.topics-b.town.about.Topics); err != nil {
		return nil, err
	}
	if err := b.town.surround(ctx, s.around); err != nil {
		return nil, fmt.Errorf("build what is around the talks: %w", err)
	}
	if b.serve, err = b.start(ctx); err != nil {
		return nil, err
	}
	b.morning = b.wake()
	for _, p := range s.paths {
		begun := time.Now()
		rows, pathErr := p.run(b, ctx)
		if pathErr != nil {
			if !slices.ContainsFunc(rows, func(r Row) bool { return r.Fault != "" }) {
				rows = append(rows, Row{Path: p.name, Fault: pathErr.Error()})
			}
			err = errors.Join(err, fmt.Errorf("%s: %w", p.name, pathErr))
		}
		for i := range rows {
			rows[i].Name = p.name
		}
		all = append(all, rows...)
		b.say("%s: %s", p.name, stretch(begun))
		if ctx.Err() != nil {
			break
		}
	}
	return all, err
}

// build adds a lot and opens the seats.
func (b *bench) build(ctx context.Context, topics int) (err error) {
	begun := time.Now()
	if b.lot, err = b.town.grow(ctx, topics); err != nil {
		return fmt.Errorf("build the community: %w", err)
	}
	if b.seats, err = b.town.seat(ctx, b.lot, b.size.seats); err != nil {
		return fmt.Errorf("open sessions: %w", err)
	}
	b.say("%d posts in %d talks: %s", b.town.about.Posts, b.town.about.Topics, stretch(begun))
	return nil
}

// start starts the real program on what was built.
func (b *bench) start(ctx context.Context) (*process, error) {
	return launch(ctx, b.Program, environment(b.town.config), "serve")
}
