package magazine

import (
	"context"
	"slices"
	"strings"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// Editor is somebody of an issue's board, by her role account.
type Editor struct {
	IssueID       store.ID `gorm:"primaryKey"`
	RoleAccountID store.ID `gorm:"primaryKey"`
}

// TableName names the table.
func (Editor) TableName() string { return "magazine_board" }

// BoardPerson is somebody of a board with what she is.
type BoardPerson struct {
	Editor
	Handle string
	Roles  []member.Role
	Leader bool
	Staff  bool // neither leader nor peer
}

const mostEditors = 20

func isStaff(roles []member.Role) bool {
	return !slices.Contains(roles, member.RoleLeader) && !slices.Contains(roles, member.RolePeer)
}

func onBoard(ctx context.Context, db *gorm.DB, who member.Actor, id store.ID) (bool, error) {
	if who.Role == nil {
		return false, nil
	}
	n, err := gorm.G[Editor](db).Where("issue_id = ? AND role_account_id = ?", id, who.Role.ID).Count(ctx, "role_account_id")
	return n > 0, store.Translate(err)
}

// boardOf lists a board; whoever has left the team is not of it any more.
func boardOf(ctx context.Context, db *gorm.DB, id store.ID) ([]BoardPerson, error) {
	rows, err := gorm.G[Editor](db).Where("issue_id = ?", id).Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	team, err := member.Colleagues(ctx, db, member.GivenRoles...)
	if err != nil {
		return nil, err
	}
	var board []BoardPerson
	for _, r := range team {
		for _, p := range rows {
			if p.RoleAccountID == r.ID {
				roles := r.RoleList()
				board = append(board, BoardPerson{Editor: p, Handle: r.Handle, Roles: roles, Leader: slices.Contains(roles, member.RoleLeader), Staff: isStaff(roles)})
			}
		}
	}
	return board, nil
}

// fair refuses a board without a leader, or one of which staff are half or more.
func fair(board []BoardPerson) error {
	staff := 0
	for _, p := range board {
		if p.Staff {
			staff++
		}
	}
	switch {
	case !slices.ContainsFunc(board, func(p BoardPerson) bool { return p.Leader }):
		return fault.New(fault.Refused, "magazine.board.leader")
	case staff*2 >= len(board):
		return fault.New(fault.Refused, "magazine.board.staff", "Staff", staff, "People", len(board))
	}
	return nil
}

// Invite adds somebody to the board by her handle; a leader or a coordinator of the board
// does it.
func (s *Service) Invite(ctx context.Context, who member.Actor, id store.ID, handle string) error {
	handle = strings.ToLower(tidy(handle))
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		i, err := edited(ctx, tx, who, id)
		if err == nil && !heads(who) {
			err = fault.Missing()
		}
		if err != nil {
			return err
		}
		if i.State == Published || i.State == Stopped {
			return notNow()
		}
		team, err := member.Colleagues(ctx, tx, member.GivenRoles...)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(team, func(r member.RoleAccount) bool { return r.Handle == handle })
		if at < 0 {
			return fault.Mend(fault.Field{Name: "handle", Key: "magazine.handle.unknown"})
		}
		n, err := gorm.G[Editor](tx).Where("issue_id = ?", id).Count(ctx, "role_account_id")
		if err != nil {
			return err
		}
		if n >= mostEditors {
			return fault.New(fault.Refused, "magazine.board.full")
		}
		return tx.WithContext(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&Editor{id, team[at].ID}).Error
	})
}

// Leave takes somebody off the board: herself, or a leader anybody. The last leader or
// coordinator stays, because somebody has to be able to go on or to stop.
func (s *Service) Leave(ctx context.Context, who member.Actor, id, person store.ID) error {
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		if _, err := edited(ctx, tx, who, id); err != nil {
			return err
		}
		if person != who.Role.ID && !who.Has(member.RoleLeader) {
			return fault.Missing()
		}
		board, err := boardOf(ctx, tx, id)
		if err != nil {
			return err
		}
		stays := func(p BoardPerson) bool {
			return p.RoleAccountID != person && (p.Leader || slices.Contains(p.Roles, member.RoleCoordinator))
		}
		if !slices.ContainsFunc(board, stays) {
			return fault.New(fault.Refused, "magazine.board.last")
		}
		_, err = gorm.G[Editor](tx).Where("issue_id = ? AND role_account_id = ?", id, person).Delete(ctx)
		return err
	})
}

// Erase takes a person out of the magazine when she deletes her account: her place on boards
// goes. If her words go too, so do her wants and her pieces, also from what is published;
// otherwise her pieces stay, and nobody can tell any more whose they were.
func (s *Service) Erase(ctx context.Context, tx *gorm.DB, who member.Actor, posts bool) error {
	if posts {
		if err := eraseHers(ctx, tx, who); err != nil {
			return err
		}
	}
	if who.Role == nil {
		return nil
	}
	_, err := gorm.G[Editor](tx).Where("role_account_id = ?", who.Role.ID).Delete(ctx)
	return err
}

func eraseHers(ctx context.Context, tx *gorm.DB, who member.Actor) error {
	topics, err := gorm.G[Topic](tx).Select("id").Find(ctx)
	if err != nil {
		return err
	}
	for _, t := range topics {
		if _, err := gorm.G[Want](tx).Where("topic_id = ? AND tag IN ?", t.ID, who.Tags(purposeWant, t.ID)).Delete(ctx); err != nil {
			return err
		}
	}
	pieces, err := gorm.G[Piece](tx).Select("id", "tag").Where("tag IS NOT NULL").Find(ctx)
	if err != nil {
		return err
	}
	for _, p := range pieces {
		if p.of(who) {
			if err := wipe(ctx, tx, "id = ?", p.ID); err != nil {
				return err
			}
		}
	}
	return nil
}
