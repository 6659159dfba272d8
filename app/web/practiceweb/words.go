package practiceweb

import (
	"net/url"

	"portico/app/markup"
	"portico/app/practice"
	"portico/app/web/request"
	"portico/app/web/ui"
	"portico/content"
)

// Keys stand here whole, so that a message without a use shows up.
var (
	kindKeys = map[string]string{
		"practice": "practice.kind.practice", "organisation": "practice.kind.organisation", "publication": "practice.kind.publication", "law": "practice.kind.law",
		"instrument": "practice.kind.instrument", "programme": "practice.kind.programme", "method": "practice.kind.method",
	}
	formKeys = map[string]string{
		"practice": "practice.form.practice", "sheet": "practice.form.sheet", "interviewed": "practice.form.interviewed", "reference": "practice.form.reference",
	}
	statusKeys = map[string]string{
		"active": "practice.status.active", "trying": "practice.status.trying", "planned": "practice.status.planned", "stopped": "practice.status.stopped",
		"unknown": "practice.status.unknown",
	}
	peerKeys = map[string]string{
		"yes": "practice.peers.yes", "no": "practice.peers.no", "not with trafficking": "practice.peers.other", "unknown": "directory.unknown",
	}
	standingKeys = map[practice.Standing]string{
		practice.Meets: "practice.standing.meets", practice.NotMet: "practice.standing.not", practice.Unsettled: "practice.standing.open",
	}
	answerKeys = map[practice.Answer]string{practice.Yes: "practice.answer.yes", practice.No: "practice.answer.no", practice.Unknown: "directory.unknown"}
	fieldKeys  = map[string]string{
		"provider": "practice.field.provider", "territory": "practice.field.territory", "origins": "practice.field.origins", "description": "practice.field.description",
		"beneficiaries": "practice.field.beneficiaries", "vulnerabilities": "practice.field.vulnerabilities", "leaders_training": "practice.field.training",
		"peer_method": "practice.field.method", "collaborations": "practice.field.collaborations", "innovative": "practice.field.innovative",
		"adjustments": "practice.field.adjustments", "impact": "practice.field.impact", "sustainability": "practice.field.sustainability",
		"transferable": "practice.field.transferable", "contacts": "practice.field.contacts",
	}
	mandatoryKeys    = [content.MandatoryCriteria]string{"practice.mandatory.1", "practice.mandatory.2", "practice.mandatory.3"}
	preferentialKeys = [content.PreferentialCriteria]string{
		"practice.preferential.1", "practice.preferential.2", "practice.preferential.3", "practice.preferential.4",
		"practice.preferential.5", "practice.preferential.6", "practice.preferential.7", "practice.preferential.8",
	}
	lackKeys = map[string]string{"summary": "practice.about.summary", "description": "practice.field.description", "status_note": "practice.about.status"}
	// sources keep their own names.
	sources = map[string]string{"conecta": "CONECTA", "voiceover": "VoiceOver", "exchange": "EX-CHANGE"}
)

// countryName names a country in the reader's language.
func countryName(p *ui.Page, code string) string {
	switch code {
	case "EU":
		return p.T("directory.country.europe")
	case content.Worldwide:
		return p.T("directory.country.many")
	}
	return content.CountryName(p.P.Tag, code)
}

func place(p *ui.Page, country, city string) string {
	if city == "" {
		return countryName(p, country)
	}
	return p.T("directory.place", "City", isolated(city), "Country", countryName(p, country))
}

func languageNames(p *ui.Page, tags []string) string {
	var names []string
	for _, tag := range tags {
		names = append(names, request.LanguageName(tag))
	}
	return p.P.List(names)
}

// source says from where a sheet is known, and of when that is.
func source(p *ui.Page, s practice.Practice) string {
	if s.Source == practice.Host {
		return p.T("practice.source.host")
	}
	if name := sources[s.Source]; name != "" && s.SourcePlace == "" {
		return name
	}
	return s.SourcePlace
}

// known gives what is not known its words.
func known(p *ui.Page, text string) string {
	if text == "" {
		return p.T("directory.unknown")
	}
	return text
}

// checkWords say when somebody last checked a sheet with the organisation.
func checkWords(p *ui.Page, s practice.Practice, checked bool) string {
	switch {
	case s.VerifiedOn == nil:
		return p.T("practice.unchecked")
	case !checked:
		return p.T("directory.checked.old", "Day", p.P.Day(*s.VerifiedOn))
	}
	return p.T("practice.checked", "Day", p.P.Day(*s.VerifiedOn))
}

// criterion is one line of the table of criteria.
type criterion struct {
	key    string // of its words
	judged practice.Judged
	at     int // its place among all
}

func mandatory(c practice.Criteria) (list []criterion) {
	for i, one := range c.Mandatory {
		list = append(list, criterion{mandatoryKeys[i], one, i})
	}
	return list
}

func preferential(c practice.Criteria) (list []criterion) {
	for i, one := range c.Preferential {
		list = append(list, criterion{preferentialKeys[i], one, len(c.Mandatory) + i})
	}
	return list
}

// outward leads through the warning page, as every link to another site.
func outward(site string) string { return markup.WarningPath + url.QueryEscape(site) }
