//go:build e2e

package e2e

import (
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp/kb"
)

func TestExitLeadsAwayAndLeavesNothingBehind(t *testing.T) {
	eachWay(t, func(t *testing.T, how opts) {
		p := serve(t)
		j, cookie := p.readsSignedIn(t, how)
		j.press("form.exit button")
		j.waitAddress(p.exited)
		j.gone(p, cookie)
	})
}

func TestEscapeThreeTimesIsExit(t *testing.T) {
	for _, how := range []opts{{Script: true, Lang: "en"}, {Script: true, Lang: "ar", Width: 320}} {
		t.Run(how.String(), func(t *testing.T) {
			p := serve(t)
			j, cookie := p.readsSignedIn(t, how)
			j.click("#body") // also from inside a field
			j.keys(kb.Escape)
			j.keys(kb.Escape)
			if j.address() == p.exited {
				t.Fatal("Escape twice leaves already")
			}
			j.keys(kb.Escape)
			j.waitAddress(p.exited)
			j.gone(p, cookie)
		})
	}
}

func TestExitWorksWithADeadSession(t *testing.T) {
	p := serve(t)
	j, cookie := p.readsSignedIn(t, opts{})
	p.endSession(t, cookie)
	j.press("form.exit button")
	j.waitAddress(p.exited)
	j.gone(p, cookie)
}

func TestExitIsTheFirstStopOfTheKeyboard(t *testing.T) {
	eachWay(t, func(t *testing.T, how opts) {
		p := serve(t)
		j := p.journey(t, how)
		j.open("/forum")
		j.keys("\t")
		if got := j.attr("*:focus", "type") + " " + j.text("*:focus"); got != "submit "+j.words().T("frame.exit") {
			t.Errorf("the first stop is %q, want Exit", got)
		}
		j.keys(kb.Enter)
		j.waitAddress(p.exited)
	})
}

// readsSignedIn is a member who reads a talk in a room for members, with the cookie that
// her browser holds.
func (p *portal) readsSignedIn(t *testing.T, how opts) (j *journey, cookie string) {
	t.Helper()
	j = p.journey(t, how)
	j.signsInAs(p.withRole(t, ""))
	talk := j.starts("care", how.sentences().title, how.sentences().mended)
	j.open(talk)
	j.sees(how.sentences().mended)
	return j, j.cookies()["__Host-portico"].Value
}

// gone wants an ended session, a browser without its cookies, and nothing of her page on
// the way back.
func (j *journey) gone(p *portal, cookie string) {
	j.t.Helper()
	// With script the page leaves at once; the session ends, and its cookies go, with a
	// request beside it.
	for ends := time.Now().Add(ceiling); p.ask(j.t, "/me", cookie) != http.StatusNotFound; {
		if time.Now().After(ends) {
			j.stop("with the old cookie her account is still open")
		}
	}
	for ends := time.Now().Add(ceiling); ; {
		held := j.cookies()
		delete(held, "__Host-flash")
		if len(held) == 0 {
			break
		}
		if time.Now().After(ends) {
			j.stop("cookies are still there: %v", slices.Sorted(maps.Keys(held)))
		}
	}
	j.back()
	if !strings.HasPrefix(j.address(), p.base) {
		j.stop("back leads to %s", j.address())
	}
	j.out()
	j.seesNot(j.how.sentences().mended)
	j.seesNot(j.how.sentences().title)
	j.look("back after exit")
}

// ask reads a page with a session's cookie, as a thief of the cookie would.
func (p *portal) ask(t *testing.T, path, cookie string) (status int) {
	t.Helper()
	return p.request(t, http.MethodGet, path, cookie)
}

// endSession ends a session from elsewhere: the browser that holds the cookie does not know.
func (p *portal) endSession(t *testing.T, cookie string) {
	t.Helper()
	if got := p.request(t, http.MethodPost, "/exit", cookie); got != http.StatusSeeOther {
		t.Fatalf("ending the session answered %d", got)
	}
}

func (p *portal) request(t *testing.T, method, path, cookie string) (status int) {
	t.Helper()
	ask, err := http.NewRequestWithContext(t.Context(), method, p.base+path, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	ask.AddCookie(&http.Cookie{Name: "__Host-portico", Value: cookie})
	answer, err := http.DefaultTransport.RoundTrip(ask)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if _, err := io.Copy(io.Discard, answer.Body); err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode
}
