package deskweb

import (
	"time"
	"unicode"
	"unicode/utf8"

	"portico/app/desk"
	"portico/app/store"
	"portico/app/web/request"
	"portico/app/web/ui"
	"portico/moderation"
)

// reasons says in words why an item waits.
func reasons(p *ui.Page, item desk.Item) string {
	var words []string
	for _, code := range item.ReasonList() {
		if item.Kind != moderation.Look {
			words = append(words, request.ReasonWord(p.P, code))
		} else {
			words = append(words, request.RuleWord(p.P, code))
		}
	}
	return p.P.List(words)
}

// heading is why an item waits, with the word for what cannot wait.
func heading(p *ui.Page, item desk.Item) string {
	why := reasons(p, item)
	if item.Kind == moderation.Report {
		why = p.T("desk.reported", "Why", why)
	}
	if item.Kind == moderation.Second {
		why = p.T("desk.second.why", "Why", why)
	}
	if item.Kind == moderation.Appeal {
		why = p.T("desk.appeal.why", "Why", why)
	}
	if item.Asks {
		why = p.T("desk.asks", "Why", why)
	}
	switch item.Urgent {
	case moderation.ActNow:
		return p.T("desk.urgent.now", "Why", why)
	case moderation.Watch:
		return p.T("desk.urgent.soon", "Why", why)
	}
	return why
}

func tone(item desk.Item) ui.Tone {
	switch item.Urgent {
	case moderation.ActNow:
		return ui.Danger
	case moderation.Watch:
		return ui.Due
	}
	return ui.Info
}

// waited says how long ago something came, in the largest unit that fits.
func waited(p *ui.Page, since string, now time.Time) string {
	start, err := store.ParseMinute(since)
	if err != nil {
		return ""
	}
	switch d := now.Sub(start); {
	case d < time.Minute:
		return p.T("desk.waits.now")
	case d < time.Hour:
		return p.N("desk.waits.minutes", int(d.Minutes()))
	case d < 48*time.Hour:
		return p.N("desk.waits.hours", int(d.Hours()))
	default:
		return p.N("desk.waits.days", int(d.Hours())/24)
	}
}

// minutesLeft is how long a claim still holds, at least one.
func minutesLeft(item desk.Item, now time.Time) int {
	until, err := store.ParseMinute(item.ClaimedUntil)
	if err != nil {
		return 1
	}
	return max(1, int(until.Sub(now).Round(time.Minute)/time.Minute))
}

// inside makes the name of a thing fit into a sentence: "Phone number" is "phone number"
// there, and "IBAN" stays.
func inside(word string) string {
	if word == "" {
		return ""
	}
	first, size := utf8.DecodeRuneInString(word)
	second, _ := utf8.DecodeRuneInString(word[size:])
	if unicode.IsUpper(first) && unicode.IsUpper(second) {
		return word
	}
	return string(unicode.ToLower(first)) + word[size:]
}
