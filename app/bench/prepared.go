package bench

import (
	"sync/atomic"

	"github.com/valyala/fasthttp"
)

// prepared is work that was written down before: whole requests, asked one after the other
// over all connections, each with what its answer has to hold. Asking makes no garbage.
type prepared struct {
	requests [][]byte
	expected []*expected // by request
	judged   func(*expected, *fasthttp.Response) error
	next     atomic.Uint64
	asked    []int // by worker
}

// mostWorkers is how many connections a load may have.
const mostWorkers = 64

func newPrepared(judged func(*expected, *fasthttp.Response) error) *prepared {
	return &prepared{judged: judged, asked: make([]int, mostWorkers)}
}

func (p *prepared) add(request []byte, e *expected) {
	p.requests, p.expected = append(p.requests, request), append(p.expected, e)
}

func (p *prepared) ask(worker int, buf []byte) ([]byte, error) {
	i := int(p.next.Add(1)-1) % len(p.requests)
	p.asked[worker] = i
	return append(buf, p.requests[i]...), nil
}

func (p *prepared) judge(worker int, answer *fasthttp.Response) error {
	return p.judged(p.expected[p.asked[worker]], answer)
}
