package backup

import (
	"bytes"
	"errors"
	"testing"
)

// FuzzRead gives the reader any stream: it ends without a panic, and only what its last line
// vouches for is taken.
func FuzzRead(f *testing.F) {
	var whole bytes.Buffer
	w, err := newWriter(&whole, Head{Portico: "backup", Format: format, Made: "2026-03-07", Schema: 1, Secrets: "s"})
	if err != nil {
		f.Fatal(err)
	}
	t := table{name: "site", columns: []column{{"a", ofBytes}, {"b", ofText}, {"c", ofNumber}, {"d", ofTruth}}}
	err = errors.Join(w.begin(t), w.row([]any{[]byte{}, "\xff\x00 words", int64(-1), true}), w.row([]any{nil, nil, nil, nil}))
	w.end(t)
	if err = errors.Join(err, w.close()); err != nil {
		f.Fatal(err)
	}
	f.Add(whole.Bytes())
	f.Add([]byte(`{"portico":"backup","format":1}` + "\n" + `{"table":"x","columns":[{"name":"a","kind":"none"}]}` + "\n" + `[1]` + "\n"))
	f.Add([]byte("{}\n[]\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		seen := &checker{}
		c, err := read(bytes.NewReader(text), seen)
		if err == nil && bytes.Count(text, []byte("\n")) < len(c.Tables)+1 {
			t.Errorf("%d tables were taken from %q", len(c.Tables), text)
		}
	})
}

// TestARowIsReadAsItWasWritten keeps apart what is easily taken for one another: empty and NULL,
// text that is no UTF-8, the ends of numbers.
func TestARowIsReadAsItWasWritten(t *testing.T) {
	columns := []column{{"a", ofBytes}, {"b", ofText}, {"c", ofNumber}, {"d", ofTruth}}
	for _, row := range [][]any{
		{nil, nil, nil, nil}, {[]byte{}, "", int64(0), false}, {[]byte{0, 255}, "\xff\x00<\u2028>", int64(-1 << 63), true}, {[]byte("x"), "{\"raw\":\"eA==\"}", int64(1<<63 - 1), true},
	} {
		text, err := line(row)
		if err != nil || bytes.Count(text, []byte("\n")) != 1 {
			t.Fatalf("%v: %v", row, err)
		}
		got, err := values(text, columns)
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		again, err := line(got)
		if err != nil || !bytes.Equal(text, again) || (row[0] == nil) != (got[0] == nil) || row[1] != got[1] || row[2] != got[2] || row[3] != got[3] {
			t.Errorf("%v became %v", row, got)
		}
	}
	for _, text := range []string{`[]`, `[1,"b",3,true]`, `["?","b",3,true]`, `["","b",3.5,true]`, `["","b",9223372036854775808,true]`, `["","b",3,1]`, `["",{"raw":1},3,true]`, `{}`, `["","b",3,true,5]`} {
		if got, err := values([]byte(text), columns); err == nil {
			t.Errorf("%s was read as %v", text, got)
		}
	}
}
