package translate

import (
	"slices"
	"strings"

	"portico/app/exchange"
	"portico/app/fault"
)

// MessageOutcome is a message of the interface that a file brings.
type MessageOutcome struct {
	What   string // Brought, Replaced, Equal, Outdated, Guess, Unknown, or Faulty
	Key    string
	Line   int
	Reason string // of a faulty one, in English
}

// Faulty is a message that the gate of the messages would refuse.
const Faulty = "faulty"

// ImportMessages puts what a file brings into a message file of the interface: english and
// translated are the two files as they are, out is the second as it would be. A message with
// other placeholders than the English one is not taken.
func ImportMessages(english, translated []byte, lang string, f exchange.File) (list []MessageOutcome, out []byte, err error) {
	if f.TargetLang != "" && !sameLanguage(f.TargetLang, lang) {
		return nil, nil, fault.Mend(fault.Field{Name: "file", Key: "translate.exchange.lang", Args: []any{"Lang", short(f.TargetLang)}})
	}
	now, err := exchange.ReadMessages(english, translated, lang)
	if err != nil {
		return nil, nil, fault.Wrap(err, "read the messages")
	}
	known := map[string]exchange.Unit{}
	for _, u := range now.Units {
		known[u.ID] = u
	}
	var taken []exchange.Unit
	for _, u := range f.Units {
		o := MessageOutcome{Key: u.ID, Line: u.Line}
		ours, ok := known[u.ID]
		if ok {
			o.What, o.Reason = judgeMessage(ours, u)
		} else {
			o.What = Unknown
		}
		if o.What == Brought || o.What == Replaced {
			taken = append(taken, u)
		}
		list = append(list, o)
	}
	out, err = exchange.WriteMessages(english, translated, taken)
	return list, out, fault.Wrap(err, "write the messages")
}

func judgeMessage(ours, theirs exchange.Unit) (what, reason string) {
	had, has := formsOf(ours), formsOf(theirs)
	same := true
	for form, text := range has {
		same = same && (text == "" || had[form] == text)
	}
	switch {
	case same:
		return Equal, ""
	case theirs.Source != ours.Source:
		return Outdated, ""
	case theirs.Unsure:
		return Guess, ""
	case theirs.Counts() != ours.Counts():
		return Faulty, "it has plural forms on one side alone"
	}
	for form, text := range has {
		if reason := messageFault(ours, form, text); reason != "" {
			return Faulty, reason
		}
	}
	if len(had) == 0 {
		return Brought, ""
	}
	return Replaced, ""
}

func formsOf(u exchange.Unit) map[string]string {
	switch {
	case u.Counts():
		return u.Targets
	case u.Target == "":
		return nil
	}
	return map[string]string{"other": u.Target}
}

// messageFault holds a text to the gate of the messages. A number may be written as a word
// where the form stands for one number alone, which the gate itself looks at.
func messageFault(source exchange.Unit, form, text string) string {
	names := func(text string) []string {
		list := placeholders.FindAllString(text, -1)
		slices.Sort(list)
		return slices.Compact(list)
	}
	want, got := names(source.Source), names(text)
	if slices.Contains([]string{"zero", "one", "two"}, form) {
		drop := func(name string) bool { return name == "{{.Count}}" }
		want, got = slices.DeleteFunc(want, drop), slices.DeleteFunc(got, drop)
	}
	switch {
	case !slices.Equal(want, got):
		return "its placeholders are " + strings.Join(got, " ") + ", English has " + strings.Join(want, " ")
	case strings.Contains(text, "<"):
		return "it holds markup"
	case strings.TrimSpace(text) != text && !strings.HasPrefix(source.ID, "list."):
		return "it begins or ends with a space"
	}
	return ""
}
