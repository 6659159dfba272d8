package peerwork

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// SaveContract keeps a contract of a peer beside those she has had, or in the place of one
// of them, and in the same transaction the days on which she may be called paid. It answers
// whether it is pay. Two contracts on one day are refused, unless the second is marked as
// an additional one of another kind.
func (s *Service) SaveContract(ctx context.Context, who member.Actor, account store.ID, f ContractForm) (paid bool, err error) {
	if !coordinates(who) {
		return false, fault.Missing()
	}
	if _, err := s.peer(ctx, account); err != nil {
		return false, err
	}
	if who.Role.ID == account {
		return false, fault.New(fault.Refused, "peerwork.two-people")
	}
	c, err := f.contract()
	if err != nil {
		return false, err
	}
	row := ContractRow{
		ID: store.FormID("peerwork", f.Nonce), AccountID: account, SavedBy: who.Role.ID, SavedDay: s.store.Today(), Present: true, RemindDay: c.remind(),
		Kind: c.Kind, Paid: c.Paid(), Additional: f.Additional, FromDay: &c.From,
	}
	if c.To != "" {
		row.ToDay = &c.To
	}
	return c.Paid(), s.store.Tx(ctx, func(tx *gorm.DB) error {
		if err := begin(ctx, tx, account); err != nil {
			return err
		}
		// Her profile's row is held until the end: two who save at once meet one another here.
		if _, err := hold(ctx, tx, account); err != nil {
			return err
		}
		if n, err := gorm.G[ContractRow](tx).Where("id = ?", row.ID).Count(ctx, "id"); err != nil || n > 0 {
			return err // the same form again
		}
		if err := replace(ctx, tx, account, f.Replaces); err != nil {
			return err
		}
		if err := fitsBeside(ctx, tx, row); err != nil {
			return err
		}
		readers, err := coordinators(ctx, tx)
		if err != nil {
			return err
		}
		if row.WordsID, err = s.sealKept(ctx, tx, "contract", c, append(readers, account)...); err != nil {
			return err
		}
		if err := gorm.G[ContractRow](tx).Create(ctx, &row); err != nil {
			return err
		}
		if err := relabel(ctx, tx, account, s.store.Today()); err != nil {
			return err
		}
		return s.note(ctx, tx, who, "contract", account)
	})
}

// replace takes a contract out of force for the one that stands in its place.
func replace(ctx context.Context, tx *gorm.DB, account, old store.ID) error {
	if old.IsZero() {
		return nil
	}
	n, err := gorm.G[ContractRow](tx).Where("id = ? AND account_id = ? AND present = ?", old, account, true).Update(ctx, "present", false)
	if err == nil && n == 0 {
		return fault.New(fault.Conflict, "error.changed")
	}
	return err
}

// fitsBeside refuses a contract on the days of another. An additional one of another kind
// may run beside it: some work by the hour and sit on the board as well.
func fitsBeside(ctx context.Context, tx *gorm.DB, row ContractRow) error {
	rows, err := gorm.G[ContractRow](tx).Where("account_id = ? AND present = ?", row.AccountID, true).Find(ctx)
	if err != nil {
		return err
	}
	for _, other := range rows {
		if !row.overlaps(other) {
			continue
		}
		if !row.Additional {
			return fault.Mend(fault.Field{Name: "from", Key: "peerwork.overlap", Args: []any{"Day", other.from()}})
		}
		if row.Kind == other.Kind {
			return fault.Mend(fault.Field{Name: "additional", Key: "peerwork.overlap.kind"})
		}
	}
	return nil
}

// from and until are the first and the last day of a contract. One from before the days
// were clear counts from the day it was saved.
func (r ContractRow) from() string {
	if r.FromDay != nil {
		return *r.FromDay
	}
	return r.SavedDay
}

func (r ContractRow) until() string {
	if r.ToDay != nil {
		return *r.ToDay
	}
	return openEnd
}

func (r ContractRow) runs(day string) bool { return r.Present && r.from() <= day && day <= r.until() }

func (r ContractRow) overlaps(other ContractRow) bool {
	return r.from() <= other.until() && other.from() <= r.until()
}

// relabel writes into the profile what its label says: the kind of the contract that runs,
// pay before anything else, and the days on which one paid contract follows another. Where
// nothing runs it is the next paid one, or the last of all.
func relabel(ctx context.Context, tx *gorm.DB, account store.ID, today string) error {
	rows, err := gorm.G[ContractRow](tx).Where("account_id = ? AND present = ? AND kind <> ''", account, true).Order("from_day, id").Find(ctx)
	if err != nil || len(rows) == 0 {
		return err
	}
	var p Profile
	kind := rows[len(rows)-1].Kind
	for _, r := range rows {
		if !r.runs(today) {
			continue
		}
		if kind = r.Kind; r.Paid {
			break
		}
	}
	p.WorkKind = kind
	for _, r := range rows {
		switch {
		case !r.Paid || r.until() < today:
		case p.PaidFrom == nil:
			p.PaidFrom, p.PaidUntil = new(r.from()), new(r.until())
		case r.from() <= store.DaysAfter(*p.PaidUntil, 1) && r.until() > *p.PaidUntil:
			p.PaidUntil = new(r.until())
		}
	}
	_, err = gorm.G[Profile](tx).Where("account_id = ?", account).Select("WorkKind", "PaidFrom", "PaidUntil").Updates(ctx, p)
	return err
}

// RenewLabels lets the labels follow the contracts as days go by: the night's work, by
// clear days alone and without opening anything.
func (s *Service) RenewLabels(ctx context.Context) error {
	rows, err := gorm.G[ContractRow](s.store.DB).Select("account_id").Where("present = ?", true).Find(ctx)
	if err != nil {
		return store.Translate(err)
	}
	var people []store.ID
	for _, r := range rows {
		if !slices.Contains(people, r.AccountID) {
			people = append(people, r.AccountID)
		}
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		for _, one := range people {
			if err := relabel(ctx, tx, one, s.store.Today()); err != nil {
				return err
			}
		}
		return nil
	})
}
