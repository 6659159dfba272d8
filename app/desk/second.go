package desk

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"portico/app/audit"
	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
	"portico/moderation"
)

// What became of a second person's look at a pause or a shut account.
const (
	Waits   = "waits"
	Agreed  = "agreed"
	Refused = "refused"
)

// What became of an appeal.
const (
	Open    = "open"
	Stays   = "stays"
	Changed = "changed"
)

// AppealDays is how long after a decision its author may ask another moderator to look again.
const AppealDays = 14

// LongestAppeal is the length of an appeal in characters.
const LongestAppeal = 1000

// Aside says that a moderator leaves an item to others. The mark can be computed by nobody
// but her, so that the row does not tell who knows whom; it goes with the item.
type Aside struct {
	ItemID store.ID `gorm:"primaryKey"`
	Tag    []byte   `gorm:"primaryKey"`
}

// TableName names the table.
func (Aside) TableName() string { return "desk_asides" }

const purposeAside = "aside"

func caseOf(kind string, urgency int, d Decision) moderation.Case {
	return moderation.Case{Kind: kind, Post: d.PostID, Board: d.Board, Lang: d.Lang, Urgency: urgency, Reasons: []string{d.Reason}}
}

// StepAside leaves an item to the others for good: because she knows the person, or with
// second because she wants a second pair of eyes. It asks for no reason.
func (s *Service) StepAside(ctx context.Context, who member.Actor, id store.ID, second bool) error {
	if _, err := s.Item(ctx, who, id); err != nil {
		return err
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		aside := Aside{ItemID: id, Tag: who.Tags(purposeAside, id)[0]}
		if err := tx.WithContext(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&aside).Error; err != nil {
			return err
		}
		return tx.WithContext(ctx).Exec(`UPDATE queue_items SET asks = (asks OR ?),
			claimed_until = CASE WHEN claimed_by = ? THEN '' ELSE claimed_until END,
			claimed_by = CASE WHEN claimed_by = ? THEN NULL ELSE claimed_by END WHERE id = ?`, second, who.Role.ID, who.Role.ID, id).Error
	})
}

// Asides tells which of these items she has left to others.
func (s *Service) Asides(ctx context.Context, who member.Actor, items []Item) (map[store.ID]bool, error) {
	if err := moderates(who); err != nil {
		return nil, err
	}
	var tags [][]byte
	for _, item := range items {
		tags = append(tags, who.Tags(purposeAside, item.ID)...)
	}
	left := map[store.ID]bool{}
	if len(tags) == 0 {
		return left, nil
	}
	rows, err := gorm.G[Aside](s.store.DB).Where("tag IN ?", tags).Find(ctx)
	for _, row := range rows {
		left[row.ItemID] = true
	}
	return left, store.Translate(err)
}

// openDecisions are the decisions that an item of the kinds Second and Appeal is about.
// Whoever made one of them, and whoever wrote the post, leaves it to somebody else.
func (s *Service) openDecisions(ctx context.Context, db *gorm.DB, who member.Actor, item Item) ([]Decision, error) {
	q := gorm.G[Decision](db).Where("post_id = ? AND second = ?", item.PostID, Waits)
	if item.Kind == moderation.Appeal {
		q = gorm.G[Decision](db).Where("post_id = ? AND appeal = ?", item.PostID, Open)
	}
	rows, err := q.Order("day, id").Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	if len(rows) == 0 {
		return nil, fault.New(fault.Conflict, "desk.item.gone")
	}
	for _, d := range rows {
		if d.MadeBy == who.Role.ID {
			return nil, fault.New(fault.Refused, "desk.second.own")
		}
		if s.posts.Hers(who, d.TopicID, d.Tag, d.RoleAccountID) {
			return nil, fault.New(fault.Refused, "desk.own")
		}
	}
	return rows, nil
}

// LookAgain returns what a second person has to judge: the decisions behind an item, the
// oldest first. Reasons why she may not are told by Claim, not here.
func (s *Service) LookAgain(ctx context.Context, who member.Actor, item Item) ([]Decision, error) {
	if err := moderates(who); err != nil {
		return nil, err
	}
	column, state := "second", Waits
	if item.Kind == moderation.Appeal {
		column, state = "appeal", Open
	}
	rows, err := gorm.G[Decision](s.store.DB).Where("post_id = ? AND "+column+" = ?", item.PostID, state).Order("day, id").Find(ctx)
	return rows, store.Translate(err)
}

// Appeal asks another moderator to look at a decision again, once and within AppealDays.
// The words are sealed for the moderators.
func (s *Service) Appeal(ctx context.Context, who member.Actor, id store.ID, words string) error {
	words = strings.TrimSpace(words)
	if utf8.RuneCountInString(words) > LongestAppeal {
		return fault.Mend(fault.Field{Name: "words", Key: "desk.appeal.long", Args: []any{"Most", LongestAppeal}})
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		d, err := s.hers(ctx, tx, who, id)
		if err != nil {
			return err
		}
		if err := s.appealable(d); err != nil {
			return err
		}
		if words != "" {
			d.AppealNoteID, err = member.SealForCircle(ctx, tx, s.store.Clock, member.CircleRecord{
				Circle: member.CircleModerators, Kind: "appeal", Words: words, KeepMonths: 6,
			})
			if err != nil {
				return err
			}
		}
		d.Appeal = Open
		n, err := gorm.G[Decision](tx).Where("id = ? AND appeal = ''", id).Select("Appeal", "AppealNoteID").Updates(ctx, d)
		if err == nil && n == 0 {
			return fault.New(fault.Conflict, "desk.appeal.once")
		}
		if err != nil {
			return err
		}
		return s.queue.Put(ctx, tx, caseOf(moderation.Appeal, 0, d))
	})
}

// Hers returns a decision about a post of her own, for the page on which she appeals.
func (s *Service) Hers(ctx context.Context, who member.Actor, id store.ID) (Decision, error) {
	return s.hers(ctx, s.store.DB, who, id)
}

func (s *Service) hers(ctx context.Context, db *gorm.DB, who member.Actor, id store.ID) (Decision, error) {
	rows, err := gorm.G[Decision](db).Where("id = ?", id).Limit(1).Find(ctx)
	if err != nil {
		return Decision{}, store.Translate(err)
	}
	if len(rows) == 0 || !who.SignedIn() || !s.posts.Hers(who, rows[0].TopicID, rows[0].Tag, rows[0].RoleAccountID) {
		return Decision{}, fault.New(fault.NotFound, "error.missing")
	}
	return rows[0], nil
}

func (s *Service) appealable(d Decision) error {
	if d.Appeal != "" {
		return fault.New(fault.Conflict, "desk.appeal.once")
	}
	if !d.CanAppeal(s.store.Clock) {
		return fault.New(fault.Refused, "desk.appeal.late", "Days", AppealDays)
	}
	return nil
}

// CanAppeal reports whether the author of a post may still appeal on this day.
func (d Decision) CanAppeal(clock store.Clock) bool {
	return d.Appeal == "" && d.Day >= clock.DayAfter(-AppealDays)
}

// AppealUntil is the last day on which its author may appeal.
func (d Decision) AppealUntil() string {
	day, err := time.Parse(time.DateOnly, d.Day)
	if err != nil {
		return d.Day
	}
	return day.AddDate(0, 0, AppealDays).Format(time.DateOnly)
}

// Settle is the second person's answer to an item of the kinds Second and Appeal, which she
// has claimed. Stand leaves the decisions as they are: a pause then runs its full time and
// a shut account stays shut. Otherwise they are undone as far as that is possible; words
// that were masked or removed are gone for good. The author reads the answer.
func (s *Service) Settle(ctx context.Context, who member.Actor, id store.ID, stand bool, answer string) error {
	answer = strings.TrimSpace(answer)
	item, err := s.Item(ctx, who, id)
	if err != nil {
		return err
	}
	if item.Kind != moderation.Second && item.Kind != moderation.Appeal {
		return fault.New(fault.NotFound, "error.missing")
	}
	if utf8.RuneCountInString(answer) > LongestWords {
		return fault.Mend(fault.Field{Name: "words", Key: "desk.words.long", Args: []any{"Most", LongestWords}})
	}
	if item.TakenBy(who, s.store.Time()) != "me" {
		return fault.New(fault.Conflict, "desk.claim.over")
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		decisions, err := s.openDecisions(ctx, tx, who, item)
		if err != nil {
			return err
		}
		n, err := gorm.G[Item](tx).Where("id = ? AND claimed_by = ?", id, who.Role.ID).Delete(ctx)
		if err == nil && n == 0 {
			return fault.New(fault.Conflict, "desk.item.gone")
		}
		if err != nil {
			return err
		}
		for _, d := range decisions {
			if err := s.settleAgain(ctx, tx, again{item, d, stand, answer, who.Role.ID}); err != nil {
				return err
			}
		}
		return nil
	})
}

// again is a second look at one decision.
type again struct {
	item     Item
	decision Decision
	stand    bool
	answer   string
	by       store.ID
}

func (s *Service) settleAgain(ctx context.Context, tx *gorm.DB, in again) error {
	d, act := in.decision, "second"
	d.Answer = in.answer
	switch {
	case in.item.Kind == moderation.Second && in.stand:
		d.Second = Agreed
	case in.item.Kind == moderation.Second:
		d.Second = Refused
	case in.stand:
		act, d.Appeal = "appeal", Stays
	default:
		act, d.Appeal = "appeal", Changed
	}
	if err := s.follow(ctx, tx, d, in); err != nil {
		return err
	}
	if _, err := gorm.G[Decision](tx).Where("id = ?", d.ID).Select("Second", "Appeal", "Answer").Updates(ctx, d); err != nil {
		return err
	}
	outcome := Action(act + "-stays")
	if !in.stand {
		outcome = Action(act + "-changed")
	}
	counted := d
	counted.Action, counted.Day, counted.Waited = outcome, s.store.Today(), bucket(in.item.Since, s.store.Time())
	if err := s.count(ctx, tx, counted); err != nil {
		return err
	}
	matter := `{"action":"` + string(outcome) + `","decision":"` + d.ID.String() + `","by":"` + in.by.String() + `"}`
	return audit.Note(ctx, tx, s.store.Today(), "decision", matter)
}

// follow does what the second look asks for.
func (s *Service) follow(ctx context.Context, tx *gorm.DB, d Decision, in again) error {
	if in.stand {
		switch {
		case in.item.Kind != moderation.Second:
			return nil
		case d.Action == Shut:
			return s.posts.Shut(ctx, tx, d.TopicID, d.Tag)
		}
		return s.posts.Pause(ctx, tx, d.TopicID, d.Tag, s.store.DayAfter(d.Days))
	}
	if d.Action == Out {
		return s.posts.LetBack(ctx, tx, d.TopicID, d.Tag)
	}
	if err := s.posts.Lift(ctx, tx, d.TopicID, d.Tag); err != nil {
		return err
	}
	switch {
	case d.Action == Close:
		return s.posts.OpenTopic(ctx, tx, d.TopicID)
	case in.item.Kind == moderation.Second, d.Action == Mask, d.Action == Remove:
		// A second person who refuses a pause says nothing about the words; they stay hidden
		// until their author edits them or appeals.
		return nil
	}
	err := s.posts.Keep(ctx, tx, d.PostID)
	if fault.Is(err, fault.NotFound) {
		return nil // its author deleted it meanwhile
	}
	return err
}
