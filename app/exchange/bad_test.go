package exchange_test

import (
	"errors"
	"io"
	"strings"
	"testing"
	"unicode/utf16"

	"portico/app/exchange"
)

const xliffHead = `<?xml version="1.0" encoding="UTF-8"?>` + "\n" + `<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1" srcLang="en" trgLang="it">` + "\n"

const oneUnit = `<file id="f"><unit id="a"><segment><source>Stop</source><target>Ferma</target></segment></unit></file></xliff>`

const poHead = "msgid \"\"\nmsgstr \"\"\n\"Content-Type: text/plain; charset=UTF-8\\n\"\n\"Language: it\\n\"\n\"Plural-Forms: nplurals=3; plural=0;\\n\"\n\n"

const tmxHead = `<?xml version="1.0"?>` + "\n" + `<tmx version="1.4"><header srclang="en"/><body>` + "\n"

func utf16le(text string) string {
	b := []byte{0xff, 0xfe}
	for _, r := range utf16.Encode([]rune(text)) {
		b = append(b, byte(r), byte(r>>8))
	}
	return string(b)
}

func TestEveryFaultSaysWhatAndWhere(t *testing.T) {
	bomb := `<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;">]>`
	for _, row := range []struct {
		name, text string
		kind       exchange.Kind
		line       int // 0 where the whole file is meant
	}{
		{"a bomb of entities", `<?xml version="1.0"?>` + "\n" + bomb + `<xliff>&lol2;</xliff>`, exchange.Entities, 2},
		{"a bomb in a memory", `<?xml version="1.0"?>` + "\n" + bomb + `<tmx version="1.4">&lol2;</tmx>`, exchange.Entities, 2},
		{"a DTD with declarations in a memory", `<!DOCTYPE tmx SYSTEM "tmx14.dtd" [<!ENTITY x "y">]><tmx version="1.4"/>`, exchange.Entities, 1},
		{"an outside file as an entity", `<!DOCTYPE xliff SYSTEM "file:///etc/passwd"><xliff/>`, exchange.Entities, 1},
		{"an entity that nobody defined", xliffHead + `<file id="f"><unit id="a"><segment><source>&x;</source></segment></unit></file></xliff>`, exchange.Entities, 3},
		{"elements without end within each other", xliffHead + strings.Repeat("<group>", 100), exchange.Deep, 3},
		{"one text of two megabytes", xliffHead + `<file id="f"><unit id="a"><segment><source>` + strings.Repeat("x", 2<<20), exchange.Long, 0},
		{"a text over the limit", xliffHead + strings.Replace(oneUnit, "Stop", strings.Repeat("x", exchange.LongestText+1), 1), exchange.Long, 3},
		{"an attribute of two megabytes", `<tmx version="` + strings.Repeat("1", 2<<20) + `"/>`, exchange.Long, 0},
		{"a cut off XLIFF", xliffHead + oneUnit[:70], exchange.Truncated, 3},
		{"a cut off memory", tmxHead + "<tu><tuv xml:lang=\"en\"><seg>St", exchange.Truncated, 3},
		{"tags that cross", xliffHead + `<file id="f"><unit id="a"></file></unit></xliff>`, exchange.Broken, 3},
		{"XLIFF 1.2", `<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"/>`, exchange.Foreign, 1},
		{"a page of the web", "<!-- x -->\n<html><body>Stop</body></html>", exchange.Foreign, 2},
		{"a text of nobody's format", "Stop this.\nNow.", exchange.Foreign, 1},
		{"nothing", "", exchange.Nothing, 0},
		{"an XLIFF without units", xliffHead + `<file id="f"></file></xliff>`, exchange.Nothing, 0},
		{"a unit twice", xliffHead + strings.Replace(oneUnit, "</file>", `<unit id="a"><segment><source>x</source></segment></unit></file>`, 1), exchange.Twice, 3},
		{"a code without its data", xliffHead + strings.Replace(oneUnit, "Stop", `<ph id="1"/>`, 1), exchange.Inline, 3},
		{"a control character in other words", xliffHead + strings.Replace(oneUnit, "Stop", `<cp hex="0007"/>`, 1), exchange.Sign, 3},
		{"a control character as a number", xliffHead + strings.Replace(oneUnit, "Stop", `&#7;`, 1), exchange.Sign, 3},
		{"Latin-1 that says it is UTF-8", xliffHead + strings.Replace(oneUnit, "Ferma", "Perch\xe9", 1), exchange.Encoding, 3},
		{"an encoding that nobody knows", `<?xml version="1.0" encoding="EBCDIC-9"?><xliff/>`, exchange.Encoding, 1},
		{"PO in Latin-1 that says it is UTF-8", poHead + "msgid \"a\"\nmsgstr \"perch\xe9\"\n", exchange.Encoding, 8},
		{"PO in an encoding that nobody knows", strings.Replace(poHead, "UTF-8", "EBCDIC-9", 1) + "msgid \"a\"\nmsgstr \"b\"\n", exchange.Encoding, 3},
		{"PO that ends in a text", poHead + "msgid \"a\"\nmsgstr \"b", exchange.Truncated, 8},
		{"PO that loses the end of a text", poHead + "msgid \"a\"\nmsgstr \"b\n\nmsgid \"c\"\nmsgstr \"d\"\n\n", exchange.Broken, 8},
		{"PO that ends before the translation", poHead + "msgid \"a\"\n", exchange.Truncated, 7},
		{"PO with words behind a text", poHead + "msgid \"a\" b\n", exchange.Broken, 7},
		{"PO with a word that it does not know", poHead + "msgid \"a\"\nmsgtext \"b\"\n", exchange.Broken, 8},
		{"PO with a bell", poHead + "msgid \"a\"\nmsgstr \"\\a\"\n", exchange.Sign, 8},
		{"PO with a form too many", poHead + "msgid \"a\"\nmsgid_plural \"b\"\nmsgstr[7] \"c\"\n", exchange.Plural, 7},
		{"PO with the forms of another language", strings.Replace(poHead, "=3", "=2", 1) + "msgid \"a\"\nmsgid_plural \"b\"\nmsgstr[0] \"c\"\n", exchange.Plural, 7},
		{"PO with a name twice", poHead + "msgctxt \"k\"\nmsgid \"a\"\nmsgstr \"b\"\n\nmsgctxt \"k\"\nmsgid \"c\"\nmsgstr \"d\"\n", exchange.Twice, 11},
		{"PO with nothing but its head", poHead, exchange.Nothing, 0},
	} {
		t.Run(row.name, func(t *testing.T) {
			_, err := exchange.Read(strings.NewReader(row.text))
			var f *exchange.Fault
			if !errors.As(err, &f) || f.Kind != row.kind || row.line > 0 && f.Line != row.line {
				t.Fatalf("got %v, want %s at line %d", err, row.kind, row.line)
			}
			if !strings.Contains(f.Error(), ";") && f.Kind != exchange.Nothing && f.Kind != exchange.Deep {
				t.Errorf("%q does not say what to do", f.Error())
			}
		})
	}
	for text, kind := range map[string]exchange.Kind{
		"term,preferred\na,b\n": exchange.Column, "": exchange.Nothing, "from,lang,term,preferred\nen,it,\"a": exchange.Broken,
		"from,lang,term,preferred\nen,it,a\n": exchange.Broken, "from,lang,term,preferred\nen,it,a\x07,b\n": exchange.Sign, "from,lang,term,preferred\nen,it,perch\xe9,b\n": exchange.Encoding,
	} {
		_, err := exchange.ReadTerms(strings.NewReader(text))
		var f *exchange.Fault
		if !errors.As(err, &f) || f.Kind != kind {
			t.Errorf("%q: got %v, want %s", text, err, kind)
		}
	}
}

func TestOtherEncodingsAreReadWhereTheFileNamesThem(t *testing.T) {
	latin := strings.Replace(xliffHead, "UTF-8", "ISO-8859-1", 1) + strings.Replace(oneUnit, "Ferma", "Perch\xe9", 1)
	po := strings.Replace(poHead, "UTF-8", "ISO-8859-1", 1) + "msgctxt \"a\"\nmsgid \"Stop\"\nmsgstr \"Perch\xe9\"\n"
	for name, text := range map[string]string{
		"XLIFF in Latin-1": latin, "PO in Latin-1": po,
		"XLIFF in UTF-16":                utf16le(strings.Replace(xliffHead, "UTF-8", "UTF-16", 1) + strings.Replace(oneUnit, "Ferma", "Perché", 1)),
		"UTF-16 without its mark":        utf16le(xliffHead + strings.Replace(oneUnit, "Ferma", "Perché", 1))[2:],
		"PO in UTF-16":                   utf16le(poHead + "msgctxt \"a\"\nmsgid \"Stop\"\nmsgstr \"Perché\"\n"),
		"XLIFF with a mark of UTF-8":     "\ufeff" + xliffHead + strings.Replace(oneUnit, "Ferma", "Perché", 1),
		"a memory that names its DTD":    `<?xml version="1.0"?><!DOCTYPE tmx SYSTEM "tmx14.dtd">` + tmxHead[22:] + `<tu tuid="a"><tuv xml:lang="en"><seg>Stop</seg></tuv><tuv xml:lang="it"><seg>Perch&#233;</seg></tuv></tu></body></tmx>`,
		"a unit that a tool has moved":   xliffHead + `<file id="f"><group id="g"><group id="h"><unit id="a"><segment><source>Stop</source><target>Perché</target></segment></unit></group></group></file></xliff>`,
		"a unit that a tool has cut":     xliffHead + `<file id="f"><unit id="a"><segment><source>St</source><target order="2">ché</target></segment><segment><source>op</source><target order="1">Per</target></segment></unit></file></xliff>`,
		"marks as codes with their data": xliffHead + `<file id="f"><unit id="a"><originalData><data id="d">St</data></originalData><segment><source><ph id="1" dataRef="d"/><mrk id="m" type="term">op</mrk></source><target>Perché</target></segment></unit></file></xliff>`,
		"PO with old and unsure ones":    poHead + "#~ msgid \"Gone\"\n#~ msgstr \"Via\"\n\n#, fuzzy\n#| msgid \"Stopp\"\nmsgctxt \"a\"\nmsgid \"\"\n\"St\"\n\"op\"\nmsgstr \"\"\n\"Per\"\n\"ché\"\n# end\n",
	} {
		f, err := exchange.Read(strings.NewReader(text))
		if err != nil || len(f.Units) != 1 || f.Units[0].ID != "a" || f.Units[0].Source != "Stop" || f.Units[0].Target != "Perché" {
			t.Errorf("%s: %+v, %v", name, f, err)
			continue
		}
		if strings.HasPrefix(name, "PO with old") != f.Units[0].Unsure {
			t.Errorf("%s: unsure is %v", name, f.Units[0].Unsure)
		}
	}
}

// memory makes a memory of so many bytes, piece by piece.
type memory struct {
	head, body, tail string
	left             int
}

func (m *memory) Read(p []byte) (int, error) {
	if m.head == "" && m.left > 0 {
		m.head, m.left = m.body, m.left-len(m.body)
		if m.left <= 0 {
			m.head, m.tail = m.tail, ""
			m.left = 0
		}
	}
	if m.head == "" {
		return 0, io.EOF
	}
	n := copy(p, m.head)
	m.head = m.head[n:]
	return n, nil
}

func big(size int) *memory {
	return &memory{head: tmxHead, body: `<tu><tuv xml:lang="en"><seg>` + strings.Repeat("You can say no. ", 10) + `</seg></tuv><tuv xml:lang="it"><seg>` +
		strings.Repeat("Puoi dire di no. ", 10) + "</seg></tuv></tu>\n", tail: "</body></tmx>", left: size}
}

func TestAMemoryOfAHundredMegabytesIsReadWithoutHoldingIt(t *testing.T) {
	size := 100 << 20
	if testing.Short() {
		size = 10 << 20
	}
	n, most := 0, uint64(0)
	err := exchange.ReadMemory(big(size), func(exchange.Entry) error {
		if n++; n%20_000 == 0 {
			most = max(most, heldNow())
		}
		return nil
	})
	if err != nil || n < size/500 {
		t.Fatalf("%d entries, %v", n, err)
	}
	if most > 40<<20 {
		t.Errorf("%d MiB were held", most>>20)
	}
}

func BenchmarkReadMemory(b *testing.B) {
	const size = 10 << 20
	b.SetBytes(size)
	for b.Loop() {
		if err := exchange.ReadMemory(big(size), func(exchange.Entry) error { return nil }); err != nil {
			b.Fatal(err)
		}
	}
}
