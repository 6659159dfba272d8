package bench

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/valyala/fasthttp"
	"golang.org/x/net/html"
)

// Targets of a first visit.
const (
	visitBytes    = 60 * 1024
	visitRequests = 5
	nextBytes     = 12 * 1024
)

// firstVisit counts what somebody pays for who comes for the first time: the front page with
// everything that it names, as bytes on the line, and then one page more.
func (b *bench) firstVisit(ctx context.Context) ([]Row, error) {
	front, named, err := b.fetch("/")
	if err != nil {
		return nil, err
	}
	total := front
	for _, path := range named {
		n, _, err := b.fetch(path)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		total += n
	}
	next, more, err := b.fetch("/forum")
	if err != nil {
		return nil, err
	}
	for _, path := range more {
		if !slices.Contains(named, path) {
			n, _, err := b.fetch(path)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", path, err)
			}
			next += n
		}
	}
	weight := Row{Path: "first visit", Value: float64(total) / 1024, Unit: "KB"}
	weight.met("at most 60 KB", total <= visitBytes)
	requests := Row{Path: "first visit, requests", Value: float64(1 + len(named)), Unit: "requests"}
	requests.met("at most 5", 1+len(named) <= visitRequests)
	after := Row{Path: "the next page", Value: float64(next) / 1024, Unit: "KB"}
	after.met("at most 12 KB", next <= nextBytes)
	return []Row{weight, requests, after}, nil
}

// fetch asks for one address as a browser does and returns its bytes on the line with the
// addresses that a page names for itself.
func (b *bench) fetch(path string) (size int, named []string, err error) {
	request := browser{lang: "en"}.get(path)
	err = exchangeAll(b.serve.address, [][]byte{request}, 1, func(_ int, answer *fasthttp.Response) error {
		if answer.StatusCode() != fasthttp.StatusOK {
			return fmt.Errorf("status %d", answer.StatusCode())
		}
		size = len(answer.Header.Header()) + len(answer.Body())
		if !bytes.HasPrefix(answer.Header.ContentType(), []byte("text/html")) {
			return nil
		}
		body, err := answer.BodyUncompressed()
		if err != nil {
			return err
		}
		named, err = belongings(body)
		return err
	})
	return size, named, err
}

// fetched are the links of a page that browsers follow by themselves.
var fetched = []string{"stylesheet", "icon", "manifest", "preload", "modulepreload"}

// belongings lists what a page makes a browser fetch, each once.
func belongings(page []byte) (paths []string, err error) {
	tree, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		return nil, err
	}
	for n := range tree.Descendants() {
		at := map[string]string{}
		for _, a := range n.Attr {
			at[a.Key] = a.Val
		}
		path := ""
		switch {
		case n.Type != html.ElementNode:
		case n.Data == "script" || n.Data == "img" && at["loading"] != "lazy":
			path = at["src"]
		case n.Data == "link" && slices.ContainsFunc(strings.Fields(at["rel"]), func(rel string) bool { return slices.Contains(fetched, rel) }):
			path = at["href"]
		}
		if strings.HasPrefix(path, "/") && !slices.Contains(paths, path) {
			paths = append(paths, path)
		}
	}
	return paths, nil
}
