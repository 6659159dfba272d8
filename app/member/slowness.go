package member

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"strconv"
	"sync"
	"time"

	"portico/app/fault"
	"portico/app/store"
	"portico/app/vault"
)

// The slowness after wrong keys: nobody is locked out, no address is stored. Counts live
// in memory under a key that changes each day, and waiting is a ticket that the person's
// form carries, so that no request ever sleeps.
const (
	freeTries   = 5                // wrong tries before the first wait
	longestWait = 4 * time.Second  // so that a right key is answered within five seconds
	ticketLasts = 10 * time.Minute // after the wait, for filling in the form again
	forgetAfter = 15 * time.Minute // after this long without a wrong try a count is dropped
	globalTries = 300              // wrong tries of all together in forgetAfter before everybody waits a second
)

type slowness struct {
	clock  store.Clock
	server *vault.Server
	mu     sync.Mutex
	day    string
	dayKey []byte
	counts map[string]*tries
}

type tries struct {
	wrong int
	last  time.Time
}

func newSlowness(clock store.Clock, server *vault.Server) *slowness {
	return &slowness{clock: clock, server: server, counts: map[string]*tries{}}
}

// names turns what was tried into the names of its counts. Either half of a key may be
// known to somebody who saw part of a card, so both halves count.
func (s *slowness) names(text, client string) []string {
	half := min(8, len(text))
	return []string{
		s.mac("first", text[:half]), s.mac("last", text[len(text)-half:]), s.mac("client", client),
	}
}

func (s *slowness) mac(kind, value string) string {
	if today := s.clock.Today(); s.day != today {
		s.day, s.dayKey, s.counts = today, vault.Random(32), map[string]*tries{}
	}
	h := hmac.New(sha256.New, s.dayKey)
	h.Write([]byte(kind + "|" + value))
	return string(h.Sum(nil)[:16])
}

const everybody = "everybody"

// admit decides whether this try may go ahead. When not, the fault carries how many
// seconds to wait and a ticket that lets exactly this text through afterwards.
func (s *slowness) admit(text, client, ticket string) error {
	return s.admitTry(text, text, client, ticket)
}

// admitTry is admit where what is counted is less than what was tried: wrong passphrases count
// for the handle, and a ticket lets through one passphrase and not the next guess.
func (s *slowness) admitTry(text, tried, client, ticket string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.valid(ticket, tried) {
		return nil
	}
	wait := time.Duration(0)
	for _, name := range s.names(text, client) {
		if t := s.standing(name); t != nil && t.wrong >= freeTries {
			wait = max(wait, min(longestWait, time.Second<<min(t.wrong-freeTries, 4)))
		}
	}
	if t := s.standing(everybody); t != nil && t.wrong >= globalTries {
		wait = max(wait, time.Second)
	}
	if wait == 0 {
		return nil
	}
	notBefore := s.clock.Time().Add(wait)
	seconds := strconv.Itoa(int(wait / time.Second))
	return fault.New(fault.Wait, "sign-in.wait", "Seconds", seconds, "Ticket", s.ticket(tried, notBefore))
}

// standing is a count that still counts: after a quiet time it is as if nothing had been.
func (s *slowness) standing(name string) *tries {
	t := s.counts[name]
	if t == nil || s.clock.Time().Sub(t.last) > forgetAfter {
		return nil
	}
	return t
}

// wrong counts a wrong try.
func (s *slowness) wrong(text, client string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.clock.Time()
	for name, t := range s.counts {
		if now.Sub(t.last) > forgetAfter {
			delete(s.counts, name)
		}
	}
	for _, name := range append(s.names(text, client), everybody) {
		t := s.counts[name]
		if t == nil {
			t = &tries{}
			s.counts[name] = t
		}
		t.wrong++
		t.last = now
	}
}

func (s *slowness) ticket(text string, notBefore time.Time) string {
	payload := binary.BigEndian.AppendUint64(nil, uint64(notBefore.UnixMilli()))
	return s.server.Ticket("slow", append(payload, s.mac("ticket", text)...))
}

func (s *slowness) valid(ticket, text string) bool {
	payload, ok := s.server.ReadTicket("slow", ticket)
	if !ok || len(payload) != 24 || string(payload[8:]) != s.mac("ticket", text) {
		return false
	}
	waited := s.clock.Time().Sub(time.UnixMilli(int64(binary.BigEndian.Uint64(payload))))
	return waited >= 0 && waited <= ticketLasts
}
