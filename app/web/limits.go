package web

import (
	"crypto/hmac"
	"crypto/sha256"
	"sync"
	"time"

	"portico/app/fault"
	"portico/app/store"
	"portico/app/vault"
)

// perMinute is how often each rate class may be used by one person.
var perMinute = map[Rate]int{asking: 60, writing: 60, keys: 30}

// limits counts uses in memory, under a key that changes each day. No address is stored.
type limits struct {
	clock  store.Clock
	mu     sync.Mutex
	day    string
	key    []byte
	minute int64
	used   map[string]int
}

func newLimits(clock store.Clock) *limits {
	return &limits{clock: clock, used: map[string]int{}}
}

// admit counts one use and refuses when the minute is full.
func (l *limits) admit(rate Rate, whose string) error {
	most, limited := perMinute[rate]
	if !limited {
		return nil
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if today := l.clock.Today(); today != l.day {
		l.day, l.key = today, vault.Random(32)
	}
	if minute := l.clock.Time().Unix() / int64(time.Minute/time.Second); minute != l.minute {
		l.minute, l.used = minute, map[string]int{}
	}
	h := hmac.New(sha256.New, l.key)
	h.Write([]byte(string(rate) + "|" + whose))
	name := string(h.Sum(nil)[:16])
	if l.used[name] >= most {
		return fault.New(fault.Wait, "error.wait")
	}
	l.used[name]++
	return nil
}
