package peerwork

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// Colleague is a peer on the coordinator's page: what is clear by decision and nothing else.
type Colleague struct {
	member.RoleAccount
	Profile      Profile
	Organisation string
	Label        Label
	Contract     bool // one runs today or begins later
	Ends         bool // a contract or its money ends soon
	Alert        Alert
	RiskUntil    string
	RiskCurrent  bool
	Veil         member.VeilLevel // what of her name other areas may not write
}

// Team lists the peers for a coordinator.
func (s *Service) Team(ctx context.Context, who member.Actor) ([]Colleague, error) {
	if !coordinates(who) {
		return nil, fault.Missing()
	}
	people, err := member.Colleagues(ctx, s.store.DB, member.RolePeer)
	if err != nil {
		return nil, err
	}
	profiles, err := gorm.G[Profile](s.store.DB).Limit(1000).Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	contracts, err := gorm.G[ContractRow](s.store.DB).Where("present = ?", true).Limit(5000).Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	risks, err := gorm.G[RiskRow](s.store.DB).Order("number, review_day").Limit(5000).Find(ctx)
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
	hers := map[store.ID][]ContractRow{}
	for _, row := range contracts {
		hers[row.AccountID] = append(hers[row.AccountID], row)
	}
	for id, rows := range hers {
		if c := at[id]; c != nil {
			c.Contract = slices.ContainsFunc(rows, func(r ContractRow) bool { return r.until() >= today })
			c.Alert, c.Ends = alertOf(rows, today)
		}
	}
	veils, err := gorm.G[member.Veil](s.store.DB).Limit(1000).Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	for _, v := range veils {
		if c := at[v.AccountID]; c != nil {
			c.Veil = v.Level
		}
	}
	for _, row := range risks {
		if c := at[row.AccountID]; c != nil {
			c.RiskUntil, c.RiskCurrent = row.ReviewDay, row.ReviewDay >= today
		}
	}
	return list, nil
}

// Person returns one peer for a coordinator. That she opened the page is written down for
// its owner.
func (s *Service) Person(ctx context.Context, who member.Actor, account store.ID) (Colleague, error) {
	team, err := s.Team(ctx, who)
	if err != nil {
		return Colleague{}, err
	}
	for _, c := range team {
		if c.ID == account {
			return c, s.noteView(ctx, who, ViewProfile, account)
		}
	}
	return Colleague{}, fault.Missing()
}

// Erase removes what is shown of a peer, and her words about herself, when she deletes her
// account; her names stay withdrawn everywhere. Contracts and hours stay for their legal
// term under numbers alone.
func (s *Service) Erase(ctx context.Context, tx *gorm.DB, who member.Actor, _ bool) error {
	if who.Role == nil {
		return nil
	}
	if _, err := gorm.G[ViewRow](tx).Where("about = ?", who.Role.ID).Delete(ctx); err != nil {
		return err
	}
	if err := s.WithdrawAll(ctx, tx, who.Role.ID); err != nil {
		return err
	}
	rows, err := gorm.G[Profile](tx).Where("account_id = ?", who.Role.ID).Find(ctx)
	if err != nil || len(rows) == 0 {
		return err
	}
	if _, err := gorm.G[Profile](tx).Where("account_id = ?", who.Role.ID).Delete(ctx); err != nil {
		return err
	}
	return shredSome(ctx, tx, rows[0].MineID)
}
