package webtest

import (
	"net/http"
	"testing"

	"portico/app/member"
)

// Person is somebody with a language, a form and the cookies that she was given.
type Person struct {
	T       testing.TB
	House   *House
	Actor   member.Actor
	Lang    string
	OldForm bool // her form is from an older session
	Cookies map[string]string
}

// Visitor is somebody without a key.
func (h *House) Visitor(t testing.TB) *Person {
	return &Person{T: t, House: h, Lang: "en", Cookies: map[string]string{}}
}

// Person is this actor at a browser of her own.
func (h *House) Person(t testing.TB, who member.Actor) *Person {
	p := h.Visitor(t)
	p.Actor = who
	return p
}

// Get opens a page.
func (p *Person) Get(path string) Answer { p.T.Helper(); return p.by(p.House.Ask, get(path)) }

// Post sends a form; fields are names and values in turn.
func (p *Person) Post(path string, fields ...string) Answer {
	p.T.Helper()
	return p.by(p.House.Ask, p.House.form(path, fields))
}

// Send sends a request of hers, and looks at nothing.
func (p *Person) Send(r *http.Request) Answer { p.T.Helper(); return p.by(p.House.Send, r) }

func (p *Person) by(way func(testing.TB, *http.Request) Answer, r *http.Request) Answer {
	p.T.Helper()
	p.House.Who, p.House.Lang, p.House.Old = p.Actor, p.Lang, p.OldForm
	for name, value := range p.Cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	a := way(p.T, r)
	for _, cookie := range (&http.Response{Header: a.Header}).Cookies() {
		if cookie.MaxAge < 0 {
			delete(p.Cookies, cookie.Name)
		} else {
			p.Cookies[cookie.Name] = cookie.Value
		}
	}
	return a
}
