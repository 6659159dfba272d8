package bench

import (
	"bytes"
	"context"
	"errors"
	"os"
	"slices"
	"time"

	"github.com/valyala/fasthttp"
)

// Targets of the pages of talks.
const (
	publicRatio = 0.5
	publicP99   = 25 // ms
)

// pagesInTurn is how many talks visitors read in turn.
const pagesInTurn = 16

// publicPages measures the page of a talk for visitors in two languages, beside the same
// bytes from memory.
func (b *bench) publicPages(ctx context.Context) ([]Row, error) {
	topics := b.publicTopics(pagesInTurn)
	if len(topics) == 0 {
		return nil, errors.New("no talk is on a board for everybody")
	}
	var rows []Row
	for _, lang := range []string{"en", "ar"} {
		row, err := b.besideMemory(ctx, "public topic page, 30 posts, "+lang, b.publicWork(lang, topics))
		if err != nil {
			return rows, err
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// publicWork is reading talks as a visitor.
func (b *bench) publicWork(lang string, topics []int) *prepared {
	w := newPrepared((*expected).page)
	for _, topic := range topics {
		w.add(browser{lang: lang}.get(b.lot.path(topic)), expect(b.lot.sign(topic), `lang="`+lang+`"`))
	}
	return w
}

// publicTopics are talks that everybody may read.
func (b *bench) publicTopics(n int) (found []int) {
	for i, t := range b.lot.topics {
		if slices.Contains(b.town.public, t.board) && len(found) < n {
			found = append(found, i)
		}
	}
	return found
}

func (b *bench) besideMemory(ctx context.Context, name string, w *prepared) (row Row, err error) {
	body, packed, err := b.once(w.requests[0], w.expected[0])
	if err != nil {
		return row, err
	}
	file := b.town.file("page.html")
	if err := os.WriteFile(file, body, 0o600); err != nil {
		return row, err
	}
	args := []string{"bench", "-page", file}
	if packed {
		args = append(args, "-packed")
	}
	memory, err := launch(ctx, b.Program, nil, args...)
	if err != nil {
		return row, err
	}
	defer func() { err = errors.Join(err, memory.stop()) }()
	same := newPrepared((*expected).page)
	whole := expect()
	whole.same.Store(&body)
	same.add(browser{lang: "en"}.get("/"), whole)
	t, err := b.alternate(ctx, side{address: b.serve.address, work: w, workers: connections}, &side{address: memory.address, work: same, workers: connections})
	if err != nil {
		return row, err
	}
	row = t.row(name, "from memory")
	row.met("half of memory, p99 < 25 ms", *row.Ratio >= publicRatio && row.P99 < publicP99)
	return row, nil
}

// once asks one thing and returns the bytes that came, and whether they are compressed.
func (b *bench) once(request []byte, e *expected) (body []byte, packed bool, err error) {
	err = exchangeAll(b.serve.address, [][]byte{request}, 1, func(_ int, answer *fasthttp.Response) error {
		body, packed = bytes.Clone(answer.Body()), len(answer.Header.ContentEncoding()) > 0
		return e.page(answer)
	})
	return body, packed, err
}

// exchangeAll asks each request once, over some connections, and looks at each answer.
func exchangeAll(address string, requests [][]byte, workers int, look func(i int, answer *fasthttp.Response) error) error {
	faults := make(chan error, workers)
	for w := range workers {
		go func() { faults <- exchangeSome(address, requests, w, workers, look) }()
	}
	var err error
	for range workers {
		err = errors.Join(err, <-faults)
	}
	return err
}

func exchangeSome(address string, requests [][]byte, first, step int, look func(int, *fasthttp.Response) error) error {
	l, err := dial(address, first)
	if err != nil {
		return err
	}
	defer l.close()
	var answer fasthttp.Response
	for i := first; i < len(requests); i += step {
		if err := l.exchange(requests[i], &answer, time.Now()); err != nil {
			return err
		}
		if err := look(i, &answer); err != nil {
			return err
		}
	}
	return nil
}
