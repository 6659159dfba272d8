package desk

import (
	"context"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
	"portico/moderation"
)

// Item is one post that waits for a moderator.
type Item struct {
	ID           store.ID `gorm:"primaryKey"`
	Kind         string   // moderation.Look, Report, Second or Appeal
	PostID       store.ID
	Board        string
	Lang         string
	Urgent       int
	Reasons      string // rule ids or reason codes, separated by commas
	Since        string // minute, UTC; gone with the row
	ClaimedBy    store.ID
	ClaimedUntil string // minute, UTC
	Asks         bool   // somebody asked for a second pair of eyes
}

// TableName names the table.
func (Item) TableName() string { return "queue_items" }

// ReasonList is Reasons as a list.
func (i Item) ReasonList() []string { return strings.Split(i.Reasons, ",") }

// claimLasts is how long an item stays with the person who took it.
const claimLasts = 15 * time.Minute

const itemsPerPage = 50

// Queue takes cases in. It knows nothing of posts but their id, and is what the forum gets.
type Queue struct{ clock store.Clock }

// NewQueue makes the intake.
func NewQueue(clock store.Clock) *Queue { return &Queue{clock} }

// Put adds a case in the caller's transaction. A post that waits already keeps its place;
// new reasons are added and the urgency rises.
func (q *Queue) Put(ctx context.Context, tx *gorm.DB, c moderation.Case) error {
	item := Item{
		ID: store.NewID(), Kind: c.Kind, PostID: store.ID(c.Post), Board: c.Board, Lang: c.Lang, Urgent: c.Urgency,
		Reasons: strings.Join(c.Reasons, ","), Since: store.Minute(q.clock.Time()),
	}
	result := tx.WithContext(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&item)
	if result.Error != nil || result.RowsAffected == 1 {
		return result.Error
	}
	there, err := gorm.G[Item](tx).Where("post_id = ? AND kind = ?", item.PostID, item.Kind).First(ctx)
	if err != nil {
		return err
	}
	reasons := there.ReasonList()
	for _, r := range c.Reasons {
		if !slices.Contains(reasons, r) {
			reasons = append(reasons, r)
		}
	}
	_, err = gorm.G[Item](tx).Where("id = ?", there.ID).Select("Urgent", "Reasons").
		Updates(ctx, Item{Urgent: max(there.Urgent, c.Urgency), Reasons: strings.Join(reasons, ",")})
	return err
}

// Drop removes a look and reports that wait about a post. What hangs on a decision stays:
// deleting the post must not be a way out of it.
func (q *Queue) Drop(ctx context.Context, tx *gorm.DB, post store.ID) error {
	_, err := gorm.G[Item](tx).Where("post_id = ? AND kind IN ?", post, []string{moderation.Look, moderation.Report}).Delete(ctx)
	return err
}

// Waiting lists the queue: danger first, then age. Lang narrows to one language.
func (s *Service) Waiting(ctx context.Context, who member.Actor, lang string) ([]Item, error) {
	if err := moderates(who); err != nil {
		return nil, err
	}
	q := gorm.G[Item](s.store.DB).Where("1 = 1")
	if lang != "" {
		q = q.Where("lang = ?", lang)
	}
	items, err := q.Order("urgent DESC, since, id").Limit(itemsPerPage).Find(ctx)
	return items, store.Translate(err)
}

// Item returns one item of the queue.
func (s *Service) Item(ctx context.Context, who member.Actor, id store.ID) (Item, error) {
	if err := moderates(who); err != nil {
		return Item{}, err
	}
	items, err := gorm.G[Item](s.store.DB).Where("id = ?", id).Limit(1).Find(ctx)
	if err != nil {
		return Item{}, store.Translate(err)
	}
	if len(items) == 0 {
		return Item{}, fault.New(fault.Conflict, "desk.item.gone")
	}
	return items[0], nil
}

// TakenBy says who has the item now: "me", "other" or "".
func (i Item) TakenBy(who member.Actor, now time.Time) string {
	switch {
	case i.ClaimedBy.IsZero() || i.ClaimedUntil < store.Minute(now):
		return ""
	case who.Role != nil && i.ClaimedBy == who.Role.ID:
		return "me"
	}
	return "other"
}

// Claim takes an item for 15 minutes with one conditional update. An item that somebody
// else has is a Conflict; her own words, and what she decided herself, are left to somebody
// else, and nothing is recorded.
func (s *Service) Claim(ctx context.Context, who member.Actor, id store.ID) error {
	if err := moderates(who); err != nil {
		return err
	}
	item, err := s.Item(ctx, who, id)
	if err != nil {
		return err
	}
	now := s.store.Time()
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		if err := s.mayTake(ctx, tx, who, item); err != nil {
			return err
		}
		n, err := gorm.G[Item](tx).
			Where("id = ? AND (claimed_by IS NULL OR claimed_by = ? OR claimed_until < ?)", id, who.Role.ID, store.Minute(now)).
			Select("ClaimedBy", "ClaimedUntil").
			Updates(ctx, Item{ClaimedBy: who.Role.ID, ClaimedUntil: store.Minute(now.Add(claimLasts))})
		if err == nil && n == 0 {
			return fault.New(fault.Conflict, "desk.taken")
		}
		if err == nil {
			s.care.read(who.Role.ID, s.store.Today(), item.Urgent > 0)
		}
		return err
	})
}

// mayTake refuses what this moderator has to leave to somebody else.
func (s *Service) mayTake(ctx context.Context, tx *gorm.DB, who member.Actor, item Item) error {
	aside, err := gorm.G[Aside](tx).Where("item_id = ? AND tag IN ?", item.ID, who.Tags(purposeAside, item.ID)).Count(ctx, "item_id")
	if err != nil {
		return err
	}
	if aside > 0 {
		return fault.New(fault.Refused, "desk.aside")
	}
	if item.Kind == moderation.Second || item.Kind == moderation.Appeal {
		_, err := s.openDecisions(ctx, tx, who, item)
		return err
	}
	_, _, _, own, err := s.posts.Whose(ctx, tx, who, item.PostID)
	if err == nil && own {
		return fault.New(fault.Refused, "desk.own")
	}
	return err
}

// Release hands an item back: "take this from me" needs no reason.
func (s *Service) Release(ctx context.Context, who member.Actor, id store.ID) error {
	if err := moderates(who); err != nil {
		return err
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		return tx.Exec("UPDATE queue_items SET claimed_by = NULL, claimed_until = '' WHERE id = ? AND claimed_by = ?", id, who.Role.ID).Error
	})
}

func moderates(who member.Actor) error {
	if !who.Has(member.RoleModerator) {
		return fault.New(fault.NotFound, "error.missing")
	}
	return nil
}
