package bench

import (
	"context"
	"fmt"
	"time"

	"github.com/valyala/fasthttp"
)

// Targets of start and memory.
const (
	startTarget  = 500 // ms
	memoryTarget = 150 // MB
	memoryPosts  = 1_000_000
)

// starts measures how long a stopped server takes until it answers, the front page included.
func (b *bench) starts(ctx context.Context) ([]Row, error) {
	var healthy, front []float64
	for range max(b.Runs, 1) {
		if err := b.serve.stop(); err != nil {
			return nil, err
		}
		fresh, err := b.start(ctx)
		if err != nil {
			return nil, err
		}
		b.serve = fresh
		for _, first := range []struct {
			path string
			took *[]float64
		}{{"/healthz", &healthy}, {"/", &front}} {
			if err := b.answers(first.path); err != nil {
				return nil, err
			}
			*first.took = append(*first.took, ms(time.Since(fresh.begun)))
		}
	}
	row := Row{Path: "start to the first page", Value: median(front), Unit: "ms"}
	row.met("under 500 ms", row.Value < startTarget)
	return []Row{{Path: "start to /healthz", Value: median(healthy), Unit: "ms"}, row}, nil
}

func (b *bench) answers(path string) error {
	return exchangeAll(b.serve.address, [][]byte{browser{lang: "en"}.get(path)}, 1, func(_ int, answer *fasthttp.Response) error {
		if answer.StatusCode() != fasthttp.StatusOK {
			return fmt.Errorf("%s: status %d", path, answer.StatusCode())
		}
		return nil
	})
}

// memory measures what the server holds after a round of reading, searching and writing.
func (b *bench) memory(ctx context.Context) ([]Row, error) {
	if err := b.takeForms(); err != nil {
		return nil, fmt.Errorf("take the forms: %w", err)
	}
	forms, err := b.forms()
	if err != nil {
		return nil, err
	}
	for _, w := range []work{b.ownTalks(false), b.publicWork("en", b.publicTopics(pagesInTurn)), b.questions(b.seats, questions), forms} {
		if _, err := drive(ctx, b.serve.address, w, connections, b.Round); err != nil {
			return nil, err
		}
	}
	now, most, err := b.serve.resident()
	if err != nil {
		return nil, err
	}
	const mb = 1 << 20
	row := Row{Path: fmt.Sprintf("memory, resident, %d posts", b.town.about.Posts), Value: float64(now) / mb, Unit: "MB"}
	row.Wanted = "under 150 MB with a million posts"
	if fits := row.Value < memoryTarget; b.town.about.Posts >= memoryPosts || !fits {
		row.Met = &fits
	}
	row.Note = fmt.Sprintf("%s MB at most since the start", number(float64(most)/mb))
	return []Row{row}, nil
}
