package webtest

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// Get opens a page.
func (h *House) Get(t testing.TB, path string) Answer {
	t.Helper()
	return h.Ask(t, get(path))
}

// Post sends a form; fields are names and values in turn.
func (h *House) Post(t testing.TB, path string, fields ...string) Answer {
	t.Helper()
	return h.Ask(t, h.form(path, fields))
}

// Ask sends a request and holds a page that comes back to what every page keeps.
func (h *House) Ask(t testing.TB, r *http.Request) Answer {
	t.Helper()
	a := h.Send(t, r)
	if strings.HasPrefix(a.Header.Get("Content-Type"), "text/html") {
		h.judge(t, r.Method+" "+r.URL.Path, a.Body)
	}
	return a
}

// Send sends a request, and looks at nothing.
func (h *House) Send(t testing.TB, r *http.Request) Answer {
	t.Helper()
	res, err := h.App.Test(r, -1)
	if err != nil {
		t.Fatalf("%s %s: %v", r.Method, r.URL, err)
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	Must(t, err)
	return Answer{Status: res.StatusCode, To: res.Header.Get("Location"), Body: string(body), Text: textOf(string(body)), Header: res.Header}
}

// get is the request for a page. What follows a # is for the browser alone.
func get(path string) *http.Request {
	path, _, _ = strings.Cut(path, "#")
	return httptest.NewRequest(http.MethodGet, path, nil)
}

func (h *House) form(path string, fields []string) *http.Request {
	form := url.Values{}
	for i := 0; i < len(fields); i += 2 {
		if h.Lists == nil || slices.Contains(h.Lists, fields[i]) {
			form.Add(fields[i], fields[i+1])
		} else {
			form.Set(fields[i], fields[i+1])
		}
	}
	path, _, _ = strings.Cut(path, "#")
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return r
}
