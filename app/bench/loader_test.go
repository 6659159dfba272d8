package bench

import (
	"bytes"
	"compress/gzip"
	"net"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/valyala/fasthttp"
)

// answering serves what a function writes, on a free port.
func answering(t *testing.T, handle fasthttp.RequestHandler) (address string) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := &fasthttp.Server{Handler: handle}
	done := make(chan error, 1)
	go func() { done <- server.Serve(listener) }()
	t.Cleanup(func() {
		if err := server.Shutdown(); err != nil {
			t.Error(err)
		}
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	return listener.Addr().String()
}

func packed(t *testing.T, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestALoadThatIsAnsweredWrongFails answers wrong after some right answers, in each way that
// a server may, and looks that the load notices.
func TestALoadThatIsAnsweredWrongFails(t *testing.T) {
	page := "<p>The bread is warm.</p>" + strings.Repeat("<p>Tea stands on the table.</p>", 40)
	whole, other := packed(t, page), packed(t, strings.Replace(page, "bread", "house", 1))
	short := packed(t, "<p>The bread is warm.</p>")
	right := func(c *fasthttp.RequestCtx) {
		c.Response.Header.SetContentEncoding("gzip")
		c.SetBody(whole)
	}
	for _, row := range []struct {
		name   string
		judged func(*expected, *fasthttp.Response) error
		later  fasthttp.RequestHandler
		want   string // "" where all is well
	}{
		{"all is well", (*expected).page, right, ""},
		{"all is well for her", (*expected).hers, right, ""},
		{"a refusal", (*expected).page, func(c *fasthttp.RequestCtx) { c.SetStatusCode(429) }, "429"},
		{"a refusal for her", (*expected).hers, func(c *fasthttp.RequestCtx) { c.SetStatusCode(429) }, "429"},
		{"a form not taken", func(_ *expected, a *fasthttp.Response) error { return moved(a) }, right, "200"},
		{"other words", (*expected).page, func(c *fasthttp.RequestCtx) { right(c); c.SetBody(other) }, "without the words"},
		{"other words for her", (*expected).hers, func(c *fasthttp.RequestCtx) { right(c); c.SetBody(other) }, "without the words"},
		{"half a page for her", (*expected).hers, func(c *fasthttp.RequestCtx) { right(c); c.SetBody(short) }, "bytes where one of about"},
		{"other words, not compressed", (*expected).hers, func(c *fasthttp.RequestCtx) { c.SetBodyString("<p>Nothing.</p>") }, "without the words"},
	} {
		t.Run(row.name, func(t *testing.T) {
			var asked atomic.Int64
			address := answering(t, func(c *fasthttp.RequestCtx) {
				if asked.Add(1) <= 20 {
					right(c)
					return
				}
				row.later(c)
			})
			w := newPrepared(row.judged)
			w.add(browser{lang: "en"}.get("/"), expect("The bread is warm."))
			r, err := drive(t.Context(), address, w, 4, 200*time.Millisecond)
			if row.want == "" {
				if err != nil || r.answers < 20 || r.wrong != 0 || r.rate() <= 0 || r.latency.n != r.answers {
					t.Errorf("got %+v, %v", r.answers, err)
				}
				return
			}
			if err == nil || !strings.Contains(err.Error(), row.want) || !strings.Contains(err.Error(), "were wrong") {
				t.Errorf("got %v; want an error with %q", err, row.want)
			}
		})
	}
}

func TestAServerThatHangsUpFailsTheLoad(t *testing.T) {
	address := answering(t, func(c *fasthttp.RequestCtx) { c.HijackSetNoResponse(true); c.Hijack(func(net.Conn) {}) })
	w := newPrepared((*expected).page)
	w.add(browser{lang: "en"}.get("/"), expect())
	if _, err := drive(t.Context(), address, w, 2, 100*time.Millisecond); err == nil {
		t.Error("the load ended well without an answer")
	}
}

func TestTheSpreadOfLatencies(t *testing.T) {
	var h, other histogram
	for i := range 99 {
		h.add(time.Duration(i+1) * time.Millisecond)
	}
	other.add(time.Hour)
	h.join(&other)
	if got := h.at(0.5); got < 50*time.Millisecond || got > 51*time.Millisecond {
		t.Errorf("half came within %s; want 50 ms", got)
	}
	if got := h.at(0.99); got < 99*time.Millisecond || got > 100*time.Millisecond {
		t.Errorf("99 of a hundred came within %s; want 99 ms", got)
	}
	if got := h.at(1); got < time.Second || h.n != 100 {
		t.Errorf("all %d came within %s; want the slowest", h.n, got)
	}
}
