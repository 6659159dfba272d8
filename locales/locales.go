// Package locales holds the interface messages, one file per language, and says
// which languages are complete.
//
// A language is data: adding one is adding a file active.<tag>.toml and, once every
// message and every plural form is there, its tag in Complete. Only complete languages
// stand in the menu; the tests of this package hold each of them to the English source.
package locales

import "embed"

// FS holds active.<tag>.toml for every language, complete or not.
//
//go:embed active.*.toml
var FS embed.FS

// Source is the language in which messages are first written.
const Source = "en"

// Complete lists the languages that the menu offers, in menu order.
var Complete = []string{"en", "it", "fr", "es", "pt-BR", "ro", "sq", "ru", "uk", "bg", "ar", "zh-Hans", "pcm"}

// Planned lists the languages whose files exist and wait for a mediator.
var Planned = []string{}
