package seed

import (
	"context"
	"slices"
	"time"
)

// The rhythm of the weeks.
const (
	longestGap = 2 * day        // between two posts of a talk
	quietEnd   = 26 * time.Hour // before now: the last day belongs to what waits for the moderators
)

// event is something that happens at its time.
type event struct {
	at time.Time
	do func(context.Context) error
}

// live lets everything happen in the order of its time and ends in the present.
func (l *loader) live(ctx context.Context) error {
	var events []event
	for _, t := range l.world.Talks {
		events = append(events, l.planTalk(t)...)
	}
	events = append(events, l.planWaiting()...)
	beside, err := l.planSeason()
	if err != nil {
		return err
	}
	events = append(events, beside...)
	slices.SortStableFunc(events, func(a, b event) int { return a.at.Compare(b.at) })
	for _, e := range events {
		l.clock.to(e.at)
		if err := e.do(ctx); err != nil {
			return err
		}
	}
	l.clock.to(l.clock.end)
	return nil
}

// planTalk plans a talk from its opening to its last answer, apart from what waits.
func (l *loader) planTalk(t *talkData) []event {
	if t.Held {
		return nil
	}
	begins := l.clock.end.Add(-time.Duration(t.DaysAgo) * day)
	gap := longestGap
	if n := len(t.Answers); n > 0 {
		gap = min(gap, (time.Duration(t.DaysAgo)*day-quietEnd)/time.Duration(n))
	}
	events := []event{{begins, func(ctx context.Context) error { return l.say(ctx, t, 0) }}}
	if t.State == statePinned {
		events = append(events, event{begins, func(ctx context.Context) error { return l.pin(ctx, t) }})
	}
	at := begins
	for no := 1; no <= len(t.Answers); no++ {
		if t.Answers[no-1].Held {
			continue
		}
		at = at.Add(gap)
		events = append(events, event{at, func(ctx context.Context) error { return l.say(ctx, t, no) }})
		if d, ok := l.world.reportedAndDecided(t, no); ok {
			events = append(events, event{at.Add(gap / 3), func(ctx context.Context) error { return l.reportAndDecide(ctx, t, d) }})
		}
	}
	if t.State == stateClosed {
		events = append(events, event{at.Add(gap / 3), func(ctx context.Context) error { return l.close(ctx, t) }})
	}
	return events
}

// planWaiting plans the last day: reports that nobody has read yet, and posts that wait.
func (l *loader) planWaiting() []event {
	var events []event
	for i, r := range l.world.Reports {
		ago := time.Duration(len(l.world.Reports)-i)*7*time.Hour - 40*time.Minute
		events = append(events, event{l.clock.end.Add(-ago), func(ctx context.Context) error { return l.report(ctx, r) }})
	}
	var held []func(context.Context) error
	for _, t := range l.world.Talks {
		for no := 0; no <= len(t.Answers); no++ {
			if said, err := t.said(no); err == nil && said.Held {
				held = append(held, func(ctx context.Context) error { return l.say(ctx, t, no) })
			}
		}
	}
	for i, say := range held {
		ago := time.Duration(len(held)-i)*2*time.Hour - 75*time.Minute
		events = append(events, event{l.clock.end.Add(-ago), say})
	}
	return events
}
