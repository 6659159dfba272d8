//go:build e2e

package e2e

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// telling is everybody around one person's story, and where it is.
type telling struct {
	p                           *portal
	ana, leader, peer, mediator *journey
	reader                      *journey // has no account
	path, code                  string
}

// The story, and what the mediator makes of it. Each holds a word that stands nowhere else.
const (
	storyTitle   = "The evening on which I called"
	storyBody    = "I was new in the city and knew nobody, quillwort.\n\nThen I called, and a woman answered me."
	storyPurpose = "So that others call too, marrowstone."
)

var storyItalian = []string{"La sera in cui ho chiamato", "Ero appena arrivata e non conoscevo nessuno, erbaspugna.", "Poi ho chiamato, e una donna mi ha risposto."}

func TestAStoryIsTakenBackWithACodeAndNoAccount(t *testing.T) {
	eachWay(t, func(t *testing.T, how opts) {
		s := &telling{p: serve(t)}
		in := func(who *person) *journey {
			j := s.p.journey(t, how)
			j.signsInAs(who)
			return j
		}
		peer := s.p.withRole(t, "peer")
		s.ana, s.leader, s.peer, s.mediator = in(s.p.withRole(t, "")), in(s.p.withRole(t, "leader")), in(peer), in(s.p.withRole(t, "mediator"))
		s.reader = s.p.journey(t, how)

		s.write(peer.Handle)
		s.mark()
		s.consents()
		s.decide()
		s.translate()
		s.read()
		s.takeBack()
		s.gone()
		s.nothingIsLeft(t)
	})
}

// write is an idea that becomes a text of a leader.
func (s *telling) write(peer string) {
	j := s.ana
	j.open("/read/ideas")
	j.fill("#title", storyTitle)
	j.fill("#purpose", storyPurpose)
	j.fill("#audience", "Whoever is new.")
	j.choose("#language", "en")
	j.press(sendButton)
	j.arrivedAt("/read/ideas")
	l := s.leader
	l.open("/read/ideas")
	s.path = strings.TrimSuffix(l.inTheRow(`main form[action$="/take"]`, storyTitle), "/take")
	l.press(fmt.Sprintf("main form[action=%q] button", s.path+"/take"))
	l.open(s.path + "/people")
	l.fill("#handle", peer)
	l.press(sendButton)
	l.open(s.path + "/write")
	l.fill("#title", storyTitle)
	l.paste("#body", storyBody)
	l.press(sendButton)
	l.arrivedAt(s.path + "/group")
	l.look("a draft")
}

// mark says that it is a story; the code is shown this once.
func (s *telling) mark() {
	l := s.leader
	l.follow(s.path + "/story")
	l.look("is it a story")
	l.press(sendButton)
	s.code = l.text("#story-code")
	if len(s.code) != 9 {
		l.stop("the code is %q", s.code)
	}
	l.look("the code, once")
	l.follow(s.path + "/story")
	l.seesNot(s.code)
	l.look("a ledger without a line")
	l.open(s.path + "/consult")
	l.fill("#not_asked", "People who do not read.")
	l.fill("#least", l.how.typedIn("1"))
	l.press(sendButton)
	l.saysNo(l.words().T("material.story.consent"))
	l.look("nobody reads it before she allows that")
}

// consents are written down by the leader: the page in two languages, print in one.
func (s *telling) consents() {
	l := s.leader
	l.open(s.path + "/story")
	l.choose("#use", "page")
	l.press(sendButton)
	l.refused("fair")
	l.look("a consent that was not looked at")
	l.open(s.path + "/story")
	s.allow("page", "en", "it")
	s.allow("print", "en")
	l.look("what she allowed")
}

func (s *telling) allow(use string, langs ...string) {
	l := s.leader
	l.choose("#use", use)
	for _, lang := range langs {
		l.tick(fmt.Sprintf("input[name=langs][value=%s]", lang))
	}
	l.choose("#recognise", "few")
	l.tick("input[name=removed][value=place]")
	l.choose("#said", "talk")
	l.tick("#fair")
	l.press(sendButton)
	l.arrivedAt(s.path + "/story")
	l.sees(l.words().T("material.consent.done"))
}

// decide is the way of every text: people are asked, the group votes and publishes.
func (s *telling) decide() {
	l := s.leader
	l.open(s.path + "/consult")
	l.fill("#not_asked", "People who do not read.")
	l.fill("#least", l.how.typedIn("1"))
	l.press(sendButton)
	l.arrivedAt(s.path + "/group")
	s.ana.open(s.path + "/consultation")
	s.ana.choose("#reply1", "5")
	s.ana.press(sendButton)
	l.reload()
	l.press(fmt.Sprintf("main form[action=%q] button", s.path+"/consult/close"))
	l.follow(s.path + "/decide")
	l.press(sendButton)
	for _, j := range []*journey{l, s.peer} {
		j.open(s.path + "/vote")
		j.tick("input[name=choice][value=yes]")
		j.press(sendButton)
	}
	l.open(s.path + "/publish")
	l.press(sendButton)
	l.arrivedAt(s.path)
	l.look("published")
}

// translate is a mediator who writes the Italian, and a peer who reads it.
func (s *telling) translate() {
	m := s.mediator
	m.open("/translate")
	form := fmt.Sprintf("main form[action=%q]", strings.Replace(s.path, "/read/", "/translate/", 1)+"/open")
	m.choose(form+" select", "it")
	m.press(form + " button")
	sheet := m.path()
	s.peer.open("/translate")
	s.peer.canCheck("it")
	for i, words := range storyItalian {
		m.saves(sheet, i+1, words)
		s.peer.open(sheet + "/" + strconv.Itoa(i+1))
		s.peer.press(reviewButton)
	}
	s.peer.open(sheet)
	s.peer.press(approveButton)
	s.peer.sees(s.peer.words().T("translate.approved"))
}

// read is somebody without an account who reads both languages; paper is there in English.
func (s *telling) read() {
	j := s.reader
	j.open(s.path + "?text=it")
	j.sees(storyItalian[2])
	if j.exists(fmt.Sprintf(`main a[href^=%q]`, s.path+"/print")) {
		j.stop("Italian paper is offered, and she did not allow it")
	}
	j.look("her story in Italian")
	j.open(s.path + "?text=en")
	j.sees("a woman answered me")
	j.look("her story in English")
	j.follow(s.path + "/print?text=en&sheet=a4")
	j.sees("a woman answered me")
	j.open(s.path + "/print?text=it&sheet=a4")
	j.seesNot(storyItalian[2])
}

// takeBack is the person whose story it is, with her code and nothing else.
func (s *telling) takeBack() {
	j := s.reader
	j.open("/read")
	j.follow("/read/story")
	j.look("with a code")
	j.fill("#code", "AAAA-BBBB")
	j.press(sendButton)
	j.refused("code")
	j.look("a code that fits nothing")
	j.fill("#code", strings.ToLower(s.code))
	j.press(sendButton)
	j.sees(storyTitle)
	j.sees(j.words().T("material.use.print"))
	j.look("what I allowed")
	j.tick("#erase")
	j.press("#take-back button")
	j.arrivedAt("/read/story")
	j.sees(j.words().T("material.hers.gone"))
	j.look("taken back")
}

// gone is what every address and list says now, to everybody.
func (s *telling) gone() {
	other := s.p.journey(s.reader.t, s.reader.how)
	for _, at := range []string{"", "?text=it", "?text=en", "/text?text=en", "/print?text=en&sheet=a4", "/print?text=en&sheet=pocket"} {
		other.openAs(s.path+at, 410)
		other.sees(other.words().T("material.gone"))
		other.seesNot("quillwort")
		other.seesNot("erbaspugna")
	}
	other.look("not here any more")
	for _, at := range []string{"/read", "/read?in=it", "/read?in=en"} {
		other.open(at)
		other.seesNot(storyTitle)
		other.seesNot(storyItalian[0])
	}
	other.open("/forum/search?q=quillwort")
	other.seesNot(storyTitle)
	s.mediator.open("/translate")
	s.mediator.seesNot(storyTitle)
	s.leader.open(s.path + "/group")
	s.leader.seesNot("quillwort")
	s.leader.look("the room of the group afterwards")
	s.leader.open("/read/archive")
	s.leader.sees(s.leader.words().T("material.back.hers"))
	s.leader.seesNot(storyTitle)
	s.leader.look("the archive")
}

// nothingIsLeft reads every file of the data folder as a thief would, after the end.
func (s *telling) nothingIsLeft(t *testing.T) {
	t.Helper()
	s.p.stop(t)
	words := []string{"quillwort", "erbaspugna", "marrowstone", storyTitle, storyItalian[2]}
	err := filepath.WalkDir(s.p.data, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, one := range words {
			if bytes.Contains(raw, []byte(one)) {
				t.Errorf("%s still holds %q", filepath.Base(path), one)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
