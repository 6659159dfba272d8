package exchange

import (
	"bufio"
	"cmp"
	"io"
	"strconv"
	"strings"
)

var poEscapes = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\t", `\t`, "\r", `\r`)

// poWriter writes the lines of a PO file.
type poWriter struct{ *bufio.Writer }

func (b poWriter) line(parts ...string) {
	for _, p := range parts {
		_, _ = b.WriteString(p) // the writer keeps its first error for Flush
	}
	_ = b.WriteByte('\n')
}

// say writes a keyword with its text; a text of several lines stands on as many.
func (b poWriter) say(keyword, text string) {
	if i := strings.IndexByte(text, '\n'); i < 0 || i == len(text)-1 {
		b.line(keyword, ` "`, poEscapes.Replace(text), `"`)
		return
	}
	b.line(keyword, ` ""`)
	for _, line := range strings.SplitAfter(text, "\n") {
		if line != "" {
			b.line(`"`, poEscapes.Replace(line), `"`)
		}
	}
}

// writePO writes gettext PO. The context is the name of the text, so that two texts with the
// same words stay two; what nobody has reviewed is fuzzy.
func writePO(w io.Writer, f File) error {
	b := poWriter{bufio.NewWriter(w)}
	b.say("msgid", "")
	b.say("msgstr", strings.Join([]string{
		"Project-Id-Version: Portico", "Language: " + strings.ReplaceAll(f.TargetLang, "-", "_"), "MIME-Version: 1.0",
		"Content-Type: text/plain; charset=UTF-8", "Content-Transfer-Encoding: 8bit", "Plural-Forms: " + Formula(f.TargetLang),
		"X-Source-Language: " + f.SourceLang, "X-Portico: " + f.Name, "",
	}, "\n"))
	for _, u := range f.Units {
		b.line()
		if u.Note != "" {
			for _, line := range strings.Split(strings.ReplaceAll(u.Note, "\r", ""), "\n") {
				if line != "" {
					line = " " + line
				}
				b.line("#.", line)
			}
		}
		if u.Version != "" {
			b.line("#. ", u.Version)
		}
		if u.guessed() {
			b.line("#, fuzzy")
		}
		b.say("msgctxt", u.ID)
		if !u.Counts() {
			b.say("msgid", u.Source)
			b.say("msgstr", u.Target)
			continue
		}
		b.say("msgid", cmp.Or(u.One, u.Source))
		b.say("msgid_plural", u.Source)
		for i, form := range Forms(f.TargetLang) {
			b.say("msgstr["+strconv.Itoa(i)+"]", u.Targets[form])
		}
	}
	return b.Flush()
}

// guessed reports whether words are there that nobody has reviewed.
func (u Unit) guessed() bool {
	return (u.Target != "" || len(u.Targets) > 0) && (u.Unsure || u.State != Reviewed && u.State != Final)
}
