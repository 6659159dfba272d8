//go:build e2e

package e2e

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

func TestSheSeesAndEndsHerSessions(t *testing.T) {
	eachWay(t, func(t *testing.T, how opts) {
		p := serve(t)
		phone, library := p.journey(t, how), p.journey(t, how)
		key := phone.joins(p)
		library.signsIn(key)

		phone.seesHerAccount()
		phone.look("account")
		phone.fill("#label", "blue")
		phone.press(`form[action="/me/label"] button`)
		if n := phone.count(`main form[action$="/end"]`); n != 1 {
			t.Fatalf("she can end %d other sessions, want one", n)
		}
		phone.sees("blue")
		phone.look("account with two devices")
		phone.press(`main form[action$="/end"] button`)
		phone.sees(phone.words().T("me.session.ended"))
		phone.in()
		library.openAs("/me", 404)
		library.out()

		phone.follow("/me/end-all")
		phone.look("end all")
		phone.fill("#key", how.typedIn(key))
		phone.press(graveButton)
		phone.arrivedAt("/sign-in")
		phone.out()
		phone.look("everywhere signed out")
	})
}

func TestSheChangesHerKey(t *testing.T) {
	eachWay(t, func(t *testing.T, how opts) {
		p, say := serve(t), how.sentences()
		j := p.journey(t, how)
		old := j.joins(p)
		talk := j.starts("start", say.title, say.mended)
		j.open("/me")
		j.follow("/me/key")
		j.look("change key")
		j.fill("#key", strings.Repeat("1", 20))
		j.press(sendButton)
		if j.status != 403 || j.value("#key") != "" || !j.exists(`.error-summary a[href="#key"]`) {
			t.Fatalf("a wrong key: status %d, the field holds %q", j.status, j.value("#key"))
		}
		j.look("change key refused")
		j.fill("#key", how.typedIn(old))
		j.press(sendButton)
		j.arrivedAt("/key")
		j.look("new key")
		fresh := j.keyShown()
		if fresh == old {
			t.Fatal("the new key is the old one")
		}
		j.open(talk)
		j.sees(say.mended) // her own words wait, and only she sees them

		elsewhere := p.journey(t, how)
		elsewhere.open("/sign-in")
		elsewhere.fill("#key", old)
		elsewhere.press(sendButton)
		elsewhere.refused("key")
		elsewhere.signsIn(fresh)
		elsewhere.open("/my/talks")
		elsewhere.sees(say.title)
	})
}

func TestSheDeletesHerAccountWithHerWords(t *testing.T) {
	eachWay(t, func(t *testing.T, how opts) {
		p, say := serve(t), how.sentences()
		j, visitor := p.journey(t, how), p.journey(t, how)
		key := j.joins(p)
		talk := j.starts("start", say.title, say.mended)
		p.keep(t, how, say.mended)
		visitor.open(talk)
		visitor.sees(say.mended)

		j.open("/me")
		j.follow("/me/delete")
		j.look("delete account")
		j.tick("input[name=posts][value=go]")
		j.fill("#key", how.typedIn(key))
		j.press(graveButton)
		j.arrivedAt("/")
		j.out()
		j.sees(j.words().T("me.delete.done"))
		j.look("account deleted")
		visitor.openAs(talk, 404)
		visitor.open("/forum/start")
		visitor.seesNot(say.title)
		j.open("/sign-in")
		j.fill("#key", key)
		j.press(sendButton)
		j.refused("key")
	})
}

// kept counts what a browser holds for the portal beside cookies.
const kept = `(async () => localStorage.length + sessionStorage.length + (await indexedDB.databases()).length +
	(await caches.keys()).length + (await navigator.serviceWorker.getRegistrations()).length)()`

func TestADeviceThatLeavesNoTraceHoldsNothing(t *testing.T) {
	for _, how := range []opts{ways[0], ways[2]} {
		t.Run(how.String(), func(t *testing.T) {
			p := serve(t)
			j := p.journey(t, how)
			key := j.joins(p)
			j.holdsNothing(key)
			j.open("/forum/start/start")
			j.fill("#title", how.sentences().title)
			j.fill("#body", how.sentences().mended)
			j.holdsNothing(key)
			j.press(sendButton)
			j.holdsNothing(key)
			for _, c := range j.cookies() {
				if !c.Session || !c.HTTPOnly || !c.Secure {
					t.Errorf("the cookie %s stays after the browser is closed, or can be read: %+v", c.Name, c)
				}
			}
		})
	}
}

// holdsNothing wants no store of the browser to hold anything, and no cookie to hold her key.
func (j *journey) holdsNothing(key string) {
	j.t.Helper()
	if n := ask(j, "what the browser keeps", chromedp.Evaluate[int](kept, chromedp.EvalAwaitPromise)); n != 0 {
		j.stop("the browser keeps %d things", n)
	}
	for _, c := range j.cookies() {
		if strings.Contains(c.Value, key) {
			j.stop("the cookie %s holds her key", c.Name)
		}
	}
}
