package server

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"portico/app/aloud"
	"portico/app/store"
)

// spokenPages are the addresses of the recordings that stand beside pages. They are read again
// once in a minute and not for each page, as the help lines are.
type spokenPages struct {
	aloud *aloud.Service
	clock store.Clock
	log   *slog.Logger

	mu     sync.Mutex
	minute time.Time
	held   map[[2]string]string
}

func newSpokenPages(a *aloud.Service, clock store.Clock, log *slog.Logger) *spokenPages {
	return &spokenPages{aloud: a, clock: clock, log: log}
}

// now is the address of what everybody may hear of a page in a language, "" for none. When the
// database cannot answer, what was known before stands on.
func (p *spokenPages) now(page, lang string) string {
	minute := p.clock.Time().Truncate(time.Minute)
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.minute.Equal(minute) {
		p.minute = minute
		p.renew()
	}
	return p.held[[2]string{page, lang}]
}

func (p *spokenPages) renew() {
	ctx, stop := context.WithTimeout(context.Background(), time.Second)
	defer stop()
	rows, err := p.aloud.Now(ctx)
	if err != nil {
		p.log.Warn("recordings of pages not renewed", "error", err)
		return
	}
	held := make(map[[2]string]string, len(rows))
	for _, r := range rows {
		held[[2]string{r.Page, r.Lang}] = "/aloud/" + r.ID.String()
	}
	p.held = held
}
