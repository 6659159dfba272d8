package exchange

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
)

// xmlSpace is the one namespace that we write attributes of.
const xmlSpace = "http://www.w3.org/XML/1998/namespace"

// feed hands bytes to the decoder and stops it when one tag or one text becomes longer than
// anything that a translator's tool writes: the decoder holds those in memory whole.
type feed struct {
	in   io.Reader
	left int
}

var errLong = errors.New("one piece of the file is too long")

func (f *feed) Read(p []byte) (int, error) {
	if f.left <= 0 {
		return 0, errLong
	}
	n, err := f.in.Read(p[:min(len(p), f.left)])
	f.left -= n
	return n, err
}

// scanner reads XML token by token and holds it to the limits.
type scanner struct {
	feed  *feed
	d     *xml.Decoder
	depth int
	dtd   string // the name of the one DTD that is passed over, or ""
}

func scan(r io.Reader, dtd string) *scanner {
	s := &scanner{feed: &feed{r, longestMark}, dtd: dtd}
	s.d = xml.NewDecoder(s.feed)
	s.d.CharsetReader = func(name string, in io.Reader) (io.Reader, error) {
		e, ok := charset(name)
		switch {
		case !ok:
			return nil, s.fault(Encoding, name)
		case e == nil:
			return in, nil
		}
		return e.NewDecoder().Reader(in), nil
	}
	return s
}

func (s *scanner) fault(kind Kind, what string) *Fault {
	line, _ := s.d.InputPos()
	return &Fault{Line: line, Kind: kind, What: what}
}

// next is the next token. io.EOF is the end of a whole document.
func (s *scanner) next() (xml.Token, error) {
	s.feed.left = longestMark
	t, err := s.d.Token()
	if err != nil {
		return nil, s.mean(err)
	}
	switch t := t.(type) {
	case xml.StartElement:
		if s.depth++; s.depth > deepest {
			return nil, s.fault(Deep, t.Name.Local)
		}
	case xml.EndElement:
		s.depth--
	case xml.Directive:
		// Memories of many tools name the DTD of TMX. It is never fetched, and one that brings
		// declarations of its own is refused.
		words := strings.ToUpper(string(t))
		if s.dtd == "" || strings.ContainsAny(words, "[<") || !strings.HasPrefix(words, "DOCTYPE "+s.dtd+" SYSTEM") {
			return nil, s.fault(Entities, "")
		}
	}
	return t, nil
}

// mean turns what the decoder says into one of our faults.
func (s *scanner) mean(err error) error {
	var ours *Fault
	var syntax *xml.SyntaxError
	switch {
	case errors.Is(err, io.EOF):
		return io.EOF
	case errors.As(err, &ours):
		return ours
	case errors.Is(err, errLong):
		return s.fault(Long, "")
	case errors.As(err, &syntax):
		kind := Broken
		switch {
		case strings.Contains(syntax.Msg, "unexpected EOF"):
			kind = Truncated
		case strings.Contains(syntax.Msg, "invalid UTF-8"):
			kind = Encoding
		case strings.Contains(syntax.Msg, "character entity"):
			kind = Entities
		case strings.Contains(syntax.Msg, "illegal character"):
			kind = Sign
		}
		return &Fault{Line: syntax.Line, Kind: kind}
	}
	return s.fault(Broken, "")
}

// inside is next for those who are in the middle of an element, where the end is a fault.
func (s *scanner) inside() (xml.Token, error) {
	t, err := s.next()
	if errors.Is(err, io.EOF) {
		return nil, s.fault(Truncated, "")
	}
	return t, err
}

// root is the first element.
func (s *scanner) root() (xml.StartElement, error) {
	for {
		t, err := s.next()
		if errors.Is(err, io.EOF) {
			return xml.StartElement{}, s.fault(Nothing, "")
		}
		if err != nil {
			return xml.StartElement{}, err
		}
		if start, ok := t.(xml.StartElement); ok {
			return start, nil
		}
	}
}

// each calls visit for every element directly inside the open one, up to its end. What visit
// does not read to its end is passed over.
func (s *scanner) each(visit func(xml.StartElement) error) error {
	depth := s.depth
	for {
		t, err := s.inside()
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.StartElement:
			at := s.depth - 1
			if err := visit(t); err != nil {
				return err
			}
			if err := s.leave(at); err != nil {
				return err
			}
		case xml.EndElement:
			if s.depth < depth {
				return nil
			}
		}
	}
}

// leave reads until so many elements are open.
func (s *scanner) leave(depth int) error {
	for s.depth > depth {
		if _, err := s.inside(); err != nil {
			return err
		}
	}
	return nil
}

// text reads the words of the open element up to its end. code says what an element inside
// stands for.
func (s *scanner) text(code func(xml.StartElement) (before, after string, err error)) (string, error) {
	var b strings.Builder
	var ends []string
	for {
		t, err := s.inside()
		if err != nil {
			return "", err
		}
		switch t := t.(type) {
		case xml.CharData:
			b.Write(t)
		case xml.StartElement:
			before, after, err := code(t)
			if err != nil {
				return "", err
			}
			b.WriteString(before)
			ends = append(ends, after)
		case xml.EndElement:
			if len(ends) == 0 {
				return s.whole(b.String())
			}
			b.WriteString(ends[len(ends)-1])
			ends = ends[:len(ends)-1]
		}
		if b.Len() > LongestText {
			return "", s.fault(Long, "")
		}
	}
}

func (s *scanner) whole(text string) (string, error) {
	if bad(text) {
		return "", s.fault(Sign, "")
	}
	return text, nil
}

// plain is the code of elements that hold nothing but words.
func (s *scanner) plain(t xml.StartElement) (string, string, error) {
	return "", "", s.fault(Inline, t.Name.Local)
}

func attr(t xml.StartElement, name string) string {
	for _, a := range t.Attr {
		if a.Name.Local == name && (a.Name.Space == "" || a.Name.Space == xmlSpace && name == "lang") {
			return a.Value
		}
	}
	return ""
}
