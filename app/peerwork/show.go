package peerwork

import (
	"context"
	"maps"
	"slices"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// AskToBeShown is the first of the two people: she says what may be read by whom, with a
// consent for each use. It needs a risk assessment that is not past its day.
func (s *Service) AskToBeShown(ctx context.Context, who member.Actor, purposes []string) error {
	p, card, _, err := s.MyProfile(ctx, who)
	if err != nil {
		return err
	}
	wish := card.only(wide)
	public := slices.ContainsFunc(slices.Collect(maps.Values(wish)), func(f Field) bool { return f.Audience == Public })
	high, err := s.highRisk(ctx, s.store.DB, who, who.Role.ID)
	if err != nil {
		return err
	}
	switch current, err := s.riskHolds(ctx, s.store.DB, who.Role.ID); {
	case err != nil:
		return err
	case p.Low:
		return fault.New(fault.Refused, "peerwork.low.first")
	case len(wish) == 0:
		return fault.Mend(fault.Field{Name: "for-name", Key: "peerwork.show.nothing"})
	case !current:
		return fault.New(fault.Refused, "peerwork.risk.first")
	case high && public:
		return fault.New(fault.Refused, "peerwork.risk.high")
	}
	for _, f := range wish {
		if !slices.Contains(purposes, f.Audience) {
			return fault.Mend(fault.Field{Name: "consent", Key: "peerwork.consent.missing"})
		}
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		p, err := hold(ctx, tx, who.Role.ID)
		if err != nil {
			return err
		}
		readers, err := coordinators(ctx, tx)
		if err != nil {
			return err
		}
		readers = slices.DeleteFunc(readers, func(id store.ID) bool { return id == who.Role.ID })
		if len(readers) == 0 {
			return fault.New(fault.Refused, "peerwork.show.nobody")
		}
		old := p.WishID
		if p.WishID, err = s.seal(ctx, tx, "profile wish", wish, append(readers, who.Role.ID)...); err != nil {
			return err
		}
		for _, purpose := range purposes {
			if !slices.Contains(Purposes, purpose) {
				continue
			}
			yes := Consent{who.Role.ID, purpose, s.store.Today()}
			if err := tx.WithContext(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&yes).Error; err != nil {
				return err
			}
		}
		p.State, p.AskedBy = Asked, who.Role.ID
		if _, err := gorm.G[Profile](tx).Where("account_id = ?", p.AccountID).Select("State", "WishID", "AskedBy").Updates(ctx, p); err != nil {
			return err
		}
		return shredSome(ctx, tx, old)
	})
}

func shredSome(ctx context.Context, tx *gorm.DB, ids ...store.ID) error {
	return member.Shred(ctx, tx, slices.DeleteFunc(ids, store.ID.IsZero)...)
}

// Wish is what a coordinator would show of a peer; ok is false when nothing was asked.
func (s *Service) Wish(ctx context.Context, who member.Actor, account store.ID) (card Card, ok bool, err error) {
	if !coordinates(who) {
		return nil, false, fault.Missing()
	}
	rows, err := gorm.G[Profile](s.store.DB).Where("account_id = ? AND state = ?", account, Asked).Limit(1).Find(ctx)
	if err != nil || len(rows) == 0 {
		return nil, false, store.Translate(err)
	}
	ok, err = s.open(ctx, s.store.DB, who, rows[0].WishID, &card)
	if err == nil && ok {
		err = s.noteView(ctx, who, ViewWish, account)
	}
	return card, ok, err
}

// Show is the second of the two people: a coordinator who is not she says yes, and only
// then are there rows that others read. Of two who say yes at once one is told that it has
// happened.
func (s *Service) Show(ctx context.Context, who member.Actor, account store.ID) error {
	if !coordinates(who) {
		return fault.Missing()
	}
	if who.Role.ID == account {
		return fault.New(fault.Refused, "peerwork.two-people")
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		p, err := hold(ctx, tx, account)
		if err != nil {
			return err
		}
		if p.State != Asked || p.Low || p.AskedBy == who.Role.ID {
			return fault.New(fault.Conflict, "peerwork.show.changed")
		}
		current, err := s.riskHolds(ctx, tx, account)
		if err != nil {
			return err
		}
		if !current {
			return fault.New(fault.Refused, "peerwork.risk.first")
		}
		var card Card
		if ok, err := s.open(ctx, tx, who, p.WishID, &card); err != nil || !ok {
			if err == nil {
				err = fault.New(fault.Refused, "peerwork.show.key")
			}
			return err
		}
		if high, err := s.highRisk(ctx, tx, who, account); err != nil {
			return err
		} else if high && slices.ContainsFunc(slices.Collect(maps.Values(card)), func(f Field) bool { return f.Audience == Public }) {
			return fault.New(fault.Refused, "peerwork.risk.high")
		}
		if err := writeRows(ctx, tx, account, card); err != nil {
			return err
		}
		// Two people have said now that she may be seen: the names elsewhere come back with it.
		if err := member.SetVeil(ctx, tx, account, member.Unveiled); err != nil {
			return err
		}
		wish := p.WishID
		p.State, p.ShownBy, p.WishID, p.ShownDay = Shown, who.Role.ID, store.ID{}, new(s.store.Today())
		if _, err := gorm.G[Profile](tx).Where("account_id = ?", account).Select("State", "ShownBy", "WishID", "ShownDay").Updates(ctx, p); err != nil {
			return err
		}
		if err := s.note(ctx, tx, who, "show", account); err != nil {
			return err
		}
		return shredSome(ctx, tx, wish)
	})
}

// writeRows puts the fields in their place for which her consent stands.
func writeRows(ctx context.Context, tx *gorm.DB, account store.ID, card Card) error {
	consents, err := gorm.G[Consent](tx).Where("account_id = ?", account).Find(ctx)
	if err != nil {
		return err
	}
	if _, err := gorm.G[FieldRow](tx).Where("account_id = ?", account).Delete(ctx); err != nil {
		return err
	}
	for name, f := range card {
		if !slices.Contains(Fields, name) || !slices.ContainsFunc(consents, func(c Consent) bool { return c.Purpose == f.Audience }) {
			continue
		}
		if err := gorm.G[FieldRow](tx).Create(ctx, &FieldRow{account, name, f.Audience, f.Words}); err != nil {
			return err
		}
	}
	return nil
}

// NotNow leaves a profile as it is: the wish is answered with no.
func (s *Service) NotNow(ctx context.Context, who member.Actor, account store.ID) error {
	if !coordinates(who) {
		return fault.Missing()
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		p, err := hold(ctx, tx, account)
		if err != nil {
			return err
		}
		if p.State != Asked {
			return fault.New(fault.Conflict, "peerwork.show.changed")
		}
		return s.retire(ctx, tx, p, false)
	})
}

// Hide takes away at once everything that members and everybody read, with all consents.
// It takes one person: her.
func (s *Service) Hide(ctx context.Context, who member.Actor) error {
	return s.hide(ctx, who, func(p *Profile) {})
}

// LowProfile is the one switch: on, nothing of her is shown to anybody, the team included,
// and her names are withdrawn in every area. Off, colleagues read again what was meant for
// them; what members and everybody read comes back when somebody else says yes (ComeBack,
// Show), because coming back takes two people.
func (s *Service) LowProfile(ctx context.Context, who member.Actor, on bool) error {
	return s.hide(ctx, who, func(p *Profile) { p.Low = on })
}

// MyVeil says how far her names are withdrawn in other areas.
func (s *Service) MyVeil(ctx context.Context, who member.Actor) (member.VeilLevel, error) {
	if !isPeer(who) {
		return member.Unveiled, fault.Missing()
	}
	return member.VeilOf(ctx, s.store.DB, who.Role.ID)
}

// ComeBack is the second person's yes to the names of somebody who has left low profile.
func (s *Service) ComeBack(ctx context.Context, who member.Actor, account store.ID) error {
	if !coordinates(who) {
		return fault.Missing()
	}
	if _, err := s.peer(ctx, account); err != nil {
		return err
	}
	if who.Role.ID == account {
		return fault.New(fault.Refused, "peerwork.two-people")
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		p, err := hold(ctx, tx, account)
		if err != nil {
			return err
		}
		level, err := member.VeilOf(ctx, tx, account)
		if err != nil {
			return err
		}
		if p.Low || level != member.VeilWide {
			return fault.New(fault.Conflict, "peerwork.show.changed")
		}
		if err := member.SetVeil(ctx, tx, account, member.Unveiled); err != nil {
			return err
		}
		return s.note(ctx, tx, who, "come back", account)
	})
}

// WithdrawAll takes everything of somebody away in the caller's transaction and without her
// keys: for leaving, and for the end of an account. What she wrote for herself stays.
func (s *Service) WithdrawAll(ctx context.Context, tx *gorm.DB, account store.ID) error {
	if err := member.SetVeil(ctx, tx, account, member.VeilLow); err != nil {
		return err
	}
	rows, err := gorm.G[Profile](tx).Where("account_id = ?", account).Find(ctx)
	if err != nil || len(rows) == 0 {
		return err
	}
	p, team := rows[0], rows[0].TeamID
	p.Low, p.TeamID = true, store.ID{}
	if _, err := gorm.G[Profile](tx).Where("account_id = ?", account).Select("Low", "TeamID").Updates(ctx, p); err != nil {
		return err
	}
	if err := shredSome(ctx, tx, team); err != nil {
		return err
	}
	return s.retire(ctx, tx, p, true)
}

func (s *Service) hide(ctx context.Context, who member.Actor, change func(*Profile)) error {
	if !isPeer(who) {
		return fault.Missing()
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		if err := begin(ctx, tx, who.Role.ID); err != nil {
			return err
		}
		p, err := hold(ctx, tx, who.Role.ID)
		if err != nil {
			return err
		}
		was := p.Low
		change(&p)
		if err := veil(ctx, tx, p, was); err != nil {
			return err
		}
		card := Card{}
		if _, err := s.open(ctx, tx, who, p.MineID, &card); err != nil {
			return err
		}
		team := p.TeamID
		if p.TeamID, err = s.sealForTeam(ctx, tx, p, card); err != nil {
			return err
		}
		if _, err := gorm.G[Profile](tx).Where("account_id = ?", p.AccountID).Select("Low", "TeamID").Updates(ctx, p); err != nil {
			return err
		}
		if err := shredSome(ctx, tx, team); err != nil {
			return err
		}
		return s.retire(ctx, tx, p, true)
	})
}

// veil follows the switch in every other area: on at once, and off only as far as colleagues.
func veil(ctx context.Context, tx *gorm.DB, p Profile, was bool) error {
	switch {
	case p.Low:
		return member.SetVeil(ctx, tx, p.AccountID, member.VeilLow)
	case was:
		return member.SetVeil(ctx, tx, p.AccountID, member.VeilWide)
	}
	return nil
}

// retire drops the wish, and with all the rows and consents as well.
func (s *Service) retire(ctx context.Context, tx *gorm.DB, p Profile, all bool) error {
	wish := p.WishID
	p.State, p.WishID = Hidden, store.ID{}
	if all {
		if _, err := gorm.G[FieldRow](tx).Where("account_id = ?", p.AccountID).Delete(ctx); err != nil {
			return err
		}
		if _, err := gorm.G[Consent](tx).Where("account_id = ?", p.AccountID).Delete(ctx); err != nil {
			return err
		}
	} else if n, err := gorm.G[FieldRow](tx).Where("account_id = ?", p.AccountID).Count(ctx, "field"); err != nil {
		return err
	} else if n > 0 {
		p.State = Shown
	}
	if _, err := gorm.G[Profile](tx).Where("account_id = ?", p.AccountID).Select("State", "WishID").Updates(ctx, p); err != nil {
		return err
	}
	return shredSome(ctx, tx, wish)
}

// Withdraw takes back the consent for one use, and with it what was shown for it.
func (s *Service) Withdraw(ctx context.Context, who member.Actor, purpose string) error {
	if !isPeer(who) {
		return fault.Missing()
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		if _, err := gorm.G[Consent](tx).Where("account_id = ? AND purpose = ?", who.Role.ID, purpose).Delete(ctx); err != nil {
			return err
		}
		return s.takeAway(ctx, tx, who.Role.ID, purpose)
	})
}

// takeAway drops the rows of one use, and says so in the state where none is left.
func (s *Service) takeAway(ctx context.Context, tx *gorm.DB, account store.ID, purpose string) error {
	if _, err := gorm.G[FieldRow](tx).Where("account_id = ? AND audience = ?", account, purpose).Delete(ctx); err != nil {
		return err
	}
	n, err := gorm.G[FieldRow](tx).Where("account_id = ?", account).Count(ctx, "field")
	if err != nil || n > 0 {
		return err
	}
	_, err = gorm.G[Profile](tx).Where("account_id = ? AND state = ?", account, Shown).Update(ctx, "state", Hidden)
	return err
}
