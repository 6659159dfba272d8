package static

import (
	"regexp"
	"strings"
)

var cssComment = regexp.MustCompile(`(?s)/\*.*?\*/`)

// squeeze takes the comments and the needless spaces out of the stylesheet, so that it can
// be written to be read and still be small where it is not compressed on the way. It knows
// only the plain CSS of this folder: no string in it holds a brace or a semicolon, and no
// calc in it adds, so that a plus is always between selectors.
func squeeze(css string) string {
	css = cssComment.ReplaceAllString(css, "")
	var b strings.Builder
	for line := range strings.Lines(css) {
		b.WriteString(strings.TrimSpace(line))
	}
	return strings.NewReplacer(
		" { ", "{", " {", "{", "{ ", "{",
		"; }", "}", ";}", "}", " }", "}", "} ", "}",
		"; ", ";", ": ", ":", ", ", ",", " > ", ">", " + ", "+",
	).Replace(b.String())
}

// squeezeScript takes the lines that hold nothing but a comment, and the spaces before the
// others, out of a script. The line ends stay, and with them the meaning: no script of this
// folder holds a text of several lines.
func squeezeScript(js string) string {
	var b strings.Builder
	for line := range strings.Lines(js) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "//") {
			b.WriteString(line + "\n")
		}
	}
	return b.String()
}
