package exchange

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// charsets are the encodings that old tools still write, by their names in lower case.
var charsets = map[string]encoding.Encoding{
	"iso-8859-1": charmap.ISO8859_1, "latin1": charmap.ISO8859_1, "iso-8859-2": charmap.ISO8859_2, "iso-8859-5": charmap.ISO8859_5,
	"iso-8859-6": charmap.ISO8859_6, "iso-8859-15": charmap.ISO8859_15, "windows-1250": charmap.Windows1250, "windows-1251": charmap.Windows1251,
	"windows-1252": charmap.Windows1252, "windows-1256": charmap.Windows1256, "cp1252": charmap.Windows1252, "koi8-r": charmap.KOI8R,
}

// charset finds the decoder for an encoding that a file names. nil is text as it is.
func charset(name string) (encoding.Encoding, bool) {
	name = strings.ToLower(strings.TrimSpace(name))
	switch name {
	case "", "utf-8", "utf8", "us-ascii", "ascii", "utf-16", "utf-16le", "utf-16be":
		// UTF-16 was seen by its first bytes and is UTF-8 by now.
		return nil, true
	}
	e, ok := charsets[name]
	return e, ok
}

// open looks at the beginning of a file: which encoding the bytes are in, and which format.
// What is neither XLIFF nor TMX is taken for PO, which has no sure beginning.
func open(r io.Reader) (in io.Reader, looks string, err error) {
	raw := bufio.NewReaderSize(r, 4096)
	head, err := raw.Peek(4)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, "", err
	}
	switch {
	case bytes.HasPrefix(head, []byte{0xff, 0xfe}), bytes.HasPrefix(head, []byte{'<', 0}):
		raw = bufio.NewReaderSize(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Reader(raw), 4096)
	case bytes.HasPrefix(head, []byte{0xfe, 0xff}), bytes.HasPrefix(head, []byte{0, '<'}):
		raw = bufio.NewReaderSize(unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewDecoder().Reader(raw), 4096)
	}
	if head, _ = raw.Peek(3); bytes.Equal(head, []byte{0xef, 0xbb, 0xbf}) {
		_, _ = raw.Discard(3)
	}
	head, err = raw.Peek(2048)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, "", err
	}
	text := strings.ToLower(string(head))
	if text = strings.TrimSpace(text); strings.HasPrefix(text, "<") {
		looks = XLIFF
		if i := strings.Index(text, "<tmx"); i >= 0 && !strings.Contains(text[:i], "<xliff") {
			looks = TMX
		}
		return raw, looks, nil
	}
	return raw, PO, nil
}

// bad reports whether a text holds what no XML file can: control characters, and signs that
// are none.
func bad(text string) bool {
	if !utf8.ValidString(text) {
		return true
	}
	return strings.ContainsFunc(text, func(r rune) bool {
		return r < ' ' && r != '\n' && r != '\t' && r != '\r' || r == 0x7f || r >= 0x80 && r < 0xa0 || r == 0xfffe || r == 0xffff
	})
}

// Clean takes out of a text what no file of translators can hold.
func Clean(text string) string {
	if !bad(text) {
		return text
	}
	return strings.Map(func(r rune) rune {
		if bad(string(r)) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, ""))
}
