package request

import (
	"portico/app/i18n"
)

// The words for what the forum and the desk keep as codes: house rules, screening rules
// and roles. Keys stand here whole, so that a message without a use shows up.

// reasonWords are the short names of the house rules.
var reasonWords = map[string]string{
	"identifies": "reason.identifies",
	"contact":    "reason.contact",
	"blame":      "reason.blame",
	"rescue":     "reason.rescue",
	"offer":      "reason.offer",
	"threat":     "reason.threat",
	"minor":      "reason.minor",
	"off-topic":  "reason.off-topic",
	"spam":       "reason.spam",
	"other":      "reason.other",
}

// reasonHints help somebody who reports to choose.
var reasonHints = map[string]string{
	"identifies": "reason.identifies.hint",
	"contact":    "reason.contact.hint",
	"blame":      "reason.blame.hint",
	"rescue":     "reason.rescue.hint",
	"offer":      "reason.offer.hint",
	"threat":     "reason.threat.hint",
	"minor":      "reason.minor.hint",
	"off-topic":  "reason.off-topic.hint",
	"spam":       "reason.spam.hint",
	"other":      "reason.other.hint",
}

// reasonWhys are what the author of a post reads.
var reasonWhys = map[string]string{
	"identifies": "reason.identifies.why",
	"contact":    "reason.contact.why",
	"blame":      "reason.blame.why",
	"rescue":     "reason.rescue.why",
	"offer":      "reason.offer.why",
	"threat":     "reason.threat.why",
	"minor":      "reason.minor.why",
	"off-topic":  "reason.off-topic.why",
	"spam":       "reason.spam.why",
	"other":      "reason.other.why",
}

// ruleWords are the short names of what screening finds.
var ruleWords = map[string]string{
	"phone":            "rule.phone",
	"email":            "rule.email",
	"messenger":        "rule.messenger",
	"link":             "rule.link",
	"address":          "rule.address",
	"workplace":        "rule.workplace",
	"plate":            "rule.plate",
	"card":             "rule.card",
	"iban":             "rule.iban",
	"price":            "rule.price",
	"offer":            "rule.offer",
	"recruitment":      "rule.recruitment",
	"outing":           "rule.outing",
	"danger.control":   "rule.danger.control",
	"danger.threat":    "rule.danger.threat",
	"danger.violence":  "rule.danger.violence",
	"danger.self-harm": "rule.danger.self-harm",
	"danger.minor":     "rule.danger.minor",
	"abuse.minor":      "rule.abuse.minor",
	"abuse.exposure":   "rule.abuse.exposure",
	"watched":          "rule.watched",
	"first-look":       "rule.first-look",
	"picture":          "rule.picture",
}

// ruleWhys say why screening stopped at some words.
var ruleWhys = map[string]string{
	"phone":            "rule.phone.why",
	"email":            "rule.email.why",
	"messenger":        "rule.messenger.why",
	"link":             "rule.link.why",
	"address":          "rule.address.why",
	"workplace":        "rule.workplace.why",
	"plate":            "rule.plate.why",
	"card":             "rule.card.why",
	"iban":             "rule.iban.why",
	"price":            "rule.price.why",
	"offer":            "rule.offer.why",
	"recruitment":      "rule.recruitment.why",
	"outing":           "rule.outing.why",
	"danger.control":   "rule.danger.control.why",
	"danger.threat":    "rule.danger.threat.why",
	"danger.violence":  "rule.danger.violence.why",
	"danger.self-harm": "rule.danger.self-harm.why",
	"danger.minor":     "rule.danger.minor.why",
	"abuse.minor":      "rule.abuse.minor.why",
	"abuse.exposure":   "rule.abuse.exposure.why",
	"watched":          "rule.watched.why",
	"first-look":       "rule.first-look.why",
	"picture":          "rule.picture.why",
}

// roleWords are what stands on a badge.
var roleWords = map[string]string{
	"member":      "role.member",
	"peer":        "role.peer",
	"leader":      "role.leader",
	"mediator":    "role.mediator",
	"supervisor":  "role.supervisor",
	"moderator":   "role.moderator",
	"coordinator": "role.coordinator",
	"admin":       "role.admin",
	"candidate":   "role.candidate",
}

// ReasonWord is the short name of a house rule: "No numbers and no private contacts".
func ReasonWord(p *i18n.Printer, code string) string { return wordFor(p, reasonWords, code, "other") }

// ReasonHint is one line that tells somebody who reports what the rule is about.
func ReasonHint(p *i18n.Printer, code string) string { return wordFor(p, reasonHints, code, "other") }

// ReasonWhy is the sentence to the author of a post that a moderator changed or took away.
func ReasonWhy(p *i18n.Printer, code string) string { return wordFor(p, reasonWhys, code, "other") }

// RuleWord is the short name of what screening found, or of the first look.
func RuleWord(p *i18n.Printer, rule string) string { return wordFor(p, ruleWords, rule, "watched") }

// RuleWhy says why screening stopped at some words.
func RuleWhy(p *i18n.Printer, rule string) string { return wordFor(p, ruleWhys, rule, "watched") }

// RoleWord is what stands on the badge of a role.
func RoleWord(p *i18n.Printer, role string) string { return wordFor(p, roleWords, role, "member") }

// wordFor looks a code up. A code from an older version gets the most general word, never
// the code itself.
func wordFor(p *i18n.Printer, words map[string]string, code, general string) string {
	key, ok := words[code]
	if !ok {
		key = words[general]
	}
	return p.T(key)
}

// LanguageName is the name of a language in its own script, also of one in which people
// write here but which the interface does not speak yet.
func LanguageName(tag string) string { return i18n.Describe(tag).Name }
