package member

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/store"
	"portico/app/vault"
)

// RecoveryHolder is one of the three.
type RecoveryHolder struct {
	ID     store.ID
	Handle string
	Gone   bool // has left, or has no role that may hold a part
}

// RecoveryLine is a request as a holder sees it.
type RecoveryLine struct {
	RecoveryRequest
	Asked, For, Leaves, Confirmed string // handles
	Why                           string // "" for who may not read it
	Expired                       bool
	MayConfirm                    bool
}

// RecoveryState is what coordinators and administrators see of the recovery.
type RecoveryState struct {
	Set       bool
	MadeDay   string
	Holders   []RecoveryHolder
	Mine      bool // she is one of the three
	Here      int  // of the three
	Requests  []RecoveryLine
	Uncovered int           // records that the present key does not open
	People    []RoleAccount // among whom holders and readers are chosen
}

// RecoveryNow shows how the recovery stands.
func (s *Service) RecoveryNow(ctx context.Context, who Actor) (RecoveryState, error) {
	var state RecoveryState
	if !leads(who) {
		return state, fault.New(fault.NotFound, "error.missing")
	}
	var err error
	if state.People, err = Colleagues(ctx, s.store.DB, holderRoles...); err != nil {
		return state, err
	}
	now, found, err := presentRecovery(ctx, s.store.DB)
	if err != nil {
		return state, err
	}
	n, err := gorm.G[SealedRow](s.store.DB).Where(uncovered, Recoverable, now.Epoch).Count(ctx, "id")
	if err != nil {
		return state, store.Translate(err)
	}
	state.Set, state.MadeDay, state.Uncovered = found, now.MadeDay, int(n)
	all, here, err := holdersOfRecovery(ctx, s.store.DB, now.Epoch)
	if err != nil {
		return state, err
	}
	state.Here, state.Mine = len(here), slices.Contains(here, who.Role.ID)
	names, err := Handles(ctx, s.store.DB, all)
	if err != nil {
		return state, err
	}
	for _, id := range all {
		state.Holders = append(state.Holders, RecoveryHolder{id, names[id], !slices.Contains(here, id)})
	}
	if state.Mine {
		state.Requests, err = s.requests(ctx, who, now.Epoch)
	}
	return state, err
}

func (s *Service) requests(ctx context.Context, who Actor, epoch int) ([]RecoveryLine, error) {
	rows, err := gorm.G[RecoveryRequest](s.store.DB).Order("ends DESC, id").Limit(20).Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	var people, why []store.ID
	for _, r := range rows {
		people, why = append(people, r.AskedBy, r.ForID, r.LeavesID, r.ConfirmedBy), append(why, r.WhyID)
	}
	names, err := Handles(ctx, s.store.DB, people)
	if err != nil {
		return nil, err
	}
	words, err := OpenAllForRole(ctx, s.store.DB, who, why)
	if err != nil {
		return nil, err
	}
	lines := make([]RecoveryLine, len(rows))
	for i, r := range rows {
		lines[i] = RecoveryLine{
			RecoveryRequest: r, Asked: names[r.AskedBy], For: names[r.ForID], Leaves: names[r.LeavesID], Confirmed: names[r.ConfirmedBy],
			Why: words[r.WhyID], Expired: s.expired(r),
		}
		lines[i].MayConfirm = r.State == RequestOpen && !lines[i].Expired && r.Epoch == epoch && r.AskedBy != who.Role.ID && r.LeavesID != who.Role.ID
	}
	return lines, nil
}

// Opening is one time that two people opened the drawer, as the person is shown it whose
// records were in it.
type Opening struct {
	Day                   string
	Asked, Confirmed, For string // handles
	Records               int
}

// OpeningsOf lists the openings of records, newest first. The caller names only records
// that are about the person who asks.
func OpeningsOf(ctx context.Context, db *gorm.DB, records []store.ID) ([]Opening, error) {
	count := map[store.ID]int{}
	var requests []store.ID
	for batch := range slices.Chunk(records, 400) {
		rows, err := gorm.G[RecoveryOpening](db).Where("sealed_id IN ?", batch).Find(ctx)
		if err != nil {
			return nil, store.Translate(err)
		}
		for _, row := range rows {
			if count[row.RequestID] == 0 {
				requests = append(requests, row.RequestID)
			}
			count[row.RequestID]++
		}
	}
	if len(requests) == 0 {
		return nil, nil
	}
	rows, err := gorm.G[RecoveryRequest](db).Where("id IN ?", requests).Order("done_day DESC, id").Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	var people []store.ID
	for _, r := range rows {
		people = append(people, r.AskedBy, r.ForID, r.ConfirmedBy)
	}
	names, err := Handles(ctx, db, people)
	if err != nil {
		return nil, err
	}
	list := make([]Opening, 0, len(rows))
	for _, r := range rows {
		if r.DoneDay != nil {
			list = append(list, Opening{*r.DoneDay, names[r.AskedBy], names[r.ConfirmedBy], names[r.ForID], count[r.ID]})
		}
	}
	return list, nil
}

// shares and halves wrap her parts of the recovery key for her next key.
func (c rekeying) shares(ctx context.Context, tx *gorm.DB) (done, broken int, err error) {
	rows, err := gorm.G[RecoveryShare](tx).Where("holder_id = ?", c.who).Find(ctx)
	if err != nil {
		return 0, 0, err
	}
	for _, row := range rows {
		wrap, ok := c.half(row.about(), row.Wrap)
		if !ok {
			broken++
			continue
		}
		_, err := gorm.G[RecoveryShare](tx).Where("epoch = ? AND holder_id = ? AND other_id = ?", row.Epoch, row.HolderID, row.OtherID).Update(ctx, "wrap", wrap)
		if err != nil {
			return 0, 0, err
		}
		done++
	}
	return done, broken, nil
}

func (c rekeying) halves(ctx context.Context, tx *gorm.DB) (done, broken int, err error) {
	rows, err := gorm.G[RecoveryHalf](tx).Where("holder_id = ?", c.who).Find(ctx)
	if err != nil {
		return 0, 0, err
	}
	for _, row := range rows {
		wrap, ok := c.half(row.about(), row.Wrap)
		if !ok {
			broken++
			continue
		}
		if _, err := gorm.G[RecoveryHalf](tx).Where("request_id = ? AND holder_id = ?", row.RequestID, row.HolderID).Update(ctx, "wrap", wrap); err != nil {
			return 0, 0, err
		}
		done++
	}
	return done, broken, nil
}

func (c rekeying) half(about string, wrap []byte) ([]byte, bool) {
	half, err := c.old.TakeHalf(about, wrap)
	if err != nil {
		return nil, false
	}
	next, err := vault.WrapHalf(about, half, c.next.EncPublic)
	return next, err == nil
}
