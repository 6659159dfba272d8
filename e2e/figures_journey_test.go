//go:build e2e

package e2e

import (
	"testing"
)

// TestAFunderReadsOnlyWhatTheGroupAgreedTo is a table on its way: proposed, seen by the group
// first, opened by a code when enough agree, and closed again.
func TestAFunderReadsOnlyWhatTheGroupAgreedTo(t *testing.T) {
	eachWay(t, func(t *testing.T, how opts) {
		p := serve(t)
		in := func(name string) *journey {
			j := p.journey(t, how)
			j.signsInAs(p.person(t, name))
			return j
		}
		coordinator, funder := in("Petra"), p.journey(t, how)
		path := coordinator.proposesATable(map[string]string{"en": "Lantern Fund (invented)", "ar": "صندوق الفانوس (مخترَع)"}[how.lang()])

		seen := ""
		for _, name := range []string{"Celeste", "Odile", "Folake", "Ornella", "Hayat"} {
			funder.openAs(path, 404)
			seen = in(name).agreesTo(path)
		}
		coordinator.open(path)
		coordinator.sees(coordinator.words().T("figures.state.agreed"))
		funder.openAs(path, 404) // there is no code yet
		coordinator.press(sendButtonOf(path + "/code"))
		coordinator.sees(coordinator.words().T("figures.code.once"))
		code := coordinator.text("#code")
		coordinator.look("the code, once")

		funder.open(path)
		funder.look("the funder is asked for a code")
		funder.fill("#code", "not this one")
		funder.press(sendButton)
		funder.refused("code")
		funder.fill("#code", code)
		funder.press(sendButton)
		if got := funder.text("figure.chart table"); got != seen {
			funder.stop("the funder reads %q, the group saw %q", got, seen)
		}
		funder.sees(funder.words().T("figures.hidden"))
		funder.look("the funder's table")

		coordinator.open(path)
		coordinator.press(sendButtonOf(path + "/close"))
		coordinator.sees(coordinator.words().T("figures.ended"))
		funder.openAs(path, 404)
	})
}

// proposesATable asks for a table, the first time without saying for whom.
func (j *journey) proposesATable(recipient string) (path string) {
	j.open("/figures")
	j.look("the log of figures")
	j.follow("/figures/new")
	j.choose("#measure", "contacts")
	j.choose("#split", "language,kind")
	j.press(sendButton)
	j.refused("recipient")
	if got := j.value("#split"); got != "language,kind" {
		j.stop("her choice came back as %q", got)
	}
	j.look("a table for nobody")
	j.fill("#recipient", recipient)
	j.press(sendButton)
	j.arrivedAt("/figures/")
	j.sees(j.words().T("figures.proposed"))
	if j.exists(`main form[action$="/code"]`) {
		j.stop("she can make a code before the group agreed")
	}
	return j.path()
}

// agreesTo looks at the table as one of the group, says yes, and returns the numbers.
func (j *journey) agreesTo(path string) (numbers string) {
	j.open("/figures")
	j.follow(path)
	j.sees(j.words().T("figures.same"))
	numbers = j.text("figure.chart table")
	j.look("the group looks first")
	j.press(`main button[name="say"][value="yes"]`)
	j.sees(j.words().T("figures.said"))
	return numbers
}
