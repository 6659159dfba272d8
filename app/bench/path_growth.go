package bench

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
)

// Targets and measures of growth.
const (
	growthTarget  = 1.2
	growthRounds  = 5
	growthWorkers = 4
	askedPerRound = 50 // of pages that one person may ask for 60 times a minute
)

// growing is a page whose cost must not follow the number of posts.
type growing struct {
	name string
	work func(b *bench) (work, error)
	few  bool // asked a fixed number of times a round, because of the limit per person
}

func growingPages() []growing {
	return []growing{
		{name: "topic page", work: func(b *bench) (work, error) { return b.ownTalks(false), nil }},
		{name: "board list", work: func(b *bench) (work, error) { return b.lists(), nil }},
		{name: "boards", work: func(b *bench) (work, error) { return b.pages("/forum", `href="/forum/`), nil }},
		{name: "front page", work: func(b *bench) (work, error) { return b.pages("/", `href="/forum`), nil }},
		{name: "own talks", work: func(b *bench) (work, error) { return b.pages("/my/talks", `href="/forum/`), nil }},
		{name: "desk queue", work: func(b *bench) (work, error) { return b.ofTeam("/desk", `href="/desk/items/`, "desk"), nil }},
		{name: "library", work: func(b *bench) (work, error) { return b.pages("/read", `href="/read/`), nil }},
		{name: "logs", few: true, work: func(b *bench) (work, error) {
			var people []string
			for i := range keepers {
				people = append(people, peerNamed(i+1))
			}
			return b.ofTeam("/supervision/log", "We had time and tea", people...), nil
		}},
		{name: "search", few: true, work: func(b *bench) (work, error) {
			if err := b.takeForms(); err != nil {
				return nil, err
			}
			return b.questions(b.seats, len(b.seats)), nil
		}},
	}
}

// lists are the boards that have more talks than one page holds at every size.
func (b *bench) lists() *prepared {
	w, now := newPrepared((*expected).hers), b.town.clock.Now()
	for i := range min(mostPrepared, 8*len(b.seats)) {
		s, board := b.seats[i%len(b.seats)], b.town.boards[i%2]
		w.add(browser{lang: "en", cookie: s.cookie(b.town.secrets, now)}.get("/forum/"+board), expect("/forum/"+board+"/start", `href="/forum/`+board+"/"))
	}
	return w
}

// pages is one page, asked for from every seat.
func (b *bench) pages(path string, words ...string) *prepared {
	w, now := newPrepared((*expected).hers), b.town.clock.Now()
	for _, s := range b.seats {
		w.add(browser{lang: "en", cookie: s.cookie(b.town.secrets, now)}.get(path), expect(words...))
	}
	return w
}

// ofTeam is one page, asked for by people of the team.
func (b *bench) ofTeam(path, words string, handles ...string) *prepared {
	w := newPrepared((*expected).hers)
	for _, handle := range handles {
		w.add(browser{lang: "en", cookie: b.town.cookie(handle)}.get(path), expect(words))
	}
	return w
}

// cost is what one request takes, in microseconds of the processor where nothing else is said,
// or why it could not be measured.
type cost struct {
	each float64
	err  error
}

// costs measures every growing page on the running server.
func (b *bench) costs(ctx context.Context) map[string]cost {
	found := map[string]cost{}
	for _, g := range growingPages() {
		w, err := g.work(b)
		var rounds []float64
		for i := 0; i <= growthRounds && err == nil && ctx.Err() == nil; i++ {
			var each float64
			if each, err = b.costOf(ctx, g, w); i > 0 { // the first warms the page
				rounds = append(rounds, each)
			}
		}
		found[g.name] = cost{median(rounds), err}
		b.say("  %s: %.0f µs", g.name, found[g.name].each)
	}
	return found
}

// costOf measures one round.
func (b *bench) costOf(ctx context.Context, g growing, w work) (float64, error) {
	before, err := b.used(ctx)
	if err != nil {
		return 0, err
	}
	var r *round
	if g.few {
		r, err = driveCount(ctx, b.serve.address, w, growthWorkers, askedPerRound)
	} else {
		r, err = drive(ctx, b.serve.address, w, growthWorkers, b.Round)
	}
	if err != nil {
		return 0, err
	}
	after, err := b.used(ctx)
	return float64(after-before) / float64(time.Microsecond) / float64(r.answers), err
}

// used is the processor time of the server so far, with that of the database's processes where
// they run on this machine.
func (b *bench) used(ctx context.Context) (time.Duration, error) {
	all, err := processorTime(b.serve.cmd.Process.Pid)
	if err != nil || b.Database == "" {
		return all, err
	}
	conn, err := pgx.Connect(ctx, b.town.config.Database)
	if err != nil {
		return 0, errors.New("reach the database for its processes")
	}
	defer conn.Close(ctx)
	const mine = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
	found, err := conn.Query(ctx, mine)
	if err != nil {
		return 0, err
	}
	pids, err := pgx.CollectRows(found, pgx.RowTo[int])
	if err != nil {
		return 0, err
	}
	for _, pid := range pids {
		one, err := processorTime(pid)
		if err != nil {
			return 0, fmt.Errorf("read what the database used, which must run on this machine: %w", err)
		}
		all += one
	}
	return all, nil
}

// growthBase remembers what pages cost while the community is small.
func (b *bench) growthBase(ctx context.Context) ([]Row, error) {
	b.basePosts, b.base = b.town.about.Posts, b.costs(ctx)
	return nil, nil
}

// growth compares what pages cost now with what they cost then.
func (b *bench) growth(ctx context.Context) ([]Row, error) {
	now := b.costs(ctx)
	var rows []Row
	var faults error
	for _, g := range growingPages() {
		then, now := b.base[g.name], now[g.name]
		row := Row{Path: fmt.Sprintf("processor time of %s, %d against %d posts", g.name, b.town.about.Posts, b.basePosts), Unit: "µs", Beside: "then"}
		if err := errors.Join(then.err, now.err); err != nil {
			row.Fault = err.Error()
			faults = errors.Join(faults, fmt.Errorf("%s: %w", g.name, err))
		} else {
			ratio := now.each / then.each
			row.Value, row.Reference, row.Ratio = now.each, &then.each, &ratio
			row.met("within 1.2", ratio <= growthTarget)
		}
		rows = append(rows, row)
	}
	return rows, faults
}
