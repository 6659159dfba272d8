package store

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"log/slog"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"

	"portico/app/vault"
)

// channel is where servers on one PostgreSQL tell each other what was written.
const channel = "portico_changes"

// longestLetter is how many bytes of a letter PostgreSQL carries for sure.
const longestLetter = 7000

// letter is what one server tells the others: names of tables and of scopes, never a word of
// anybody. All means that anything may have changed.
type letter struct {
	From   string   `json:"f"`
	All    bool     `json:"a,omitempty"`
	Writes []Change `json:"w,omitempty"`
}

// courier carries changes to the other servers. A verb that wrote returns when its change was
// handed over, so that nobody who was told "done" finds the page of before elsewhere; verbs
// that end at the same moment share one letter, as they share one write to the disk.
type courier struct {
	address string
	name    string // of this server, to know its own letters
	log     *slog.Logger

	mu      sync.Mutex
	waiting []Change
	batch   chan struct{} // closed when the batch that now waits was sent
	sending bool
	conn    *pgx.Conn
}

func newCourier(address string, log *slog.Logger) *courier {
	return &courier{address: address, name: hex.EncodeToString(vault.Random(8)), log: log, batch: make(chan struct{})}
}

// send hands a change over and waits for it.
func (c *courier) send(change Change) {
	c.mu.Lock()
	c.waiting = append(c.waiting, change)
	done := c.batch
	if c.sending {
		c.mu.Unlock()
		<-done
		return
	}
	c.sending = true
	for len(c.waiting) > 0 {
		writes, batch := c.waiting, c.batch
		c.waiting, c.batch = nil, make(chan struct{})
		c.mu.Unlock()
		c.post(letter{From: c.name, Writes: writes})
		close(batch)
		c.mu.Lock()
	}
	c.sending = false
	c.mu.Unlock()
}

// postWithin is how long a letter may take. The words themselves are on disk already; a server
// that cannot be told draws its pages anew within a minute.
const postWithin = 2 * time.Second

// post writes one letter; only one goroutine at a time does.
func (c *courier) post(l letter) {
	text, err := json.Marshal(l)
	if err == nil && len(text) > longestLetter {
		text, err = json.Marshal(letter{From: c.name, All: true})
	}
	if err != nil {
		c.log.Error("a change was not told to the other servers", "cause", err.Error())
		return
	}
	ctx, stop := context.WithTimeout(context.Background(), postWithin)
	defer stop()
	for range 2 { // a connection that broke while nothing was said is made anew once
		if err = c.connect(ctx); err == nil {
			if _, err = c.conn.Exec(ctx, "SELECT pg_notify($1, $2)", channel, string(text)); err == nil {
				return
			}
			c.drop()
		}
	}
	c.log.Warn("a change was not told to the other servers; they draw their pages anew within a minute", "cause", bare(err).Error())
}

func (c *courier) connect(ctx context.Context) error {
	if c.conn != nil {
		return nil
	}
	config, err := pgx.ParseConfig(c.address)
	if err != nil {
		return err
	}
	// A letter need not survive a power cut: after one, no server keeps any page.
	config.RuntimeParams["synchronous_commit"] = "off"
	c.conn, err = pgx.ConnectConfig(ctx, config)
	return err
}

func (c *courier) drop() {
	ctx, stop := context.WithTimeout(context.Background(), time.Second)
	defer stop()
	_ = c.conn.Close(ctx) // it is broken already
	c.conn = nil
}

// close ends the connection of the letters.
func (c *courier) close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.conn != nil && !c.sending {
		c.drop()
	}
}

// comeBack is how long a server waits before it tries to listen again.
const comeBack = time.Second

// Follow hears what other servers on the same database write and tells it on this one, until
// ctx ends. Whole is called with true from when nothing is missed, and with false when the line
// is broken: what was kept until then must go. On SQLite there is one server, and nothing to miss.
func (s *Store) Follow(ctx context.Context, whole func(bool)) {
	if !s.postgres {
		whole(true)
		return
	}
	for ctx.Err() == nil {
		if err := s.hear(ctx, whole); err != nil && ctx.Err() == nil {
			s.changes.others.log.Warn("this server does not hear the others and keeps no page until it does", "cause", bare(err).Error())
		}
		whole(false)
		select {
		case <-ctx.Done():
		case <-time.After(comeBack):
		}
	}
}

func (s *Store) hear(ctx context.Context, whole func(bool)) error {
	conn, err := pgx.Connect(ctx, s.changes.others.address)
	if err != nil {
		return err
	}
	defer func() {
		closing, stop := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
		defer stop()
		_ = conn.Close(closing) // broken or no longer wanted
	}()
	if _, err := conn.Exec(ctx, "LISTEN "+channel); err != nil {
		return err
	}
	whole(true)
	for {
		n, err := conn.WaitForNotification(ctx)
		if err != nil {
			return err
		}
		var l letter
		if err := json.Unmarshal([]byte(n.Payload), &l); err != nil {
			l = letter{All: true} // written by a newer server: anything may have changed
		}
		switch {
		case l.From == s.changes.others.name:
		case l.All:
			whole(false)
			whole(true)
		default:
			for _, change := range l.Writes {
				s.changes.here(change)
			}
		}
	}
}
