//go:build e2e

package e2e

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// secret are the words that must stay between two people, or with one. Each holds a word
// that stands nowhere else in the portal, so that it can be looked for.
type secret struct {
	agreement, worked, action, mine, comment, theirs string
}

var secrets = map[string]secret{
	"en": {
		agreement: "We meet on quiet mornings, quillwort on the table.", worked: "The round was zephyrine, nobody hurried.",
		action: "Ask for marrowstone lamps", mine: "I felt like saxifrage in a wall.",
		comment: "I remember it less thistledown than that.", theirs: "She is tired; bellwether signs.",
	},
	"ar": {
		agreement: "نلتقي في صباح هادئ والكهرمان على الطاولة.", worked: "كانت الجولة مثل السنونو ولم يستعجل أحد.",
		action: "طلب مصابيح من العقيق", mine: "شعرت مثل البنفسج في جدار.",
		comment: "أتذكرها أقل زمردا من ذلك.", theirs: "تبدو متعبة مثل اللازورد.",
	},
}

// all lists the words, and all that a coordinator or a file may hold none of.
func (s secret) all() []string {
	return []string{s.agreement, s.worked, s.action, s.mine, s.comment, s.theirs}
}

func TestSupervisionStaysBetweenTwoPeople(t *testing.T) {
	eachWay(t, func(t *testing.T, how opts) {
		p := serve(t)
		say, peer := secrets[how.lang()], p.withRole(t, "peer")
		outside := p.withRole(t, "supervisor")
		supervisor, j := p.journey(t, how.other()), p.journey(t, how)
		supervisor.signsInAs(outside)
		j.signsInAs(peer)

		supervisor.proposes(peer, say)
		relation := j.agrees(outside, say)
		entry := j.writesAnEntry(relation, say)
		supervisor.signsAndDisagrees(relation, entry, say)
		j.readsTheComment(relation, entry, say)

		coordinator, admin := p.journey(t, how), p.journey(t, how.other())
		coordinator.signsInAs(p.withRole(t, "coordinator"))
		admin.signsInAs(p.withRole(t, "admin"))
		coordinator.countsMinutes(peer, outside)
		fresh := p.anotherSupervisor(t, coordinator, how)
		coordinator.walksPast(p, say.all(), "/supervision/overview", "/work/team", "/learn/team")
		admin.walksPast(p, say.all(), "/supervision/overview", "/team")
		fresh.walksPast(p, say.all(), "/supervision/new")
		for _, other := range []*journey{coordinator, admin, fresh} {
			other.comesToNothing(relation, entry)
			other.signsByForce(entry)
		}
		j.open(entry)
		if n := j.count("main .rows > .row:has(bdi[translate=no])"); n != 2 {
			t.Errorf("the entry has %d signatures, want two", n)
		}
		p.keepsItSealed(t, coordinator, say.all())
	})
}

// keepsItSealed reads every file of the program, while it runs and after it has stopped.
// What a coordinator typed a moment ago must be found in them, or the looking proves nothing.
func (p *portal) keepsItSealed(t *testing.T, coordinator *journey, sealed []string) {
	t.Helper()
	const plain = "Larkspurhaus"
	coordinator.goesTo("/work/team")
	coordinator.fill("#name", plain)
	coordinator.choose("#mode", "employment")
	coordinator.press(`main form[action="/work/team/organisations"] button`)
	coordinator.sees(plain)
	if !p.holds(t, plain) {
		t.Fatal("the files of the running program do not hold what is kept readable")
	}
	p.holdsNot(t, sealed...)
	p.stop(t)
	if !p.holds(t, plain) {
		t.Fatal("the files of the stopped program do not hold what is kept readable")
	}
	p.holdsNot(t, sealed...)
}

// chooseNamed picks an option of a select by its words.
func (j *journey) chooseNamed(selector, words string) {
	j.t.Helper()
	find := fmt.Sprintf(`([...document.querySelector(%q).options].find(o => o.text.trim() === %q) || {value: ""}).value`, selector, words)
	j.choose(selector, ask(j, "option "+words, chromedp.Evaluate[string](find)))
}

// proposes offers an agreement as the supervisor, first without choosing the peer.
func (j *journey) proposes(peer *person, say secret) {
	j.t.Helper()
	j.goesTo("/supervision")
	j.look("supervision with nothing")
	j.follow("/supervision/new")
	j.look("propose")
	j.paste("#agreement", say.agreement)
	j.press(sendButton)
	j.refused("peer")
	j.look("propose without a peer")
	if got := j.value("#agreement"); got != say.agreement {
		j.stop("the agreement came back as %q", got)
	}
	j.chooseNamed("#peer", peer.Handle)
	j.press(sendButton)
	j.arrivedAt("/supervision")
	j.sees(peer.Handle)
	j.look("proposed")
}

// agrees reads the proposal as the peer and says yes; it returns the relation's address.
func (j *journey) agrees(supervisor *person, say secret) (relation string) {
	j.t.Helper()
	j.goesTo("/supervision")
	j.sees(j.words().T("supervision.waits.you"))
	j.look("a proposal waits")
	j.press("main .rows .row-title a")
	j.sees(supervisor.Handle)
	j.sees(say.agreement)
	j.look("proposal")
	j.press(`main form[action$="/accept"] button`)
	j.sees(j.words().T("supervision.accepted"))
	j.look("agreed")
	return j.path()
}

// writesAnEntry writes what both read and what nobody else reads, and signs.
func (j *journey) writesAnEntry(relation string, say secret) (entry string) {
	j.t.Helper()
	j.follow(relation + "/write")
	j.look("write")
	j.fill("#minutes", j.how.typedIn("75"))
	j.tick("input[name=topics][value=boundary]")
	j.click("details.more summary")
	j.fill("#what1", say.action)
	j.choose("#owner1", "organisation")
	j.paste("#due1", j.today())
	j.press(sendButton)
	j.refused("worked")
	j.look("write with nothing said")
	if !j.exists("input[name=topics][value=boundary]:checked") || j.value("#what1") != say.action {
		j.stop("what she chose and wrote is lost")
	}
	j.fill("#worked", say.worked)
	j.choose("#wellbeing", "4")
	j.press(sendButton)
	j.arrivedAt("/supervision/entries/")
	j.sees(j.words().T("supervision.written"))
	j.sees(say.worked)
	j.look("entry written")
	j.notesForHerself(say.mine)
	j.tick("input[name=verdict][value=sign]")
	j.press(signButton)
	j.sees(j.words().T("supervision.signed.done"))
	j.look("entry signed once")
	return j.path()
}

const signButton = `main form[action$="/sign"] button`

// notesForHerself keeps a private note beside an entry.
func (j *journey) notesForHerself(words string) {
	j.t.Helper()
	j.fill("#mine", words)
	j.press(`main form[action$="/mine"] button`)
	j.sees(j.words().T("supervision.mine.kept"))
	if got := j.value("#mine"); got != words {
		j.stop("her note is %q", got)
	}
}

// signsAndDisagrees reads the entry as the supervisor, signs with a comment after
// forgetting it once, and keeps a note of her own.
func (j *journey) signsAndDisagrees(relation, entry string, say secret) {
	j.t.Helper()
	j.goesTo("/supervision")
	j.follow(relation)
	j.look("relation for the supervisor")
	j.follow(entry)
	j.sees(say.worked)
	j.sees(say.action)
	j.seesNot(say.mine)
	j.look("entry for the supervisor")
	j.tick("input[name=verdict][value=disagree]")
	j.press(signButton)
	j.refused("words")
	j.look("disagreeing without words")
	if !j.exists("input[name=verdict][value=disagree]:checked") {
		j.stop("her choice is lost")
	}
	j.fill("#words", say.comment)
	j.press(signButton)
	j.sees(j.words().T("supervision.signed.done"))
	j.notesForHerself(say.theirs)
	j.look("entry signed by both")
}

// readsTheComment is the peer with the entry that both have signed.
func (j *journey) readsTheComment(relation, entry string, say secret) {
	j.t.Helper()
	j.open(entry)
	j.sees(say.comment)
	j.sees(j.words().T("supervision.said.disagree"))
	j.seesNot(say.theirs)
	if got := j.value("#mine"); got != say.mine {
		j.stop("her own note is %q", got)
	}
	if j.exists(fmt.Sprintf("main a[href=%q]", entry+"/edit")) {
		j.stop("what both signed can be changed")
	}
	j.look("entry with a comment")
	j.open(relation)
	j.sees(j.words().N("supervision.chain.holds", 2))
	j.paste("#next", j.today())
	j.press(`main form[action$="/plan"] button`)
	j.sees(j.words().T("supervision.planned"))
	j.look("relation with a day")
	j.follow(relation + "/end")
	j.look("end it")
}

// countsMinutes is the coordinator's view: who, how long and when, and no word.
func (j *journey) countsMinutes(peer, supervisor *person) {
	j.t.Helper()
	j.goesTo("/supervision")
	j.follow("/supervision/overview")
	own := j.words()
	for _, want := range []string{peer.Handle, supervisor.Handle, own.N("supervision.minutes.n", 75), own.Day(j.today())} {
		if !strings.Contains(j.text("main table"), want) {
			j.stop("the overview does not say %q", want)
		}
	}
	j.look("overview")
}

// anotherSupervisor is somebody with the same role who is no part of it.
func (p *portal) anotherSupervisor(t *testing.T, coordinator *journey, how opts) *journey {
	t.Helper()
	link := coordinator.offersARole("supervisor")
	j := p.journey(t, how)
	j.takesUpTheRole(link)
	return j
}

// rooms are where the walk goes: every page about people who work here.
var rooms = []string{"/my", "/work", "/supervision", "/team", "/learn", "/me"}

// lists are single pages that the walk takes in beside them.
var lists = []string{"/directory", "/directory/corrections", "/directory.csv"}

// walksPast follows every link of her rooms and takes what files she can; none holds a word
// that was sealed. A walk that misses one of the pages in must proves nothing.
func (j *journey) walksPast(p *portal, sealed []string, must ...string) {
	j.t.Helper()
	next, seen := []string{"/my"}, map[string]bool{"/my": true}
	for ; len(next) > 0; next = next[1:] {
		status, page := p.get(j.t, j, next[0])
		if status != http.StatusOK {
			j.t.Errorf("%s answers %d", next[0], status)
		}
		for _, words := range sealed {
			if strings.Contains(page, words) {
				j.t.Errorf("%s holds %q", next[0], words)
			}
		}
		for _, href := range links(page) {
			if !seen[href] && inRooms(href) {
				seen[href], next = true, append(next, href)
			}
		}
	}
	for _, room := range append(must, "/supervision", "/directory.csv") {
		if !seen[room] {
			j.t.Errorf("the walk did not come to %s: %v", room, seen)
		}
	}
}

// links lists the addresses that a page leads to.
func links(page string) (all []string) {
	for _, piece := range strings.Split(page, ` href="`)[1:] {
		href, _, _ := strings.Cut(piece, `"`)
		all = append(all, href)
	}
	return all
}

func inRooms(href string) bool {
	for _, room := range rooms {
		if href == room || strings.HasPrefix(href, room+"/") {
			return true
		}
	}
	return slices.Contains(lists, href)
}

// comesToNothing tries the addresses of the two: for anybody else they do not exist.
func (j *journey) comesToNothing(relation, entry string) {
	j.t.Helper()
	for _, path := range []string{relation, relation + "/write", relation + "/end", relation + "/calendar", entry, entry + "/edit"} {
		j.openAs(path, http.StatusNotFound)
	}
	j.look("somebody else finds nothing")
}

// signsByForce sends a signature from a form of her own to the entry of the two.
func (j *journey) signsByForce(entry string) {
	j.t.Helper()
	j.open("/sign-out")
	bend := fmt.Sprintf(`(form => { form.action = %q;
		for (const [name, value] of [["verdict", "sign"], ["version", "1"], ["nonce", "00000000000000000000000000000000"]]) {
			const field = document.createElement("input");
			field.type = "hidden"; field.name = name; field.value = value; form.append(field) }
		return true })(document.querySelector("main form.form"))`, entry+"/sign")
	ask(j, "bend a form", chromedp.Evaluate[bool](bend))
	j.press(sendButton)
	if j.status != http.StatusNotFound {
		j.stop("signing for others answered %d, want 404", j.status)
	}
}
