//go:build e2e

package e2e

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"sync"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
)

// request is one request that the browser made.
type request struct {
	URL    string
	Page   string // the page that asked for it; a page asks for itself
	Kind   string // "Document", "Stylesheet", "Script", "Image" …
	Status int
	Bytes  int // on the wire, with headers
	done   bool
}

// traffic hears everything that the browser asks for and complains about.
type traffic struct {
	mu         sync.Mutex
	requests   []*request
	open       map[network.RequestID]*request
	complaints []string
	changed    chan struct{} // closed and made anew with each event
}

func newTraffic() *traffic {
	return &traffic{open: map[network.RequestID]*request{}, changed: make(chan struct{})}
}

// hear takes one event of the browser. It runs in the browser's own loop: it only notes.
func (tr *traffic) hear(event any) {
	tr.mu.Lock()
	defer tr.mu.Unlock()
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		if strings.HasPrefix(e.Request.URL, "data:") || strings.HasPrefix(e.Request.URL, "blob:") {
			return
		}
		if before := tr.open[e.RequestID]; before != nil && e.RedirectResponse != nil {
			before.Status, before.done = int(e.RedirectResponse.Status), true
			before.Bytes = int(e.RedirectResponse.EncodedDataLength)
		}
		r := &request{URL: e.Request.URL, Page: e.DocumentURL, Kind: string(e.Type)}
		tr.requests, tr.open[e.RequestID] = append(tr.requests, r), r
	case *network.EventResponseReceived:
		if r := tr.open[e.RequestID]; r != nil {
			r.Status = int(e.Response.Status)
			if r.Status >= 500 {
				tr.complaints = append(tr.complaints, fmt.Sprintf("%s answered %d", r.URL, r.Status))
			}
		}
	case *network.EventLoadingFinished:
		if r := tr.open[e.RequestID]; r != nil {
			r.Bytes, r.done = int(e.EncodedDataLength), true
		}
	case *network.EventLoadingFailed:
		if r := tr.open[e.RequestID]; r != nil {
			r.done = true
		}
	case *log.EventEntryAdded:
		// Refused scripts and styles come as security; failed loads, which may be part of a
		// journey ("not found"), come as network and are judged by their status above.
		if e.Entry.Level == log.EntryLevelError && e.Entry.Source != log.EntrySourceNetwork {
			tr.complaints = append(tr.complaints, fmt.Sprintf("%s: %s", e.Entry.Source, e.Entry.Text))
		}
	case *runtime.EventExceptionThrown:
		tr.complaints = append(tr.complaints, "exception: "+e.ExceptionDetails.Text)
	default:
		return
	}
	close(tr.changed)
	tr.changed = make(chan struct{})
}

// settled waits until every request has its end, and returns those from number first on.
func (tr *traffic) settled(ctx context.Context, first int) ([]request, error) {
	for {
		tr.mu.Lock()
		all, waiting, changed := []request{}, "", tr.changed
		for _, r := range tr.requests[first:] {
			all = append(all, *r)
			if !r.done {
				waiting = r.URL
			}
		}
		tr.mu.Unlock()
		if waiting == "" {
			return all, nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return all, fmt.Errorf("%s never ended: %w", waiting, ctx.Err())
		}
	}
}

// count returns how many requests there were so far.
func (tr *traffic) count() int {
	tr.mu.Lock()
	defer tr.mu.Unlock()
	return len(tr.requests)
}

// faults names what no journey may do: a request to another host than the portal's, unless
// the page that she left to asks for it, and whatever the console complained about.
func (tr *traffic) faults(base string, leaving []string) []string {
	tr.mu.Lock()
	defer tr.mu.Unlock()
	faults := append([]string{}, tr.complaints...)
	for _, r := range tr.requests {
		if origin(r.URL) == origin(base) {
			continue
		}
		left := false
		for _, exit := range leaving {
			left = left || origin(r.Page) == origin(exit)
		}
		if !left {
			faults = append(faults, fmt.Sprintf("a request to another host: %s (%s)", r.URL, r.Kind))
		}
	}
	return faults
}

func origin(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	return u.Scheme + "://" + u.Host
}
