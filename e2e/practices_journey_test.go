//go:build e2e

package e2e

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// practiceWords are what an interview is written with, by language of the page.
type practiceWords struct{ search, found, name, aim, summary, description, why string }

var practiceWritten = map[string]practiceWords{
	"en": {
		search: "rules of conduct gatekeepers", found: "Way to Home: expanding outreach", name: "Tea by the lapwing bridge", aim: "To be there before anybody has to ask.",
		summary: "Go out in pairs, always on the same evening, with tea.", description: "Two peers walk one round a week.", why: "Who are the two?",
	},
	"ar": {
		search: "رموز بلا أسماء", found: "Way to Home: expanding outreach", name: "شاي عند جسر الهدهد", aim: "أن نكون هناك قبل أن يضطر أحد إلى السؤال.",
		summary: "الخروج اثنتين اثنتين، في المساء نفسه دائما، مع الشاي.", description: "جولة واحدة في الأسبوع مع اثنتين من الأقران.", why: "من هما الاثنتان؟",
	},
}

// TestAPracticeIsFoundAndAnInterviewBecomesOne: somebody without an account finds a practice
// by a word and by a country, and opens it to print; a peer interviews an organisation, and
// what she wrote is public only after a second person's check.
func TestAPracticeIsFoundAndAnInterviewBecomesOne(t *testing.T) {
	eachWay(t, func(t *testing.T, how opts) {
		p := serve(t)
		say := practiceWritten[how.lang()]
		visitor := p.journey(t, how)
		visitor.open("/directory")
		visitor.press(`main a[href="/practices"]`)
		visitor.look("the library")
		visitor.fill("#q", say.search)
		visitor.choose("#country", "UA")
		visitor.press(`main form[role=search] button`)
		visitor.sees(say.found)
		visitor.look("found by word and country")
		visitor.press(`a[href="/practices/co-ua03-way-to-home"]`)
		visitor.sees("CONECTA")
		visitor.sees("2013-10")
		visitor.look("a fact sheet to print")

		her, second := p.journey(t, how), p.journey(t, how.other())
		her.signsInAs(p.withRole(t, "peer"))
		second.signsInAs(p.person(t, "Petra"))
		room := her.interviews(say)
		visitor.openAs(room, http.StatusNotFound)
		visitor.open("/practices?q=" + url.QueryEscape(say.name))
		visitor.seesNot(say.summary)

		second.open(room)
		second.look("the second person reads it")
		second.fill("#why", say.why)
		second.press(`form[action="` + room + `/back"] button`)
		her.open(room)
		her.sees(say.why)
		her.look("it came back")
		her.press(`form[action="` + room + `/hand"] button`)
		second.open(room)
		second.press(`form[action="` + room + `/publish"] button`)
		sheet, _, _ := strings.Cut(second.path(), "?")
		second.look("in the library")
		her.openAs(room, http.StatusNotFound)
		visitor.open("/practices?q=" + url.QueryEscape(say.name))
		visitor.sees(say.summary)
		visitor.press(`a[href="` + sheet + `"]`)
		visitor.sees(say.description)
		visitor.seesNot(say.aim)
		visitor.look("public after the check")
	})
}

// interviews writes a whole interview and hands it on; it returns its address.
func (j *journey) interviews(say practiceWords) (room string) {
	j.t.Helper()
	const save = `form[action*="/steps/"] button`
	j.open("/practices/interviews")
	j.look("interviews")
	j.press(`main a[href="/practices/interviews/new"]`)
	j.look("a new interview")
	j.fill("#name", say.name)
	j.choose("#country", "IT")
	j.press(`form[action^="/practices/interviews/new/"] button`)
	room, _, _ = strings.Cut(j.path(), "/steps/")
	j.look("in short")
	j.fill("#summary", say.summary)
	j.press(save)
	j.look("first questions")
	j.fill("#answer-A1", say.aim)
	j.press(save)
	j.choose("#answer-B1", "yes")
	j.choose("#answer-B5", "active")
	j.press(save)
	j.press(save)
	j.fill("#sheet-description", say.description)
	j.look("the sheet")
	j.press(save)
	for _, criterion := range []string{"a", "b", "c", "f", "i"} {
		j.choose("#criterion-"+criterion, "yes")
	}
	j.look("the criteria")
	j.press(save)
	j.look("ready for a second person")
	j.press(`form[action="` + room + `/hand"] button`)
	return room
}
