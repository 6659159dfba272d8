//go:build e2e

package e2e

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

func TestALongPostOutlivesItsSession(t *testing.T) {
	eachWay(t, func(t *testing.T, how opts) {
		p, say := serve(t), how.sentences()
		who := p.withRole(t, "")
		j := p.journey(t, how)
		j.signsInAs(who)
		talk := j.firstTalk("health")
		long := strings.TrimSpace(strings.Repeat(say.answer+"\n\n"+say.mended+"\n\n", 20))
		j.paste("#body", long)
		p.endSession(t, j.cookies()["__Host-portico"].Value)

		j.press(sendButton)
		if j.status != 401 || j.value("#body") != long {
			t.Fatalf("status %d, and %d of %d characters came back", j.status, len(j.value("#body")), len(long))
		}
		j.sees(j.words().T("forum.again.signin"))
		j.look("signed out while writing")
		j.fill("#key", strings.Repeat("1", 20))
		j.press(sendButton)
		j.refused("key")
		if j.value("#body") != long || j.value("#key") != "" {
			t.Fatalf("a wrong key brings back %d characters and the key %q", len(j.value("#body")), j.value("#key"))
		}
		j.look("wrong key while writing")
		j.fill("#key", how.typedIn(who.Key))
		j.press(sendButton)
		j.arrivedAt(talk)
		j.in()
		if got := j.times(say.answer); got != 1 {
			t.Errorf("her words stand %d times in the talk, want once", got)
		}
		j.look("sent after all")
	})
}

func TestAFormThatIsSentTwicePostsOnce(t *testing.T) {
	p := serve(t)
	j := p.journey(t, ways[1])
	j.signsInAs(p.withRole(t, ""))
	talk := j.firstTalk("health")
	form := j.value("input[name=nonce]")
	for range 2 {
		// Browsers that keep a page in memory show the very same form again after Back.
		j.paste("input[name=nonce]", form)
		j.fill("#body", ways[1].sentences().answer)
		j.press(sendButton)
		j.arrivedAt(talk)
		if got := j.times(ways[1].sentences().answer); got != 1 {
			t.Errorf("the answer stands %d times in the talk, want once", got)
		}
		j.back()
	}
}

func TestWhatCannotBeSentComesBackWithItsWords(t *testing.T) {
	eachWay(t, func(t *testing.T, how opts) {
		p, say := serve(t), how.sentences()
		j := p.journey(t, how)
		j.signsInAs(p.withRole(t, ""))
		j.open("/forum/health/start")
		j.fill("#title", "x")
		j.press(sendButton)
		j.refused("body")
		j.look("too short")
		long := strings.Repeat(say.answer+" ", 8000/len([]rune(say.answer)))
		j.fill("#title", say.title)
		j.paste("#body", long)
		j.press(sendButton)
		j.refused("body")
		if j.value("#body") != long {
			t.Error("the long text came back changed")
		}
		j.picture("too long")
		talk := j.starts("care", say.title, "<script>alert(1)</script> <img src=x onerror=alert(2)> **"+say.answer+"** [here](javascript:alert(3))")
		j.sees("<script>alert(1)</script>")
		j.sees("onerror=alert(2)")
		if j.exists("main .prose script, main .prose img, main .prose a[href^=javascript]") {
			t.Error("markup of hers became part of the page")
		}
		j.look("markup shown as text")
		j.open(talk)
		j.press(`main .acts a[href$="/delete"]`)
		j.look("delete")
		j.press(`main form[action$="/delete"] button`)
		j.look("deleted")
		j.openAs(talk, 404)
	})
}

func TestForbiddenAndUnknownLookAlike(t *testing.T) {
	eachWay(t, func(t *testing.T, how opts) {
		p := serve(t)
		visitor, member := p.journey(t, how), p.journey(t, how)
		member.signsInAs(p.withRole(t, ""))
		for _, row := range []struct {
			j     *journey
			paths []string
		}{
			{visitor, []string{"/team", "/desk", "/me", "/forum/care", "/team/invitations"}},
			{member, []string{"/desk", "/team", "/desk/keys", "/team/invitations", "/forum/health/nothing"}},
		} {
			row.j.openAs("/there-is-no-such-page", 404)
			row.j.look("unknown")
			want := row.j.text("body")
			for _, path := range row.paths {
				row.j.openAs(path, 404)
				if got := row.j.text("body"); got != want {
					t.Errorf("%s tells itself apart from an unknown address:\n%s\nwant\n%s", path, got, want)
				}
			}
		}
	})
}

func TestAStaleEditShowsBothTexts(t *testing.T) {
	eachWay(t, func(t *testing.T, how opts) {
		p, say := serve(t), how.sentences()
		who := p.withRole(t, "")
		j, elsewhere := p.journey(t, how), p.journey(t, how)
		j.signsInAs(who)
		elsewhere.signsInAs(who)
		talk := j.starts("care", say.title, say.mended)
		j.press(`main .acts a[href$="/edit"]`)
		elsewhere.open(talk)
		elsewhere.press(`main .acts a[href$="/edit"]`)
		elsewhere.fill("#body", say.answer)
		elsewhere.press(sendButton)
		elsewhere.arrivedAt(talk)

		j.fill("#body", say.mended+" "+say.answer)
		j.press(sendButton)
		if j.status != 409 || j.value("#body") != say.mended+" "+say.answer || j.text("main blockquote") != say.answer {
			t.Fatalf("status %d, hers %q, standing %q", j.status, j.value("#body"), j.text("main blockquote"))
		}
		j.look("both texts")
		j.press(sendButton)
		j.arrivedAt(talk)
		j.sees(say.mended + " " + say.answer)
	})
}

func TestAFormOfAnotherSiteDoesNothing(t *testing.T) {
	p := serve(t)
	j := p.journey(t, ways[0])
	j.signsInAs(p.withRole(t, ""))
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, `<!doctype html><html lang="en"><title>Elsewhere</title><form method="post" action="%s/forum/health/topics">
			<input name="title" value="Not hers"><input name="body" value="Not her words"><button>Go</button></form>`, p.base)
	}))
	t.Cleanup(site.Close)
	j.leaving = append(j.leaving, site.URL)
	j.do("go elsewhere", chromedp.Navigate(site.URL))
	j.press("button")
	if j.status != 403 {
		t.Errorf("a form of another site answered %d, want 403", j.status)
	}
	j.look("refused from elsewhere")
	j.open("/my/talks")
	j.seesNot("Not hers")
}

// times counts the posts of the page that say something.
func (j *journey) times(words string) (n int) {
	j.t.Helper()
	for i := range j.count("article.post") {
		if strings.Contains(j.text(fmt.Sprintf("article.post:nth-of-type(%d)", i+1)), words) {
			n++
		}
	}
	return n
}
