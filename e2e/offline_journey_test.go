//go:build e2e

package e2e

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"portico/content"
)

// phoneWays are the two ways of these journeys: what a phone keeps needs script.
var phoneWays = []opts{{Script: true, Lang: "en", Width: 1280}, {Script: true, Lang: "ar", Width: 320}}

// TestAPhoneLearnsWithoutNetAndSendsOnce: she keeps a module, the net is gone, she reads and
// answers, the net comes back, and everything is there once. Then the phone forgets.
func TestAPhoneLearnsWithoutNetAndSendsOnce(t *testing.T) {
	for _, how := range phoneWays {
		t.Run(how.String(), func(t *testing.T) {
			p := serve(t)
			key := p.journey(t, how).joins(p)
			j := p.journey(t, how)
			j.signsInOnHerPhone(key)
			text := j.moduleText()
			j.keepsTheModule(text, key)

			p.stop(t)
			j.readsFromThePhone(text)
			j.answersOnThePhone(text)
			p = p.returns(t)
			j.sendsOnce(text)

			j.leavesInAFright()
			if left := j.leftOnDevice(); len(left.Caches) != 2 {
				t.Errorf("Exit took the kept pages off her phone: %+v", left)
			}
			p.stop(t)
			j.waitsWhileNobodyIsSignedIn(text)
			p = p.returns(t)
			j.triesWithASessionThatIsOver()
			j.sendsNothingOfHersAs(p.journey(t, how).joins(p))
			j.signsInOnHerPhone(key)
			j.open("/learn")
			j.waitScript(`!document.querySelector('[data-say="sent"]').hidden`)

			j.open("/me")
			j.look("account on a phone that keeps pages")
			j.press("main form[data-forget] button")
			j.out()
			j.keepsNothing("after the phone has forgotten")
		})
	}
}

// TestADeviceThatLeavesNoTraceKeepsNothing, and one without script says why it cannot.
func TestADeviceThatLeavesNoTraceKeepsNothing(t *testing.T) {
	eachWay(t, func(t *testing.T, how opts) {
		p := serve(t)
		j := p.journey(t, how)
		key := j.joins(p)
		j.begins()
		j.sees(j.words().T("learn.keep.no-trace"))
		j.look("module on a device that leaves no trace")
		j.seesNot("data-keep")
		j.keepsNothing("on a device that leaves no trace")
		if how.Script {
			return
		}
		phone := p.journey(t, how)
		phone.signsInOnHerPhone(key)
		phone.open(learned)
		phone.sees(phone.words().T("learn.keep.script"))
		phone.waitGone("[data-do=keep]")
		phone.look("module on a phone without script")
	})
}

// signsInOnHerPhone says that the phone is hers alone.
func (j *journey) signsInOnHerPhone(key string) {
	j.t.Helper()
	j.open("/sign-in")
	j.fill("#key", key)
	j.tick(`input[name=device][value=mine]`)
	j.press(sendButton)
	j.in()
}

// begins reads the first unit of the module and goes to its page.
func (j *journey) begins() {
	j.t.Helper()
	j.open(learned)
	j.press(nextStep)
	j.press(unitButton)
	j.open(learned)
}

// onDevice is all that a browser can hold of the portal.
type onDevice struct {
	Caches, Databases, Workers, Storage, Addresses []string
	Text                                           string
}

const lookOnDevice = `(async () => {
	const found = {Caches: await caches.keys(), Databases: (await indexedDB.databases()).map(d => d.name),
		Workers: (await navigator.serviceWorker.getRegistrations()).map(r => r.scope),
		Storage: [...Object.keys(localStorage), ...Object.keys(sessionStorage)], Addresses: [], Text: ""};
	for (const name of found.Caches) {
		const cache = await caches.open(name);
		for (const request of await cache.keys()) {
			const kept = await cache.match(request), path = new URL(request.url).pathname;
			found.Addresses.push(path);
			if (path.startsWith("/learn")) found.Text += await kept.text();
		}
	}
	return found;
})()`

func (j *journey) leftOnDevice() onDevice {
	j.t.Helper()
	return ask(j, "what is on the device", chromedp.Evaluate[onDevice](lookOnDevice, chromedp.EvalAwaitPromise))
}

// keepsNothing looks into every place where a browser can keep something.
func (j *journey) keepsNothing(when string) {
	j.t.Helper()
	if left := j.leftOnDevice(); len(left.Caches)+len(left.Databases)+len(left.Workers)+len(left.Storage) != 0 {
		j.stop("%s there is %+v", when, left)
	}
}

// waiting is what waits on the phone, as the script keeps it.
func (j *journey) waiting() (all []map[string]any) {
	j.t.Helper()
	raw := ask(j, "what waits", chromedp.Evaluate[string](`new Promise((ok, no) => {
		const asked = indexedDB.open("learn", 1);
		asked.onerror = () => no(asked.error);
		asked.onsuccess = () => {
			const all = asked.result.transaction("waiting").objectStore("waiting").getAll();
			all.onsuccess = () => { asked.result.close(); ok(JSON.stringify(all.result)); };
		};
	})`, chromedp.EvalAwaitPromise))
	if err := json.Unmarshal([]byte(raw), &all); err != nil {
		j.t.Fatal(err)
	}
	return all
}

// waitScript waits until an expression on the page is true.
func (j *journey) waitScript(holds string) {
	j.t.Helper()
	ask(j, "wait until "+holds, chromedp.Poll[bool](holds, chromedp.WithPollingTimeout(ceiling)))
}

// waits wants so many pieces to wait, and the page to say so.
func (j *journey) waits(n int) {
	j.t.Helper()
	j.waitScript(fmt.Sprintf(`document.querySelector("[data-count]").textContent === "%d"`, n))
	j.wait(`[data-say="waiting"]`)
	if got := len(j.waiting()); got != n {
		j.stop("%d pieces wait on the phone, want %d", got, n)
	}
}

// sentSoFar counts what the browser sent to the module from the phone.
func (j *journey) sentSoFar() (n int) {
	j.traffic.mu.Lock()
	defer j.traffic.mu.Unlock()
	for _, r := range j.traffic.requests {
		if strings.HasSuffix(r.URL, strings.Replace(learned, "/learn/", "/learn/offline/", 1)) && r.Kind == "Fetch" && r.Status == 204 {
			n++
		}
	}
	return n
}

// keepsTheModule reads what keeping means and how large it is, and does it.
func (j *journey) keepsTheModule(text content.ModuleText, key string) {
	j.t.Helper()
	j.open(learned)
	if j.exists("[data-keep]") {
		j.stop("a module that she has not begun can be kept")
	}
	j.begins()
	j.wait("[data-do=keep]")
	j.sees(j.words().T("learn.keep.risk"))
	j.look("module that can be kept")
	j.keepsNothing("before she asks for it")
	j.click("[data-do=keep]")
	j.wait(`[data-say="kept"]`)
	j.wait("[data-do=drop]")
	j.look("module that is kept")
	left := j.leftOnDevice()
	if len(left.Caches) != 2 || len(left.Databases) != 1 || len(left.Workers) != 1 || len(left.Storage) != 0 {
		j.stop("the phone keeps %+v", left)
	}
	for _, address := range left.Addresses {
		if !strings.HasPrefix(address, "/learn/offline") && !strings.HasPrefix(address, "/static/") {
			j.stop("the phone keeps %s", address)
		}
	}
	for _, secret := range []string{key, strings.ReplaceAll(key, " ", ""), `name="token"`, "/sign-out"} {
		if strings.Contains(left.Text, secret) {
			j.stop("a kept page holds %q", secret)
		}
	}
	if !strings.Contains(left.Text, text.Units[1].Title) {
		j.stop("the second unit is not kept")
	}
}

// returns is the same portal at the same address, with net again.
func (p *portal) returns(t *testing.T) *portal {
	t.Helper()
	again := start(t, p.data, "PORTICO_LISTEN="+strings.TrimPrefix(p.base, "http://"), "PORTICO_EXIT="+p.exit)
	again.exit, again.exited = p.exit, p.exited
	return again
}

// readsFromThePhone finds what is there without net.
func (j *journey) readsFromThePhone(text content.ModuleText) {
	j.t.Helper()
	j.open("/learn")
	j.wait("[data-list] a")
	j.sees(text.Title)
	j.sees(j.words().T("learn.kept.lead"))
	j.look("without net what is on this phone")
	j.press(fmt.Sprintf("[data-list] a[href=%q]", learned))
	j.sees(text.Units[1].Title)
	j.look("without net a module")
	if len(text.Scenario.Scenes) > 0 {
		j.follow(learned + "/story")
		j.look("without net a story")
		j.open(learned)
	}
	j.follow(learned + "/units/" + text.Units[1].ID)
	j.look("without net a unit")
	j.click("form[data-later] button")
	j.waits(1)
	j.look("without net a unit that waits")
	j.open(learned + "/reflection") // of what is not kept nothing is shown
	j.sees(j.words().T("learn.kept.title"))
	j.seesNot("<textarea")
}

// answersOnThePhone fills in the quiz twice; the second time stands for both.
func (j *journey) answersOnThePhone(text content.ModuleText) {
	j.t.Helper()
	j.open(learned + "/quiz")
	j.look("without net a quiz")
	for i, q := range text.Questions {
		j.fits(q)
		if i == 0 {
			j.click("form[data-later] button")
			j.waits(2)
		}
	}
	j.click("form[data-later] button")
	j.waits(2)
	j.look("without net answers that wait")
	j.reload()
	j.waits(2)
	for _, q := range text.Questions {
		if q.Kind == content.Single && !j.exists(fmt.Sprintf("input[name=%q][value=%q]:checked", "q-"+q.ID, q.Right()[0])) {
			j.stop("her answer to %s is gone from the page", q.ID)
		}
	}
}

// fits answers one question as it fits.
func (j *journey) fits(q content.Question) {
	j.t.Helper()
	for _, one := range q.Right() {
		id, to, _ := strings.Cut(one, ":")
		switch q.Kind {
		case content.Order, content.Match:
			j.choose(fmt.Sprintf("select[name=%q]", "q-"+q.ID+"-"+id), to)
		case content.Short:
			j.fill(fmt.Sprintf("input[name=%q]", "q-"+q.ID), one)
		default:
			if box := fmt.Sprintf("input[name=%q][value=%q]", "q-"+q.ID, one); !j.exists(box + ":checked") {
				j.tick(box)
			}
		}
	}
}

// sendsOnce has net again: several wishes to send at once send everything one time.
func (j *journey) sendsOnce(text content.ModuleText) {
	j.t.Helper()
	ask(j, "the net is back", chromedp.Evaluate[bool](`[1, 2, 3].every(() => dispatchEvent(new Event("online")))`))
	j.wait(`[data-say="sent"]`)
	j.waitGone(`[data-say="waiting"]`)
	j.look("with net again")
	j.open(learned)
	j.sees(j.words().N("learn.units", len(text.Units), "Done", 2))
	j.sees(j.words().N("learn.quiz.fit", len(text.Questions), "Fit", len(text.Questions)))
	j.look("module after sending")
	for range 2 {
		j.reload()
		j.waitScript(`document.querySelector("[data-do=drop]") && !document.querySelector("[data-do=drop]").hidden`)
	}
	if n := j.sentSoFar(); n != 2 || len(j.waiting()) != 0 {
		j.stop("%d pieces were sent, and %d wait; want 2 and none", n, len(j.waiting()))
	}
}

// leavesInAFright presses Exit on a page that the worker serves, and is out.
func (j *journey) leavesInAFright() {
	j.t.Helper()
	j.click("form.exit button")
	j.waitAddress(j.leaving[1])
	j.open("/learn")
	j.out()
}

// waitsWhileNobodyIsSignedIn reads another unit without net, after Exit.
func (j *journey) waitsWhileNobodyIsSignedIn(text content.ModuleText) {
	j.t.Helper()
	j.open(learned + "/units/" + text.Units[2].ID)
	j.click("form[data-later] button")
	j.waits(1)
}

// triesWithASessionThatIsOver has net, and nobody is signed in: it waits on, and she is told.
func (j *journey) triesWithASessionThatIsOver() {
	j.t.Helper()
	ask(j, "the net is back", chromedp.Evaluate[bool](`dispatchEvent(new Event("online"))`))
	j.wait(`[data-say="ended"]`)
	j.waits(1)
	j.look("with net and without a session")
}

// meetsAnother waits until the script has seen that somebody else is here, which it notes
// after everything that it sends.
const meetsAnother = `new Promise((ok, no) => {
	const asked = indexedDB.open("learn", 1);
	asked.onerror = () => no(asked.error);
	asked.onsuccess = () => {
		const look = () => {
			const both = asked.result.transaction(["phone", "waiting"]), phone = both.objectStore("phone").get("me"), all = both.objectStore("waiting").getAll();
			both.oncomplete = () => {
				if (all.result.some(w => w.holder === phone.result.holder)) return void setTimeout(look, 50);
				asked.result.close();
				ok(true);
			};
		};
		look();
	};
})`

// sendsNothingOfHersAs somebody else who signs in on the same phone.
func (j *journey) sendsNothingOfHersAs(other string) {
	j.t.Helper()
	before := j.sentSoFar()
	j.signsInOnHerPhone(other)
	j.open("/learn")
	ask(j, "the phone meets her", chromedp.Evaluate[bool](meetsAnother, chromedp.EvalAwaitPromise))
	j.waitGone(`[data-say="waiting"]`)
	if len(j.waiting()) != 1 || j.sentSoFar() != before {
		j.stop("what waited for one person was sent by another")
	}
	j.leavesInAFright()
}
