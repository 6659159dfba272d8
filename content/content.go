// Package content holds the texts that the portal shows as pages and the public help
// lines: house rules, safety promise, exit and about, written by people and embedded.
//
// A page is pages/<name>.<language>.md: header lines "title:" and, for the house rules,
// "codes:", then a line "---", then Markdown. Every page exists in every complete
// language; for any other language the English text stands in, because a rule in a
// foreign language is still better than none. In the rules each "## " heading stands for
// the code at the same place in the header, so that screens never show a code.
// The package imports nothing of ours and keeps no state but its embedded files.
package content

import (
	"embed"
	"fmt"
	"strings"

	"github.com/BurntSushi/toml"
)

//go:embed pages/*.md helplines.toml risks.toml regions.toml glossary.toml paths.toml interview.toml directory/*.toml practices/*.toml
var files embed.FS

// fallback is the language of a page that is missing in the one asked for.
const fallback = "en"

// Text is one page in one language. Body is Markdown without the header.
type Text struct {
	Title string
	Lang  string
	Codes []string
	Body  string
}

// Page returns the named page in the language, or in English where it is missing there.
// Text.Lang says which of the two it is, because the page must mark it in HTML.
func Page(name, lang string) (Text, bool) {
	for _, l := range []string{lang, fallback} {
		raw, err := files.ReadFile("pages/" + name + "." + l + ".md")
		if err != nil {
			continue
		}
		if text, ok := parse(string(raw)); ok {
			text.Lang = l
			return text, true
		}
	}
	return Text{}, false
}

func parse(raw string) (Text, bool) {
	header, body, found := strings.Cut(strings.ReplaceAll(raw, "\r\n", "\n"), "\n---\n")
	if !found {
		return Text{}, false
	}
	text := Text{Body: strings.TrimSpace(body)}
	for line := range strings.SplitSeq(header, "\n") {
		key, value, _ := strings.Cut(line, ":")
		switch strings.TrimSpace(key) {
		case "title":
			text.Title = strings.TrimSpace(value)
		case "codes":
			for code := range strings.SplitSeq(value, ",") {
				text.Codes = append(text.Codes, strings.TrimSpace(code))
			}
		}
	}
	return text, text.Title != ""
}

// HelpLine is one public number. Nothing here was checked by calling while Verified is
// false, and screens must say so.
type HelpLine struct {
	ID        string   `toml:"id"`
	Country   string   `toml:"country"` // ISO 3166, or "EU" for numbers shared by many countries
	Name      string   `toml:"name"`
	Phone     string   `toml:"phone"`
	Languages []string `toml:"languages"`
	Free      bool     `toml:"free"`
	Anonymous bool     `toml:"anonymous"`
	Hours     string   `toml:"hours"` // "24h", "weekdays" or "varies"
	Kinds     []string `toml:"kinds"`
	Partial   bool     `toml:"partial"` // does not answer in every country of the EU
	Verified  bool     `toml:"verified"`
	Source    string   `toml:"source"`
}

// HelpLines returns all lines in the order of the file. A key that HelpLine does not
// know is an error: a misspelt "anonymous" would otherwise quietly read as false.
func HelpLines() ([]HelpLine, error) {
	raw, err := files.ReadFile("helplines.toml")
	if err != nil {
		return nil, fmt.Errorf("help lines: %w", err)
	}
	var file struct {
		Line []HelpLine `toml:"line"`
	}
	meta, err := toml.Decode(string(raw), &file)
	if err != nil {
		return nil, fmt.Errorf("help lines: %w", err)
	}
	if unknown := meta.Undecoded(); len(unknown) > 0 {
		return nil, fmt.Errorf("help lines: unknown key %s", unknown[0])
	}
	return file.Line, nil
}
