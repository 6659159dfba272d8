package bench

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net"
	"sync"
	"sync/atomic"
	"time"

	"github.com/valyala/fasthttp"
)

// work is what the load asks for: requests as bytes, and a look at each answer.
type work interface {
	// ask appends the next whole request to buf; worker is the number of the connection.
	ask(worker int, buf []byte) ([]byte, error)
	// judge says what is wrong with the answer to the request that this worker asked last.
	judge(worker int, answer *fasthttp.Response) error
}

// round is one measured stretch.
type round struct {
	answers int
	wrong   int
	first   error // what was wrong first
	took    time.Duration
	latency histogram
}

// rate is how many right answers came per second.
func (r *round) rate() float64 { return float64(r.answers-r.wrong) / r.took.Seconds() }

// fault is nil when every answer was right.
func (r *round) fault() error {
	switch {
	case r.wrong > 0:
		return fmt.Errorf("%d of %d answers were wrong, the first: %w", r.wrong, r.answers, r.first)
	case r.answers == 0:
		return errors.New("no answer came")
	}
	return nil
}

// answerWithin is how long the load waits for one answer.
const answerWithin = 20 * time.Second

// drive sends the work over so many connections that stay open, each with one request at a
// time, until the time is over.
func drive(ctx context.Context, address string, w work, connections int, lasts time.Duration) (*round, error) {
	until := time.Now().Add(lasts)
	return driveWhile(ctx, address, w, connections, func(now time.Time) bool { return now.Before(until) })
}

// driveCount is drive for so many requests, however long they take.
func driveCount(ctx context.Context, address string, w work, connections, requests int) (*round, error) {
	var asked atomic.Int64
	return driveWhile(ctx, address, w, connections, func(time.Time) bool { return asked.Add(1) <= int64(requests) })
}

func driveWhile(ctx context.Context, address string, w work, connections int, more func(now time.Time) bool) (*round, error) {
	lines := make([]*line, connections)
	for i := range lines {
		l, err := dial(address, i)
		if err != nil {
			return nil, err
		}
		lines[i] = l
		defer l.close()
	}
	var running sync.WaitGroup
	begun := time.Now()
	for _, l := range lines {
		running.Go(func() { l.run(ctx, w, more) })
	}
	running.Wait()
	all := &round{took: time.Since(begun)}
	for _, l := range lines {
		all.answers, all.wrong = all.answers+l.round.answers, all.wrong+l.round.wrong
		all.latency.join(&l.round.latency)
		if all.first == nil {
			all.first = l.round.first
		}
		if l.err != nil {
			return nil, l.err
		}
	}
	return all, all.fault()
}

// line is one connection.
type line struct {
	number int
	conn   net.Conn
	in     *bufio.Reader
	round  round
	err    error
}

func dial(address string, number int) (*line, error) {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return nil, fmt.Errorf("reach the server: %w", err)
	}
	return &line{number: number, conn: conn, in: bufio.NewReaderSize(conn, 64<<10)}, nil
}

func (l *line) close() { _ = l.conn.Close() } // what was asked was answered

func (l *line) run(ctx context.Context, w work, more func(time.Time) bool) {
	var answer fasthttp.Response
	var buf []byte
	for ctx.Err() == nil {
		asked := time.Now()
		if !more(asked) {
			return
		}
		if buf, l.err = w.ask(l.number, buf[:0]); l.err != nil {
			return
		}
		if l.err = l.exchange(buf, &answer, asked); l.err != nil {
			return
		}
		l.round.latency.add(time.Since(asked))
		l.round.answers++
		if err := w.judge(l.number, &answer); err != nil {
			if l.round.wrong++; l.round.first == nil {
				l.round.first = err
			}
		}
	}
}

func (l *line) exchange(request []byte, answer *fasthttp.Response, now time.Time) error {
	if err := l.conn.SetDeadline(now.Add(answerWithin)); err != nil {
		return err
	}
	if _, err := l.conn.Write(request); err != nil {
		return fmt.Errorf("ask: %w", err)
	}
	if err := answer.Read(l.in); err != nil {
		return fmt.Errorf("read an answer: %w", err)
	}
	if !answer.ConnectionClose() {
		return nil
	}
	// The server ends a connection now and then; a browser opens another.
	conn, err := net.Dial("tcp", l.conn.RemoteAddr().String())
	if err != nil {
		return err
	}
	_ = l.conn.Close()
	l.conn = conn
	l.in.Reset(conn)
	return nil
}
