// Package ui holds the shared components: the page frame, the exit bar, forms, notices,
// pagers, print sheets. It renders to a writer and knows neither Fiber nor any area.
//
// Invariants: no inline script or style (the content policy refuses both), logical
// properties only, one h1 per page, Exit first in the tab order, names and keys in <bdi>.
package ui

import "portico/app/i18n"

// Page is what every page needs, whatever it shows. Area pages embed it.
type Page struct {
	P     *i18n.Printer
	Langs []i18n.Language // complete languages, for the menu
	// Title is neutral on purpose: it must not expose the person who has the tab open.
	Title string
	// Path is the address of this page without its language, for the language menu and the way back.
	Path string
	// Place is the current main area: "home", "talk", "learn", "find", "mine", "own", or "".
	Place string
	// Nav lists the main areas that this person has, in order; areas that do not exist have no entry.
	Nav []NavItem
	// Rooms lists what belongs to this person alone; Room is the address of the one she is in, or "".
	Rooms []Room
	Room  string
	// SignedIn is true with a live session; Team is true when that session holds any role.
	SignedIn bool
	Team     bool
	// SoundHref is where this page is heard in her language, read by a person; "" for nowhere.
	SoundHref string
	// Speaks lets the browser read the page with a voice of its own where no person has.
	Speaks bool
	// FormToken is the token against forged requests; every POST form carries it as "token".
	FormToken string
	// Flash is the message of the act before, shown once.
	Flash *Notice
	// Demo marks every page of a demonstration.
	Demo bool
	// StyleHref, ScriptHref, IconHref and ManifestHref are hashed static addresses.
	StyleHref, ScriptHref, IconHref, ManifestHref string
	// KeepHref is the script that keeps pages on a phone that is hers alone, "" everywhere else.
	KeepHref string
	// ExitHref is the neutral address that the script goes to on Exit; empty means /left, which leads there.
	ExitHref string
	// HelpLines is the strip under the top bar; empty when no line is known.
	HelpLines []HelpLine
	// NoIndex is true on pages that search engines must not list.
	NoIndex bool
}

// T is short for p.P.T.
func (p *Page) T(key string, args ...any) string { return p.P.T(key, args...) }

// N is short for p.P.N.
func (p *Page) N(key string, n int, args ...any) string { return p.P.N(key, n, args...) }

// NavItem is one main area: an icon name, a word and an address.
type NavItem struct {
	Place string
	Icon  string
	Word  string
	Href  string
}

// Room is a part of the portal that only some people have, with a line on what it is for.
type Room struct {
	Word, Href, Text string
}

// HelpLine is one line of the help-line strip.
type HelpLine struct {
	Name  string
	Phone string
	Words string // "free, anonymous, all hours"
}

// Tone says how a notice feels; never by colour alone, so each tone has an icon and a word.
type Tone string

const (
	Info   Tone = "info"
	Due    Tone = "due"
	Danger Tone = "danger"
	Done   Tone = "done"
)

// Notice is a message box.
type Notice struct {
	Tone Tone
	Text string
}

// FieldError links a message to the field that has to be mended.
type FieldError struct {
	Field string // the id and name of the field
	Text  string
}

// ErrorFor returns the message of a field, or "".
func ErrorFor(errs []FieldError, field string) string {
	for _, e := range errs {
		if e.Field == field {
			return e.Text
		}
	}
	return ""
}
