package exchange_test

import (
	"bytes"
	"errors"
	"runtime"
	"strings"
	"testing"

	"portico/app/exchange"
)

// heldNow is the live memory after a collection, in bytes.
func heldNow() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// fuzz reads anything: what is no fault can be written again, and says the same then.
func fuzz(f *testing.F, format string, seeds ...string) {
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		first, err := exchange.Read(bytes.NewReader(raw))
		if err != nil {
			var fault *exchange.Fault
			if !errors.As(err, &fault) {
				t.Fatalf("%v is no fault of a file", err)
			}
			return
		}
		for i, u := range first.Units {
			if u.Source == "" || u.ID == "" {
				return // nothing that we would write
			}
			if u.Unsure {
				first.Units[i].State = exchange.Translated
			}
			first.Units[i].Note = ""
			if u.Counts() && first.Units[i].One == "" {
				first.Units[i].One = u.Source
			}
		}
		var text bytes.Buffer
		if err := exchange.Write(&text, format, first); err != nil {
			return
		}
		again, err := exchange.Read(&text)
		if err != nil && said(first, format) != "" {
			t.Fatal(err)
		}
		for i := range again.Units {
			again.Units[i].Note = ""
		}
		if format != exchange.TMX && len(again.Units) != len(first.Units) {
			t.Fatalf("%d texts became %d", len(first.Units), len(again.Units))
		}
	})
}

func FuzzXLIFF(f *testing.F) {
	fuzz(f, exchange.XLIFF, xliffHead+oneUnit, xliffHead+strings.Replace(oneUnit, "Stop", `<pc id="1">x</pc>`, 1), utf16le(xliffHead+oneUnit))
}

func FuzzPO(f *testing.F) {
	fuzz(f, exchange.PO, poHead+"#. v3\n#, fuzzy\nmsgctxt \"a\"\nmsgid \"Stop\"\nmsgstr \"Ferma\"\n", poHead+"msgctxt \"b\"\nmsgid \"a\"\nmsgid_plural \"b\"\nmsgstr[0] \"c\"\nmsgstr[2] \"\"\n\"d\"\n", "#~ msgid \"a\"\n")
}

func FuzzTMX(f *testing.F) {
	fuzz(f, exchange.TMX, tmxHead+`<tu tuid="a"><prop type="x-version">v1</prop><tuv xml:lang="en"><seg>a<bpt i="1">&lt;b></bpt></seg></tuv><tuv xml:lang="it"><seg>b</seg></tuv></tu></body></tmx>`)
}

func FuzzTerms(f *testing.F) {
	f.Add([]byte("from,lang,term,preferred\nen,it,a,b\n"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		terms, err := exchange.ReadTerms(bytes.NewReader(raw))
		var fault *exchange.Fault
		if err != nil {
			if !errors.As(err, &fault) {
				t.Fatalf("%v is no fault of a file", err)
			}
			return
		}
		var text bytes.Buffer
		if err := exchange.WriteTerms(&text, terms); err != nil {
			t.Fatal(err)
		}
		again, err := exchange.ReadTerms(&text)
		if err != nil || len(again) != len(terms) {
			t.Fatalf("%d terms became %d, %v", len(terms), len(again), err)
		}
	})
}
