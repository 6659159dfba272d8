package markup

import (
	"strings"
	"time"
	"unicode"

	"github.com/sergi/go-diff/diffmatchpatch"
)

// Turn says what became of a piece of a text.
type Turn int

// The turns.
const (
	Same Turn = iota
	Taken
	Added
)

// Piece is words that stayed, went or came.
type Piece struct {
	Turn Turn
	Text string
}

// comparing is how long a comparison may look for the shortest answer; after it the answer
// is right and only coarser.
const comparing = 300 * time.Millisecond

// Differences compares two texts word by word, because half a changed word cannot be read.
// Each word stands as one sign of its own while the library compares.
func Differences(before, after string) []Piece {
	signs, words := map[string]rune{}, []string{}
	write := func(text string) []rune {
		var line []rune
		for _, word := range wordsOf(text) {
			sign, known := signs[word]
			if !known {
				sign = signAt(len(words))
				signs[word], words = sign, append(words, word)
			}
			line = append(line, sign)
		}
		return line
	}
	a, b := write(before), write(after)
	compare := diffmatchpatch.New()
	compare.DiffTimeout = comparing
	var pieces []Piece
	for _, d := range compare.DiffCleanupSemantic(compare.DiffMainRunes(a, b, false)) {
		var text strings.Builder
		for _, sign := range d.Text {
			text.WriteString(words[placeOf(sign)])
		}
		turn := Same
		switch d.Type {
		case diffmatchpatch.DiffDelete:
			turn = Taken
		case diffmatchpatch.DiffInsert:
			turn = Added
		}
		pieces = append(pieces, Piece{turn, text.String()})
	}
	return pieces
}

// Signs begin after the letters of every script that is common, and leave out the numbers
// that are no character: those would come back as one and the same.
const (
	firstSign  = 0x10000
	countSigns = unicode.MaxRune - firstSign
)

func signAt(place int) rune { return rune(firstSign + place%countSigns) }

func placeOf(sign rune) int { return int(sign) - firstSign }

// wordsOf cuts a text into words, each with the space that follows, and line ends.
func wordsOf(text string) []string {
	var words []string
	start, spaced := 0, false
	for i, r := range text {
		space := unicode.IsSpace(r)
		if spaced && (!space || r == '\n') || space && r == '\n' && i > start {
			words, start = append(words, text[start:i]), i
		}
		spaced = space
	}
	if start < len(text) {
		words = append(words, text[start:])
	}
	return words
}
