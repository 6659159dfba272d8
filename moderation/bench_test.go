package moderation

import (
	"strings"
	"syscall"
	"testing"
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
