package bench

import (
	"context"
	"math/rand/v2"
	"time"
	"unicode/utf8"

	"portico/moderation"
)

// Target of screening: one post of so many characters within so many microseconds.
const (
	screenTarget = 200
	screenLength = 2_000
)

// screening measures one post of 2,000 characters with every rule of its language, inside
// this process: the slowest language counts.
func (b *bench) screening(_ context.Context) ([]Row, error) {
	row := Row{Path: "screening one post of 2,000 characters", Unit: "µs"}
	slowest := ""
	for i := range b.town.corpus.tongues {
		in := &b.town.corpus.tongues[i]
		took := b.screen(longPost(in), []string{in.lang})
		if took > row.Value {
			row.Value, slowest = took, in.lang
		}
	}
	row.met("under 200 µs", row.Value < screenTarget)
	row.Note = "the slowest language is " + slowest
	all := Row{Path: "the same, with the rules of all languages at once", Unit: "µs"}
	for i := range b.town.corpus.tongues {
		all.Value = max(all.Value, b.screen(longPost(&b.town.corpus.tongues[i]), nil))
	}
	return []Row{row, all}, nil
}

// screen is the median of many calls, in microseconds.
func (b *bench) screen(text string, languages []string) float64 {
	var each []float64
	for until := time.Now().Add(b.Round / 10); time.Now().Before(until) || len(each) < 20; {
		begun := time.Now()
		moderation.Screen(text, languages, nil)
		each = append(each, float64(time.Since(begun))/float64(time.Microsecond))
	}
	return median(each)
}

// longPost is a post of exactly the length that is measured. Where the texts that ship hold
// sentences that screening stops at, every fourth is one of them: it meets far more than a
// real post does.
func longPost(in *tongue) string {
	r := rand.New(rand.NewPCG(8, 8))
	text := ""
	for i := 0; utf8.RuneCountInString(text) < screenLength; i++ {
		if i%4 == 3 && len(in.caught) > 0 {
			text += in.caught[r.IntN(len(in.caught))] + " "
			continue
		}
		text += in.sentences[r.IntN(len(in.sentences))].text + " "
	}
	return string([]rune(text)[:screenLength])
}
