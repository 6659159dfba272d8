package forum

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"portico/app/fault"
	"portico/app/store"
)

// Topic is a conversation. Its counters are public; nothing in the row is a person's.
type Topic struct {
	ID      store.ID `gorm:"primaryKey"`
	Board   string
	Title   string
	Lang    string
	Warning string // what a reader may want to know before she reads; "" for nothing
	State   string // open, closed, archived
	Pinned  bool
	Listed  bool // true once a first post is shown
	Shown   int  // posts that everybody sees
	LastNo  int  // last number given out
	LastDay string
}

// TableName names the table.
func (Topic) TableName() string { return "topics" }

// States of a topic.
const (
	Open     = "open"
	Closed   = "closed"
	Archived = "archived"
)

// Limits of what people type, in characters.
const (
	ShortestTitle  = 3
	LongestTitle   = 120
	LongestWarning = 60
	LongestBody    = 8000
)

// NameMode says how a post is signed.
type NameMode string

// The name modes. ByHandle is only for people with a role.
const (
	ByTopicName NameMode = "topic"
	ByHandle    NameMode = "handle"
)

// Draft is what a person wants to post.
type Draft struct {
	Title   string // only when she starts a talk
	Warning string // only when she starts a talk
	Body    string
	Lang    string
	Mode    NameMode
	Nonce   string // of the form: the same form posts once
	Insist  bool   // she has seen the warning and wants it read by a moderator
}

func (d Draft) trimmed() Draft {
	d.Title = strings.Join(strings.Fields(d.Title), " ")
	d.Warning = strings.Join(strings.Fields(d.Warning), " ")
	d.Body = strings.TrimSpace(strings.ReplaceAll(d.Body, "\r\n", "\n"))
	if d.Mode != ByHandle {
		d.Mode = ByTopicName
	}
	return d
}

func (d Draft) check(starts bool) error {
	var mend []fault.Field
	if starts {
		mend = append(mend, checkTitle(d.Title, d.Warning)...)
	}
	mend = append(mend, checkBody(d.Body)...)
	if d.Lang != "" && !language.MatchString(d.Lang) {
		mend = append(mend, fault.Field{Name: "lang", Key: "forum.lang.unknown"})
	}
	if len(mend) > 0 {
		return fault.Mend(mend...)
	}
	return nil
}

// language is the form of a language tag; which languages exist is the page's business.
var language = regexp.MustCompile(`^[a-z]{2,3}(-[A-Za-z]{2,4})?$`)

func checkTitle(title, warning string) (mend []fault.Field) {
	switch n := utf8.RuneCountInString(title); {
	case n < ShortestTitle:
		mend = append(mend, fault.Field{Name: "title", Key: "forum.title.short"})
	case n > LongestTitle:
		mend = append(mend, fault.Field{Name: "title", Key: "forum.title.long", Args: []any{"Most", LongestTitle}})
	}
	if utf8.RuneCountInString(warning) > LongestWarning {
		mend = append(mend, fault.Field{Name: "warning", Key: "forum.warning.long", Args: []any{"Most", LongestWarning}})
	}
	return mend
}

func checkBody(body string) (mend []fault.Field) {
	switch n := utf8.RuneCountInString(body); {
	case n == 0:
		mend = append(mend, fault.Field{Name: "body", Key: "forum.body.empty"})
	case n > LongestBody:
		mend = append(mend, fault.Field{Name: "body", Key: "forum.body.long", Args: []any{"Most", LongestBody}})
	case !utf8.ValidString(body):
		mend = append(mend, fault.Field{Name: "body", Key: "forum.body.broken"})
	}
	return mend
}
