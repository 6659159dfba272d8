package translate_test

import (
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"gorm.io/gorm"

	"portico/app/store"
	"portico/app/translate"
)

// longText is a text of as many segments, no two of them alike.
func longText(segments int) string {
	var b strings.Builder
	for i := range segments {
		fmt.Fprintf(&b, "Sentence number %d says that you can call 1522 at %d, and [the rules](/rules/%d) are **free**.\n\n", i, i%24, i)
	}
	return b.String()
}

// walk drafts, shows and checks a text of so many segments. It returns the time of all that,
// and how many questions the database had to answer.
func (w *world) walk(t testing.TB, segments int) (time.Duration, int64) {
	t.Helper()
	w.doc = store.NewID()
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	check(w.Tx(ctx, func(tx *gorm.DB) error {
		return w.tr.SourceChanged(ctx, tx, w.doc, translate.Document{Kind: "leaflet", Lang: "en", Text: longText(segments)})
	}))
	check(w.tr.Open(ctx, w.mediator, w.doc, "it"))
	var asked atomic.Int64
	count := func(*gorm.DB) { asked.Add(1) }
	name := fmt.Sprintf("count %d", segments)
	for _, err := range []error{
		w.DB.DB.Callback().Query().Before("*").Register(name, count), w.DB.DB.Callback().Create().Before("*").Register(name, count),
		w.DB.DB.Callback().Update().Before("*").Register(name, count), w.DB.DB.Callback().Row().Before("*").Register(name, count),
		w.DB.DB.Callback().Raw().Before("*").Register(name, count),
	} {
		check(err)
	}
	begin := time.Now()
	check(w.tr.AskDraft(ctx, w.mediator, w.doc, "it"))
	_, err := w.jobs.RunDue(ctx)
	check(err)
	drafted := 0
	for page, more := 1, true; more; page++ {
		sheet, err := w.tr.Sheet(ctx, w.mediator, w.doc, "it", page)
		check(err)
		for _, l := range sheet.Lines {
			if l.Target.State == translate.Machine {
				drafted++
			}
		}
		more = sheet.More
	}
	for n := 1; n <= segments; n++ {
		d, err := w.tr.Segment(ctx, w.mediator, w.doc, "it", n)
		check(err)
		if d.WhyNot != nil {
			t.Fatalf("segment %d: %v", n, d.WhyNot)
		}
	}
	took := time.Since(begin)
	if drafted != segments {
		t.Fatalf("%d of %d segments are drafted", drafted, segments)
	}
	return took, asked.Load()
}

// TestALongTextAsksNoMoreForEachSegment holds the questions to the database to the same
// number for each segment, however long the text is.
func TestALongTextAsksNoMoreForEachSegment(t *testing.T) {
	w := newWorld(t).withMachine(t, nil)
	_, few := w.walk(t, 20)
	_, many := w.walk(t, 200)
	// Ten times the segments is at most ten times the questions. The counters of both texts
	// hear the second, so what one of them hears is what counts.
	if many > few*10+20 {
		t.Errorf("%d questions for 200 segments, %d for 20: the number for each grows", many, few)
	}
	t.Logf("%.1f questions for a segment", float64(many)/200)
}

// BenchmarkAThousandSegments is the time of a segment besides the model's own: drafted,
// checked and shown. It is meant to stay under 30 milliseconds.
func BenchmarkAThousandSegments(b *testing.B) {
	for b.Loop() {
		b.StopTimer()
		w := newWorld(b).withMachine(b, nil)
		b.StartTimer()
		took, asked := w.walk(b, 1000)
		b.ReportMetric(float64(took.Microseconds())/1000/1000, "ms/segment")
		b.ReportMetric(float64(asked)/1000, "questions/segment")
	}
}
