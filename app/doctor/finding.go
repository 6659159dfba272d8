package doctor

import (
	"fmt"
	"slices"
)

// Level says how much a finding asks of the host.
type Level string

// The three levels, from calm to urgent.
const (
	OK   Level = "ok"
	Look Level = "look" // worth a look; nobody is harmed today
	Mend Level = "mend" // people or their words are at risk until it is mended
)

var ranks = []Level{OK, Look, Mend}

// Finding is what one check found.
type Finding struct {
	// Check names what was looked at, in one word.
	Check string `json:"check"`
	Level Level  `json:"level"`
	// What is one sentence on what was found.
	What string `json:"what"`
	// Do is one sentence on what to do about it, "" when all is well.
	Do string `json:"do,omitempty"`
}

// Worst is the highest level among findings; without any it is OK.
func Worst(findings []Finding) Level {
	worst := OK
	for _, f := range findings {
		if slices.Index(ranks, f.Level) > slices.Index(ranks, worst) {
			worst = f.Level
		}
	}
	return worst
}

// findings collects what one check has to say.
type findings struct {
	check string
	all   []Finding
}

func (f *findings) look(what, do string) { f.add(Look, what, do) }
func (f *findings) mend(what, do string) { f.add(Mend, what, do) }

func (f *findings) add(level Level, what, do string) {
	f.all = append(f.all, Finding{Check: f.check, Level: level, What: what, Do: do})
}

// or returns what was found, or that all is well.
func (f *findings) or(well string, values ...any) []Finding {
	if len(f.all) == 0 {
		f.add(OK, fmt.Sprintf(well, values...), "")
	}
	return f.all
}
