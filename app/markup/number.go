package markup

import (
	"html"
	"regexp"
	"strings"
)

// telephone is a number in groups. In a text that runs from right to left the groups would
// be shown in the reverse order, and whoever reads them aloud or dials reaches somebody else.
var telephone = regexp.MustCompile(`[+]?[0-9٠-٩۰-۹]+(?:[ \x{00a0}\x{202f}./-][0-9٠-٩۰-۹]+)+`)

// fewestDigits is where a number in groups begins to be one that somebody may dial.
const fewestDigits = 7

// short are the numbers of help lines that are shorter, such as 116 006. Hours, prices and
// days do not look like this; one hundred thousand written 100 000 does, and keeps its order too.
var short = regexp.MustCompile(`^[0-9٠-٩۰-۹]{3}[ \x{00a0}\x{202f}][0-9٠-٩۰-۹]{3}$`)

// Line renders a line exactly as it was typed, marks and all, with its telephone numbers in
// their order.
func Line(text string) string { return inOrder(html.EscapeString(text)) }

func digits(text string) (n int) {
	for _, r := range text {
		if r >= '0' && r <= '9' || r >= '٠' && r <= '٩' || r >= '۰' && r <= '۹' {
			n++
		}
	}
	return n
}

// inOrder puts telephone numbers of finished HTML into an element that keeps their order.
// Only what stands between tags is looked at, so that no address of a link is touched.
func inOrder(page string) string {
	return between.ReplaceAllStringFunc(page, func(piece string) string {
		if strings.HasPrefix(piece, "<") {
			return piece
		}
		return telephone.ReplaceAllStringFunc(piece, func(number string) string {
			if digits(number) < fewestDigits && !short.MatchString(number) {
				return number
			}
			return `<bdi dir="ltr">` + number + `</bdi>`
		})
	})
}

// between finds tags and what stands between them.
var between = regexp.MustCompile(`<[^>]*>|[^<]+`)
