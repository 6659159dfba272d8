//go:build e2e

package e2e

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// house is a tiny site with good and bad pages. It stands in for the portal where the
// harness itself is tested: each thing that journeys rely on must be able to fail.
func house(t *testing.T) *portal {
	t.Helper()
	page := func(body string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			w.Header().Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'")
			fmt.Fprintf(w, "<!doctype html><html lang=\"%s\" dir=\"ltr\"><head><title>House</title></head><body><main>%s</main></body></html>",
				r.Header.Get("Accept-Language"), body)
		}
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/{$}", page(`<h1>House</h1><p id="said">Welcome</p><noscript><p id="plain">No script</p></noscript>
		<form method="post" action="/say"><label>Text <input name="text" value="before"></label>
		<label>Kind <select name="kind"><option value="a">a</option><option value="b">b</option></select></label>
		<button>Send</button></form><script src="/house.js"></script><p><a id="away" href="/away">Go away from here, to another page</a> and then read on.</p>`))
	mux.HandleFunc("/house.js", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/javascript")
		fmt.Fprint(w, `document.getElementById("said").textContent = "Welcome with script"`)
	})
	mux.HandleFunc("POST /say", func(w http.ResponseWriter, r *http.Request) {
		http.SetCookie(w, &http.Cookie{Name: "said", Value: "yes", HttpOnly: true, Path: "/"})
		http.Redirect(w, r, "/said?text="+r.FormValue("text")+"&kind="+r.FormValue("kind"), http.StatusSeeOther)
	})
	mux.HandleFunc("/said", func(w http.ResponseWriter, r *http.Request) {
		page("<h1>Said</h1><p>"+r.FormValue("text")+" "+r.FormValue("kind")+"</p>")(w, r)
	})
	mux.HandleFunc("/bad", page(`<h1>Bad</h1><img src="/dot.png"><input name="x"><p><font color="#cccccc">pale</font></p>`))
	mux.HandleFunc("/broken", func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "broken", http.StatusInternalServerError) })
	mux.HandleFunc("/thrown", page(`<h1>Thrown</h1><script src="/thrown.js"></script>`))
	mux.HandleFunc("/thrown.js", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/javascript")
		fmt.Fprint(w, `nothing.of.this.name()`)
	})
	mux.HandleFunc("/still", page(`<h1>Still</h1><p id="note">Note</p><button>Hide</button><script src="/still.js"></script>
		<details><summary>More</summary><p id="more">More of it</p></details>`))
	mux.HandleFunc("/still.js", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/javascript")
		fmt.Fprint(w, `document.querySelector("button").onclick = () => document.getElementById("note").remove();
			addEventListener("keydown", e => { if (e.key === "Escape") location = "/said?text=escaped" })`)
	})
	mux.HandleFunc("/inline", page(`<h1>Inline</h1><script>document.title = "no"</script>`))
	mux.HandleFunc("/heavy", page(`<h1>Heavy</h1>`+strings.Repeat(`<p>weight</p>`, 9000)))
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	exit, exited := neutral(t)
	mux.Handle("/away", http.RedirectHandler(exit, http.StatusSeeOther))
	mux.HandleFunc("/abroad", page(`<h1>Abroad</h1><script src="`+exited+`"></script>`))
	return &portal{base: server.URL, exit: exit, exited: exited}
}

func TestTheHarnessWalksWithAndWithoutScript(t *testing.T) {
	eachWay(t, func(t *testing.T, how opts) {
		j := house(t).journey(t, how)
		j.firstVisit("/")
		want := "Welcome"
		if how.Script {
			want = "Welcome with script"
		}
		if got := j.text("#said"); got != want {
			t.Errorf("script on is %v, and the page says %q, want %q", how.Script, got, want)
		}
		if j.exists("#plain") == how.Script {
			t.Errorf("script on is %v, and noscript is shown: %v", how.Script, j.exists("#plain"))
		}
		if got := j.attr("html", "lang"); got != how.Lang {
			t.Errorf("the browser asked for %q, want %q", got, how.Lang)
		}
		j.look("house")
		j.fill("input[name=text]", "سلام")
		j.choose("select[name=kind]", "b")
		j.press("button")
		j.sees("سلام b")
		j.seesNot("before")
		if c := j.cookies()["said"]; c == nil || !c.HTTPOnly || j.status != 200 {
			t.Errorf("got the cookie %+v and status %d", c, j.status)
		}
		j.back()
		j.press("#away")
		if got := j.text("h1"); got != "Sunny" || !strings.HasPrefix(j.address(), "http://localhost:") {
			t.Errorf("leaving came to %s: %s", j.address(), got)
		}
	})
}

func TestTheHarnessWaitsForWhatAScriptDoes(t *testing.T) {
	j := house(t).journey(t, opts{Script: true})
	j.open("/still")
	j.click("button")
	j.waitGone("#note")
	j.reload()
	j.wait("#note")
	j.keys(kb.Escape)
	j.waitPath("/said?text=escaped")
	if got := j.title(); got != "House" || j.text("h1") != "Said" {
		t.Errorf("Escape came to %q, %q", got, j.text("h1"))
	}
}

func TestTheHarnessOpensADisclosureWithoutScript(t *testing.T) {
	j := house(t).journey(t, opts{})
	j.open("/still")
	j.click("summary")
	j.wait("#more")
	j.waitPath("/still")
}

func TestACodeIsNeverGivenTwice(t *testing.T) {
	who := &person{Name: "somebody", TOTP: "JBSWY3DPEHPK3PXP"}
	whole := &person{Name: "the same", TOTP: "otpauth://totp/Portico:x?secret=JBSWY3DPEHPK3PXP&issuer=Portico"}
	first, second := who.code(t), who.code(t)
	if first == second {
		t.Errorf("got %s twice", first)
	}
	if got := whole.code(t); got != first && got != second {
		t.Errorf("the whole address gives %s, the secret alone %s and %s", got, first, second)
	}
}

func TestTheHarnessSeesWhatMustNotBe(t *testing.T) {
	for _, row := range []struct {
		path   string
		status int
		want   string
	}{
		{"/", 200, ""},
		{"/abroad", 200, "another host"},
		{"/inline", 200, "security"},
		{"/thrown", 200, "exception"},
		{"/broken", 500, "answered 500"},
	} {
		t.Run(row.path, func(t *testing.T) {
			h := house(t)
			j := newJourney(t, h.base, nil, opts{Script: true})
			j.openAs(row.path, row.status)
			_ = j.requests()
			got := strings.Join(j.traffic.faults(h.base, j.leaving), "\n")
			if row.want == "" && got != "" || !strings.Contains(got, row.want) {
				t.Errorf("got %q, want a fault with %q", got, row.want)
			}
			j.traffic = newTraffic() // what was planted is not this test's own fault
		})
	}
}

func TestTheHarnessWeighsAVisit(t *testing.T) {
	j := house(t).journey(t, opts{})
	j.open("/heavy")
	weight := 0
	for _, r := range j.requests() {
		weight += r.Bytes
	}
	if weight < firstVisitBytes {
		t.Errorf("a page of over 100 KB weighs %d", weight)
	}
	j.openAs("/nowhere", 404)
	if got := j.count("h1"); got != 0 {
		t.Errorf("got %d h1, want none", got)
	}
}
