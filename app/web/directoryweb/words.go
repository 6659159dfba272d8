package directoryweb

import (
	"strings"

	"github.com/a-h/templ"

	"portico/app/directory"
	"portico/app/web/request"
	"portico/app/web/ui"
	"portico/content"
)

// Keys stand here whole, so that a message without a use shows up.
var kindKeys = map[string]string{
	"organisation": "directory.kind.organisation", "service": "directory.kind.service", "helpline": "directory.kind.helpline",
	"network": "directory.kind.network", "programme": "directory.kind.programme", "public-body": "directory.kind.public-body",
	"funder": "directory.kind.funder", "instrument": "directory.kind.instrument",
}

var needKeys = map[string]string{
	"emergency": "directory.need.emergency", "violence": "directory.need.violence", "trafficking": "directory.need.trafficking",
	"self-harm": "directory.need.self-harm", "minor": "directory.need.minor", "health": "directory.need.health",
	"counselling": "directory.need.counselling", "housing": "directory.need.housing", "legal": "directory.need.legal",
	"migration": "directory.need.migration", "work": "directory.need.work", "learning": "directory.need.learning",
	"children": "directory.need.children", "return": "directory.need.return", "outreach": "directory.need.outreach",
	"rights": "directory.need.rights",
}

func kindWord(p *ui.Page, kind string) string { return p.T(kindKeys[kind]) }

func needWord(p *ui.Page, need string) string { return p.T(needKeys[need]) }

// between stands between words that could hold a comma or an "and" themselves.
const between = " · "

func needWords(p *ui.Page, e directory.Entry) string {
	var words []string
	for _, need := range e.NeedCodes() {
		words = append(words, needWord(p, need))
	}
	return strings.Join(words, between)
}

// countryName names a country in the reader's language.
func countryName(p *ui.Page, code string) string {
	switch code {
	case directory.Europe:
		return p.T("directory.country.europe")
	case directory.Worldwide:
		return p.T("directory.country.many")
	}
	return content.CountryName(p.P.Tag, code)
}

// place is where an entry is, as far as anybody may know.
func place(p *ui.Page, e directory.Entry) string {
	country := countryName(p, e.Country)
	if e.City == "" {
		return country
	}
	return p.T("directory.place", "City", "\u2068"+e.City+"\u2069", "Country", country)
}

// languageName names a language in its own script.
func languageName(tag string) string {
	if name := request.LanguageName(tag); name != tag {
		return name
	}
	return directory.LanguageName(tag)
}

func languageNames(p *ui.Page, e directory.Entry) string {
	var names []string
	for _, tag := range e.LanguageTags() {
		names = append(names, languageName(tag))
	}
	return p.P.List(names)
}

// hoursWords are opening hours in words. A coordinator may have written her own.
func hoursWords(p *ui.Page, e directory.Entry) string {
	switch e.Hours {
	case "24h":
		return p.T("directory.hours.always")
	case "weekdays":
		return p.T("directory.hours.weekdays")
	case "varies":
		return p.T("directory.hours.varies")
	}
	return e.Hours
}

// known gives what is not known its words.
func known(p *ui.Page, text string) string {
	if text == "" {
		return p.T("directory.unknown")
	}
	return text
}

// freeWords, anonymousWords and papersWords say what it asks of somebody who comes.
func freeWords(p *ui.Page, a directory.Answer) string {
	return answerWords(p, a, p.T("directory.free.yes"), p.T("directory.free.no"))
}

func anonymousWords(p *ui.Page, a directory.Answer) string {
	return answerWords(p, a, p.T("directory.anonymous.yes"), p.T("directory.anonymous.no"))
}

func papersWords(p *ui.Page, a directory.Answer) string {
	return answerWords(p, a, p.T("directory.papers.yes"), p.T("directory.papers.no"))
}

func answerWords(p *ui.Page, a directory.Answer, yes, no string) string {
	switch a {
	case directory.Yes:
		return yes
	case directory.No:
		return no
	}
	return p.T("directory.unknown")
}

// badges are the good news about an entry, for a line of the list and for the card.
func badges(p *ui.Page, e directory.Entry) []string {
	var words []string
	if e.Free == directory.Yes {
		words = append(words, p.T("directory.free"))
	}
	if e.Anonymous == directory.Yes {
		words = append(words, p.T("directory.anonymous"))
	}
	if e.NoPapers == directory.Yes {
		words = append(words, p.T("directory.papers"))
	}
	return words
}

// source says from where an entry is known. Reports keep their own names.
func source(p *ui.Page, e directory.Entry) string {
	switch e.Source {
	case "public knowledge":
		return p.T("directory.source.public")
	case directory.Host:
		return p.T("directory.source.host")
	}
	return e.Source
}

// checkWords say when somebody last checked an entry.
func checkWords(p *ui.Page, s shown) string {
	switch {
	case s.VerifiedOn == nil:
		return p.T("directory.unchecked.long")
	case !s.Checked:
		return p.T("directory.checked.old", "Day", p.P.Day(*s.VerifiedOn))
	}
	return p.T("directory.checked.on", "Day", p.P.Day(*s.VerifiedOn))
}

// tel makes a telephone address of the digits alone, so that nothing else can enter it.
func tel(phone string) templ.SafeURL {
	return templ.SafeURL("tel:" + strings.Map(func(r rune) rune {
		if r == '+' || (r >= '0' && r <= '9') {
			return r
		}
		return -1
	}, phone))
}
