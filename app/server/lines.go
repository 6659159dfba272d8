package server

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"portico/app/directory"
	"portico/app/store"
	"portico/app/web/request"
	"portico/content"
)

// helpLines are the numbers that stand on every page, as the directory has them. They are read
// again once in a minute and not for each page: a page in a hurry asks the database nothing for
// them, and what a coordinator corrects stands everywhere a minute later, on every server.
type helpLines struct {
	directory *directory.Service
	clock     store.Clock
	log       *slog.Logger
	partial   map[string]bool // shipped lines that do not answer in every country

	mu     sync.Mutex
	minute time.Time
	held   []request.Line
}

func newHelpLines(d *directory.Service, clock store.Clock, log *slog.Logger) (*helpLines, error) {
	shipped, err := content.HelpLines()
	if err != nil {
		return nil, err
	}
	l := &helpLines{directory: d, clock: clock, log: log, partial: map[string]bool{}}
	for _, line := range shipped {
		l.partial[line.ID] = line.Partial
	}
	return l, nil
}

// now is every line as it stands at this minute. When the database cannot answer, the lines of
// before stand on: a number of a minute ago is better than none.
func (l *helpLines) now() []request.Line {
	minute := l.clock.Time().Truncate(time.Minute)
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.minute.Equal(minute) {
		return l.held
	}
	l.minute = minute
	ctx, stop := context.WithTimeout(context.Background(), time.Second)
	defer stop()
	entries, err := l.directory.Lines(ctx)
	if err != nil {
		l.log.Warn("help lines not renewed", "error", err)
		return l.held
	}
	lines := make([]request.Line, len(entries))
	for i, e := range entries {
		lines[i] = l.line(e)
	}
	l.held = lines
	return lines
}

func (l *helpLines) line(e directory.Entry) request.Line {
	state := l.directory.Now(e)
	line := request.Line{
		Name: e.Name, Phone: e.Phone, Country: e.Country, Languages: e.LanguageTags(), Kinds: e.NeedCodes(), Weekdays: e.Hours == "weekdays",
		Free: e.Free == directory.Yes, Anonymous: e.Anonymous == directory.Yes, Verified: e.VerifiedOn != nil, Partial: l.partial[e.ID], Open: state.Open,
	}
	if state.Open && len(state.Langs) > 0 {
		line.Languages = state.Langs
	}
	if state.Open && !state.Until.IsZero() {
		line.Until = state.Until.Format("15:04")
	}
	return line
}
