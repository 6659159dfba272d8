package moderation

import (
	"strings"
	"syscall"
	"testing"
	"unicode/utf8"
)

// postOf builds a post of 2,000 characters from the labelled texts of a language, so that it
// looks like what people write and meets many rules.
func postOf(tb testing.TB, lang string) string {
	tb.Helper()
	var s strings.Builder
	for _, row := range strings.Split(readFile(tb, "testdata/"+lang+".tsv"), "\n") {
		if cells := strings.Split(row, "\t"); len(cells) == 3 {
			s.WriteString(cells[2] + " ")
		}
	}
	text := s.String()
	for utf8.RuneCountInString(text) < 2000 {
		text += text
	}
	return string([]rune(text)[:2000])
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
	for _, lang := range []string{"en", "it", "fr", "ar", "ru", "zh-Hans"} {
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
