//go:build e2e

package e2e

import (
	"fmt"
	"strings"
	"testing"
)

func TestAPeerAnswersAsHerselfAndAsksWithoutAName(t *testing.T) {
	eachWay(t, func(t *testing.T, how opts) {
		p := serve(t)
		who, say := p.withRole(t, "peer"), how.sentences()
		j := p.journey(t, how)
		j.comesToWork(who)
		talk := j.firstTalk("health")

		j.fill("#body", say.answer)
		j.tick("input[name=name_mode][value=handle]")
		j.press(sendButton)
		j.arrivedAt(talk)
		j.sees(say.answer)
		j.look("peer answered")
		visitor := p.journey(t, how)
		visitor.open(talk)
		open := visitor.post(say.answer)
		if got := visitor.text(open + " .post-head strong"); got != who.Handle {
			t.Errorf("the answer is signed %q, want %q", got, who.Handle)
		}
		if got, want := visitor.text(open+" .badge.role"), visitor.words().T("role.peer"); got != want {
			t.Errorf("the badge says %q, want %q", got, want)
		}
		visitor.look("visitor sees the badge")

		j.asksToo(talk, say.mended, who)
		p.keep(t, how, say.mended)
		visitor.open(talk)
		visitor.asksAsSomebody(say, who)
		visitor.look("visitor sees both")
	})
}

// comesToWork signs in over the page of people with a role.
func (j *journey) comesToWork(who *person) {
	j.t.Helper()
	j.open("/sign-in")
	j.follow("/sign-in/team")
	j.look("team sign in")
	j.fill("#handle", who.Handle)
	j.fill("#passphrase", who.Passphrase+"x")
	j.fill("#otp", who.code(j.t))
	j.press(sendButton)
	if j.status != 422 || j.value("#handle") != who.Handle || j.value("#passphrase") != "" {
		j.stop("a wrong passphrase: status %d, handle %q, passphrase %q", j.status, j.value("#handle"), j.value("#passphrase"))
	}
	j.look("team sign in refused")
	j.fill("#passphrase", who.Passphrase)
	j.fill("#otp", j.how.typedIn(who.code(j.t)))
	j.press(sendButton)
	j.in()
	j.look("peer signed in")
}

// asksToo writes into the same talk under the drawn name: first without the tick that both
// may stand side by side, then with it.
func (j *journey) asksToo(talk, question string, who *person) {
	j.t.Helper()
	j.open(talk)
	j.fill("#body", question)
	j.tick("input[name=name_mode][value=topic]")
	j.press(sendButton)
	j.refused("both")
	j.look("peer is asked twice")
	if got := j.value("#body"); got != question {
		j.stop("her words came back as %q", got)
	}
	j.tick("#both")
	j.press(sendButton)
	j.arrivedAt(talk)
	if name := j.text(j.post(question) + " .post-head strong"); name == who.Handle || name == "" {
		j.stop("her question is signed %q", name)
	}
	j.look("peer asked")
}

// asksAsSomebody wants two posts between which no name, handle or badge is common.
func (j *journey) asksAsSomebody(say sentences, who *person) {
	j.t.Helper()
	open, drawn := j.post(say.answer), j.post(say.mended)
	name := j.text(drawn + " .post-head strong")
	if name == "" || name == who.Handle || j.exists(drawn+" .badge.role") {
		j.stop("the question is signed %q, with a badge: %v", name, j.exists(drawn+" .badge.role"))
	}
	head := j.text(open + " .post-head")
	if strings.Contains(head, name) || strings.Contains(j.text(drawn), who.Handle) {
		j.stop("the posts share a name: %q and %q", head, j.text(drawn))
	}
}

// post finds the post that says something, as a selector.
func (j *journey) post(words string) string {
	j.t.Helper()
	for n := j.count("article.post"); n > 0; n-- {
		one := fmt.Sprintf("article.post:nth-last-of-type(%d)", n)
		if strings.Contains(j.text(one), words) {
			return one
		}
	}
	j.stop("no post says %q", words)
	return ""
}
