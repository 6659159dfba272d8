package bench

import (
	"context"
	"time"
)

// connections is how many browsers ask at once.
const connections = 16

// side is one of the two that take turns: a path, or what it is compared with.
type side struct {
	address string
	work    work
	workers int
	// rate measures one round where no load of ours does.
	rate func(context.Context, time.Duration) (float64, error)
}

// turns are the rounds of a path and of its reference, one after the other.
type turns struct {
	rates, beside, ratios []float64
	p50, p99              []float64
}

// alternate warms both sides and measures them in turn.
func (b *bench) alternate(ctx context.Context, path side, reference *side) (turns, error) {
	var t turns
	both := []*side{&path}
	if reference != nil {
		both = append(both, reference)
	}
	for _, s := range both {
		if _, _, err := s.round(ctx, max(b.Round/2, 100*time.Millisecond)); err != nil {
			return t, err
		}
	}
	for range b.Runs {
		rate, r, err := path.round(ctx, b.Round)
		if err != nil {
			return t, err
		}
		t.rates = append(t.rates, rate)
		t.p50, t.p99 = append(t.p50, ms(r.latency.at(0.5))), append(t.p99, ms(r.latency.at(0.99)))
		if reference == nil {
			continue
		}
		other, _, err := reference.round(ctx, b.Round)
		if err != nil {
			return t, err
		}
		t.beside, t.ratios = append(t.beside, other), append(t.ratios, rate/other)
	}
	return t, nil
}

func (s *side) round(ctx context.Context, lasts time.Duration) (float64, *round, error) {
	if s.rate != nil {
		rate, err := s.rate(ctx, lasts)
		return rate, nil, err
	}
	r, err := drive(ctx, s.address, s.work, s.workers, lasts)
	if err != nil {
		return 0, nil, err
	}
	return r.rate(), r, nil
}

// row is the line of a path that counts answers per second.
func (t turns) row(name, beside string) Row {
	r := Row{Path: name, Value: median(t.rates), Unit: "/s", P50: median(t.p50), P99: median(t.p99)}
	if len(t.ratios) > 0 {
		reference, ratio := median(t.beside), median(t.ratios)
		r.Reference, r.Ratio, r.Beside = &reference, &ratio, beside
	}
	return r
}
