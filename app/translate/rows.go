package translate

import "portico/app/store"

// DocumentRow is a text that is translated. Its number is that of the material.
type DocumentRow struct {
	ID    store.ID `gorm:"primaryKey"`
	Kind  string
	Lang  string
	Title string
	Tail  string // what follows the last segment
}

// TableName names the table.
func (DocumentRow) TableName() string { return "translate_documents" }

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
	ReviewerID store.ID
	OldSource  string // of a stale segment: what the words were made from
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
}

// TableName names the table.
func (HistoryRow) TableName() string { return "translate_history" }

// ReaderRow says that somebody can check a language.
type ReaderRow struct {
	RoleAccountID store.ID `gorm:"primaryKey"`
	Lang          string   `gorm:"primaryKey"`
}

// TableName names the table.
func (ReaderRow) TableName() string { return "reader_languages" }
