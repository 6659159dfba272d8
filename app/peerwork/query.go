package peerwork

import (
	"context"

	"github.com/shopspring/decimal"
	"gorm.io/gorm"

	"portico/app/member"
	"portico/app/store"
)

// MyWeeks lists the weeks of a peer that have a row, newest first.
func (s *Service) MyWeeks(ctx context.Context, who member.Actor) ([]Week, error) {
	if !isPeer(who) {
		return nil, missing()
	}
	rows, err := gorm.G[Week](s.store.DB).Where("account_id = ?", who.Role.ID).Order("monday DESC").Limit(60).Find(ctx)
	return rows, store.Translate(err)
}

// DaysToPay counts the days from closing a week to its pay, and to today while it waits;
// ok is false for a week that was not closed.
func (w Week) DaysToPay(today string) (days int, ok bool) {
	if w.ClosedDay == nil {
		return 0, false
	}
	if w.PaidDay != nil {
		return between(*w.ClosedDay, *w.PaidDay), true
	}
	return between(*w.ClosedDay, today), true
}

// CanDispute reports whether a cut may still be disputed.
func (w Week) CanDispute(today string) bool {
	return w.State == WeekCut && w.DisputeUntil != nil && *w.DisputeUntil >= today
}

// CanPay reports whether a week can be paid now.
func (w Week) CanPay(today string) bool {
	return w.State == WeekApproved || w.State == WeekCut && !w.CanDispute(today)
}

// Money is what approved minutes are worth under a contract by the hour, rounded half to
// even; ok is false for any other contract, where minutes do not make money.
func Money(minutes int, c Contract) (amount decimal.Decimal, ok bool) {
	if c.Unit != "hour" || !c.Paid() {
		return decimal.Zero, false
	}
	return c.Amount.Mul(decimal.NewFromInt(int64(minutes))).Div(decimal.NewFromInt(60)).RoundBank(2), true
}

// Colleague is a peer on the coordinator's page: what is clear by decision and nothing else.
type Colleague struct {
	member.RoleAccount
	Profile      Profile
	Organisation string
	Label        Label
	Contract     bool // there is a present one
	Ends         bool // a contract or its money ends soon
	RiskUntil    string
	RiskCurrent  bool
}

// Team lists the peers for a coordinator.
func (s *Service) Team(ctx context.Context, who member.Actor) ([]Colleague, error) {
	if !coordinates(who) {
		return nil, missing()
	}
	people, err := member.Colleagues(ctx, s.store.DB, member.RolePeer)
	if err != nil {
		return nil, err
	}
	profiles, err := gorm.G[Profile](s.store.DB).Limit(1000).Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	contracts, err := gorm.G[ContractRow](s.store.DB).Where("present = ?", true).Limit(1000).Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	risks, err := gorm.G[RiskRow](s.store.DB).Order("review_day").Limit(5000).Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	organisations, err := s.Organisations(ctx, who)
	if err != nil {
		return nil, err
	}
	today := s.store.Today()
	list := make([]Colleague, len(people))
	at := map[store.ID]*Colleague{}
	for i, p := range people {
		list[i] = Colleague{RoleAccount: p, Profile: Profile{AccountID: p.ID, State: Hidden}}
		at[p.ID] = &list[i]
	}
	for _, p := range profiles {
		if c := at[p.AccountID]; c != nil {
			c.Profile, c.Label = p, p.Label(today)
			for _, o := range organisations {
				if o.ID == p.OrganisationID {
					c.Organisation = o.Name
				}
			}
		}
	}
	for _, row := range contracts {
		if c := at[row.AccountID]; c != nil {
			c.Contract, c.Ends = true, row.RemindDay != nil && *row.RemindDay <= today
		}
	}
	for _, row := range risks {
		if c := at[row.AccountID]; c != nil {
			c.RiskUntil, c.RiskCurrent = row.ReviewDay, row.ReviewDay >= today
		}
	}
	return list, nil
}

// Person returns one peer for a coordinator.
func (s *Service) Person(ctx context.Context, who member.Actor, account store.ID) (Colleague, error) {
	team, err := s.Team(ctx, who)
	if err != nil {
		return Colleague{}, err
	}
	for _, c := range team {
		if c.ID == account {
			return c, nil
		}
	}
	return Colleague{}, missing()
}

// Waiting is a week that waits for the organisation.
type Waiting struct {
	Week
	Handle string
	Days   int  // since she closed it
	Mine   bool // it is the coordinator's own: somebody else decides
}

// WaitingWeeks lists the weeks that wait for a decision or for pay, the oldest first. What
// waits is the organisation's duty.
func (s *Service) WaitingWeeks(ctx context.Context, who member.Actor) ([]Waiting, error) {
	if !coordinates(who) {
		return nil, missing()
	}
	rows, err := gorm.G[Week](s.store.DB).Where("state IN ?", []string{WeekClosed, WeekDisputed, WeekApproved, WeekCut}).Order("closed_day, id").Limit(300).Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	ids := make([]store.ID, len(rows))
	for i, w := range rows {
		ids[i] = w.AccountID
	}
	names, err := member.Handles(ctx, s.store.DB, ids)
	if err != nil {
		return nil, err
	}
	list := make([]Waiting, len(rows))
	for i, w := range rows {
		days, _ := w.DaysToPay(s.store.Today())
		list[i] = Waiting{w, names[w.AccountID], days, w.AccountID == who.Role.ID}
	}
	return list, nil
}

// Erase removes what is shown of a peer, and her words about herself, when she deletes her
// account. Contracts and hours stay for their legal term under numbers alone.
func (s *Service) Erase(ctx context.Context, tx *gorm.DB, who member.Actor, _ bool) error {
	if who.Role == nil {
		return nil
	}
	rows, err := gorm.G[Profile](tx).Where("account_id = ?", who.Role.ID).Find(ctx)
	if err != nil || len(rows) == 0 {
		return err
	}
	if err := s.retire(ctx, tx, rows[0], true); err != nil {
		return err
	}
	if _, err := gorm.G[Profile](tx).Where("account_id = ?", who.Role.ID).Delete(ctx); err != nil {
		return err
	}
	return shredSome(ctx, tx, rows[0].MineID, rows[0].TeamID)
}
