package moderation

import (
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
	"unicode/utf8"
)

// postOf builds a post of 2,000 characters from the labelled texts of a language, taken evenly from
// the whole set: three harmless texts and one of the others in turn. The harmless ones are near misses
// by trade, so the post meets many rules, and it still says far more that they speak about than a real
// one does.
func postOf(tb testing.TB, lang string) string {
	tb.Helper()
	var harmless, others []string
	for _, row := range strings.Split(readFile(tb, "testdata/"+lang+".tsv"), "\n") {
		switch cells := strings.Split(row, "\t"); {
		case len(cells) != 3:
		case cells[0] == string(Publish):
			harmless = append(harmless, cells[2])
		default:
			others = append(others, cells[2])
		}
	}
	const step = 61 // prime, so that going round visits every text before it comes back
	var s strings.Builder
	for i := 0; utf8.RuneCountInString(s.String()) < 2000; i++ {
		rows := harmless
		if i%4 == 3 {
			rows = others
		}
		s.WriteString(rows[i*step%len(rows)] + " ")
	}
	return string([]rune(s.String())[:2000])
}

// processorTime is the time that the processor gave to this program: on a busy machine the clock
// on the wall tells how busy it is, and not how long a post takes.
func processorTime(tb testing.TB) int64 {
	tb.Helper()
	var use syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &use); err != nil {
		tb.Fatal(err)
	}
	return use.Utime.Nano() + use.Stime.Nano()
}

func BenchmarkScreen(b *testing.B) {
	terms := make([]Term, 0, 60)
	for _, w := range strings.Fields(strings.Repeat("madame boss hotel* piazza voodoo agenzia ", 10)) {
		terms = append(terms, Term{Text: w, Outcome: Hold})
	}
	for _, lang := range rulebook().languages {
		text := postOf(b, lang)
		Screen(text, nil, terms) // the rules are compiled once, at the first text
		b.Run(lang, func(b *testing.B) {
			b.ReportAllocs()
			before := processorTime(b)
			for b.Loop() {
				Screen(text, nil, terms)
			}
			b.ReportMetric(float64(processorTime(b)-before)/float64(b.N), "cpu-ns/op")
		})
	}
}

// BenchmarkGrowth asks whether the time grows with the text and no faster: a text ten times as long
// may need ten times as long, and a rule that goes back to the beginning for each word needs a hundred
// times. It compares the program with itself, so a slow machine changes nothing, and more than forty
// times is a failure.
func BenchmarkGrowth(b *testing.B) {
	const short, long, most = 6_000, 60_000, 40
	for _, seed := range unkindTexts {
		b.Run(strconv.Quote(seed), func(b *testing.B) {
			few, many := strings.Repeat(seed, short/len(seed)), strings.Repeat(seed, long/len(seed))
			// The best of several rounds is the one that nothing else on the machine disturbed.
			best := func(text string) time.Duration {
				least := time.Hour
				for range 9 {
					began := time.Now()
					Screen(text, nil, nil)
					least = min(least, time.Since(began))
				}
				return least
			}
			best(few) // the rules are compiled once, at the first text
			var growth float64
			for b.Loop() {
				growth = float64(best(many)) / float64(best(few))
			}
			b.ReportMetric(growth, "times-for-ten-times")
			if growth > most {
				b.Errorf("ten times the text took %.0f times as long", growth)
			}
		})
	}
}
