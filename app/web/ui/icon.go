package ui

import (
	"sort"

	"github.com/a-h/templ"
)

// icons are drawn on a 24 by 24 grid with one line width; the stylesheet gives the line.
// There is no padlock and no umbrella on purpose: a glance at the screen must say nothing.
var icons = map[string]string{
	"home":     `<path d="M4 11l8-7 8 7v9h-5v-6H9v6H4z"/>`,
	"read":     `<path d="M12 6C10 4.7 7 4.5 3.5 5v13.5c3.5-.5 6.5-.2 8.5 1.2 2-1.4 5-1.7 8.5-1.2V5C17 4.5 14 4.7 12 6zm0 0v13.5"/>`,
	"talk":     `<path d="M4 5h16v11h-9l-4.5 4v-4H4zM8 9h8M8 12h5"/>`,
	"learn":    `<path d="M5 4h11.5A2.5 2.5 0 0 1 19 6.5V20H7.5A2.5 2.5 0 0 1 5 17.5zM5 17.5A2.5 2.5 0 0 1 7.5 15H19M9 8h6"/>`,
	"work":     `<path d="M3.5 8h17v11.5h-17zM9 8V5h6v3M3.5 13h17M12 12v2"/>`,
	"exit":     `<path d="M13 4H5v16h8M10 12h10.5M17 8.5l3.5 3.5-3.5 3.5"/>`,
	"eye":      `<path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z"/><circle cx="12" cy="12" r="3"/>`,
	"reply":    `<path d="M10 6l-6 5.5L10 17v-3.5c5 0 8 1 10 4.5 0-6-4-8.5-10-8.5z"/>`,
	"flag":     `<path d="M6 21V4h12l-2.5 4.5L18 13H6"/>`,
	"search":   `<circle cx="10.5" cy="10.5" r="6"/><path d="M15 15l5.5 5.5"/>`,
	"language": `<circle cx="12" cy="12" r="8.5"/><path d="M3.5 12h17M12 3.5c-5 5-5 12 0 17 5-5 5-12 0-17z"/>`,
	"check":    `<path d="M4.5 12.5l5 5 10-11"/>`,
	"warn":     `<path d="M12 4l9 16H3zM12 10v4.5M12 17v.5"/>`,
	"danger":   `<path d="M8.5 3.5h7l5 5v7l-5 5h-7l-5-5v-7zM12 7.5v5.5M12 16v.5"/>`,
	"info":     `<circle cx="12" cy="12" r="8.5"/><path d="M12 11v5.5M12 7.5v.5"/>`,
	"person":   `<circle cx="12" cy="8" r="4"/><path d="M4.5 20.5c0-4.5 3-6.5 7.5-6.5s7.5 2 7.5 6.5"/>`,
	"people":   `<circle cx="9" cy="8.5" r="3.5"/><path d="M2.5 19.5c0-4 2.5-6 6.5-6s6.5 2 6.5 6M15.5 5.3a3.5 3.5 0 0 1 0 6.4M17.5 14c2.7.7 4 2.5 4 5.5"/>`,
	"key":      `<circle cx="8" cy="15.5" r="4"/><path d="M11 12.5L19.5 4M16 7.5l3 3M13.5 10l2 2"/>`,
	"next":     `<path d="M9 5l7 7-7 7"/>`,
	"back":     `<path d="M15 5l-7 7 7 7"/>`,
	"plus":     `<path d="M12 5v14M5 12h14"/>`,
	"edit":     `<path d="M4 20l1-4.5L16 4.5l3.5 3.5L8.5 19zM13.5 7l3.5 3.5"/>`,
	"remove":   `<path d="M4.5 7h15M9 7V4h6v3M6.5 7l1 13.5h9l1-13.5M10.5 11v6M13.5 11v6"/>`,
	"copy":     `<path d="M8 8h12v12H8zM16 8V4H4v12h4"/>`,
	"print":    `<path d="M7 9V3.5h10V9M7 17H3.5V9h17v8H17M7 14h10v6.5H7z"/>`,
	"phone":    `<path d="M5 3.5h4l1.5 5L8 10c1 3 3 5 6 6l1.5-2.5 5 1.5v4c-8 3.5-19-7.5-15.5-15.5z"/>`,
	"clock":    `<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5.5l3.5 2"/>`,
	"pin":      `<path d="M8 3.5h8l-1 6 3 4H6l3-4zM12 13.5v7"/>`,
	"quote":    `<path d="M10 7H5v6h4c0 2-1 3.5-3 4.5M19 7h-5v6h4c0 2-1 3.5-3 4.5"/>`,
	"heart":    `<path d="M12 20C5 15 3.5 12 3.5 9a4.3 4.3 0 0 1 8.5-1.5A4.3 4.3 0 0 1 20.5 9c0 3-1.5 6-8.5 11z"/>`,
	"hand":     `<path d="M6.5 12.5V7a1.5 1.5 0 0 1 3 0V5a1.5 1.5 0 0 1 3 0v1a1.5 1.5 0 0 1 3 0v2a1.5 1.5 0 0 1 3 0v6c0 4-2.5 6.5-6 6.5-4 0-5.5-2-8.5-7 1.2-1.2 2.5-.7 3.5 1zM9.5 7v4M12.5 6v5M15.5 8v3"/>`,
	"machine":  `<path d="M7 7h10v10H7zM10 3.5V7M14 3.5V7M10 17v3.5M14 17v3.5M3.5 10H7M3.5 14H7M17 10h3.5M17 14h3.5"/>`,
	"question": `<circle cx="12" cy="12" r="8.5"/><path d="M9.5 9.5c.3-3.5 5.5-3 5 0-.3 2-2.5 2-2.5 4M12 16.5v.5"/>`,
	"device":   `<path d="M7 3h10v18H7zM10.5 18h3"/>`,
	"sound":    `<path d="M4 9.5h4l5-4v13l-5-4H4zM16.5 9a4.5 4.5 0 0 1 0 6M18.5 6.5a8 8 0 0 1 0 11"/>`,
	"closed":   `<circle cx="12" cy="12" r="8.5"/><path d="M6 6l12 12"/>`,
}

// turned are the icons that point somewhere and so turn round in right-to-left languages.
var turned = map[string]bool{"exit": true, "reply": true, "next": true, "back": true, "quote": true, "flag": true, "talk": true, "sound": true}

// Icon draws one icon of the set. It is always decoration: the word beside it carries
// the meaning. A name that is not in the set draws nothing.
func Icon(name string) templ.Component {
	drawn, ok := icons[name]
	if !ok {
		return templ.NopComponent
	}
	class := "icon"
	if turned[name] {
		class = "icon turn"
	}
	return raw(`<svg class="` + class + `" viewBox="0 0 24 24" aria-hidden="true">` + drawn + `</svg>`)
}

// IconNames lists the set, for the page that shows every piece.
func IconNames() []string {
	names := make([]string, 0, len(icons))
	for name := range icons {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

// arches is the mark: a row of three arches on the ground. It stands in three places only:
// the wordmark, empty states and the border of a certificate.
const arches = `<svg class="arches" viewBox="0 4 48 28" aria-hidden="true"><path d="M4.5 29V13.5a6.5 6.5 0 0 1 13 0V29M17.5 29V13.5a6.5 6.5 0 0 1 13 0V29M30.5 29V13.5a6.5 6.5 0 0 1 13 0V29M2 29h44"/></svg>`

// Arches draws the mark in the colour of the text around it.
func Arches() templ.Component { return raw(arches) }
