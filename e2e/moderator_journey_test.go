//go:build e2e

package e2e

import (
	"fmt"
	"strings"
	"testing"
)

func TestAHeldPostGoesToTheDeskAndBack(t *testing.T) {
	eachWay(t, func(t *testing.T, how opts) {
		p := serve(t)
		author, say := p.journey(t, how), how.sentences()
		author.joins(p)
		talk := author.starts("health", say.title, say.mended)

		// The moderators read the interface in another language than the author.
		first, second := p.journey(t, how.other()), p.journey(t, how.other())
		moderators := p.everybodyWith(t, "moderator")
		first.signsInAs(moderators[0])
		second.signsInAs(moderators[1])
		item := first.takes(say.mended)
		second.seesItTaken(say.mended, item)
		first.hides("Say it in other words, please.")

		author.readsWhy(talk, "Say it in other words, please.")
		author.mends(say.answer)
		first.keeps(say.answer)
		visitor := p.journey(t, how)
		visitor.open(talk)
		visitor.sees(say.answer)
		visitor.look("visitor reads it")
	})
}

func TestAReportWithANoteReachesTheModerator(t *testing.T) {
	eachWay(t, func(t *testing.T, how opts) {
		p := serve(t)
		say := how.sentences()
		reporter := p.journey(t, how)
		reporter.signsInAs(p.withRole(t, ""))
		post := reporter.reports(say.note)

		moderators := p.everybodyWith(t, "moderator")
		first, second := p.journey(t, how), p.journey(t, how)
		first.signsInAs(moderators[0])
		second.signsInAs(moderators[1])
		item := first.takes(post)
		first.sees(say.note)
		first.look("the note")
		second.open(item)
		second.seesNot(say.note)
		second.sees(second.words().T("desk.note.closed"))
		if strings.Contains(p.logs(), say.note) {
			t.Error("the log holds the note")
		}
	})
}

// everybodyWith lists all of the cast who hold a role.
func (p *portal) everybodyWith(t *testing.T, role string) (people []*person) {
	t.Helper()
	for _, who := range p.cast.People {
		for _, r := range who.Roles {
			if r == role {
				people = append(people, who)
			}
		}
	}
	if len(people) < 2 {
		t.Fatalf("the cast has %d people with the role %q, want two at least", len(people), role)
	}
	return people
}

// item finds the entry of the queue whose blurred words begin so, as a selector.
func (j *journey) item(words string) string {
	j.t.Helper()
	for n := j.count("details.queue"); n > 0; n-- {
		one := fmt.Sprintf("details.queue:nth-of-type(%d)", n)
		if strings.HasPrefix(j.text(one+" .veil"), words) {
			return one
		}
	}
	j.stop("nothing waits that begins with %q", words)
	return ""
}

// takes opens an entry of the queue and takes it in hand. It returns the item's address.
func (j *journey) takes(words string) (path string) {
	j.t.Helper()
	j.goesTo("/desk")
	j.look("queue")
	one := j.item(words)
	j.click(one + " summary")
	j.wait(one + " .queue-body form button")
	j.picture("queue opened")
	j.press(one + " .queue-body form button")
	j.arrivedAt("/desk/items/")
	j.look("item in hand")
	return j.path()
}

// seesItTaken looks at the same entry as another moderator: it says that it is taken, and
// offers no form.
func (j *journey) seesItTaken(words, item string) {
	j.t.Helper()
	j.open("/desk")
	one := j.item(words)
	if got, want := j.text(one+" .row-meta"), j.words().T("desk.state.other"); !strings.Contains(got, want) {
		j.stop("the queue says %q, want %q in it", got, want)
	}
	j.open(item)
	j.sees(j.words().T("desk.taken"))
	if j.exists(`main form[action$="/decide"]`) || j.exists(`main form[action$="/claim"]`) {
		j.stop("somebody else's item offers a form")
	}
	j.look("item taken by another")
}

// decideButton sends a decision.
const decideButton = `main form[action$="/decide"] button.primary`

// hides decides with a reason and words, after forgetting the reason once.
func (j *journey) hides(words string) {
	j.t.Helper()
	j.tick("input[name=action][value=hide]")
	j.fill("#words", words)
	j.press(decideButton)
	j.refused("reason")
	j.look("decision without a reason")
	if got := j.value("#words"); got != words {
		j.stop("the words came back as %q", got)
	}
	j.choose("#reason", "contact")
	j.press(decideButton)
	j.arrivedAt("/desk")
	j.sees(j.words().T("desk.decided"))
	j.look("queue after the decision")
}

// readsWhy looks at her own post: what was decided, the house rule in the language of her
// pages, and the moderator's words; never who it was.
func (j *journey) readsWhy(talk, words string) {
	j.t.Helper()
	j.open(talk)
	own := j.words()
	for _, want := range []string{own.T("forum.decided.hide"), own.T("reason.contact.why"), words} {
		j.sees(want)
	}
	for _, who := range []string{"figuier", "lampione", "zaytuna"} {
		j.seesNot(who)
	}
	j.look("author reads why")
	j.open("/my/talks")
	j.click("main details summary")
	j.sees(own.T("reason.contact.why"))
	j.look("her list says why")
	j.open(talk)
}

// mends writes her post anew.
func (j *journey) mends(body string) {
	j.t.Helper()
	j.press(`main .acts a[href$="/edit"]`)
	j.look("edit")
	j.fill("#body", body)
	j.press(sendButton)
	j.sees(j.words().T("forum.held"))
	j.sees(body)
	j.seesNot(j.words().T("reason.contact.why"))
	j.look("edited and held")
}

// keeps takes an entry and lets it be read.
func (j *journey) keeps(words string) {
	j.t.Helper()
	j.takes(words)
	j.tick("input[name=action][value=keep]")
	j.press(decideButton)
	j.arrivedAt("/desk")
}

// keep lets a held post be read, as a moderator who did not write it.
func (p *portal) keep(t *testing.T, how opts, words string) {
	t.Helper()
	j := p.journey(t, how)
	people := p.everybodyWith(t, "moderator")
	j.signsInAs(people[len(people)-1])
	j.keeps(words)
}

// reports tells the moderators about the first post of a talk and returns its first words.
func (j *journey) reports(note string) (words string) {
	j.t.Helper()
	talk := j.firstTalk("health")
	words = j.text("article.post .prose p")
	words, _, _ = strings.Cut(words, ".")
	j.press(`main .acts a[href$="/report"]`)
	j.look("report")
	j.fill("#note", note)
	j.press(sendButton)
	j.refused("reason")
	j.look("report without a reason")
	j.tick("input[name=reason][value=identifies]")
	j.press(sendButton)
	j.arrivedAt(talk)
	j.sees(j.words().T("forum.reported"))
	j.look("reported")
	return words
}
