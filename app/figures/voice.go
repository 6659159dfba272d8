package figures

import (
	"context"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// Say is what somebody of the team thinks of a release, in the place of what she said before.
// It is settled as soon as enough think the same.
func (s *Service) Say(ctx context.Context, who member.Actor, id store.ID, agrees bool) error {
	if !who.Colleague() {
		return fault.Missing()
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		r, err := held(ctx, tx, id)
		if err != nil {
			return err
		}
		if r.State != Asked {
			return fault.New(fault.Conflict, "figures.settled")
		}
		tags := who.Tags(purposeVoice, id)
		if _, err := gorm.G[Voice](tx).Where("release_id = ? AND tag IN ?", id, tags).Delete(ctx); err != nil {
			return err
		}
		if err := gorm.G[Voice](tx).Create(ctx, &Voice{id, tags[0], agrees, !who.Has(member.RolePeer, member.RoleLeader)}); err != nil {
			return err
		}
		t, err := tallyOf(ctx, tx, id)
		if err != nil {
			return err
		}
		if r.State = t.outcome(); r.State == Asked {
			return nil
		}
		r.SettledDay, r.AgreedBy, r.GroupSize = s.store.Today(), t.Yes, t.People
		_, err = gorm.G[Release](tx).Where("id = ?", id).Select("State", "SettledDay", "AgreedBy", "GroupSize").Updates(ctx, r)
		return err
	})
}

// Tally is how the voices stand. People are the peers and leaders, and Group how many of them
// agreed; staff who agree count in Yes.
type Tally struct{ Yes, No, Staff, Group, People int }

// Need is how many of the group have to agree.
func (t Tally) Need() int { return max(leastGroup, t.People/2+1) }

// outcome says what they come to: only the group can open a release, and only while staff are
// less than half of those who spoke.
func (t Tally) outcome() State {
	few := t.Staff*2 < t.Yes+t.No
	switch {
	case t.Group >= t.Need() && few:
		return Agreed
	case t.No > t.People-t.Need() && few:
		return Refused
	}
	return Asked
}

func tallyOf(ctx context.Context, db *gorm.DB, id store.ID) (t Tally, err error) {
	voices, err := gorm.G[Voice](db).Where("release_id = ?", id).Find(ctx)
	if err != nil {
		return t, store.Translate(err)
	}
	for _, v := range voices {
		switch {
		case v.Agrees && v.Staff:
			t.Yes, t.Staff = t.Yes+1, t.Staff+1
		case v.Agrees:
			t.Yes, t.Group = t.Yes+1, t.Group+1
		case v.Staff:
			t.No, t.Staff = t.No+1, t.Staff+1
		default:
			t.No++
		}
	}
	group, err := member.Colleagues(ctx, db, member.RolePeer, member.RoleLeader)
	t.People = len(group)
	return t, err
}
