package peerwork

import (
	"context"
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
	switch current, err := s.riskHolds(ctx, s.store.DB, who.Role.ID); {
	case err != nil:
		return err
	case p.Low:
		return fault.New(fault.Refused, "peerwork.low.first")
	case len(wish) == 0:
		return fault.Mend(fault.Field{Name: "for-name", Key: "peerwork.show.nothing"})
	case !current:
		return fault.New(fault.Refused, "peerwork.risk.first")
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
		return nil, false, missing()
	}
	rows, err := gorm.G[Profile](s.store.DB).Where("account_id = ? AND state = ?", account, Asked).Limit(1).Find(ctx)
	if err != nil || len(rows) == 0 {
		return nil, false, store.Translate(err)
	}
	ok, err = s.open(ctx, s.store.DB, who, rows[0].WishID, &card)
	return card, ok, err
}

// Show is the second of the two people: a coordinator who is not she says yes, and only
// then are there rows that others read. Of two who say yes at once one is told that it has
// happened.
func (s *Service) Show(ctx context.Context, who member.Actor, account store.ID) error {
	if !coordinates(who) {
		return missing()
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
		if err := writeRows(ctx, tx, account, card); err != nil {
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
		return missing()
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

// LowProfile is the one switch: on, nothing of her is shown to anybody, the team included.
// Off, colleagues read again what was meant for them; more needs two people as ever.
func (s *Service) LowProfile(ctx context.Context, who member.Actor, on bool) error {
	return s.hide(ctx, who, func(p *Profile) { p.Low = on })
}

func (s *Service) hide(ctx context.Context, who member.Actor, change func(*Profile)) error {
	if !isPeer(who) {
		return missing()
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		if err := begin(ctx, tx, who.Role.ID); err != nil {
			return err
		}
		p, err := hold(ctx, tx, who.Role.ID)
		if err != nil {
			return err
		}
		change(&p)
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
		return missing()
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		if _, err := gorm.G[Consent](tx).Where("account_id = ? AND purpose = ?", who.Role.ID, purpose).Delete(ctx); err != nil {
			return err
		}
		_, err := gorm.G[FieldRow](tx).Where("account_id = ? AND audience = ?", who.Role.ID, purpose).Delete(ctx)
		return err
	})
}

// Visible is a profile as one person may see it.
type Visible struct {
	Fields Card
	Label  Label
}

// Label is the honest word for how somebody works.
type Label struct {
	Paid bool   // a contract with an amount runs today
	Kind string // of the contract, "" for none
}

// Label says honestly how somebody works on a day.
func (p Profile) Label(today string) Label {
	paid := p.PaidFrom != nil && p.PaidUntil != nil && *p.PaidFrom <= today && today <= *p.PaidUntil
	return Label{Paid: paid, Kind: p.WorkKind}
}

// Seen lists the profiles that she may see: everybody what is public, people who are signed
// in what is for members, the team what is for the team.
func (s *Service) Seen(ctx context.Context, who member.Actor) ([]Visible, error) {
	audiences := []string{Public}
	if who.SignedIn() {
		audiences = append(audiences, Members)
	}
	today := s.store.Today()
	rows, err := gorm.G[FieldRow](s.store.DB).Where(`audience IN ? AND account_id IN (SELECT account_id FROM profiles WHERE low = ?)
		AND EXISTS (SELECT 1 FROM risks WHERE risks.account_id = profile_fields.account_id AND risks.review_day >= ?)
		AND EXISTS (SELECT 1 FROM profile_consents AS c WHERE c.account_id = profile_fields.account_id AND c.purpose = profile_fields.audience)`,
		audiences, false, today).Limit(2000).Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	profiles, err := gorm.G[Profile](s.store.DB).Where("low = ?", false).Order("account_id").Limit(500).Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	cards := map[store.ID]Card{}
	for _, p := range profiles {
		card := Card{}
		if who.Role != nil {
			if _, err := s.open(ctx, s.store.DB, who, p.TeamID, &card); err != nil {
				return nil, err
			}
		}
		cards[p.AccountID] = card
	}
	for _, row := range rows {
		if cards[row.AccountID] == nil {
			continue
		}
		cards[row.AccountID][row.Field] = Field{row.Words, row.Audience}
	}
	var seen []Visible
	for _, p := range profiles {
		if card := cards[p.AccountID]; len(card) > 0 {
			seen = append(seen, Visible{card, p.Label(today)})
		}
	}
	return seen, nil
}
