package ui

import (
	"strconv"
	"strings"

	"github.com/a-h/templ"
)

// InputKind says what a person types into a field; it decides the control, the keyboard
// of a phone and what the browser may keep.
type InputKind string

const (
	TextLine InputKind = ""           // one line of words
	TextArea InputKind = "textarea"   // several lines
	Pass     InputKind = "passphrase" // hidden while typing
	Code     InputKind = "otp"        // six digits of a second factor
	Key      InputKind = "key"        // the 20-digit key, never a password field: a phone would offer to sync it
	Find     InputKind = "search"     // words to look for
	Number   InputKind = "number"     // whole numbers, as text with the digits keyboard
	Day      InputKind = "date"       // a day
)

// Input is one field of a form. ID is both the id and the name.
type Input struct {
	ID       string
	Kind     InputKind
	Label    string
	Hint     string
	Value    string
	Max      int    // longest text that is taken; 0 is no limit here
	Rows     int    // lines of a text area; 0 is 6
	Optional bool   // says "(optional)" beside the label
	Fill     string // what the browser may fill in, such as "new-password"; "" is off
	Lang     string // language of the text, where it is known
}

// Option is one answer of a select, of choice cards or of a row of ticks.
type Option struct {
	Value string
	Label string
	Hint  string
	Icon  string // choice cards only
	Lang  string // language of the label, where it is not that of the page
}

// Choice is a question with answers of which one is chosen.
type Choice struct {
	ID       string
	Label    string
	Hint     string
	Options  []Option
	Value    string
	Optional bool
}

// Tick is a box to tick.
type Tick struct {
	ID      string
	Value   string // what the form sends; "" is "1"
	Label   string
	Hint    string
	Checked bool
}

func tickValue(t Tick) string {
	if t.Value == "" {
		return "1"
	}
	return t.Value
}

// describedBy names the hint and the error of a field, so that both are read with it.
func describedBy(id, hint, failure string) string {
	var ids []string
	if hint != "" {
		ids = append(ids, id+"-hint")
	}
	if failure != "" {
		ids = append(ids, id+"-error")
	}
	return strings.Join(ids, " ")
}

func inputType(k InputKind) string {
	switch k {
	case Pass:
		return "password"
	case Find:
		return "search"
	case Day:
		return "date"
	}
	return "text"
}

func inputMode(k InputKind) string {
	switch k {
	case Code, Key, Number:
		return "numeric"
	case Find:
		return "search"
	}
	return ""
}

// inputDir keeps digits left to right everywhere and lets words find their own direction.
func inputDir(k InputKind) string {
	switch k {
	case Code, Key, Number, Pass, Day:
		return "ltr"
	}
	return "auto"
}

func inputFill(in Input) string {
	switch {
	case in.Fill != "":
		return in.Fill
	case in.Kind == Code:
		return "one-time-code"
	}
	return "off"
}

func inputClass(k InputKind) string {
	switch k {
	case Key:
		return "input input-key"
	case Code, Number, Day:
		return "input input-short"
	}
	return "input"
}

func areaRows(in Input) int {
	if in.Rows > 0 {
		return in.Rows
	}
	return 6
}

// controlState ties a control to its hint and its error for a screen reader.
func controlState(id, hint, failure string) templ.Attributes {
	state := templ.Attributes{}
	if by := describedBy(id, hint, failure); by != "" {
		state["aria-describedby"] = by
	}
	if failure != "" {
		state["aria-invalid"] = "true"
	}
	return state
}

// choiceID gives the first answer the id of the question, so that the error summary's link lands on it.
func choiceID(id string, i int) string {
	if i == 0 {
		return id
	}
	return id + "-" + strconv.Itoa(i+1)
}

// leadingBreak doubles a line break at the start, because a browser drops the first one
// inside a text area and her text would come back changed.
func leadingBreak(text string) string {
	if strings.HasPrefix(text, "\n") || strings.HasPrefix(text, "\r\n") {
		return "\n" + text
	}
	return text
}
