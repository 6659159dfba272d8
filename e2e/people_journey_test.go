//go:build e2e

package e2e

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"

	"portico/app/i18n"
)

// This file holds what people do in many journeys: come in, go out, write, find a talk.

// messages are the interface's own words, read as the program reads them.
var messages = sync.OnceValues(i18n.Load)

// words speaks the language of the page she sees.
func (j *journey) words() *i18n.Printer {
	j.t.Helper()
	bundle, err := messages()
	if err != nil {
		j.t.Fatal(err)
	}
	return bundle.Printer(j.attr("html", "lang"))
}

// sentences are what people of these journeys write, in the language of the way.
type sentences struct {
	title, number, body, mended, answer, note string
}

var written = map[string]sentences{
	"en": {
		title: "A quiet place to sleep", number: "+39 347 555 0142", body: "I found a room. Ask for it at %s in the evening.",
		mended: "I found a room. Write here if you want to know how.", answer: "I went there too, and it was calm.",
		note: "She tells where I live. Please look soon.",
	},
	"ar": {
		title: "مكان هادئ للنوم", number: "٠٣٤٧ ٥٥٥ ٠١٤٢", body: "وجدت غرفة. اسألي عنها على %s في المساء.",
		mended: "وجدت غرفة. اكتبي هنا إن أردت أن تعرفي كيف.", answer: "ذهبت إلى هناك أيضًا وكان المكان هادئًا.",
		note: "تكتب أين أسكن. أرجو أن تنظروا قريبًا.",
	},
}

// sentences are her own words.
func (o opts) sentences() sentences { return written[o.lang()] }

// other is the same way in the other language.
func (o opts) other() opts {
	if o.lang() == "ar" {
		o.Lang = "en"
	} else {
		o.Lang = "ar"
	}
	return o
}

// sendButton is the button of the form in the middle of a page.
const sendButton = "main form.form button.primary"

// graveButton is the button of a form that cannot be undone.
const graveButton = "main form.form button.danger"

// paste puts a text into a field at once, as from a clipboard.
func (j *journey) paste(selector, text string) {
	j.t.Helper()
	j.do("paste into "+selector, chromedp.SetValue(chromedp.CSS(selector), text))
}

// tick ticks a box or picks a radio button with a click on its label, as people do.
func (j *journey) tick(selector string) {
	j.t.Helper()
	j.click("label:has(" + selector + ")")
}

// follow presses the link of the page's own part that leads to an address.
func (j *journey) follow(path string) {
	j.t.Helper()
	j.press(fmt.Sprintf(`main a[href=%q]`, path))
}

// seesHerAccount presses the link to it, where the width of the screen has it.
func (j *journey) seesHerAccount() {
	j.t.Helper()
	if j.how.width() == 320 {
		j.press(`a.account[href="/me"]`)
		return
	}
	j.press(`.own a[href="/me"]`)
}

// leaves presses the link to the page of signing out, where the width of the screen has it.
func (j *journey) leaves() {
	j.t.Helper()
	if j.how.width() == 320 {
		j.press(`.foot a[href="/sign-out"]`)
		return
	}
	j.press(`.own a[href="/sign-out"]`)
}

// joins makes an account with the card's code and returns the key, which she has seen.
func (j *journey) joins(p *portal) (key string) {
	j.t.Helper()
	j.open("/join")
	j.fill("#code", p.cast.Invitation)
	j.tick("#adult")
	j.tick("#rules")
	j.press(sendButton)
	return j.keyShown()
}

// keyShown reads the key on its page.
func (j *journey) keyShown() string {
	j.t.Helper()
	key := strings.Join(strings.Fields(j.text("#my-key")), "")
	if len(key) != 20 {
		j.stop("the page shows the key %q, want 20 digits", key)
	}
	return key
}

// signsIn opens a session with a key.
func (j *journey) signsIn(key string) {
	j.t.Helper()
	j.open("/sign-in")
	j.fill("#key", key)
	j.press(sendButton)
	j.in()
}

// signsInAs opens a session of one of the cast, in whichever way that person has.
func (j *journey) signsInAs(who *person) {
	j.t.Helper()
	if who.Key != "" {
		j.signsIn(who.Key)
		return
	}
	j.open("/sign-in/team")
	j.fill("#handle", who.Handle)
	j.fill("#passphrase", who.Passphrase)
	j.fill("#otp", who.code(j.t))
	j.press(sendButton)
	j.in()
}

// in wants her to be signed in, and out the reverse.
func (j *journey) in() {
	j.t.Helper()
	if j.status != 200 || !j.exists(`a.account[href="/me"]`) {
		j.stop("she is not signed in")
	}
}

func (j *journey) out() {
	j.t.Helper()
	if !j.exists(`a.account[href="/sign-in"]`) || j.exists(`a[href="/my/talks"]`) {
		j.stop("the page is not that of a visitor")
	}
}

// starts begins a talk and returns its address. Whatever screening says ends the test.
func (j *journey) starts(board, title, body string) (path string) {
	j.t.Helper()
	j.open("/forum/" + board + "/start")
	j.fill("#title", title)
	j.fill("#body", body)
	j.press(sendButton)
	j.arrivedAt("/forum/" + board + "/")
	return j.path()
}

func (j *journey) arrivedAt(prefix string) {
	j.t.Helper()
	if j.status != 200 || !strings.HasPrefix(j.path(), prefix) {
		j.stop("came to %s with status %d, want %s", j.path(), j.status, prefix)
	}
}

// firstTalk opens the newest talk of a board that can be answered, and returns its address.
func (j *journey) firstTalk(board string) (path string) {
	j.t.Helper()
	j.open("/forum/" + board)
	j.press("main .rows .row:not(:has(.badge.plain)) .row-title a")
	j.arrivedAt("/forum/" + board + "/")
	return j.path()
}

// refused wants the answer that a form gives when something has to be mended: its status,
// and a summary whose first line leads to this field.
func (j *journey) refused(field string) {
	j.t.Helper()
	if j.status != 422 {
		j.stop("the form answered %d, want 422", j.status)
	}
	if !j.exists(fmt.Sprintf(`.error-summary a[href="#%s"]`, field)) {
		j.stop("no line of the summary leads to #%s", field)
	}
	j.click(fmt.Sprintf(`.error-summary a[href="#%s"]`, field))
	if got := ask(j, "focus", chromedp.Evaluate[string](`document.activeElement.id`)); got != field {
		j.stop("the line of the summary leads to %q, want #%s", got, field)
	}
}

func TestTheOtherWayIsTheOtherLanguage(t *testing.T) {
	for _, way := range ways {
		if back := way.other().other(); back != way || way.other().lang() == way.lang() {
			t.Errorf("%s turns into %s and back into %s", way, way.other(), back)
		}
	}
}

// eastern writes digits as an Arabic keyboard does.
func eastern(digits string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return '٠' + r - '0'
		}
		return r
	}, digits)
}

// typedIn writes digits as she types them: in groups, in the digits of her keyboard.
func (o opts) typedIn(digits string) string {
	var groups []string
	for len(digits) > 4 {
		groups, digits = append(groups, digits[:4]), digits[4:]
	}
	text := strings.Join(append(groups, digits), " ")
	if o.lang() == "ar" {
		return eastern(text)
	}
	return text
}

// goesTo walks to one of the rooms of somebody with a role, by the way that is there on
// every screen: her own area, then the room.
func (j *journey) goesTo(room string) {
	j.t.Helper()
	j.press(`.areas a[href="/my"]`)
	j.press(fmt.Sprintf(`main a[href=%q]`, room))
	j.arrivedAt(room)
}

// inTheRow finds the address behind a link or form whose row, card or line of a table says all of these
// words: in a lived-in portal others wait in the same list.
func (j *journey) inTheRow(selector string, words ...string) string {
	j.t.Helper()
	list, err := json.Marshal(words)
	if err != nil {
		j.t.Fatal(err)
	}
	found := ask(j, "a row", chromedp.Evaluate[string](fmt.Sprintf(`(() => {
		const e = [...document.querySelectorAll(%q)].find(e => %s.every(w => (e.closest(".row, .card, tr") || e).innerText.includes(w)));
		return e ? e.getAttribute("href") || e.getAttribute("action") : ""; })()`, selector, list)))
	if found == "" {
		j.stop("no row of %s says %q", selector, words)
	}
	return found
}

// fetch asks for an address with her session, as a player or a download does. Headers are
// names and values in turn.
func (j *journey) fetch(path string, headers ...string) (*http.Response, []byte) {
	j.t.Helper()
	req, err := http.NewRequest(http.MethodGet, j.base+path, nil)
	if err != nil {
		j.t.Fatal(err)
	}
	for i := 0; i < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	for name, c := range j.cookies() {
		req.AddCookie(&http.Cookie{Name: name, Value: c.Value})
	}
	answer, err := http.DefaultClient.Do(req)
	if err != nil {
		j.t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		j.t.Fatal(err)
	}
	return answer, body
}
