package translate

import (
	"regexp"
	"strings"
)

// The kinds of segments.
const (
	Heading   = "heading"
	Paragraph = "paragraph"
	Item      = "item"
	QuoteText = "quote"
)

// Piece is one segment of a text. Lead holds everything between the segment before and this
// one, so that putting pieces together again gives the very same text.
type Piece struct {
	Kind string
	Lead string
	Text string
}

// Join puts pieces together: what Cut took apart comes back byte by byte.
func Join(pieces []Piece, tail string) string {
	var b strings.Builder
	for _, p := range pieces {
		b.WriteString(p.Lead)
		b.WriteString(p.Text)
	}
	b.WriteString(tail)
	return b.String()
}

var (
	quoteMark   = regexp.MustCompile(`^ {0,3}>[ \t]?`)
	itemMark    = regexp.MustCompile(`^[ \t]*(?:[-*+]|[0-9]{1,9}[.)])[ \t]+`)
	emptyItem   = regexp.MustCompile(`^[ \t]*(?:[-*+]|[0-9]{1,9}[.)])[ \t\r]*$`)
	headingMark = regexp.MustCompile(`^ {0,3}#{1,6}(?:[ \t]+|[ \t\r]*$)`)
	ruleLine    = regexp.MustCompile(`^ {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})\r?$`)
	underline   = regexp.MustCompile(`^ {0,3}(?:=+|-+)[ \t\r]*$`)
	fenceMark   = regexp.MustCompile("^ {0,3}(```+|~~~+)")
	headingEnd  = regexp.MustCompile(`[ \t]+#+[ \t\r]*$`)
)

// cutter walks through the lines of a text. Everything is a slice of the text: from is
// where the lead of the next piece begins, start and end enclose the open piece.
type cutter struct {
	text             string
	pieces           []Piece
	from, start, end int
	kind             string // of the open piece, "" when none is open
	fence            string // of the open block of code
}

// Cut takes a Markdown text apart along its structure: headings, paragraphs, list items and
// quotes. Blocks of code and lines drawn across are nobody's words and stay in the leads.
func Cut(text string) (pieces []Piece, tail string) {
	c := &cutter{text: text}
	for at := 0; at < len(text); {
		end := len(text)
		if i := strings.IndexByte(text[at:], '\n'); i >= 0 {
			end = at + i
		}
		c.line(at, end)
		at = end + 1
	}
	c.close()
	return c.pieces, text[c.from:]
}

// line takes one line, without its end.
func (c *cutter) line(at, end int) {
	words := c.text[at:end]
	if c.fence != "" {
		if m := fenceMark.FindStringSubmatch(words); m != nil && strings.HasPrefix(m[1], c.fence) {
			c.fence = ""
		}
		return
	}
	body, kind := marks(words)
	rest := words[body:]
	if m := fenceMark.FindStringSubmatch(rest); m != nil {
		c.close()
		c.fence = m[1]
		return
	}
	switch {
	case strings.TrimSpace(rest) == "", ruleLine.MatchString(words), c.kind != "" && underline.MatchString(words):
		c.close()
	case kind == Heading:
		c.close()
		stop := end
		if found := headingEnd.FindStringIndex(rest); found != nil {
			stop = at + body + found[0]
		}
		c.open(Heading, at+body, stop)
		c.close()
	case kind == Item, c.kind == "", kind == QuoteText && c.kind != QuoteText:
		c.close()
		c.open(kind, at+body, end)
	default:
		c.end = end
	}
}

// marks finds where the words of a line begin, behind the marks of quotes, items and
// headings, and what they are.
func marks(line string) (body int, kind string) {
	kind = Paragraph
	for {
		rest := line[body:]
		if kind != Heading && !ruleLine.MatchString(rest) {
			if m := quoteMark.FindString(rest); m != "" {
				body += len(m)
				if kind == Paragraph {
					kind = QuoteText
				}
				continue
			}
			if m := itemMark.FindString(rest); m != "" {
				body, kind = body+len(m), Item
				continue
			}
			if emptyItem.MatchString(rest) {
				return len(line), Item
			}
			if m := headingMark.FindString(rest); m != "" {
				return body + len(m), Heading
			}
		}
		return body, kind
	}
}

func (c *cutter) open(kind string, start, end int) { c.kind, c.start, c.end = kind, start, end }

// close ends the open piece, if there is one and it holds words.
func (c *cutter) close() {
	if c.kind == "" {
		return
	}
	words := strings.TrimSpace(c.text[c.start:c.end])
	if words != "" {
		start := c.start + strings.Index(c.text[c.start:c.end], words)
		c.pieces = append(c.pieces, Piece{Kind: c.kind, Lead: c.text[c.from:start], Text: words})
		c.from = start + len(words)
	}
	c.kind = ""
}

// whole reports whether words stay one segment in the place of a piece: a blank line or a
// mark at the beginning of a line would make another structure of the text.
func whole(p Piece, words string) bool {
	lead := p.Lead[strings.LastIndexByte(p.Lead, '\n')+1:]
	pieces, _ := Cut(lead + words)
	return len(pieces) == 1 && pieces[0].Text == strings.TrimSpace(words)
}
