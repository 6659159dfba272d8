//go:build e2e

package e2e

import (
	"encoding/xml"
	"fmt"
	"html"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// What a mediator does with the page that takes a language out and back.
const (
	tryFileButton  = `main form[enctype="multipart/form-data"] button[type=submit]`
	keepFileButton = `main form[action$="/exchange/write"] button`
)

// takesOut downloads a language in one of the formats, as the link does.
func (j *journey) takesOut(sheet, format string) []byte {
	j.t.Helper()
	link := fmt.Sprintf("main a[href=%q]", sheet+"/exchange/"+format)
	j.wait(link)
	answer, file := j.fetch(j.attr(link, "href"))
	if answer.StatusCode != http.StatusOK || !strings.HasPrefix(answer.Header.Get("Content-Disposition"), "attachment;") {
		j.stop("%s: status %d, %v", format, answer.StatusCode, answer.Header)
	}
	return file
}

// bringsBack sends a file; the page says what it would change.
func (j *journey) bringsBack(name, file string) {
	j.t.Helper()
	j.choosesFile("#file", name, []byte(file))
	j.press(tryFileButton)
}

// unit is one text of an XLIFF file: its source, and the target when it has one.
var unit = regexp.MustCompile(`(<source>)([^<]*)(</source>\n)([ \t]*<target>[^<]*</target>\n)?`)

// withTarget writes a target as a translator's program does.
func withTarget(t *testing.T, file, source, words string) string {
	t.Helper()
	var target strings.Builder
	if err := xml.EscapeText(&target, []byte(words)); err != nil {
		t.Fatal(err)
	}
	found := false
	file = unit.ReplaceAllStringFunc(file, func(one string) string {
		parts := unit.FindStringSubmatch(one)
		if found || html.UnescapeString(parts[2]) != source {
			return one
		}
		found = true
		return parts[1] + parts[2] + parts[3] + "<target>" + target.String() + "</target>\n"
	})
	if !found {
		t.Fatalf("the file holds no source %q:\n%s", source, file)
	}
	return file
}

// The sheet that goes out, its first sentence, and what becomes of its title and of that
// sentence in a mediator's program, by language.
const (
	outTitle    = "Your phone, your safety"
	outSentence = "Charge it fully. Take a cable and, if you can, a small battery."
)

var broughtIn = map[string]struct{ lang, title, sentence, meanwhile string }{
	"en": {"it", "Il tuo telefono e la tua sicurezza", "Caricalo bene. Porta un cavo e una batteria, se puoi.", "Carica la batteria. Porta un cavo e, se puoi, una batteria piccola."},
	"ar": {"ar", "هاتفك وسلامتك معًا", "اشحنه جيدًا. مع كابل وبطارية إن أمكن.", "الشحن كاملًا، مع كابل وبطارية صغيرة إن أمكن."},
}

// TestAMediatorWorksInAProgramOfHerOwn takes a language out, changes two texts in it, and
// sees before anything is kept what becomes of each: one that another mediator wrote
// meanwhile stays. A damaged file is refused with its line, and nothing is lost by it.
func TestAMediatorWorksInAProgramOfHerOwn(t *testing.T) {
	eachWay(t, func(t *testing.T, how opts) {
		p, say := serve(t), broughtIn[how.lang()]
		j, other := p.journey(t, how), p.journey(t, how)
		j.signsInAs(p.person(t, "Liridona"))
		other.signsInAs(p.person(t, "Bahia"))
		j.goesTo("/translate")
		sheet := strings.TrimSuffix(j.inTheRow(`main form[action$="/open"]`, outTitle), "/open") + "/" + say.lang
		j.follow(sheet)
		before := j.segments()
		j.follow(sheet + "/exchange")
		j.look("take it with you")
		j.press(tryFileButton)
		j.refused("file")
		j.sees(j.words().T("translate.exchange.missing"))
		j.open(sheet + "/exchange")
		file := string(j.takesOut(sheet, "xliff"))
		file = withTarget(t, withTarget(t, file, outTitle, say.title), outSentence, say.sentence)
		n := j.segmentOf(sheet, outSentence)
		other.saves(sheet, n, say.meanwhile)

		j.open(sheet + "/exchange")
		j.bringsBack("phone.xlf", file)
		j.seesWhatItChanges(sheet, n, say.title, say.sentence, say.meanwhile)
		other.open(sheet + "/1")
		if got := other.value("#words"); got == say.title {
			other.stop("looking at a file writes it")
		}
		j.press(keepFileButton)
		j.arrivedAt(sheet)
		j.sees(j.words().T("translate.exchange.done"))
		if after := j.segments(); !strings.HasPrefix(after[0], say.title) || !strings.HasPrefix(after[n-1], say.meanwhile) || !slices.Equal(after[n:], before[n:]) {
			j.stop("the segments are %q, before they were %q", after, before)
		}
		j.look("the file is kept")
		j.damagedFile(sheet)
	})
}

// segmentOf is the number of the segment with a source, as the page counts.
func (j *journey) segmentOf(sheet, source string) int {
	j.t.Helper()
	j.open(sheet)
	for n := range j.count("main .segment") {
		if j.text(fmt.Sprintf("main .segment:nth-of-type(%d) > p", n+1)) == source {
			return n + 1
		}
	}
	j.stop("no segment says %q", source)
	return 0
}

// seesWhatItChanges is the look before anything is kept.
func (j *journey) seesWhatItChanges(sheet string, n int, title, sentence, meanwhile string) {
	j.t.Helper()
	say := j.words()
	j.sees(say.T("translate.exchange.plan"))
	j.sees(say.N("translate.exchange.is.conflict", 1))
	j.sees(say.N("translate.exchange.is.changed", 1))
	j.sees(say.T("translate.exchange.ours"))
	j.sees(say.T("translate.exchange.theirs"))
	for _, words := range []string{title, sentence, meanwhile, say.N("translate.exchange.write", 1)} {
		j.sees(words)
	}
	if !j.exists(fmt.Sprintf("main a[href=%q]", fmt.Sprintf("%s/%d", sheet, n))) {
		j.stop("no link leads to the segment that stays")
	}
	j.look("what the file would change")
}

// damagedFile brings a PO file of which a program lost one sign, and then the file as it was.
func (j *journey) damagedFile(sheet string) {
	j.t.Helper()
	before := j.segments()
	j.follow(sheet + "/exchange")
	file := string(j.takesOut(sheet, "po"))
	lines := strings.Split(file, "\n")
	at := slices.IndexFunc(lines, func(line string) bool { return strings.HasPrefix(line, `msgstr "`) && len(line) > len(`msgstr ""`) })
	if at < 0 {
		j.stop("the file holds no translation:\n%s", file)
	}
	lines[at] = strings.TrimSuffix(lines[at], `"`)
	j.bringsBack("phone.po", strings.Join(lines, "\n"))
	j.refused("file")
	j.sees(j.words().T("translate.exchange.fault.broken", "Line", at+1))
	j.look("a damaged file")
	j.open(sheet)
	if after := j.segments(); !slices.Equal(after, before) {
		j.stop("the segments are %q, before they were %q", after, before)
	}
	j.follow(sheet + "/exchange")
	j.bringsBack("phone.po", file)
	j.sees(j.words().T("translate.exchange.nothing"))
	j.look("a file that changes nothing")
}
