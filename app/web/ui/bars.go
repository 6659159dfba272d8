package ui

import (
	"strconv"
	"strings"
)

// share writes part of whole as a percentage that SVG takes in x and width.
func share(part, whole int) string {
	if whole <= 0 || part <= 0 {
		return "0%"
	}
	if part > whole {
		part = whole
	}
	return strconv.FormatFloat(float64(part)*100/float64(whole), 'f', 2, 64) + "%"
}

// restOf is what remains beside share; in right-to-left pages a bar begins there.
func restOf(part, whole int) string {
	return share(whole-min(max(part, 0), whole), whole)
}

func voteTotal(choices []VoteChoice) int {
	total := 0
	for _, c := range choices {
		total += max(c.Count, 0)
	}
	return total
}

func largest(bars []Bar) int {
	top := 0
	for _, b := range bars {
		top = max(top, b.Value)
	}
	return top
}

// linePoints places the values of a chart on a field of 100 by 40, first value at the
// start of the reading direction.
func linePoints(bars []Bar, rtl bool) string {
	top, points := largest(bars), make([]string, 0, len(bars))
	for i, b := range bars {
		x, y := 50.0, 38.0
		if len(bars) > 1 {
			x = float64(i) * 100 / float64(len(bars)-1)
		}
		if rtl {
			x = 100 - x
		}
		if top > 0 {
			y = 38 - 36*float64(max(b.Value, 0))/float64(top)
		}
		points = append(points, strconv.FormatFloat(x, 'f', 1, 64)+","+strconv.FormatFloat(y, 'f', 1, 64))
	}
	return strings.Join(points, " ")
}

// startOf is where a bar begins: at the left, or, in right-to-left pages, so that it ends at the right.
func startOf(p *Page, part, whole int) string {
	if p.P.Dir == "rtl" {
		return restOf(part, whole)
	}
	return "0%"
}

type votePiece struct{ x, width string }

// votePieces lays the answers of a vote one after the other in the reading direction.
func votePieces(p *Page, choices []VoteChoice) []votePiece {
	total, before := voteTotal(choices), 0
	pieces := make([]votePiece, 0, len(choices))
	for _, c := range choices {
		x := share(before, total)
		before += max(c.Count, 0)
		if p.P.Dir == "rtl" {
			x = restOf(before, total)
		}
		pieces = append(pieces, votePiece{x: x, width: share(c.Count, total)})
	}
	return pieces
}

func voteClass(i int) string {
	return [...]string{"olive", "brick", "mute"}[min(i, 2)]
}
