//go:build e2e

package e2e

import (
	"encoding/csv"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// sought is the entry that these journeys look for: lessons in Paris, in Chinese.
const sought = "/directory/ex-aslc"

// lessons is a word of the entry, as she types it; wrong is what she says about it.
var lessons = map[string]string{"en": "lessons", "ar": "دروس"}
var wrong = map[string]string{"en": "The door is closed on Fridays now.", "ar": "الباب مغلق الآن يوم الجمعة."}

func TestAVisitorFindsAServiceAndSaysWhatIsWrong(t *testing.T) {
	eachWay(t, func(t *testing.T, how opts) {
		p := serve(t)
		j := p.journey(t, how)
		j.looksForLessons()
		j.says(wrong[how.lang()])
		j.takesTheList(p, "")

		coordinator := p.journey(t, how.other())
		coordinator.signsInAs(p.withRole(t, "coordinator"))
		coordinator.settlesIt(wrong[how.lang()])

		j.open(sought)
		j.sees(j.words().T("directory.checked"))
		j.seesNot(j.words().T("directory.unchecked.long"))
		j.seesNot(wrong[how.lang()])
		j.look("entry with an answer")
		j.takesTheList(p, j.today())
	})
}

// looksForLessons narrows the list by country, then by language, then by a word.
func (j *journey) looksForLessons() {
	j.t.Helper()
	j.open("/")
	j.press(`.areas a[href="/directory"]`)
	j.look("directory")
	j.click("main form details.more summary")
	j.picture("directory opened")
	j.choose("#country", "FR")
	j.press(sendButton)
	j.inView("#found")
	j.look("by country")
	j.allRowsSay(j.chosen("#country"))
	j.choose("#speaks", "zh")
	j.press(sendButton)
	j.look("by language")
	j.allRowsSay(j.chosen("#country"))
	if !j.exists(fmt.Sprintf("main a[href=%q]", sought)) {
		j.stop("a service in Chinese is not found by its language")
	}
	j.fill("#q", lessons[j.how.lang()])
	j.press(sendButton)
	if j.value("#country") != "FR" || j.value("#speaks") != "zh" || j.value("#q") != lessons[j.how.lang()] {
		j.stop("what she looks for is lost: %q %q %q", j.value("#country"), j.value("#speaks"), j.value("#q"))
	}
	j.look("by word")
	j.follow(sought)
	j.sees(j.words().T("directory.unchecked"))
	j.sees(j.words().T("directory.unchecked.long"))
	j.look("entry")
}

// allRowsSay wants every row of a list to hold a word, and at least one row.
func (j *journey) allRowsSay(word string) {
	j.t.Helper()
	rows := j.count("main .rows > .row")
	if rows == 0 {
		j.stop("the list is empty")
	}
	for n := 1; n <= rows; n++ {
		if row := j.text(fmt.Sprintf("main .rows > .row:nth-of-type(%d)", n)); !strings.Contains(row, word) {
			j.stop("row %d does not say %q: %s", n, word, row)
		}
	}
}

// inView wants the top of an element on the screen, without scrolling.
func (j *journey) inView(selector string) {
	j.t.Helper()
	top := ask(j, "place of "+selector, chromedp.Evaluate[float64](fmt.Sprintf("document.querySelector(%q).getBoundingClientRect().top", selector)))
	if _, height := j.how.screen(); top < 0 || top >= float64(height) {
		j.stop("%s is %v away from the top of the screen", selector, top)
	}
}

// chosen is the word of the option that a select stands on.
func (j *journey) chosen(selector string) string {
	j.t.Helper()
	return ask(j, "chosen in "+selector, chromedp.Evaluate[string](fmt.Sprintf("document.querySelector(%q).selectedOptions[0].text", selector)))
}

// says tells what is wrong with the entry, without a key; first she sends the form empty.
func (j *journey) says(words string) {
	j.t.Helper()
	j.follow(sought + "/correct")
	j.look("something is wrong")
	j.press(sendButton)
	j.refused("words")
	j.look("something is wrong and empty")
	j.fill("#words", words)
	j.press(sendButton)
	j.arrivedAt(sought)
	j.sees(j.words().T("directory.corrected"))
	j.seesNot(words) // what one person says is not published
	j.look("said")
	j.out()
}

// settlesIt reads it as a coordinator, says that it is put right, and checks the entry.
func (j *journey) settlesIt(words string) {
	j.t.Helper()
	j.press(`.areas a[href="/directory"]`)
	j.sees(j.words().T("directory.corrections.wait"))
	j.follow("/directory/corrections")
	j.sees(words)
	j.look("corrections")
	j.press(fmt.Sprintf(`main form[action=%q] button.secondary`, j.inTheRow(`main form[action^="/directory/corrections/"]`, words)))
	j.sees(j.words().T("directory.settled"))
	j.seesNot(words)
	j.look("corrections settled")
	j.open(sought + "/change")
	j.look("change an entry")
	j.open(sought)
	j.press(fmt.Sprintf("main form[action=%q] button", sought+"/verify"))
	j.sees(j.words().T("directory.verified"))
	j.look("entry checked")
}

// takesTheList gets the open data as the link of the page gives it, and wants the entry to
// be as it should.
func (j *journey) takesTheList(p *portal, verified string) {
	j.t.Helper()
	j.open("/directory")
	j.wait(`main a[href="/directory.csv"]`)
	status, body := p.get(j.t, j, "/directory.csv")
	rows, err := csv.NewReader(strings.NewReader(body)).ReadAll()
	if status != http.StatusOK || err != nil || len(rows) < 2 {
		j.t.Fatalf("the list answers %d with %d rows: %v", status, len(rows), err)
	}
	if got := strings.Join(rows[0], ","); got != "id,name,kind,country,city,languages,what,verified_on" {
		j.t.Errorf("the list begins with %s", got)
	}
	at := slices.IndexFunc(rows, func(row []string) bool { return "/directory/"+row[0] == sought })
	if at < 0 {
		j.t.Fatal("the list does not have the entry")
	}
	row := rows[at]
	if row[3] != "FR" || row[5] != "zh-Hans" || row[7] != verified {
		j.t.Errorf("the list says %q, want it in FR, in zh-Hans, checked on %q", row, verified)
	}
	if !strings.Contains(row[6], lessons[j.how.lang()]) {
		j.t.Errorf("the list says %q, not in the language of the reader", row[6])
	}
}

// get asks for an address as the browser of a journey does, with its cookies and its
// language: for files that a browser would keep instead of showing.
func (p *portal) get(t *testing.T, j *journey, path string) (status int, body string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, p.base+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Accept-Language", j.how.lang())
	for name, cookie := range j.cookies() {
		r.Header.Add("Cookie", name+"="+cookie.Value)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(text)
}

// today is the day in the zone that the program keeps when nobody sets one.
func (j *journey) today() string {
	j.t.Helper()
	zone, err := time.LoadLocation("Europe/Rome")
	if err != nil {
		j.t.Fatal(err)
	}
	return time.Now().In(zone).Format(time.DateOnly)
}
