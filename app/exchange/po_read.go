package exchange

import (
	"bytes"
	"cmp"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// largestPO is as much of a PO file as is read, in bytes. It is the one format that is held
// whole, because its encoding stands inside.
const largestPO = 32 << 20

var (
	poCharset = regexp.MustCompile(`(?i)Content-Type:[^"\\]*charset=([A-Za-z0-9_-]+)`)
	poWord    = regexp.MustCompile(`^(msgctxt|msgid|msgid_plural|msgstr)(?:\[([0-9]{1,2})\])?[ \t]*(".*)$`)
	poCount   = regexp.MustCompile(`nplurals[ \t]*=[ \t]*([0-9]{1,2})`)
)

// poReader reads line by line; entry is the one that is open.
type poReader struct {
	file   File
	all    gather
	forms  int // as the header says, 0 when it does not
	line   int
	entry  poEntry
	into   *string // where a line that begins with a quotation mark goes on
	finish bool    // the open entry has its translation: what follows begins another
}

type poEntry struct {
	line         int
	context, id  *string
	plural       *string
	single       *string
	numbered     map[int]*string
	notes        []string
	fuzzy, older bool
}

// readPO reads gettext PO. Obsolete entries are passed over; fuzzy ones are marked as unsure.
func readPO(r io.Reader) (File, error) {
	raw, err := io.ReadAll(io.LimitReader(r, largestPO+1))
	if err != nil {
		return File{}, err
	}
	if len(raw) > largestPO {
		return File{}, &Fault{Kind: Many}
	}
	if name := poCharset.FindSubmatch(raw[:min(len(raw), 8192)]); name != nil {
		e, ok := charset(string(name[1]))
		if !ok && !strings.EqualFold(string(name[1]), "charset") {
			return File{}, &Fault{Line: lineAt(raw, bytes.Index(raw, name[1])), Kind: Encoding, What: string(name[1])}
		}
		if e != nil {
			if raw, err = e.NewDecoder().Bytes(raw); err != nil {
				return File{}, &Fault{Kind: Encoding, What: string(name[1])}
			}
		}
	}
	if at := invalidAt(raw); at >= 0 {
		return File{}, &Fault{Line: lineAt(raw, at), Kind: Encoding}
	}
	p := &poReader{}
	for line := range strings.SplitSeq(string(raw), "\n") {
		p.line++
		if fault := p.read(strings.TrimRight(line, "\r")); fault != nil {
			if fault.Kind == Truncated && p.line <= lastLine(raw) {
				fault.Kind = Broken // the text lost its end, and the file did not
			}
			return File{}, fault
		}
	}
	if fault := p.end(true); fault != nil {
		return File{}, fault
	}
	if p.file.Units = p.all.units; len(p.file.Units) == 0 {
		return File{}, &Fault{Kind: Nothing}
	}
	return p.file, nil
}

// lastLine is how many lines end before the last that says something.
func lastLine(raw []byte) int { return bytes.Count(bytes.TrimRight(raw, " \t\r\n"), []byte{'\n'}) }

func lineAt(raw []byte, at int) int { return bytes.Count(raw[:max(at, 0)], []byte{'\n'}) + 1 }

// invalidAt is the place of the first byte that is no UTF-8, or -1.
func invalidAt(raw []byte) int {
	for at := 0; at < len(raw); {
		r, size := utf8.DecodeRune(raw[at:])
		if r == utf8.RuneError && size == 1 {
			return at
		}
		at += size
	}
	return -1
}

func (p *poReader) fault(kind Kind, what string) *Fault {
	return &Fault{Line: p.line, Kind: kind, What: what}
}

func (p *poReader) read(line string) *Fault {
	text := strings.TrimLeft(line, " \t")
	switch {
	case text == "":
		return nil
	case strings.HasPrefix(text, "#"):
		return p.comment(text)
	case strings.HasPrefix(text, `"`):
		if p.into == nil {
			return p.fault(Broken, "")
		}
		words, fault := p.unquote(text)
		*p.into += words
		if len(*p.into) > LongestText {
			return p.fault(Long, "")
		}
		return fault
	}
	m := poWord.FindStringSubmatch(text)
	if m == nil {
		if len(p.all.units) == 0 && p.entry.id == nil && p.entry.context == nil {
			return p.fault(Foreign, "")
		}
		return p.fault(Broken, "")
	}
	if p.finish && (m[1] == "msgctxt" || m[1] == "msgid") {
		if fault := p.end(false); fault != nil {
			return fault
		}
	}
	words, fault := p.unquote(m[3])
	if fault != nil {
		return fault
	}
	return p.keep(m[1], m[2], &words)
}

// keep puts a text under its keyword.
func (p *poReader) keep(word, number string, text *string) *Fault {
	e, slot := &p.entry, (**string)(nil)
	if e.line == 0 {
		e.line = p.line
	}
	switch {
	case word == "msgctxt":
		slot = &e.context
	case word == "msgid":
		slot = &e.id
	case word == "msgid_plural":
		slot = &e.plural
	case number == "":
		slot = &e.single
		p.finish = true
	default:
		n, _ := strconv.Atoi(number) // two digits at most
		if e.numbered == nil {
			e.numbered = map[int]*string{}
		}
		if e.numbered[n] != nil {
			return p.fault(Twice, "msgstr["+number+"]")
		}
		e.numbered[n], p.into, p.finish = text, text, true
		return nil
	}
	if *slot != nil {
		return p.fault(Broken, word)
	}
	*slot, p.into = text, text
	return nil
}

func (p *poReader) comment(text string) *Fault {
	if p.finish {
		if fault := p.end(false); fault != nil {
			return fault
		}
	}
	p.into = nil
	switch {
	case strings.HasPrefix(text, "#."):
		p.entry.notes = append(p.entry.notes, strings.TrimPrefix(strings.TrimPrefix(text, "#."), " "))
	case strings.HasPrefix(text, "#,"):
		p.entry.fuzzy = p.entry.fuzzy || strings.Contains(text, "fuzzy")
	case strings.HasPrefix(text, "#|"):
		p.entry.older = true
	}
	return nil
}

// unquote reads the text between quotation marks.
func (p *poReader) unquote(text string) (string, *Fault) {
	text = text[1:]
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '"':
			if strings.TrimSpace(text[i+1:]) != "" {
				return "", p.fault(Broken, "")
			}
			if bad(b.String()) {
				return "", p.fault(Sign, "")
			}
			return b.String(), nil
		case c != '\\':
			b.WriteByte(c)
		case i+1 < len(text):
			i++
			at := strings.IndexByte(`nrt"\`, text[i])
			if at < 0 {
				return "", p.fault(Sign, `\`+string(rune(text[i])))
			}
			b.WriteByte("\n\r\t\"\\"[at])
		}
	}
	return "", p.fault(Truncated, "")
}

// end closes the open entry. The one without an id is the header.
func (p *poReader) end(last bool) *Fault {
	e := p.entry
	p.entry, p.into, p.finish = poEntry{}, nil, false
	switch {
	case e.id == nil && e.context == nil && e.single == nil && e.numbered == nil:
		return nil
	case e.id == nil || e.single == nil && e.numbered == nil:
		if last {
			return &Fault{Line: e.line, Kind: Truncated}
		}
		return &Fault{Line: e.line, Kind: Broken}
	case *e.id == "" && e.context == nil:
		if e.single != nil {
			p.header(*e.single)
		}
		return nil
	}
	u := Unit{Source: *e.id, State: Reviewed, Unsure: e.fuzzy, Line: e.line}
	if e.fuzzy {
		u.State = Translated
	}
	if e.context != nil && idShape.MatchString(*e.context) {
		u.ID = *e.context
	}
	if n := len(e.notes); n > 0 && versionShape.MatchString(e.notes[n-1]) {
		u.Version, e.notes = e.notes[n-1], e.notes[:n-1]
	}
	u.Note = strings.Join(e.notes, "\n")
	if e.single != nil {
		u.Target = *e.single
	}
	if e.plural != nil {
		u.One, u.Source, u.Targets = *e.id, *e.plural, map[string]string{}
		if fault := p.plurals(e, &u); fault != nil {
			return fault
		}
	}
	if u.Target == "" && len(u.Targets) == 0 {
		u.State = Initial
	}
	return p.all.add(u)
}

// plurals gives the numbered texts the names of their categories.
func (p *poReader) plurals(e poEntry, u *Unit) *Fault {
	forms := Forms(p.file.TargetLang)
	if p.file.TargetLang == "" || p.forms != len(forms) || e.single != nil {
		return &Fault{Line: e.line, Kind: Plural, What: u.ID}
	}
	for n, text := range e.numbered {
		if n >= len(forms) {
			return &Fault{Line: e.line, Kind: Plural, What: u.ID}
		}
		if *text != "" {
			u.Targets[forms[n]] = *text
		}
	}
	if forms[0] == "other" { // the language has one form, so the source's singular was ours to choose
		u.One = cmp.Or(u.One, u.Source)
	}
	return nil
}

func (p *poReader) header(text string) {
	for line := range strings.SplitSeq(text, "\n") {
		name, value, _ := strings.Cut(line, ":")
		value = strings.TrimSpace(value)
		switch strings.ToLower(strings.TrimSpace(name)) {
		case "language":
			p.file.TargetLang = strings.ReplaceAll(value, "_", "-")
		case "x-source-language":
			p.file.SourceLang = value
		case "x-portico":
			p.file.Name = value
		case "plural-forms":
			if m := poCount.FindStringSubmatch(value); m != nil {
				p.forms, _ = strconv.Atoi(m[1])
			}
		}
	}
}
