package bench

import (
	"context"
	"time"

	"github.com/valyala/fasthttp"
)

// Targets of the page of a talk for members, in answers per second.
const (
	memberOnSQLite   = 2_000
	memberOnPostgres = 1_500
)

// mostPrepared is how many requests are written down before a path is measured.
const mostPrepared = 8_000

// memberPages measures the page of a talk for people who are signed in and write there, as
// browsers ask for it; and, to compare, without compression.
func (b *bench) memberPages(ctx context.Context) ([]Row, error) {
	if b.morning.err != nil {
		return nil, b.morning.err
	}
	rows := []Row{{Path: "first page of the day in a language, the slowest of all", Value: b.morning.each, Unit: "ms"}}
	for _, plain := range []bool{false, true} {
		w := b.ownTalks(plain)
		t, err := b.alternate(ctx, side{address: b.serve.address, work: w, workers: connections}, nil)
		if err != nil {
			return rows, err
		}
		row := t.row("topic page signed in", "")
		if plain {
			row.Path += ", not compressed"
		} else {
			row.meets(b, memberOnSQLite, memberOnPostgres)
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// wake opens one talk of each language, one after the other. What the server works out once a
// day for a language stands in a line of its own and in no round of any path.
func (b *bench) wake() (slowest cost) {
	now := b.town.clock.Now()
	met := map[string]bool{}
	for i := 0; i < len(b.seats)*topicsPerMember && slowest.err == nil; i++ {
		s := b.seats[i%len(b.seats)]
		topic := s.lot.topicOf(s.who, i/len(b.seats))
		lang := s.lot.topics[topic].in.lang
		if met[lang] {
			continue
		}
		met[lang] = true
		ask, begun := browser{lang: "en", cookie: s.cookie(b.town.secrets, now)}, time.Now()
		right := expect(s.lot.sign(topic), `name="token"`)
		slowest.err = exchangeAll(b.serve.address, [][]byte{ask.get(s.lot.path(topic))}, 1, func(_ int, answer *fasthttp.Response) error { return right.hers(answer) })
		slowest.each = max(slowest.each, ms(time.Since(begun)))
		if len(met) == len(b.town.corpus.tongues) {
			break
		}
	}
	return slowest
}

// ownTalks are pages of talks that people have written in, each asked for by one of them.
func (b *bench) ownTalks(plain bool) *prepared {
	w := newPrepared((*expected).hers)
	now := b.town.clock.Now()
	for i := range min(mostPrepared, len(b.seats)*topicsPerMember) {
		s := b.seats[i%len(b.seats)]
		topic := s.lot.topicOf(s.who, i/len(b.seats)%topicsPerMember)
		ask := browser{lang: "en", cookie: s.cookie(b.town.secrets, now), plain: plain}
		w.add(ask.get(s.lot.path(topic)), expect(s.lot.sign(topic), `name="token"`))
	}
	return w
}

// meets notes how many answers per second are wanted on this engine.
func (r *Row) meets(b *bench, sqlite, postgres float64) {
	wanted := sqlite
	if b.Database != "" {
		wanted = postgres
	}
	r.met(number(wanted)+" /s", r.Value >= wanted)
}
