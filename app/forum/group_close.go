package forum

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// BoardClosing is the wish of one person of a group to close their room, or to open it
// again. Its tag serves this one board and nothing else; the row goes when a second person
// agrees, when anybody inside takes it back, and after some days.
type BoardClosing struct {
	Board string `gorm:"primaryKey"`
	Tag   []byte
	Ends  string // last day
}

// TableName names the table.
func (BoardClosing) TableName() string { return "board_closings" }

// Days of a group's closing.
const (
	ClosingDays = 14 // how long a wish waits for a second person
	ListedAfter = 30 // how long a closed room stays in the lists of its people
)

// Closing says what a wish to close or to open a room did.
type Closing string

// What a wish can do.
const (
	ClosingAsked Closing = "asked"  // it waits for a second person
	RoomClosed   Closing = "closed" // nobody writes there any more; its people can read
	RoomOpened   Closing = "opened"
)

func closeTags(who member.Actor, slug string) [][]byte {
	tags := make([][]byte, len(who.Secrets))
	for i, secret := range who.Secrets {
		tags[i] = secret.Tag(purposeClose, []byte(slug))
	}
	return tags
}

// asksToClose reports whether a wish waits in a group, and whether it is hers.
func (s *Service) asksToClose(ctx context.Context, db *gorm.DB, who member.Actor, slug string) (waits, hers bool, err error) {
	rows, err := gorm.G[BoardClosing](db).Where("board = ? AND ends >= ?", slug, s.store.Today()).Limit(1).Find(ctx)
	if err != nil || len(rows) == 0 {
		return false, false, store.Translate(err)
	}
	return true, hasTag(closeTags(who, slug), rows[0].Tag), nil
}

// CloseGroup is one person's wish to close the room of her group, or with shut false to
// open it again. A second one makes it so, as for everything that one person alone should
// not do to others; where nobody else is left, one is enough. The words stay readable for
// the people of the group, and each can still take hers away.
func (s *Service) CloseGroup(ctx context.Context, who member.Actor, slug string, shut bool) (did Closing, err error) {
	err = s.inside(ctx, who, slug, func(tx *gorm.DB) error {
		boards, err := gorm.G[Board](tx).Where("slug = ?", slug).Limit(1).Find(ctx)
		if err != nil {
			return err
		}
		if len(boards) == 0 || boards[0].Archived == shut {
			return fault.New(fault.Conflict, "error.changed")
		}
		waits, hers, err := s.asksToClose(ctx, tx, who, slug)
		if err != nil {
			return err
		}
		people, err := membersOf(ctx, tx, slug)
		if err != nil {
			return err
		}
		if people > 1 && (!waits || hers) {
			did = ClosingAsked
			return s.ask(ctx, tx, BoardClosing{Board: slug, Tag: closeTags(who, slug)[0], Ends: s.store.DayAfter(ClosingDays)})
		}
		did = RoomOpened
		if shut {
			did = RoomClosed
		}
		return s.turn(ctx, tx, slug, shut)
	})
	return did, err
}

// ask puts a wish in the place of an older one.
func (s *Service) ask(ctx context.Context, tx *gorm.DB, wish BoardClosing) error {
	if _, err := gorm.G[BoardClosing](tx).Where("board = ?", wish.Board).Delete(ctx); err != nil {
		return err
	}
	return gorm.G[BoardClosing](tx).Create(ctx, &wish)
}

func (s *Service) turn(ctx context.Context, tx *gorm.DB, slug string, shut bool) error {
	if _, err := gorm.G[BoardClosing](tx).Where("board = ?", slug).Delete(ctx); err != nil {
		return err
	}
	next, act := Board{}, "opened by its people"
	if shut {
		today := s.store.Today()
		next, act = Board{Archived: true, Closed: &today}, "closed by its people"
	}
	if _, err := gorm.G[Board](tx).Where("slug = ?", slug).Select("Archived", "Closed").Updates(ctx, next); err != nil {
		return err
	}
	return s.noteInGroup(ctx, tx, member.Actor{}, act, slug)
}

// KeepGroup takes a wish back: hers, or that of another one whom she does not agree with.
func (s *Service) KeepGroup(ctx context.Context, who member.Actor, slug string) error {
	return s.inside(ctx, who, slug, func(tx *gorm.DB) error {
		_, err := gorm.G[BoardClosing](tx).Where("board = ?", slug).Delete(ctx)
		return err
	})
}

// inside runs what only the people of a group can do, with the group's row held, so that
// two wishes at the same moment count as two.
func (s *Service) inside(ctx context.Context, who member.Actor, slug string, do func(tx *gorm.DB) error) error {
	if !who.SignedIn() {
		return fault.New(fault.SignIn, "error.signin")
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		if err := s.holdBoard(ctx, tx, slug); err != nil {
			return err
		}
		v, err := look(ctx, tx, who)
		if err != nil {
			return err
		}
		if !slices.Contains(v.groups, slug) {
			return notFound()
		}
		return do(tx)
	})
}
