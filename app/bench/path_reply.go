package bench

import (
	"context"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"sync/atomic"

	"github.com/valyala/fasthttp"

	"portico/app/vault"
	"portico/moderation"
)

// Targets of replies: answers per second, and the share of what the database does alone.
const (
	replyOnPostgres = 1_000
	replyRatio      = 0.5
	writers         = 8
)

// replies measures posts that are screened and on disk, sent as the form of the page sends
// them. On PostgreSQL rounds take turns with pgbench.
func (b *bench) replies(ctx context.Context) ([]Row, error) {
	if err := b.takeForms(); err != nil {
		return nil, fmt.Errorf("take the forms: %w", err)
	}
	w, err := b.forms()
	if err != nil {
		return nil, err
	}
	path := side{address: b.serve.address, work: w, workers: writers}
	const name = "reply, durable and screened, 8 writers"
	if b.Database == "" {
		t, err := b.alternate(ctx, path, nil)
		if err != nil {
			return nil, b.enoughSeats(err)
		}
		return []Row{t.row(name, "")}, nil
	}
	database, err := newPgbench(ctx, b.town.config.Database)
	if err != nil {
		return nil, err
	}
	t, err := b.alternate(ctx, path, &side{rate: database.rate})
	if err = errors.Join(err, database.drop(ctx)); err != nil {
		return nil, b.enoughSeats(err)
	}
	row := t.row(name, "pgbench simple-update")
	row.met("1,000 /s and half of pgbench", row.Value >= replyOnPostgres && *row.Ratio >= replyRatio)
	if !b.town.about.Durable {
		row.Met, row.Note = nil, "nothing here is durable, so that this figure answers no question"
	}
	return []Row{row}, nil
}

// enoughSeats explains a refusal that the limit of one person per minute may be behind.
func (b *bench) enoughSeats(err error) error {
	return fmt.Errorf("%w (each of the %d sessions may write and search 60 times a minute)", err, len(b.seats))
}

var formToken = regexp.MustCompile(`name="token"[^>]*value="([^"]+)"|value="([^"]+)"[^>]*name="token"`)

// takeForms opens a page with a form in each seat and keeps the token that stands there.
func (b *bench) takeForms() error {
	requests := make([][]byte, len(b.seats))
	now := b.town.clock.Now()
	for i, s := range b.seats {
		requests[i] = browser{lang: "en", cookie: s.cookie(b.town.secrets, now), plain: true}.get(s.lot.path(s.lot.topicOf(s.who, 0)))
	}
	return exchangeAll(b.serve.address, requests, connections, func(i int, answer *fasthttp.Response) error {
		found := formToken.FindSubmatch(answer.Body())
		if answer.StatusCode() != fasthttp.StatusOK || found == nil {
			return fmt.Errorf("status %d and no form on the page of a talk", answer.StatusCode())
		}
		b.seats[i].form = string(found[1]) + string(found[2])
		return nil
	})
}

// nonceLength is how long the nonce of a form is, as pages draw it.
const nonceLength = 16

// formWork sends forms that were written down but for the nonce, which is new each time: the
// same form would post once.
type formWork struct {
	forms [][]byte
	next  atomic.Uint64
	mark  uint64 // drawn for this run
}

// forms writes a reply down for each seat, four times over: to three talks in which she has
// written, and to one that is new to her.
func (b *bench) forms() (*formWork, error) {
	w := &formWork{mark: binary.BigEndian.Uint64(vault.Random(8))}
	now := b.town.clock.Now()
	for i := range 4 * len(b.seats) {
		s := b.seats[i%len(b.seats)]
		round := i / len(b.seats)
		topic := s.lot.topicOf(s.who, (i+round)%topicsPerMember)
		if round == 3 {
			topic = (topic + 1) % len(s.lot.topics)
		}
		text, err := b.harmless(s.lot, topic, i)
		if err != nil {
			return nil, err
		}
		body := "token=" + url.QueryEscape(s.form) + "&name_mode=topic&body=" + url.QueryEscape(text) + "&nonce="
		form := append([]byte(body), make([]byte, nonceLength)...)
		w.forms = append(w.forms, browser{lang: "en", cookie: s.cookie(b.town.secrets, now)}.post(s.lot.path(topic)+"/posts", form))
	}
	return w, nil
}

// harmless draws a post that screening lets through.
func (b *bench) harmless(l *lot, topic, number int) (string, error) {
	in, r := l.topics[topic].in, l.draw(6, number)
	for range 100 {
		text := in.compose(r, sentence{}).body
		if moderation.Screen(text, []string{in.lang}, nil).Outcome == moderation.Publish {
			return text, nil
		}
	}
	return "", errors.New("screening lets nothing through in " + in.lang)
}

func (w *formWork) ask(_ int, buf []byte) ([]byte, error) {
	n := w.next.Add(1)
	buf = append(buf, w.forms[int(n)%len(w.forms)]...)
	var nonce [12]byte
	binary.BigEndian.PutUint64(nonce[:8], w.mark)
	binary.BigEndian.PutUint32(nonce[8:], uint32(n))
	base64.RawURLEncoding.Encode(buf[len(buf)-nonceLength:], nonce[:])
	return buf, nil
}

func (w *formWork) judge(_ int, answer *fasthttp.Response) error { return moved(answer) }
