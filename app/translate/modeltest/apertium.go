package modeltest

import (
	"os/exec"
	"strings"
)

// pairs are what Debian's packages of Apertium are called by, for the languages that tests
// use.
var pairs = map[string]string{"en es": "eng-spa", "es en": "spa-eng"}

// Apertium translates with the program of the same name, which works without a network. It
// is a test engine: its words are often wrong, and it says nothing where it fails, so an
// empty answer is a failure.
func Apertium(from, to, text string) string {
	pair, ok := pairs[from+" "+to]
	if !ok {
		return ""
	}
	command := exec.Command("apertium", "-u", pair)
	command.Stdin = strings.NewReader(text)
	out, err := command.Output()
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(out))
}
