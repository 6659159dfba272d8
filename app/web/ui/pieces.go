package ui

import "github.com/a-h/templ"

// ButtonKind says how much a button weighs; one primary on a page is enough.
type ButtonKind string

const (
	Primary   ButtonKind = "primary"
	Secondary ButtonKind = "secondary"
	Quiet     ButtonKind = "quiet"
	Grave     ButtonKind = "danger" // what cannot be undone
)

// Action is a button or a link that looks like one.
type Action struct {
	Kind ButtonKind
	Word string
	Icon string // "" for none
	Href string // links only
	Name string // buttons only: what the form sends when one of several is pressed
	// Value goes with Name.
	Value string
}

// Link is a word and where it leads.
type Link struct {
	Word    string
	Href    string
	Current bool
}

// BadgeKind says what a badge vouches for; each has its own icon, never colour alone.
type BadgeKind string

const (
	BadgeRole       BadgeKind = "role"
	BadgePaid       BadgeKind = "paid"
	BadgeLanguage   BadgeKind = "language"
	BadgeMachine    BadgeKind = "machine"
	BadgeVerified   BadgeKind = "verified"
	BadgeUnverified BadgeKind = "unverified"
	BadgeDue        BadgeKind = "due"
	BadgeDanger     BadgeKind = "danger"
	BadgePlain      BadgeKind = "plain"
)

var badgeIcons = map[BadgeKind]string{
	BadgeRole: "hand", BadgePaid: "check", BadgeLanguage: "language", BadgeMachine: "machine",
	BadgeVerified: "check", BadgeUnverified: "question", BadgeDue: "clock", BadgeDanger: "danger",
}

// Row is one line of a list that leads somewhere.
type Row struct {
	Href  string
	Title string
	Lang  string // language of the title, where it is not that of the page
	Text  string // a second line
	Meta  string // small words below: a day, a board
	// TextLang is the language of the second line, where it is not that of the page: the line
	// then runs in its own direction.
	TextLang string
	New      string // word for "something new since you were here", or ""
}

// Moment is one entry of a timeline.
type Moment struct {
	When string // a day in words
	What string
	Text string
	Tone Tone // "" is plain
}

// Suggestion is a passage of a text with the change that somebody asks for.
type Suggestion struct {
	Passage string
	Wanted  string
	Why     string
	By      string // who asks, as she chose to be named
	Answer  string // "" while it waits
	Lang    string
	Dir     string
	Draw    Draw
}

// Draw shows words as somebody typed them; without one they are plain text.
type Draw func(words string) templ.Component

// Segment is one sentence and its translation.
type Segment struct {
	SourceLang, SourceDir, Source string
	TargetLang, TargetDir, Target string
	State                         BadgeKind // machine, verified, unverified
	StateWord                     string
	Draw                          Draw
}

// VoteChoice is one answer of a vote and how many gave it.
type VoteChoice struct {
	Word  string
	Count int
}

// QueueEntry is one thing that waits for a moderator. Veil is shown blurred, so that
// nobody has to read it by accident.
type QueueEntry struct {
	ID     string
	Title  string
	Reason string
	Meta   string
	Veil   string
	Lang   string
	Tone   Tone
	Open   bool
}

// Paging holds the addresses of the pages beside this one; "" where there is none.
type Paging struct {
	Newer string
	Older string
}

// Table is a table that becomes cards on a phone. Each row has one cell per heading.
type Table struct {
	Caption string
	Head    []string
	Rows    [][]templ.Component
}

// Bar is one value of a chart. Shown is the number as people read it, and also what
// stands for a value too small to be told ("fewer than 10").
type Bar struct {
	Label string
	Value int
	Shown string
}

// Chart is a drawing of numbers with the same numbers in a table below.
type Chart struct {
	ID      string // unique on the page
	Title   string
	LabelAs string // heading of the label column
	ValueAs string // heading of the value column
	Bars    []Bar
}

// SheetKind is the paper that a print sheet is made for.
type SheetKind string

const (
	SheetA4     SheetKind = "a4"
	SheetCard   SheetKind = "card"   // a bank-card-sized card with lines to cut along
	SheetPocket SheetKind = "pocket" // one A4 sheet folded to eight small pages
)

func toneIcon(t Tone) string {
	switch t {
	case Due:
		return "warn"
	case Danger:
		return "danger"
	case Done:
		return "check"
	}
	return "info"
}

func toneWord(p *Page, t Tone) string {
	switch t {
	case Due:
		return p.T("common.tone.due")
	case Danger:
		return p.T("common.tone.danger")
	case Done:
		return p.T("common.tone.done")
	}
	return p.T("common.tone.info")
}

// headOf names the column of a cell, for the cards on a phone.
func headOf(t Table, i int) string {
	if i < len(t.Head) {
		return t.Head[i]
	}
	return ""
}
