package desk

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"portico/app/audit"
	"portico/app/fault"
	"portico/app/job"
	"portico/app/member"
	"portico/app/store"
	"portico/moderation"
)

// Posts is what the desk needs of the forum, inside its own transaction.
type Posts interface {
	Whose(ctx context.Context, tx *gorm.DB, who member.Actor, post store.ID) (topic store.ID, tag []byte, role store.ID, own bool, err error)
	Keep(ctx context.Context, tx *gorm.DB, post store.ID) error
	Hide(ctx context.Context, tx *gorm.DB, post store.ID) error
	Remove(ctx context.Context, tx *gorm.DB, post store.ID) error
	Mask(ctx context.Context, tx *gorm.DB, post store.ID, words []string, label string) error
	CloseTopic(ctx context.Context, tx *gorm.DB, topic store.ID) error
	Pause(ctx context.Context, tx *gorm.DB, topic store.ID, tag []byte, until string) error
	Uphold(ctx context.Context, tx *gorm.DB, topic store.ID, tag []byte) error
	CloseReports(ctx context.Context, tx *gorm.DB, post store.ID) error
	Shut(ctx context.Context, tx *gorm.DB, topic store.ID, tag []byte) error
	Lift(ctx context.Context, tx *gorm.DB, topic store.ID, tag []byte) error
	OpenTopic(ctx context.Context, tx *gorm.DB, topic store.ID) error
	Hers(who member.Actor, topic store.ID, tag []byte, role store.ID) bool
	PutOut(ctx context.Context, tx *gorm.DB, who member.Actor, post store.ID, out bool) (board, lang string, changed bool, err error)
	LetBack(ctx context.Context, tx *gorm.DB, topic store.ID, tag []byte) error
	Try(ctx context.Context, who member.Actor, term moderation.Term, since string) (moderation.Trial, error)
}

// Service holds the verbs of the desk. Each exported verb is one transaction.
type Service struct {
	store *store.Store
	queue *Queue
	posts Posts
	care  *care
}

// New makes the service.
func New(s *store.Store, queue *Queue, posts Posts) *Service {
	return &Service{s, queue, posts, newCare()}
}

// Action is what a moderator decides.
type Action string

// The actions. Pause and Shut also hide the post, and need a second person: until she
// agrees, a pause of at most ProvisionalDays holds.
const (
	Keep   Action = "keep"
	Mask   Action = "mask"
	Hide   Action = "hide"
	Remove Action = "remove"
	Close  Action = "close"
	Pause  Action = "pause"
	Shut   Action = "shut" // she cannot write here any more, wherever she writes next
)

// Actions lists them in the order of the page.
var Actions = []Action{Keep, Mask, Hide, Remove, Close, Pause, Shut}

// Limits of a decision.
const (
	LongestWords = 600 // characters of the explanation
	LongestPause = 90  // days
	// ProvisionalDays is how long one person alone can keep somebody from writing.
	ProvisionalDays = 3
)

// Choice is the form of a decision.
type Choice struct {
	Action Action
	Reason string   // code of a house rule; not needed to keep
	Words  string   // explanation for the author, in the moderator's own words
	Mask   []string // the words to take out
	Label  string   // what stands in their place, in the language of the post
	Days   int      // of a pause
}

func (c Choice) check(reasons []string) error {
	var mend []fault.Field
	if !slices.Contains(Actions, c.Action) {
		mend = append(mend, fault.Field{Name: "action", Key: "desk.action.missing"})
	}
	if c.Action != Keep && !slices.Contains(reasons, c.Reason) {
		mend = append(mend, fault.Field{Name: "reason", Key: "desk.reason.missing"})
	}
	if utf8.RuneCountInString(c.Words) > LongestWords {
		mend = append(mend, fault.Field{Name: "words", Key: "desk.words.long", Args: []any{"Most", LongestWords}})
	}
	if c.Action == Mask && len(c.Mask) == 0 {
		mend = append(mend, fault.Field{Name: "mask", Key: "desk.mask.missing"})
	}
	if c.Action == Pause && (c.Days < 1 || c.Days > LongestPause) {
		mend = append(mend, fault.Field{Name: "days", Key: "desk.days.range", Args: []any{"Most", LongestPause}})
	}
	if len(mend) > 0 {
		return fault.Mend(mend...)
	}
	return nil
}

// Decision is what stays of a decision that changed something. It hangs on the voice (or
// on the open signature of a badge post), so that only its author's session finds it.
type Decision struct {
	ID            store.ID `gorm:"primaryKey"`
	PostID        store.ID
	TopicID       store.ID
	Tag           store.Bytes
	RoleAccountID store.ID
	Action        Action
	Reason        string
	Words         string
	Day           string
	Waited        string
	MadeBy        store.ID
	Board         string
	Lang          string // of the post, for the queue of those who look again
	Days          int    // of a pause
	Second        string // "", or what became of the second person's look
	Appeal        string // "", or what became of the author's appeal
	AppealNoteID  store.ID
	Answer        string // the second moderator's words for the author
}

// TableName names the table.
func (Decision) TableName() string { return "decisions" }

// Decide settles an item that she has claimed. Effect, record, count and audit row are one
// transaction; the queue row is gone with it.
func (s *Service) Decide(ctx context.Context, who member.Actor, id store.ID, c Choice, reasons []string) error {
	if err := moderates(who); err != nil {
		return err
	}
	c.Words = strings.TrimSpace(c.Words)
	// An empty word stands between any two signs: masking it would tear the post to pieces.
	c.Mask = slices.DeleteFunc(slices.Clone(c.Mask), func(word string) bool { return strings.TrimSpace(word) == "" })
	if err := c.check(reasons); err != nil {
		return err
	}
	item, err := s.Item(ctx, who, id)
	if err != nil {
		return err
	}
	now := s.store.Time()
	if item.TakenBy(who, now) != "me" {
		return fault.New(fault.Conflict, "desk.claim.over")
	}
	if item.Kind == moderation.Second || item.Kind == moderation.Appeal {
		return fault.New(fault.NotFound, "error.missing")
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		n, err := gorm.G[Item](tx).Where("id = ? AND claimed_by = ?", id, who.Role.ID).Delete(ctx)
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.New(fault.Conflict, "desk.item.gone")
		}
		d := Decision{
			ID: store.NewID(), PostID: item.PostID, Action: c.Action, Reason: c.Reason, Words: c.Words,
			Day: s.store.Today(), Waited: bucket(item.Since, now), MadeBy: who.Role.ID, Board: item.Board, Lang: item.Lang,
		}
		if c.Action == Pause || c.Action == Shut {
			d.Second, d.Days = Waits, c.Days
		}
		var own bool
		d.TopicID, d.Tag, d.RoleAccountID, own, err = s.posts.Whose(ctx, tx, who, item.PostID)
		if err != nil {
			return err
		}
		if own {
			return fault.New(fault.Refused, "desk.own")
		}
		return s.settle(ctx, tx, settling{item, d, c})
	})
}

// settling is a decision on its way in.
type settling struct {
	item     Item
	decision Decision
	choice   Choice
}

func (s *Service) settle(ctx context.Context, tx *gorm.DB, in settling) error {
	if err := s.effect(ctx, tx, in); err != nil {
		return err
	}
	// A decision answers everything that waits about the post, except that keeping a post
	// after its first look leaves a report about it open.
	if in.decision.Action != Keep || in.item.Kind == moderation.Report {
		if err := s.posts.CloseReports(ctx, tx, in.item.PostID); err != nil {
			return err
		}
		if err := s.queue.Drop(ctx, tx, in.item.PostID); err != nil {
			return err
		}
	}
	if err := s.count(ctx, tx, in.decision); err != nil {
		return err
	}
	if in.decision.Action != Keep {
		if err := gorm.G[Decision](tx).Create(ctx, &in.decision); err != nil {
			return err
		}
	}
	if in.decision.Second == Waits {
		if err := s.queue.Put(ctx, tx, caseOf(moderation.Second, moderation.Watch, in.decision)); err != nil {
			return err
		}
	}
	return s.note(ctx, tx, in)
}

func (s *Service) effect(ctx context.Context, tx *gorm.DB, in settling) error {
	d, c := in.decision, in.choice
	if in.item.Kind == moderation.Report && c.Action != Keep {
		if err := s.posts.Uphold(ctx, tx, d.TopicID, d.Tag); err != nil {
			return err
		}
	}
	switch c.Action {
	case Keep:
		return s.posts.Keep(ctx, tx, d.PostID)
	case Mask:
		return s.posts.Mask(ctx, tx, d.PostID, c.Mask, c.Label)
	case Hide:
		return s.posts.Hide(ctx, tx, d.PostID)
	case Remove:
		return s.posts.Remove(ctx, tx, d.PostID)
	case Close:
		if err := s.posts.Keep(ctx, tx, d.PostID); err != nil {
			return err
		}
		return s.posts.CloseTopic(ctx, tx, d.TopicID)
	}
	days := ProvisionalDays
	if c.Action == Pause {
		days = min(days, c.Days)
	}
	if err := s.posts.Pause(ctx, tx, d.TopicID, d.Tag, s.store.DayAfter(days)); err != nil {
		return err
	}
	return s.posts.Hide(ctx, tx, d.PostID)
}

// note audits the decision by its ids. A post that was kept after its first look is
// audited without its id: else the log would list a newcomer's first posts.
func (s *Service) note(ctx context.Context, tx *gorm.DB, in settling) error {
	matter := map[string]string{"action": string(in.decision.Action), "by": in.decision.MadeBy.String()}
	if in.decision.Action != Keep || in.item.Kind == moderation.Report {
		matter["post"], matter["reason"] = in.decision.PostID.String(), in.decision.Reason
	}
	text, err := json.Marshal(matter)
	if err != nil {
		return fault.Wrap(err, "write an audit row")
	}
	return audit.Note(ctx, tx, in.decision.Day, "decision", string(text))
}

// Count is a monthly number of decisions, for the public page.
type Count struct {
	Month  string `gorm:"primaryKey"`
	Action Action `gorm:"primaryKey"`
	Reason string `gorm:"primaryKey"`
	Waited string `gorm:"primaryKey"`
	N      int
}

// TableName names the table.
func (Count) TableName() string { return "desk_counts" }

func (s *Service) count(ctx context.Context, tx *gorm.DB, d Decision) error {
	reason := d.Reason
	if d.Action == Keep {
		reason = ""
	}
	row := Count{Month: d.Day[:7], Action: d.Action, Reason: reason, Waited: d.Waited, N: 1}
	return tx.WithContext(ctx).Clauses(clause.OnConflict{
		Columns:   []clause.Column{{Name: "month"}, {Name: "action"}, {Name: "reason"}, {Name: "waited"}},
		DoUpdates: clause.Assignments(map[string]any{"n": gorm.Expr("desk_counts.n + 1")}),
	}).Create(&row).Error
}

// bucket says how long an item waited without saying when it came.
func bucket(since string, now time.Time) string {
	start, err := store.ParseMinute(since)
	if err != nil {
		return "longer"
	}
	switch waited := now.Sub(start); {
	case waited <= 10*time.Minute:
		return "minutes"
	case waited <= time.Hour:
		return "hour"
	case waited <= 24*time.Hour:
		return "day"
	}
	return "longer"
}

// DecisionsFor returns the decisions about a person's own posts: she computes the tags, so
// only her live session can ask. Newest day first.
func (s *Service) DecisionsFor(ctx context.Context, who member.Actor, tags [][]byte) ([]Decision, error) {
	var found []Decision
	for batch := range slices.Chunk(tags, 400) {
		rows, err := gorm.G[Decision](s.store.DB).Where("tag IN ?", batch).Find(ctx)
		if err != nil {
			return nil, store.Translate(err)
		}
		found = append(found, rows...)
	}
	if who.Role != nil {
		rows, err := gorm.G[Decision](s.store.DB).Where("role_account_id = ?", who.Role.ID).Find(ctx)
		if err != nil {
			return nil, store.Translate(err)
		}
		found = append(found, rows...)
	}
	slices.SortFunc(found, func(a, b Decision) int {
		return strings.Compare(b.Day+b.ID.String(), a.Day+a.ID.String())
	})
	return found, nil
}

// Erase removes the decisions about a person's posts when she deletes her account with
// her words. Marks that protect others go with the voices.
func (s *Service) Erase(ctx context.Context, tx *gorm.DB, tags [][]byte) error {
	for batch := range slices.Chunk(tags, 400) {
		rows, err := gorm.G[Decision](tx).Where("tag IN ?", batch).Find(ctx)
		if err != nil {
			return err
		}
		for _, d := range rows {
			if err := s.dropDecision(ctx, tx, d); err != nil {
				return err
			}
		}
	}
	return nil
}

// dropDecision removes a decision with what waits for a second person and with the sealed
// words of an appeal.
func (s *Service) dropDecision(ctx context.Context, tx *gorm.DB, d Decision) error {
	if d.Second == Waits || d.Appeal == Open {
		_, err := gorm.G[Item](tx).Where("post_id = ? AND kind IN ?", d.PostID, []string{moderation.Second, moderation.Appeal}).Delete(ctx)
		if err != nil {
			return err
		}
	}
	if !d.AppealNoteID.IsZero() {
		if err := member.Shred(ctx, tx, d.AppealNoteID); err != nil {
			return err
		}
	}
	if _, err := gorm.G[Decision](tx).Where("id = ?", d.ID).Delete(ctx); err != nil {
		return err
	}
	return job.EnqueueErased(ctx, tx, "decisions", d.ID)
}
