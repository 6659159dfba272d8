package member

import (
	"context"
	"crypto/hmac"
	"sync"

	"gorm.io/gorm"

	"portico/app/store"
	"portico/app/vault"
)

// Service holds the verbs about people. Each exported verb is one transaction.
type Service struct {
	store  *store.Store
	server *vault.Server
	salt   []byte // the site's salt for member keys
	budget *Budget
	slow   *slowness
	open   bool // joining without an invitation

	pending pendingUses
	factors usedFactors

	// ready says whether somebody may be handed the key of a circle yet, see HandOnWhen.
	ready Ready

	// arrival tells another area who took up the link of a candidate, see OnArrival.
	arrival Arrival

	// erasers remove what other areas hold of a person who deletes her account, inside
	// the same transaction. They are named at wiring, before the first request.
	erasers []Eraser
}

// Eraser removes a person's traces of one area. Posts says whether her words go too.
type Eraser func(ctx context.Context, tx *gorm.DB, who Actor, posts bool) error

// Options are the settings of the service.
type Options struct {
	Salt     []byte
	OpenJoin bool
	Budget   *Budget
}

// New makes the service.
func New(s *store.Store, server *vault.Server, o Options) *Service {
	if o.Budget == nil {
		o.Budget = NewBudget()
	}
	return &Service{
		store: s, server: server, salt: o.Salt, open: o.OpenJoin, budget: o.Budget,
		slow:    newSlowness(s.Clock, server),
		pending: pendingUses{counts: map[store.ID]int{}},
		factors: usedFactors{seen: map[string]int64{}},
	}
}

// OnDelete names an eraser. It is for wiring only.
func (s *Service) OnDelete(e Eraser) { s.erasers = append(s.erasers, e) }

// OpenJoin reports whether people may join without an invitation code.
func (s *Service) OpenJoin() bool { return s.open }

// Server gives the areas' web packages the means to make tickets.
func (s *Service) Server() *vault.Server { return s.server }

// equal compares in constant time.
func equal(a, b []byte) bool { return hmac.Equal(a, b) }

// usedFactors remembers the codes of the second factor that were used in the last 90
// seconds, so that each works once. It is memory only: a column would be a last-seen.
type usedFactors struct {
	sync.Mutex
	seen map[string]int64
}

// take reports whether this code of this person is used for the first time.
func (u *usedFactors) take(who store.ID, code string, now int64) bool {
	u.Lock()
	defer u.Unlock()
	for key, at := range u.seen {
		if now-at > 90 {
			delete(u.seen, key)
		}
	}
	key := who.String() + code
	if _, used := u.seen[key]; used {
		return false
	}
	u.seen[key] = now
	return true
}
