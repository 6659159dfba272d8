//go:build e2e

package e2e

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/network"
)

func TestANewcomerReadsJoinsAndTalks(t *testing.T) {
	eachWay(t, func(t *testing.T, how opts) { newcomer(t, serve(t), how) })
}

func TestANewcomerReadsJoinsAndTalksOnPostgres(t *testing.T) {
	newcomer(t, servePostgres(t), ways[0])
}

// newcomer is the way from the first look at this place to words of her own, and back to
// them with the key.
func newcomer(t *testing.T, p *portal, how opts) {
	j := p.journey(t, how)
	j.firstVisit("/")
	j.look("first page")
	j.readsATalk()
	key := j.joinsFromTheForm(p)
	j.practises(key)
	talk := j.writesANumber()
	j.waitsUnseen(p, talk)
	j.comesBack(key, talk)
	if held := p.logs(); strings.Contains(held, key) || strings.Contains(held, how.sentences().title) {
		t.Error("the log holds her key or her words")
	}
}

func (j *journey) readsATalk() {
	j.t.Helper()
	j.follow("/forum")
	j.look("boards")
	j.follow("/forum/health")
	j.look("board")
	j.press("main .rows .row-title a")
	j.look("talk")
	if j.exists("#body") {
		j.stop("a visitor is offered a field to write in")
	}
}

// joinsFromTheForm forgets the ticks once, as people do.
func (j *journey) joinsFromTheForm(p *portal) (key string) {
	j.t.Helper()
	j.follow("/join")
	j.look("join")
	code := " " + strings.ToLower(strings.ReplaceAll(p.cast.Invitation, "-", " "))
	j.fill("#code", code)
	j.press(sendButton)
	j.refused("adult")
	j.look("join with what is missing")
	if got := j.value("#code"); got != code {
		j.stop("the code came back as %q, want %q", got, code)
	}
	j.tick("#adult")
	j.tick("#rules")
	j.press(sendButton)
	j.arrivedAt("/key")
	j.look("key")
	key = j.keyShown()
	c := j.cookies()["__Host-portico"]
	if c == nil || !c.HTTPOnly || !c.Secure || !c.Session || c.SameSite != network.CookieSameSiteLax {
		j.stop("the session's cookie is %+v", c)
	}
	j.follow("/key/card")
	j.look("card")
	for _, group := range []string{key[:4], key[16:]} {
		j.sees(group)
	}
	return key
}

// practises types one group wrong, then right, in the digits of her own keyboard.
func (j *journey) practises(key string) {
	j.t.Helper()
	j.open("/key")
	j.follow("/key/practice")
	j.look("practice")
	wrong := "1234"
	if strings.Contains(key, wrong) {
		wrong = "5678"
	}
	j.fill("#digits", wrong)
	j.press(sendButton)
	j.refused("digits")
	j.look("practice wrong")
	j.seesNot(wrong)
	var group int
	if _, err := fmt.Sscan(j.value("input[name=group]"), &group); err != nil {
		j.stop("the group to type: %v", err)
	}
	j.fill("#digits", j.how.typedIn(key[4*group:4*group+4]))
	j.press(sendButton)
	j.sees(j.words().T("key.practice.right"))
	j.look("practice right")
	j.press("main .actions a.primary")
	j.arrivedAt("/")
	j.look("her rooms")
}

// writesANumber starts a talk with a phone number in it, is warned with the exact words,
// and writes it without.
func (j *journey) writesANumber() (talk string) {
	j.t.Helper()
	say := j.how.sentences()
	j.follow("/forum")
	j.follow("/forum/start")
	j.follow("/forum/start/start")
	j.look("start a talk")
	j.fill("#title", say.title)
	body := fmt.Sprintf(say.body, say.number)
	j.fill("#body", body)
	j.press(sendButton)
	if j.status != 422 || j.text("mark.warned") != say.number {
		j.stop("status %d, and the warning marks %q, want %q", j.status, j.text("mark.warned"), say.number)
	}
	j.sees(j.words().T("rule.phone.why"))
	j.look("warned")
	if j.value("#title") != say.title || j.value("#body") != body {
		j.stop("her words came back changed: %q, %q", j.value("#title"), j.value("#body"))
	}
	j.fill("#body", say.mended)
	j.press(sendButton)
	j.arrivedAt("/forum/start/")
	j.sees(j.words().T("forum.held"))
	j.sees(say.mended)
	j.look("held")
	return j.path()
}

// waitsUnseen looks as somebody else: there is no such talk, in no list either.
func (j *journey) waitsUnseen(p *portal, talk string) {
	j.t.Helper()
	visitor := p.journey(j.t, j.how)
	visitor.openAs(talk, 404)
	visitor.look("visitor finds nothing")
	visitor.open("/forum/start")
	visitor.seesNot(j.how.sentences().title)
	visitor.open("/")
	visitor.seesNot(j.how.sentences().title)
}

// comesBack signs out, with the reminder to keep the key, and in again by typing it.
func (j *journey) comesBack(key, talk string) {
	j.t.Helper()
	j.leaves()
	j.sees(j.words().T("sign-out.last"))
	j.look("reminder")
	j.press(sendButton)
	j.arrivedAt("/sign-out")
	j.out()
	j.sees(j.words().T("sign-out.out"))
	j.look("signed out")
	if c := j.cookies()["__Host-portico"]; c != nil {
		j.stop("the session's cookie stays: %+v", c)
	}
	j.openAs("/my/talks", 404)
	j.open("/sign-in")
	j.look("sign in")
	j.fill("#key", "1111 1111 1111 1111 1111")
	j.press(sendButton)
	j.refused("key")
	j.look("sign in refused")
	if got := j.value("#key"); got != "" {
		j.stop("the key that she typed came back: %q", got)
	}
	j.fill("#key", j.how.typedIn(key))
	j.press(sendButton)
	j.in()
	j.press(`.areas a[href="/my/talks"]`)
	j.sees(j.how.sentences().title)
	j.look("my talks")
	j.follow(talk)
	j.sees(j.how.sentences().mended)
	j.look("her talk again")
}
