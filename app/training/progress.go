package training

import (
	"slices"
	"time"

	"portico/app/store"
	"portico/content"
)

// UnitRow is a unit that a person with a role has done.
type UnitRow struct {
	RoleAccountID store.ID `gorm:"primaryKey"`
	Module        string   `gorm:"primaryKey"`
	Unit          string   `gorm:"primaryKey"`
	Version       int      // of the module, when she did it
	Day           string
}

// TableName names the table.
func (UnitRow) TableName() string { return "training_units" }

// CompletionRow is a module that a person with a role has finished, one row for each time
// that she went through it. Minutes are those of that day, because a later version may take
// longer and a second time takes less.
type CompletionRow struct {
	RoleAccountID store.ID `gorm:"primaryKey"`
	Module        string   `gorm:"primaryKey"`
	Version       int
	Minutes       int
	Day           string `gorm:"primaryKey"`
}

// TableName names the table.
func (CompletionRow) TableName() string { return "training_completions" }

// kept is what a learner's box for one module holds. What she answered and which way she
// took in the story are there for both kinds of learner, the rest for plain members alone.
type kept struct {
	Answers map[string][]string `json:"answers,omitempty"` // by question
	Marks   map[string]string   `json:"marks,omitempty"`   // the mark of each question when she answered it
	Steps   []string            `json:"steps,omitempty"`   // her way through the story
	Ended   bool                `json:"ended,omitempty"`   // she came to an end of it once
	Again   string              `json:"again,omitempty"`   // the day on which she began to go through it anew
	Sent    []sent              `json:"sent,omitempty"`    // what a phone sent later, so that it counts once
	Turn    int                 `json:"turn,omitempty"`    // her acts so far
	Touched map[string]touch    `json:"touched,omitempty"` // the last act about each answer and unit
	Units   map[string]int      `json:"units,omitempty"`   // the version in which each was done
	Done    *Completion         `json:"done,omitempty"`
}

// boxName is the box of one module. Only acts in that module touch it.
func boxName(module string) string { return "training/" + module }

// reflectionName is a box of its own: the size of a box shows in steps, and the one beside
// it must not say whether she wrote.
func reflectionName(module string) string { return "training/" + module + "/reflection" }

// Completion is a finished module.
type Completion struct {
	Version int    `json:"version"`
	Minutes int    `json:"minutes"`
	Day     string `json:"day"`
}

// State is where somebody stands in a module.
type State string

// The states, in the order in which they come.
const (
	NotBegun State = "not-begun"
	Begun    State = "begun"
	Ready    State = "ready" // everything is done, she has only to say that she is through
	Finished State = "finished"
	Due      State = "due"    // it was finished, and it is time to go through it again
	Waived   State = "waived" // a coordinator knows that she has learned it already
)

// Progress is one learner in one module.
type Progress struct {
	Module   content.Module
	Today    string
	Units    map[string]int // done units by id, with the version in which she did them
	Last     string         // the last day on which she did a unit; only rows know it
	Answers  map[string][]string
	Marks    map[string]string
	Steps    []string
	Ended    bool
	Anew     bool // she goes through it anew
	Done     *Completion
	Waiver   *Waiver
	Watched  bool // she has a role, so that somebody can watch and sign what she practises
	Practice *PracticeRow
	Assigned *Assignment
	Before   []string // modules that come first and that she has not finished
}

// UnitDone reports whether she has done a unit.
func (p Progress) UnitDone(id string) bool { return p.Units[id] > 0 }

// UnitsDone counts the done units among those that the module has now.
func (p Progress) UnitsDone() (done, all int) {
	units := p.source().Units
	for _, u := range units {
		if p.UnitDone(u.ID) {
			done++
		}
	}
	return done, len(units)
}

// Stale reports whether a question has changed since she answered it.
func (p Progress) Stale(q content.Question) bool {
	mark := p.Marks[q.ID]
	at := slices.IndexFunc(p.source().Questions, func(o content.Question) bool { return o.ID == q.ID })
	return mark != "" && at >= 0 && p.source().Questions[at].Mark() != mark
}

// Fits reports whether she has answered a question as it fits, and as it stands now.
func (p Progress) Fits(q content.Question) bool { return q.Fits(p.Answers[q.ID]) && !p.Stale(q) }

// Fitting counts the questions to which she has given the fitting answers.
func (p Progress) Fitting() (fit, all int) {
	questions := p.source().Questions
	for _, q := range questions {
		if p.Fits(q) {
			fit++
		}
	}
	return fit, len(questions)
}

// Answered reports whether she has answered the quiz at all.
func (p Progress) Answered() bool {
	return slices.ContainsFunc(p.source().Questions, func(q content.Question) bool { return len(p.Answers[q.ID]) > 0 })
}

// StoryDone reports whether she has come to an end of the story, or there is none.
func (p Progress) StoryDone() bool { return p.Ended || len(p.source().Scenario.Scenes) == 0 }

// Expires is the day from which the module has to be gone through again, "" for never.
func (p Progress) Expires() string {
	if p.Done == nil {
		return ""
	}
	return expires(p.Done.Day, p.Module.RefreshMonths)
}

// expires adds months to a day; a day that nobody can read expires never.
func expires(day string, months int) string {
	at, err := time.Parse(time.DateOnly, day)
	if err != nil || months == 0 {
		return ""
	}
	return at.AddDate(0, months, 0).Format(time.DateOnly)
}

// Holds reports whether she has the module behind her today: finished and not out of its
// time, or let off it.
func (p Progress) Holds() bool {
	state := p.State()
	return state == Finished || state == Waived
}

// CanRefresh reports whether she may go through a finished module anew: its time is over or
// nearly so, or there is a newer version.
func (p Progress) CanRefresh() bool {
	if p.Done == nil || p.Anew {
		return false
	}
	soon := ""
	if at, err := time.Parse(time.DateOnly, p.Today); err == nil {
		soon = at.AddDate(0, 2, 0).Format(time.DateOnly)
	}
	return p.Changed() || p.Expires() != "" && p.Expires() <= soon
}

// Complete reports whether nothing is left to do but to say so.
func (p Progress) Complete() bool {
	done, units := p.UnitsDone()
	fit, questions := p.Fitting()
	return done == units && fit == questions && p.StoryDone()
}

// State says where she stands.
func (p Progress) State() State {
	done, _ := p.UnitsDone()
	switch {
	case p.Done != nil && p.Expires() != "" && p.Expires() <= p.Today && !(p.Anew && p.Complete()):
		return Due
	case p.Done != nil && !(p.Anew && p.Complete()):
		return Finished
	case p.Waiver != nil:
		return Waived
	case p.Complete():
		return Ready
	case done > 0 || p.Answered() || len(p.Steps) > 0:
		return Begun
	}
	return NotBegun
}

// Changed reports whether the module has a newer version than the one in which she did
// something. What she did stays done.
func (p Progress) Changed() bool {
	if p.Done != nil {
		return p.Done.Version < p.Module.Version
	}
	for _, version := range p.Units {
		if version < p.Module.Version {
			return true
		}
	}
	return false
}

// Next is the first unit that she has not done, or "" when there is none.
func (p Progress) Next() string {
	for _, u := range p.source().Units {
		if !p.UnitDone(u.ID) {
			return u.ID
		}
	}
	return ""
}

// source is the module in English; ids are the same in every language.
func (p Progress) source() content.ModuleText { return p.Module.In("en") }
