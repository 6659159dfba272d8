package practiceweb_test

import (
	"regexp"
	"strings"
	"testing"

	"portico/app/member"
	"portico/app/web/webtest"
)

var version = regexp.MustCompile(`name="version" value="(\d+)"`)

// fill sends one step of an interview with the version that its page shows.
func fill(t *testing.T, p *webtest.Person, path string, fields ...string) webtest.Answer {
	t.Helper()
	found := version.FindStringSubmatch(p.Get(path).Body)
	if found == nil {
		t.Fatalf("%s has no version", path)
	}
	return p.Post(path, append(fields, "version", found[1])...)
}

func TestAnInterviewGoesItsWayThroughThePages(t *testing.T) {
	h := newHouse(t)
	mira, lena, v := h.colleague(t, "mira", member.RolePeer), h.colleague(t, "lena", member.RoleLeader), h.Visitor(t)
	mira.Get("/practices/interviews").Wants(t, 200, "Nobody is working on a sheet now.")
	form := regexp.MustCompile(`action="(/practices/interviews/new/[^"]+)"`).FindStringSubmatch(mira.Get("/practices/interviews/new").Wants(t, 200, "write no names").Body)[1]
	mira.Post(form, "name", "D", "country", "", "language", "en").Wants(t, 422, "Choose a country", `value="D"`)
	a := mira.Post(form, "name", "Door to door", "country", "IT", "language", "en")
	room := regexp.MustCompile(`^/practices/interviews/[a-z2-7]{26}`).FindString(a.To)
	a.Leads(t, room+"/steps/about")
	mira.Get(room).Wants(t, 200, "this is still needed", "In two sentences")
	fill(t, mira, room+"/steps/about", "name", "Door to door", "country", "IT", "started", "soon").Wants(t, 422, "Write a year", `value="soon"`)
	fill(t, mira, room+"/steps/about", "name", "Door to door", "country", "IT", "started", "2019", "summary", "Go in pairs.", "asked", "1").Leads(t, room+"/steps/A")
	fill(t, mira, room+"/steps/A", "answer-A1", "Call Anna on 347 555 0142").Wants(t, 422, "may lead to a person", "347 555 0142", `name="insist"`)
	fill(t, mira, room+"/steps/A", "answer-A1", "To be there <i>early</i>.").Leads(t, room+"/steps/B")
	fill(t, mira, room+"/steps/B", "answer-B1", "yes", "answer-B5", "active").Leads(t, room+"/steps/C")
	mira.Post(room+"/steps/C", "answer-C1", "Neighbours", "version", "1").Wants(t, 409, "has changed since", "Neighbours")
	fill(t, mira, room+"/steps/C", "answer-C1", "Neighbours").Leads(t, room+"/steps/sheet")
	mira.Get(room+"/steps/sheet").Wants(t, 200, "To be there &lt;i&gt;early&lt;/i&gt;.", "Neighbours")
	fill(t, mira, room+"/steps/sheet", "sheet-description", "Visits in pairs.", "sheet-contacts", "Anna").Wants(t, 422, "Only a website")
	fill(t, mira, room+"/steps/sheet", "sheet-description", "Visits in pairs.").Leads(t, room+"/steps/criteria")
	fill(t, mira, room+"/steps/criteria", "criterion-a", "yes", "ground-a", "200 people", "criterion-b", "yes", "criterion-c", "yes", "criterion-h", "yes", "criterion-j", "yes").Leads(t, room)
	lena.Get(room+"/steps/A").Wants(t, 404)
	mira.Post(room+"/hand").Leads(t, room)
	mira.Get(room).Wants(t, 200, "Take it back", "Meets the criteria").Lacks(t, "Put it into the library")
	v.Get(room).Wants(t, 404)
	lena.Get("/practices/interviews").Wants(t, 200, "You can check it", "mira")
	lena.Post(room+"/back", "why", "").Wants(t, 422, "Write a few words here", "Put it into the library")
	lena.Post(room+"/back", "why", "Which year?").Leads(t, room)
	mira.Get(room).Wants(t, 200, "It came back from the check", "Which year?")
	mira.Post(room+"/hand").Leads(t, room)
	page := lena.Get(room).Wants(t, 200, "Does it name nobody?", "Visits in pairs.", "Neighbours").Body
	a = lena.Post(room+"/publish", "version", version.FindStringSubmatch(page)[1])
	if a.Status != 303 || !strings.HasPrefix(a.To, "/practices/own-") {
		t.Fatalf("status %d to %s", a.Status, a.To)
	}
	v.Get(a.To).Wants(t, 200, "Door to door", "Visits in pairs.", "Meets the criteria", "Checked with the organisation", "An interview by people of this portal").
		Lacks(t, "mira", "lena", "Neighbours")
	v.Get("/practices?q=pairs").Wants(t, 200, "Door to door")
	mira.Get(room).Wants(t, 404)
}

func TestAPersonWhoseSessionIsOverKeepsHerWords(t *testing.T) {
	h := newHouse(t)
	mira, v := h.colleague(t, "mira", member.RolePeer), h.Visitor(t)
	room := regexp.MustCompile(`^/practices/interviews/[a-z2-7]{26}`).FindString(mira.Post("/practices/vo-adpare/again").To)
	mira.Get(room).Wants(t, 200, "The sheet as everybody reads it now")
	v.Post(room+"/steps/A", "answer-A1", "My long answer").Wants(t, 401, "My long answer", "Sign in").Lacks(t, "ADPARE")
	v.Post(room+"/back", "why", "My reason").Wants(t, 401, "My reason").Lacks(t, "ADPARE")
	v.Post("/practices/interviews/new/aaaaaaaa", "name", "My practice").Wants(t, 401, "My practice")
	mira.OldForm = true
	mira.Post(room+"/steps/A", "answer-A1", "My long answer").Wants(t, 409, "My long answer")
	mira.OldForm = false
	h.Person(t, webtest.Member()).Post(room+"/steps/A", "answer-A1", "x").Wants(t, 404)
	h.colleague(t, "medi", member.RoleMediator).Post(room+"/steps/A", "answer-A1", "x").Wants(t, 404)
	mira.Post(room+"/drop").Leads(t, "/practices/interviews")
	mira.Get(room).Wants(t, 404)
}
