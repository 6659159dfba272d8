package material

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// Kind is what a material will be.
type Kind string

// Kinds in the order of pages.
var Kinds = []Kind{"leaflet", "pocket", "guide", "unit", "magazine", "podcast", "poster"}

// State is where a material stands.
type State string

// The states. A published material whose review day has passed is due: that follows from
// the day and is stored nowhere.
const (
	Idea        State = "idea"
	Drafting    State = "draft"
	Consulting  State = "consultation"
	Deciding    State = "decision"
	Translating State = "translation"
	Published   State = "published"
	Archived    State = "archived"
	ReviewIsDue State = "review"
)

// The limits of lists and of what people type, in characters.
const (
	mostAtOnce   = 500
	longestTitle = 120
	longestShort = 600
	longestBody  = 30_000
	longestWords = 2000
)

// States are all states that pages name, in the order of the way.
var States = []State{Idea, Drafting, Consulting, Deciding, Translating, Published, ReviewIsDue, Archived}

// Material is one thing that people make together. Its clear columns are its public face
// or that of its group; nothing in the row is a community member's.
type Material struct {
	ID               store.ID `gorm:"primaryKey"`
	Kind             Kind
	Title            string
	Purpose          string // what for
	Audience         string // for whom
	Lang             string
	State            State
	SignedBy         store.ID // a person with a role who signed the idea
	Day              string
	Version          int // newest
	DecidedVersion   int // newest that a vote accepted
	PublishedVersion int // what readers see; 0 before
	PublishedDay     *string
	ReviewDay        *string
	Story            bool    // it tells what somebody lived: nothing of it is shown without her consent
	Subjects         string  // codes of Subjects, with a space between
	WithdrawnDay     *string // it was published and taken back
	WithdrawnBy      string  // ByHer or ByGroup
	WithdrawnWhy     string  // one of Reasons, where the group took it back
	Shipped          string  // the text of the program that it came from, "" for one that was made here
}

// TableName names the table.
func (Material) TableName() string { return "materials" }

// Public reports whether readers without an account see it, as far as the group is
// concerned: a story needs a consent besides.
func (m Material) Public() bool { return m.PublishedVersion > 0 && m.State != Archived }

// ReviewDue reports whether the day of the review lies behind.
func (m Material) ReviewDue(today string) bool {
	return m.PublishedVersion > 0 && m.ReviewDay != nil && *m.ReviewDay < today
}

// Stands is the state as pages name it.
func (m Material) Stands(today string) State {
	if m.State == Published && m.ReviewDue(today) {
		return ReviewIsDue
	}
	return m.State
}

// Hand is who may take a step.
type Hand string

// The hands. Votes moves by the outcome of a vote and by nobody's button.
const (
	Leaders Hand = "leaders" // any leader
	Group   Hand = "group"   // anybody of its group
	Heads   Hand = "heads"   // a leader or a coordinator of its group
	Tenders Hand = "tenders" // a leader, coordinator or moderator, for an idea that cannot stay
	Keepers Hand = "keepers" // any leader or coordinator, for what lies in the archive
	Votes   Hand = "votes"
)

// Step is one allowed move between states.
type Step struct {
	From, To State
	By       Hand
}

// Steps are all allowed moves. There is no other way from state to state.
var Steps = []Step{
	{Idea, Drafting, Leaders},
	{Drafting, Consulting, Group},
	{Consulting, Drafting, Group},
	{Consulting, Deciding, Group},
	{Deciding, Drafting, Votes},
	{Deciding, Translating, Votes},
	{Translating, Published, Heads},
	{Published, Drafting, Group},
	{Idea, Archived, Tenders},
	{Drafting, Archived, Heads},
	{Consulting, Archived, Heads},
	{Deciding, Archived, Heads},
	{Translating, Archived, Heads},
	{Published, Archived, Heads},
	{Archived, Idea, Keepers},
	{Archived, Drafting, Keepers},
}

// May reports whether she may take the step to a state now; inGroup says whether she is of
// its group.
func (m Material) May(who member.Actor, inGroup bool, to State) bool {
	return slices.ContainsFunc(Steps, func(s Step) bool { return s.From == m.State && s.To == to && s.By.holds(who, inGroup) })
}

func (h Hand) holds(who member.Actor, inGroup bool) bool {
	switch h {
	case Leaders:
		return who.Has(member.RoleLeader)
	case Group:
		return inGroup
	case Heads:
		return inGroup && who.Has(member.RoleLeader, member.RoleCoordinator)
	case Keepers:
		return who.Has(member.RoleLeader, member.RoleCoordinator)
	case Tenders:
		return who.Has(member.RoleLeader, member.RoleCoordinator, member.RoleModerator)
	}
	return false
}

// step refuses a move: to somebody who never may take it the thing does not exist, and a
// wrong moment is said.
func (m Material) step(who member.Actor, inGroup bool, to State) error {
	if m.May(who, inGroup, to) {
		return nil
	}
	if inGroup && slices.ContainsFunc(Steps, func(s Step) bool { return s.To == to && s.By.holds(who, inGroup) }) {
		return fault.New(fault.Conflict, "material.step.not-now")
	}
	return fault.Missing()
}

// language is the form of a language tag; which languages exist is the page's business.
var language = regexp.MustCompile(`^[a-z]{2,3}(-[A-Za-z]{2,4})?$`)

// tidy makes one line out of what was typed.
func tidy(text string) string { return strings.Join(strings.Fields(text), " ") }

// tidyText keeps the lines.
func tidyText(text string) string {
	return strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n"))
}

// asked checks the length of a field: least 0 lets it be empty.
func asked(name, text string, least, most int) []fault.Field {
	switch n := utf8.RuneCountInString(text); {
	case n < least && n == 0:
		return []fault.Field{{Name: name, Key: "material.field.empty"}}
	case n < least:
		return []fault.Field{{Name: name, Key: "material.field.short", Args: []any{"Least", least}}}
	case n > most:
		return []fault.Field{{Name: name, Key: "material.field.long", Args: []any{"Most", most}}}
	case !utf8.ValidString(text):
		return []fault.Field{{Name: name, Key: "material.field.broken"}}
	}
	return nil
}
