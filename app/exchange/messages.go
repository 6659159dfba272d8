package exchange

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
)

// Interface is the name of a file of interface messages.
const Interface = "interface"

var (
	messageHead = regexp.MustCompile(`(?m)^\["([^"\n]+)"\][ \t]*$`)
	formLine    = regexp.MustCompile(`^(zero|one|two|few|many|other) = `)
	tomlEscapes = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\t", `\t`, "\r", `\r`)
)

// catalogue holds a message file: every message with its parts.
type catalogue map[string]map[string]string

func parseMessages(text []byte) (catalogue, error) {
	c := catalogue{}
	if _, err := toml.Decode(string(text), &c); err != nil {
		return nil, fmt.Errorf("read a message file: %w", err)
	}
	return c, nil
}

// ReadMessages makes the texts of the interface out of the English messages and those of a
// language, in the order of the English file. Descriptions become notes. What ships is in
// use, so it counts as final.
func ReadMessages(english, translated []byte, lang string) (File, error) {
	source, err := parseMessages(english)
	if err != nil {
		return File{}, err
	}
	target, err := parseMessages(translated)
	if err != nil {
		return File{}, err
	}
	f := File{Name: Interface, SourceLang: "en", TargetLang: lang}
	for _, key := range keysOf(english) {
		from, to := source[key], target[key]
		u := Unit{ID: key, Source: from["other"], Note: from["description"], State: Initial}
		if len(to) > 0 {
			u.State = Final
		}
		if one := from["one"]; one != "" {
			u.One, u.Targets = one, map[string]string{}
			for _, form := range categories {
				if text := to[form]; text != "" {
					u.Targets[form] = text
				}
			}
		} else {
			u.Target = to["other"]
		}
		f.Units = append(f.Units, u)
	}
	return f, nil
}

// keysOf are the keys of a message file in its order.
func keysOf(text []byte) []string {
	var keys []string
	for _, m := range messageHead.FindAllSubmatch(text, -1) {
		keys = append(keys, string(m[1]))
	}
	return keys
}

// forms are the parts of a unit as a message file writes them; had are those that stand there.
func (u Unit) forms(had map[string]string) map[string]string {
	if !u.Counts() {
		if u.Target == "" {
			return nil
		}
		return map[string]string{"other": u.Target}
	}
	forms := maps.Clone(u.Targets)
	if forms["other"] == "" && forms["many"] != "" {
		// gettext has no form for fractions in the languages that need one: what stands there
		// stays as long as nobody changed the form that is nearest to it.
		forms["other"] = forms["many"]
		if had["many"] == forms["many"] {
			forms["other"] = cmp.Or(had["other"], forms["many"])
		}
	}
	return forms
}

// block is a message as it stands in the file, up to the next one.
type block struct {
	key   string
	lines []string
	fresh bool // it was not there before
}

// WriteMessages puts texts into a message file and leaves everything else of it as it is:
// comments, order and every line that does not change. A message that is new comes after
// the one that it follows in English.
func WriteMessages(english, translated []byte, units []Unit) ([]byte, error) {
	had, err := parseMessages(translated)
	if err != nil {
		return nil, err
	}
	head, blocks := blocksOf(translated)
	place, known := map[string]int{}, map[string]bool{}
	for i, b := range blocks {
		place[b.key] = i
	}
	order := keysOf(english)
	for _, key := range order {
		known[key] = true
	}
	fresh := map[string]*block{}
	for _, u := range units {
		forms := u.forms(had[u.ID])
		if len(forms) == 0 {
			continue
		}
		if !known[u.ID] {
			return nil, fmt.Errorf("exchange: there is no message %s", u.ID)
		}
		if i, there := place[u.ID]; there {
			blocks[i].put(forms, had[u.ID])
			continue
		}
		fresh[u.ID] = &block{u.ID, []string{`["` + u.ID + `"]`, ""}, true}
		fresh[u.ID].put(forms, nil)
	}
	out := join(head, weave(blocks, fresh, order))
	return out, verify(out, had, units)
}

// weave puts new messages behind the nearest one that stands before them in English.
func weave(blocks []block, fresh map[string]*block, order []string) []block {
	if len(fresh) == 0 {
		return blocks
	}
	after, last := map[string][]block{}, ""
	here := map[string]bool{}
	for _, b := range blocks {
		here[b.key] = true
	}
	for _, key := range order {
		switch {
		case here[key]:
			last = key
		case fresh[key] != nil:
			after[last] = append(after[last], *fresh[key])
		}
	}
	list := after[""]
	for _, b := range blocks {
		list = append(append(list, b), after[b.key]...)
	}
	return list
}

// blocksOf cuts a message file; head is what stands before the first message.
func blocksOf(text []byte) (head string, blocks []block) {
	places := messageHead.FindAllSubmatchIndex(text, -1)
	if len(places) == 0 {
		return string(text), nil
	}
	for i, m := range places {
		end := len(text)
		if i+1 < len(places) {
			end = places[i+1][0]
		}
		blocks = append(blocks, block{string(text[m[2]:m[3]]), strings.Split(strings.TrimSuffix(string(text[m[0]:end]), "\n"), "\n"), false})
	}
	return string(text[:places[0][0]]), blocks
}

// put writes the forms of a message; had is what it said.
func (b *block) put(forms, had map[string]string) {
	for _, form := range categories {
		text, ok := forms[form]
		if !ok || text == "" || text == had[form] {
			continue
		}
		line := form + ` = "` + tomlEscapes.Replace(text) + `"`
		if at := slices.IndexFunc(b.lines, func(l string) bool { return strings.HasPrefix(l, form+" = ") }); at >= 0 {
			b.lines[at] = line
			continue
		}
		after := 0 // behind the last form that comes before it
		for i, l := range b.lines {
			m := formLine.FindStringSubmatch(l)
			if strings.HasPrefix(l, "description = ") || m != nil && slices.Index(categories, m[1]) < slices.Index(categories, form) {
				after = i
			}
		}
		b.lines = slices.Insert(b.lines, after+1, line)
	}
}

// join puts a message file together. An empty line stands before a new message, and the
// file ends as it did.
func join(head string, blocks []block) []byte {
	var out bytes.Buffer
	out.WriteString(head)
	for i, b := range blocks {
		if (i > 0 || head != "") && !bytes.HasSuffix(out.Bytes(), []byte("\n\n")) {
			out.WriteByte('\n')
		}
		out.WriteString(strings.Join(b.lines, "\n"))
		out.WriteByte('\n')
	}
	if n := len(blocks); n > 0 && blocks[n-1].fresh {
		out.Truncate(out.Len() - 1)
	}
	return out.Bytes()
}

// verify reads what was written: every message that was not touched is as it was, and every
// other says what it should.
func verify(out []byte, had catalogue, units []Unit) error {
	has, err := parseMessages(out)
	if err != nil {
		return err
	}
	want := catalogue{}
	for key, forms := range had {
		want[key] = maps.Clone(forms)
	}
	for _, u := range units {
		for form, text := range u.forms(had[u.ID]) {
			if want[u.ID] == nil {
				want[u.ID] = map[string]string{}
			}
			want[u.ID][form] = cmp.Or(text, want[u.ID][form])
		}
	}
	if !maps.EqualFunc(has, want, func(a, b map[string]string) bool { return maps.Equal(a, b) }) {
		return fmt.Errorf("exchange: the message file does not say what it should; nothing was written")
	}
	return nil
}
