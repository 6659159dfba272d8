//go:build e2e

package e2e

import (
	"fmt"
	"strings"
	"testing"
)

// printing is everybody around one issue of the magazine, and where it is.
type printing struct {
	p                    *portal
	ana, bea, cara       *journey   // members
	leader, first, other *journey   // the leader of the board and its two peers
	reader               *journey   // has no account
	board                []*journey // those who decide
	say                  issueWords
	path                 string
}

// issueWords are what people write, in the language of the way.
type issueWords struct {
	title, topic, other, piece, body, signed, change, changed, greeting, imprint, missing string
}

var issues = map[string]issueWords{
	"en": {"Summer roads", "Night buses that stop for us", "Shoes", "The last bus", "The last bus leaves at one, and the driver waits when he sees somebody run. I ran three times this winter.",
		"Lemon", "Say where it stops.", " It stops at the bridge.", "Good evening. This one is about getting home.", "Made by nine people and a kettle.", "The timetable of the first bus"},
	"ar": {"طرق الصيف", "حافلات الليل التي تقف لنا", "أحذية", "آخر حافلة", "تغادر آخر حافلة في الواحدة، وينتظر السائق عندما يرى أحدًا يركض. ركضت ثلاث مرات هذا الشتاء.",
		"ليمونة", "أين تقف؟", " تقف عند الجسر.", "مساء الخير. هذا العدد عن الطريق إلى البيت.", "صنعه تسعة أشخاص وإبريق شاي.", "مواعيد أول حافلة"},
}

func TestAMagazineIssueFromItsTopicsToItsReaders(t *testing.T) {
	eachWay(t, func(t *testing.T, how opts) {
		m := &printing{p: serve(t), say: issues[how.lang()]}
		in := func(who *person) *journey {
			j := m.p.journey(t, how)
			j.signsInAs(who)
			return j
		}
		members := m.p.allWith(t, "member", 3)
		m.ana, m.bea, m.cara = in(members[0]), in(members[1]), in(members[2])
		m.leader, m.first, m.other = in(m.p.person(t, "Celeste")), in(m.p.person(t, "Folake")), in(m.p.person(t, "Ornella"))
		m.board = []*journey{m.leader, m.first, m.other}
		m.reader = m.p.journey(t, how)

		m.begin()
		m.vote()
		m.send()
		m.decide()
		m.layOut()
		m.read(t)
		m.next()
	})
}

// begin opens an issue; the board of the last one comes along.
func (m *printing) begin() {
	j := m.leader
	j.open("/magazine")
	j.look("the magazine for a leader")
	j.follow("/magazine/new")
	j.fill("#title", m.say.title)
	j.fill("#month", "soon")
	j.press(sendButton)
	j.refused("month")
	j.look("an issue without a month")
	j.fill("#month", "2027-06")
	j.paste("#closes", j.dayAfter(3))
	j.press(sendButton)
	j.arrivedAt("/magazine")
	j.sees(j.words().T("magazine.begin.done"))
	m.path = j.inTheRow(`main a[href^="/magazine/"]`, m.say.title)
}

// vote is two topics, wanted by three people, one of them twice.
func (m *printing) vote() {
	m.reader.openAs(m.path, 404)
	for i, words := range []string{m.say.topic, m.say.other} {
		j := []*journey{m.ana, m.bea}[i]
		j.open(m.path)
		j.fill("#words", words)
		j.press(sendButton)
		j.sees(j.words().T("magazine.topic.done"))
	}
	for _, j := range []*journey{m.ana, m.bea, m.cara} {
		j.open(m.path)
		want := j.inTheRow(`main form[action$="/want"]`, m.say.topic)
		j.press(fmt.Sprintf("main form[action=%q] button", want))
		j.sees(j.words().T("magazine.wanted"))
		if j.exists(fmt.Sprintf("main form[action=%q]", want)) {
			j.stop("she may want it twice")
		}
	}
	m.cara.sees(m.cara.words().N("magazine.wants", 3))
	m.cara.look("three want it")
}

// send is a piece of somebody who has only a key.
func (m *printing) send() {
	lead := m.leader
	lead.open(m.path + "/room")
	lead.look("the board's room")
	lead.press(`main button[name="to"][value="pieces"]`)
	lead.sees(lead.words().T("magazine.moved"))

	j := m.ana
	j.open(m.path)
	j.follow(m.path + "/send")
	j.fill("#title", m.say.piece)
	j.fill("#body", "x")
	j.press(sendButton)
	j.refused("body")
	if got := j.value("#title"); got != m.say.piece {
		j.stop("her title came back as %q", got)
	}
	j.look("a piece that is too short")
	j.fill("#body", m.say.body)
	j.fill("#signed", m.say.signed)
	j.press(sendButton)
	j.arrivedAt(m.path)
	j.sees(j.words().T("magazine.send.done"))
	j.look("her piece waits")
	m.bea.open(m.path)
	m.bea.seesNot(m.say.piece)
}

// decide is the board, which wants a change, makes it, and shows both texts to her.
func (m *printing) decide() {
	piece := ""
	for _, j := range m.board {
		j.open(m.path + "/room")
		piece = j.inTheRow(`main a[href*="/pieces/"]`, m.say.piece)
		j.follow(piece)
		j.click(`input[name="choice"][value="changed"]`)
		j.fill("#words", m.say.change)
		j.press(sendButton)
		j.arrivedAt(piece)
		j.sees(j.words().T("magazine.opinion.done"))
	}
	j := m.other
	j.look("a piece with the board's answer")
	j.follow(piece + "/edit")
	j.fill("#body", m.say.body+m.say.changed)
	j.look("the changes")
	j.press(sendButton)
	j.sees(j.words().T("magazine.edit.done"))

	m.ana.open(piece)
	m.ana.sees(m.say.change)
	m.ana.sees(strings.TrimSpace(m.say.changed))
	m.ana.look("her piece with the change")
	m.bea.openAs(piece, 404)
}

// layOut puts the whole on paper and publishes it.
func (m *printing) layOut() {
	j := m.leader
	j.open(m.path + "/room")
	j.press(`main button[name="to"][value="layout"]`)
	j.follow(m.path + "/words")
	j.fill("#greeting", m.say.greeting)
	j.fill("#imprint", m.say.imprint)
	j.press(sendButton)
	j.sees(j.words().T("magazine.words.done"))
	j.open(m.path + "/copies")
	j.choose("#place", "clinic")
	j.fill("#copies", "40")
	j.press(sendButton)
	j.sees(j.words().N("magazine.copies.sum", 40))
	j.look("where the copies go")
	m.reader.openAs(m.path, 404)
	j.open(m.path + "/room")
	j.press(`main button[name="to"][value="published"]`)
	j.look("published")
}

// read is somebody without a key: on the screen, on paper, and with what she misses.
func (m *printing) read(t *testing.T) {
	j := m.reader
	j.open("/magazine")
	j.follow(m.path)
	for _, words := range []string{m.say.title, m.say.piece, strings.TrimSpace(m.say.changed), m.say.signed, m.say.greeting, m.say.imprint} {
		j.sees(words)
	}
	j.look("the issue")
	j.follow(m.path + "/print")
	if n := j.count(".sheet-a4"); n != 3 {
		t.Errorf("%d sheets, want a cover, a piece and the imprint", n)
	}
	j.sees(m.say.imprint)
	if !j.exists(".sheet svg") {
		t.Error("the sheets hold no QR code")
	}
	j.look("the whole issue on paper")
	j.open(m.path)
	j.choose("#useful", "yes")
	j.fill("#missing", m.say.missing)
	j.press(sendButtonOf(m.path + "/said"))
	j.sees(j.words().T("magazine.say.done"))
	j.look("she said what she missed")
}

// sendButtonOf is the button of one form on a page that holds several.
func sendButtonOf(action string) string {
	return fmt.Sprintf(`main form[action=%q] button[type="submit"]`, action)
}

// next is the issue after it, which opens with what the reader missed.
func (m *printing) next() {
	j := m.leader
	j.open("/magazine/new")
	j.fill("#title", m.say.other)
	j.fill("#month", "2027-07")
	j.paste("#closes", j.dayAfter(3))
	j.press(sendButton)
	path := j.inTheRow(`main a[href^="/magazine/"]`, m.say.other)
	m.cara.open(path)
	m.cara.sees(m.say.missing)
	m.cara.sees(m.cara.words().T("magazine.topic.readers"))
	m.cara.look("the next issue begins with it")
}
