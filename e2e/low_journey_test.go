//go:build e2e

package e2e

import (
	"net/http"
	"regexp"
	"slices"
	"testing"
)

// shown is somebody of the demonstration as others read her: the name and the title that she
// chose and the handle that she signs with. They stand nowhere else.
type shown struct{ name, title, handle string }

// says reports whether a page or a file says one of some words about her, as words of their own.
func says(page string, words ...string) bool {
	return slices.ContainsFunc(words, func(one string) bool {
		return regexp.MustCompile(`(^|\P{L})` + regexp.QuoteMeta(one) + `(\P{L}|$)`).MatchString(page)
	})
}

// screens are four people who have nothing to do with each other, each at her own screen.
type screens struct{ visitor, member, colleague, coordinator *journey }

// TestLowProfileIsSeenFromFourScreens: a peer is shown to everybody with the yes of two
// people. She presses one switch, and four people who reload find nothing of her; coming
// back takes two people once more.
func TestLowProfileIsSeenFromFourScreens(t *testing.T) {
	eachWay(t, func(t *testing.T, how opts) {
		p := serve(t)
		who := p.person(t, "Yasmine")
		public := shown{"Fig", "Première concernée, paire", who.Handle}
		her := p.journey(t, how)
		her.signsInAs(who)
		all := screens{p.journey(t, how), p.journey(t, how.other()), p.journey(t, how), p.journey(t, how.other())}
		all.member.joins(p)
		all.colleague.signsInAs(p.person(t, "Marta"))
		all.coordinator.signsInAs(p.person(t, "Petra"))

		her.saysWhatIsPublic()
		her.asksToBeShown(true)
		all.visitor.readsNothingOf(public, "/peers")
		all.coordinator.saysYes(who, "/show")
		talk := her.firstTalk("health")
		her.fill("#body", how.sentences().answer)
		her.tick("input[name=name_mode][value=handle]")
		her.press(sendButton)
		her.arrivedAt(talk)

		before := all.find(p, public, talk, how.sentences().answer)
		for screen, must := range map[string][]string{
			"visitor": {"/peers", talk}, "member": {"/peers", talk}, "colleague": {"/peers", talk, "/desk/rota"}, "coordinator": {"/peers", talk},
		} {
			for _, path := range must {
				if !slices.Contains(before[screen], path) {
					t.Errorf("the %s does not find her on %s, so the looking proves nothing: %v", screen, path, before[screen])
				}
			}
		}
		all.visitor.open("/peers")
		all.visitor.sees(public.name)
		all.visitor.look("she is shown")
		all.visitor.follow("/ask")

		her.pressesTheSwitch()
		all.visitor.back()
		if says(all.visitor.html(), public.name, public.title) {
			all.visitor.stop("the page from before still shows her")
		}
		all.visitor.look("the page from before")
		for screen, paths := range all.find(p, public, talk, how.sentences().answer) {
			if len(paths) > 0 {
				t.Errorf("the %s still finds her on %v", screen, paths)
			}
		}
		all.look(talk)
		all.comesBack(her, who, public)
	})
}

// saysWhatIsPublic lets everybody read three of her fields.
func (j *journey) saysWhatIsPublic() {
	j.t.Helper()
	j.goesTo("/work")
	j.follow("/work/profile")
	j.look("her profile")
	for _, field := range []string{"name", "title", "languages"} {
		j.choose("#for-"+field, "public")
	}
	j.press(sendButton)
	j.sees(j.words().T("peerwork.profile.kept"))
	j.look("her profile kept")
}

// asksToBeShown is the first of the two people, who says what for; forgets lets her forget
// it once.
func (j *journey) asksToBeShown(forgets bool) {
	j.t.Helper()
	const ask = `main form[action="/work/profile/ask"]`
	if forgets {
		for n := j.count(ask + " input:checked"); n > 0; n-- {
			j.click(ask + " label:has(input:checked)")
		}
		j.press(ask + " button")
		j.refused("consent")
		j.look("asking without a consent")
	}
	for n := j.count(ask + " input:not(:checked)[type=checkbox]"); n > 0; n-- {
		j.click(ask + " label:has(input:not(:checked))")
	}
	j.press(ask + " button")
	j.sees(j.words().T("peerwork.show.asked"))
}

// saysYes is the second: a coordinator on the page of the peer.
func (j *journey) saysYes(who *person, act string) {
	j.t.Helper()
	j.goesTo("/work/team")
	j.follow(j.inTheRow(`main table a[href^="/work/team/people/"]`, who.Handle))
	j.look("a wish that waits")
	j.press(`main form[action$="` + act + `"] button`)
	if j.status != http.StatusOK {
		j.stop("the second yes was answered with %d", j.status)
	}
}

// pressesTheSwitch takes everything away and looks at herself with the eyes of others.
func (j *journey) pressesTheSwitch() {
	j.t.Helper()
	j.goesTo("/work")
	j.follow("/work/profile")
	j.press(`button[name=low][value=on]`)
	j.sees(j.words().T("peerwork.low.entered"))
	j.sees(j.words().T("peerwork.low.on"))
	j.look("low profile")
	for _, eyes := range []string{"public", "members", "team"} {
		j.open("/work/profile/as/" + eyes)
		j.sees(j.words().T("peerwork.as.nothing"))
	}
	j.look("as colleagues see her now")
}

// comesBack is off again: colleagues read her at once, everybody else when a second person
// says yes.
func (s screens) comesBack(her *journey, who *person, public shown) {
	her.t.Helper()
	her.open("/work/profile")
	her.press(`button[name=low][value=off]`)
	if !her.exists(`button[name=low][value=on]`) {
		her.stop("she is still in low profile")
	}
	s.visitor.readsNothingOf(public, "/peers")
	her.asksToBeShown(false)
	s.visitor.readsNothingOf(public, "/peers")
	s.member.readsNothingOf(public, "/peers")
	s.coordinator.saysYes(who, "/show")
	s.visitor.open("/peers")
	s.visitor.sees(public.name)
	s.visitor.look("she is back")
}

func (j *journey) readsNothingOf(public shown, path string) {
	j.t.Helper()
	j.open(path)
	if says(j.html(), public.name, public.title, public.handle) {
		j.stop("%s shows her", path)
	}
}

// look is what the four see where she was.
func (s screens) look(talk string) {
	for _, j := range []*journey{s.visitor, s.member, s.colleague, s.coordinator} {
		j.open(talk)
		j.look("her answer without her name")
	}
	s.colleague.open("/desk/rota")
	s.colleague.look("a shift of a colleague")
}
