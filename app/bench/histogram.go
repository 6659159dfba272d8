package bench

import "time"

// Latencies are counted in steps of 20 µs up to two seconds; what takes longer is counted as
// two seconds.
const (
	latencyStep  = 20 * time.Microsecond
	latencySteps = 100_000
)

// histogram counts how long answers took. The zero histogram is empty.
type histogram struct {
	steps [latencySteps]uint32
	n     int
}

func (h *histogram) add(took time.Duration) {
	h.steps[min(int(took/latencyStep), latencySteps-1)]++
	h.n++
}

func (h *histogram) join(other *histogram) {
	for i, n := range other.steps {
		h.steps[i] += n
	}
	h.n += other.n
}

// at is the time within which the given share of answers came, such as 0.99.
func (h *histogram) at(share float64) time.Duration {
	want, seen := int(share*float64(h.n)+0.5), 0
	for i, n := range h.steps {
		if seen += int(n); n > 0 && seen >= want {
			return time.Duration(i+1) * latencyStep
		}
	}
	return 0
}
