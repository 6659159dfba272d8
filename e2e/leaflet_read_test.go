//go:build e2e

package e2e

import (
	"fmt"
	"testing"
)

// published is the last step of the group: how it is named, and that everybody reads it.
func (m *making) published() {
	visitor := m.p.journey(m.leader.t, m.leader.how)
	visitor.openAs(m.path, 404)
	j := m.leader
	j.open(m.path + "/group")
	j.look("before publishing")
	j.follow(m.path + "/credit")
	j.look("how she is named")
	j.tick("input[name=credit][value=handle]")
	j.press(sendButton)
	j.sees(j.words().T("material.credit.done"))
	j.follow(m.path + "/publish")
	j.look("publish")
	j.fill("#months", j.how.typedIn("0"))
	j.press(sendButton)
	j.refused("months")
	j.fill("#months", j.how.typedIn("6"))
	j.press(sendButton)
	j.arrivedAt(m.path)
	j.sees(j.words().T("material.publish.done"))
	j.sees(m.handles[0])
	j.look("published")
}

// read is somebody with the Italian leaflet: on the screen, on paper, as words alone. She
// says what is missing, without an account.
func (m *making) read(t *testing.T, how opts) {
	say := m.say
	checked := func(j *journey) string {
		return j.words().T("material.checked.machine", "Handle", "\u2068"+m.peerHandle+"\u2069")
	}
	j := m.readIn(t, how, tongue{lang: "it", words: m.inItalian(), checked: checked})
	for _, one := range m.tongues(how) {
		m.readIn(t, how, one)
	}
	m.readIn(t, how, tongue{lang: how.lang(), words: m.say.columns(0)})

	j.open(m.path + "?text=it")
	j.press("main form.form button.secondary")
	j.refused("useful")
	j.choose("#useful", "yes")
	j.fill("#missing", say.missing)
	j.press("main form.form button.secondary")
	j.sees(j.words().T("material.feedback.done"))
	j.out()
	j.look("thanks for what she said")

	m.leader.open(m.path + "/group")
	m.leader.sees(m.leader.words().T("material.yes-no", "Yes", "1", "No", "0"))
	m.leader.sees(say.missing)
	m.leader.look("what readers say")
	other := m.p.journey(t, m.leader.how)
	other.open(m.path)
	other.sees(say.loved)
	if got := other.text("article bdi[dir=ltr]"); got != "800 186 086" {
		other.stop("the number in its order is %q", got)
	}
	other.press(fmt.Sprintf(`main a[hreflang=%q]`, "it"))
	other.sees("800 186 086")
	other.look("the leaflet in Italian on a page in another language")
}
