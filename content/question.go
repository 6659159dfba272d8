package content

import (
	"hash/fnv"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// The kinds of a question.
const (
	Single  = "single"  // one answer is right
	Several = "several" // all right answers have to be chosen
	Order   = "order"   // the answers stand in the right order in the file
	Match   = "match"   // each answer has what belongs to it
	Short   = "short"   // a word or a number is typed
)

var questionKinds = []string{Single, Several, Order, Match, Short}

// Question is one question of a quiz. What somebody answered is a list of words whose form
// depends on the kind: for single and several the ids of what she chose; for order
// "id:place", counted from 1; for match "id:id of the answer whose pair she chose"; for
// short the words that she typed.
type Question struct {
	ID        string
	Kind      string
	Ask       string
	Otherwise string // what is said to typed words that nobody foresaw
	Answers   []Answer
}

// Answer is one answer with what is said to who chose it.
type Answer struct {
	ID       string
	Text     string
	Pair     string   // what belongs to it, in a question that matches
	Accept   []string // spellings of it, in a question where words are typed
	Right    bool
	Feedback string
}

// Right is what fits as an answer, in the form that the kind of question has.
func (q Question) Right() []string {
	var fitting []string
	for i, a := range q.Answers {
		switch {
		case q.Kind == Order:
			fitting = append(fitting, a.ID+":"+strconv.Itoa(i+1))
		case q.Kind == Match:
			fitting = append(fitting, a.ID+":"+a.ID)
		case q.Kind == Short && a.Right:
			return []string{a.Accept[0]}
		case a.Right:
			fitting = append(fitting, a.ID)
		}
	}
	return fitting
}

// Fits reports whether she answered as it fits, and everything that belongs to it.
func (q Question) Fits(chosen []string) bool {
	if q.Kind == Short {
		a, known := q.Known(first(chosen))
		return known && a.Right
	}
	right := q.Right()
	if len(chosen) != len(right) {
		return false
	}
	for _, one := range right {
		if !slices.Contains(chosen, one) {
			return false
		}
	}
	return true
}

// Takes reports whether the words can be an answer to this question at all.
func (q Question) Takes(chosen []string) bool {
	if len(chosen) > 1 && (q.Kind == Single || q.Kind == Short) {
		return false
	}
	if q.Kind == Short {
		return len([]rune(first(chosen))) <= LongestShort
	}
	var seen []string
	for _, one := range chosen {
		id, to, told := strings.Cut(one, ":")
		if slices.Contains(seen, id) || !slices.ContainsFunc(q.Answers, func(a Answer) bool { return a.ID == id }) {
			return false
		}
		seen = append(seen, id)
		place, err := strconv.Atoi(to)
		switch q.Kind {
		case Order:
			if err != nil || place < 1 || place > len(q.Answers) {
				return false
			}
		case Match:
			if !slices.ContainsFunc(q.Answers, func(a Answer) bool { return a.ID == to }) {
				return false
			}
		default:
			if told {
				return false
			}
		}
	}
	return true
}

// LongestShort is in characters: more is no word.
const LongestShort = 120

// Known finds the answer that typed words stand for. Case, accents, spaces and punctuation
// do not matter, because she types on a phone.
func (q Question) Known(typed string) (Answer, bool) {
	folded := plainWord(typed)
	for _, a := range q.Answers {
		for _, spelling := range a.Accept {
			if folded != "" && plainWord(spelling) == folded {
				return a, true
			}
		}
	}
	return Answer{}, false
}

// plainWord leaves letters and digits, without case and accents.
func plainWord(typed string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, norm.NFKD.String(typed))
}

// Mixed is the answers in an order that gives nothing away and is the same each time, so
// that nobody who comes back finds them moved.
func (q Question) Mixed() []Answer {
	if q.Kind != Order && q.Kind != Match {
		return q.Answers
	}
	mixed := slices.Clone(q.Answers)
	slices.SortStableFunc(mixed, func(a, b Answer) int { return int(q.lot(a.ID)>>33) - int(q.lot(b.ID)>>33) })
	if len(mixed) > 1 && slices.EqualFunc(mixed, q.Answers, func(a, b Answer) bool { return a.ID == b.ID }) {
		mixed = append(mixed[1:], mixed[0])
	}
	return mixed
}

func (q Question) lot(id string) uint64 {
	sum := fnv.New64a()
	sum.Write([]byte(q.ID + "/" + id))
	return sum.Sum64()
}

// Mark changes when the question changes so that an answer given before may no longer mean
// the same. It is taken of the English text, the same for every language.
func (q Question) Mark() string {
	sum := fnv.New64a()
	say := func(words ...string) {
		for _, word := range words {
			sum.Write([]byte(word + "\x00"))
		}
	}
	say(q.Kind, q.Ask)
	for _, a := range q.Answers {
		say(a.ID, a.Text, a.Pair, strconv.FormatBool(a.Right))
	}
	return strconv.FormatUint(sum.Sum64()&0xffffffff, 36)
}

func first(words []string) string {
	if len(words) == 0 {
		return ""
	}
	return words[0]
}
