package translate

import "portico/app/store"

// DocumentRow is a text that is translated. Its number is that of the material.
type DocumentRow struct {
	ID    store.ID `gorm:"primaryKey"`
	Kind  string
	Lang  string
	Title string
	Tail  string // what follows the last segment
	// Critical is set where a wrong sentence may harm somebody: two people read each segment.
	Critical bool
	Edition  int // of the text, counted from one
}

// TableName names the table.
func (DocumentRow) TableName() string { return "translate_documents" }

// Readers is how many people, none of them its author, have to say that a segment is right.
func (d DocumentRow) Readers() int {
	if d.Critical {
		return 2
	}
	return 1
}

// SegmentRow is one segment of a source. Lead is what stands between the segment before and
// this one: line breaks and Markdown marks that nobody translates.
type SegmentRow struct {
	ID         store.ID `gorm:"primaryKey"`
	DocumentID store.ID
	Place      int
	Kind       string
	Lead       string
	Source     string
}

// TableName names the table.
func (SegmentRow) TableName() string { return "translate_segments" }

// The states of a language of a document.
const (
	Working  = "working"
	Waiting  = "waiting"  // every segment is reviewed, nobody has approved the whole
	Approved = "approved" // published; it stays so while single segments are worked on
)

// LanguageRow is one language into which a document is translated.
type LanguageRow struct {
	DocumentID  store.ID `gorm:"primaryKey"`
	Lang        string   `gorm:"primaryKey"`
	State       string
	OpenedDay   string
	ApprovedBy  store.ID // zero when she has left
	ApprovedDay *string
	Shipped     bool // its words came with the program and nobody here has approved them
}

// TableName names the table.
func (LanguageRow) TableName() string { return "translate_languages" }

// The states of a segment in a language.
const (
	Empty    = "empty"
	Machine  = "machine" // drafted by a machine, not touched by a person
	Edited   = "edited"
	Reviewed = "reviewed"
	Stale    = "stale" // the source has changed since
)

// TargetRow is one segment in one language. A row exists from the opening of the language on.
type TargetRow struct {
	SegmentID  store.ID `gorm:"primaryKey"`
	Lang       string   `gorm:"primaryKey"`
	DocumentID store.ID
	State      string
	Version    int
	Words      string
	Machine    bool     // a machine's draft is, or was, at its beginning
	EditorID   store.ID // zero for a machine, and for somebody who has left
	ReviewerID store.ID // the last who said that they are right
	Reviews    int      // how many have said so
	Trouble    string   // of an empty one: the check that a machine's draft did not pass, or ""
	OldSource  string   // of a stale segment: what the words were made from
	// Published are the words of the last review since the language was approved, or nil.
	Published        *string
	PublishedMachine bool
	UpToDate         bool // Published says what the present source says
}

// TableName names the table.
func (TargetRow) TableName() string { return "translate_targets" }

// HistoryRow is what somebody, or the machine, did to a segment on a day.
type HistoryRow struct {
	ID        store.ID `gorm:"primaryKey"`
	SegmentID store.ID
	Lang      string
	Version   int
	Act       string // Machine, Edited or Reviewed
	Words     string // "" for a review
	ByID      store.ID
	Day       string
	Origin    string // where the words come from: FromPerson, FromMachine, FromMemory or FromFile
	Model     string // of a machine's draft
	Edition   int    // of the source that lay beside it; 0 where that is not known
	Denies    bool   // a review that says: the denial is there, in other words
}

// Where words come from.
const (
	FromPerson  = ""
	FromMachine = "machine"
	FromMemory  = "memory"
	FromFile    = "file" // from a translator's own tool, brought back by her
)

// TableName names the table.
func (HistoryRow) TableName() string { return "translate_history" }

// ReaderRow says that somebody can check a language.
type ReaderRow struct {
	RoleAccountID store.ID `gorm:"primaryKey"`
	Lang          string   `gorm:"primaryKey"`
}

// TableName names the table.
func (ReaderRow) TableName() string { return "reader_languages" }
