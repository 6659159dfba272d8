package training

import (
	"slices"

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

// CompletionRow is a module that a person with a role has finished. Minutes are those of
// the day it was finished, because a later version may take longer.
type CompletionRow struct {
	RoleAccountID store.ID `gorm:"primaryKey"`
	Module        string   `gorm:"primaryKey"`
	Version       int
	Minutes       int
	Day           string
}

// TableName names the table.
func (CompletionRow) TableName() string { return "training_completions" }

// kept is what a learner's box for one module holds. Answers are there for both kinds of
// learner, the rest for plain members alone.
type kept struct {
	Answers map[string][]string `json:"answers,omitempty"` // by question
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
	Waived   State = "waived" // a coordinator knows that she has learned it already
)

// Progress is one learner in one module.
type Progress struct {
	Module  content.Module
	Units   map[string]int // done units by id, with the version in which she did them
	Answers map[string][]string
	Done    *Completion
	Waiver  *Waiver
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

// Fitting counts the questions to which she has given the fitting answers.
func (p Progress) Fitting() (fit, all int) {
	questions := p.source().Questions
	for _, q := range questions {
		if q.Fits(p.Answers[q.ID]) {
			fit++
		}
	}
	return fit, len(questions)
}

// Answered reports whether she has answered the quiz at all.
func (p Progress) Answered() bool {
	return slices.ContainsFunc(p.source().Questions, func(q content.Question) bool { return len(p.Answers[q.ID]) > 0 })
}

// State says where she stands.
func (p Progress) State() State {
	done, units := p.UnitsDone()
	fit, questions := p.Fitting()
	switch {
	case p.Done != nil:
		return Finished
	case p.Waiver != nil:
		return Waived
	case done == units && fit == questions:
		return Ready
	case done > 0 || p.Answered():
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
