package forum

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
	"portico/moderation"
)

// ReportRow is what somebody told the moderators about a post. The tag belongs to this
// post alone; the note is sealed for the moderators and gone with the row.
type ReportRow struct {
	ID     store.ID `gorm:"primaryKey"`
	PostID store.ID
	Tag    []byte
	Reason string
	NoteID store.ID
	Day    string
}

// TableName names the table.
func (ReportRow) TableName() string { return "reports" }

// LongestNote is the length of a report's note in characters.
const LongestNote = 1000

// Reasons are the house rules' codes, for reports and decisions alike, in the order of pages.
var Reasons = []string{"identifies", "contact", "blame", "rescue", "offer", "threat", "minor", "off-topic", "spam", "other"}

// urgencyOf says how soon a reported reason has to be read.
func urgencyOf(reason string) int {
	switch reason {
	case "minor", "threat":
		return 2
	case "identifies":
		return 1
	}
	return 0
}

// Report puts a post before the moderators. A second report of the same person about the
// same post changes nothing.
func (s *Service) Report(ctx context.Context, who member.Actor, id store.ID, reason, note string) (Topic, error) {
	if !who.SignedIn() {
		return Topic{}, fault.New(fault.SignIn, "error.signin")
	}
	note = strings.TrimSpace(note)
	if err := checkReport(reason, note); err != nil {
		return Topic{}, err
	}
	var topic Topic
	err := s.store.Tx(ctx, func(tx *gorm.DB) error {
		p, t, err := s.postFor(ctx, tx, who, id)
		if err != nil {
			return err
		}
		topic = t
		tags := who.Tags(purposeReport, id)
		before, err := gorm.G[ReportRow](tx).Where("post_id = ? AND tag IN ?", id, tags).Count(ctx, "id")
		if err != nil || before > 0 {
			return err
		}
		row := ReportRow{ID: store.NewID(), PostID: id, Tag: tags[0], Reason: reason, Day: s.store.Today()}
		if note != "" {
			row.NoteID, err = member.SealForCircle(ctx, tx, s.store.Clock, member.CircleRecord{
				Circle: member.CircleModerators, Kind: "report note", Words: note, KeepMonths: 6,
			})
			if err != nil {
				return err
			}
		}
		if err := gorm.G[ReportRow](tx).Create(ctx, &row); err != nil {
			return err
		}
		return s.queue.Put(ctx, tx, moderation.Case{
			Kind: moderation.Report, Post: p.ID, Board: t.Board, Lang: p.Lang, Urgency: urgencyOf(reason), Reasons: []string{reason},
		})
	})
	return topic, err
}

func checkReport(reason, note string) error {
	var mend []fault.Field
	if !slices.Contains(Reasons, reason) {
		mend = append(mend, fault.Field{Name: "reason", Key: "forum.report.reason.missing"})
	}
	if utf8.RuneCountInString(note) > LongestNote {
		mend = append(mend, fault.Field{Name: "note", Key: "forum.report.note.long", Args: []any{"Most", LongestNote}})
	}
	if len(mend) > 0 {
		return fault.Mend(mend...)
	}
	return nil
}

// postFor loads a shown post as this person may see it.
func (s *Service) postFor(ctx context.Context, db *gorm.DB, who member.Actor, id store.ID) (Post, Topic, error) {
	posts, err := gorm.G[Post](db).Where("id = ? AND state = ?", id, Shown).Limit(1).Find(ctx)
	if err != nil {
		return Post{}, Topic{}, store.Translate(err)
	}
	if len(posts) == 0 {
		return Post{}, Topic{}, notFound()
	}
	topic, err := s.topicFor(ctx, db, who, posts[0].TopicID)
	return posts[0], topic, err
}

// PostFor returns a shown post with its topic, for the page that reports it.
func (s *Service) PostFor(ctx context.Context, who member.Actor, id store.ID) (Post, Topic, error) {
	return s.postFor(ctx, s.store.DB, who, id)
}

// dropReports removes the reports about a post with their sealed notes.
func (s *Service) dropReports(ctx context.Context, tx *gorm.DB, post store.ID) error {
	rows, err := gorm.G[ReportRow](tx).Where("post_id = ?", post).Find(ctx)
	if err != nil {
		return err
	}
	var notes []store.ID
	for _, row := range rows {
		if !row.NoteID.IsZero() {
			notes = append(notes, row.NoteID)
		}
	}
	if _, err := gorm.G[ReportRow](tx).Where("post_id = ?", post).Delete(ctx); err != nil {
		return err
	}
	return member.Shred(ctx, tx, notes...)
}
