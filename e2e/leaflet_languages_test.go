//go:build e2e

package e2e

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// tongue is the leaflet in one language: its text, segment by segment with the title first,
// and who writes and who checks it.
type tongue struct {
	lang           string
	words          []string
	writer, reader *journey
	checked        func(*journey) string // who checked it, in the words of a page; nil for the source
}

// inFrench is the leaflet, segment by segment.
var inFrench = []string{
	"Que prendre avec soi pour la consultation",
	"Une visite est plus facile quand tu sais quoi apporter.",
	"Quoi apporter",
	"Ta carte de santé, si tu en as une.",
	"La liste des médicaments que tu prends.",
	"Une personne proche, si tu veux.",
	"Nous ne demandons jamais quel travail tu fais.",
	"Appelle le **800 186 086** de 9 à 18 heures, sans donner de nom. Il ne faut pas de titre de séjour.",
}

// scripts are the four languages as each calls itself, and where its lines begin.
var scripts = map[string]struct{ name, dir string }{
	"en": {"English", "ltr"}, "it": {"Italiano", "ltr"}, "fr": {"Français", "ltr"}, "ar": {"العربية", "rtl"},
}

// columns are the text in its own language (0) or in Italian (1).
func (l leaflet) columns(which int) (all []string) {
	for _, pair := range l.pairs {
		all = append(all, pair[which])
	}
	return all
}

// tongues are the languages beside Italian: French, and of English and Arabic the one in
// which the leaflet was not written.
func (m *making) tongues(how opts) []tongue {
	other := how.other().lang()
	by := func(handle string) func(*journey) string {
		return func(j *journey) string { return j.words().T("material.checked", "Handle", "\u2068"+handle+"\u2069") }
	}
	another, handle := m.peer, m.peerHandle
	if other == "ar" {
		if m.arabic == nil {
			m.arabic = m.p.journey(m.leader.t, how)
			m.arabic.signsInAs(m.p.person(m.leader.t, "Yasmine"))
		}
		another, handle = m.arabic, m.p.person(m.leader.t, "Yasmine").Handle
	}
	return []tongue{
		{"fr", inFrench, m.colleague, m.second, by(m.handles[1])},
		{other, leaflets[other].columns(0), m.mediator, another, by(handle)},
	}
}

// inItalian is the leaflet as the machine drafted it and the mediator then wrote it.
func (m *making) inItalian() []string {
	words := m.say.columns(1)
	words[0], words[1], words[3] = ownTitle, ownSentence, ownItem
	return words
}

// inOtherTongues brings the decided text into two more languages: each is written in a
// mediator's own program, brought back, and read by somebody else, who approves it.
func (m *making) inOtherTongues(all []tongue) {
	for _, one := range all {
		sheet := m.begins(one.writer, one.lang)
		m.writtenElsewhere(sheet, one)
		one.writer.look("a language brought back")

		j := one.reader
		j.goesTo("/translate")
		j.canCheck(one.lang)
		j.reviews(sheet, len(one.words))
		one.writer.open(sheet)
		one.writer.sees(one.writer.words().T("translate.language.waiting"))
		if one.writer.exists(approveButton) {
			one.writer.stop("she can approve what she wrote")
		}
		j.open(sheet)
		j.press(approveButton)
		j.sees(j.words().T("translate.approved"))
		j.look("approved in " + one.lang)
	}
	m.mediator.goesTo("/translate")
	for _, one := range all {
		m.mediator.sees(scripts[one.lang].name)
	}
	m.mediator.look("all languages are approved")
}

// writtenElsewhere takes the text out, fills it in and brings it back.
func (m *making) writtenElsewhere(sheet string, one tongue) {
	j := one.writer
	j.follow(sheet + "/exchange")
	file := string(j.takesOut(sheet, "xliff"))
	for i, source := range m.say.columns(0) {
		file = withTarget(j.t, file, source, one.words[i])
	}
	j.bringsBack("leaflet.xlf", file)
	j.sees(j.words().N("translate.exchange.is.new", len(one.words)))
	j.press(keepFileButton)
	j.arrivedAt(sheet)
	j.sees(j.words().T("translate.exchange.done"))
}

// readIn is somebody who reads the leaflet in her own language, without an account: in the
// library, on the screen, on both papers, and as words alone.
func (m *making) readIn(t *testing.T, how opts, one tongue) *journey {
	how.Lang = one.lang
	j := m.p.journey(t, how)
	j.open("/read")
	if got := j.text(fmt.Sprintf("main a[href=%q]", m.path)); got != one.words[0] {
		j.stop("the library calls it %q, want %q", got, one.words[0])
	}
	row := j.text(fmt.Sprintf("main .row:has(a[href=%q])", m.path))
	for _, script := range scripts {
		if !strings.Contains(row, script.name) {
			j.stop("the library does not name %s: %q", script.name, row)
		}
	}
	j.look("library in " + one.lang)
	j.follow(m.path)
	if got := j.text("h1"); got != one.words[0] {
		j.stop("the title is %q, want %q", got, one.words[0])
	}
	j.runs("article", one.lang)
	if n := j.count("main nav a[hreflang]"); n != len(scripts) {
		j.stop("the page leads to %d languages", n)
	}
	for _, words := range one.words[1 : len(one.words)-1] {
		j.sees(words)
	}
	j.sees("800 186 086")
	checked := ""
	if one.checked != nil {
		checked = one.checked(j)
		j.sees(checked)
	}
	for _, words := range m.say.unsaid() {
		if !slices.Contains([]string{m.say.purpose, m.say.audience}, words) {
			j.seesNot(words)
		}
	}
	j.look("the leaflet in " + one.lang)
	m.onPaperIn(j, one, checked)
	return j
}

// runs wants a part of the page to be in a language, and to run as its lines do.
func (j *journey) runs(part, lang string) {
	j.t.Helper()
	if got := j.attr(part, "lang") + " " + j.attr(part, "dir"); got != lang+" "+scripts[lang].dir {
		j.stop("%s is %q, want %q", part, got, lang+" "+scripts[lang].dir)
	}
}

// onPaperIn opens both sheets and the words alone, and leads back to the page.
func (m *making) onPaperIn(j *journey, one tongue, checked string) {
	j.follow(m.path + "/print?text=" + one.lang + "&sheet=a4")
	j.runs(".sheet > div[lang]", one.lang)
	j.sees(one.words[1])
	j.look("sheet to print in " + one.lang)
	if !j.exists(".sheet svg[role=img] path") {
		j.stop("the sheet has no code")
	}
	j.onPaper("sheet on paper in "+one.lang, ".sheet")
	j.sees(checked)
	j.follow(m.path + "/print?text=" + one.lang + "&sheet=pocket")
	j.runs(".sheet > div[lang]", one.lang)
	j.onPaper("pocket sheet on paper in "+one.lang, ".sheet")
	j.open(m.path + "/text?text=" + one.lang)
	bare := j.text("body")
	for _, words := range append(slices.Clone(one.words[:len(one.words)-1]), "800 186 086") {
		if !strings.Contains(bare, words) {
			j.stop("the words alone do not say %q: %s", words, bare)
		}
	}
	if source := m.say.pairs[1][0]; source != one.words[1] && strings.Contains(bare, source) {
		j.stop("the words alone hold another language: %s", bare)
	}
}
