package peerwork

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// OpenContract is a contract as somebody reads it.
type OpenContract struct {
	ContractRow
	Contract
	Locked   bool // it was sealed for others than this reader
	Replaced bool // another stands in its place
	Runs     bool // today
	Later    bool // it begins after today
	Texts    []ContractText
}

// ContractsOf lists the contracts of a peer, the one that runs first: for her, and for the
// coordinators for whom they were sealed. A coordinator's reading is logged.
func (s *Service) ContractsOf(ctx context.Context, who member.Actor, account store.ID) ([]OpenContract, error) {
	if err := s.mayWork(ctx, who, account); err != nil {
		return nil, err
	}
	rows, err := gorm.G[ContractRow](s.store.DB).Where("account_id = ?", account).Order("present DESC, from_day DESC, saved_day DESC, id").Limit(50).Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	texts, err := s.textsOf(ctx, account)
	if err != nil {
		return nil, err
	}
	var list []OpenContract
	viewed := false
	for _, row := range rows {
		o := OpenContract{ContractRow: row, Replaced: !row.Present && row.Kind != "", Runs: row.runs(s.store.Today()), Later: row.Present && row.from() > s.store.Today(), Texts: texts[row.ID]}
		found, err := s.open(ctx, s.store.DB, who, row.WordsID, &o.Contract)
		if err != nil {
			return nil, err
		}
		o.Locked = !found
		if found && who.Role.ID != account {
			viewed = true
			if err := s.noteRead(ctx, who, row.WordsID); err != nil {
				return nil, err
			}
		}
		list = append(list, o)
	}
	// The one that runs now is what she came for; a later one can wait.
	slices.SortStableFunc(list, func(a, b OpenContract) int { return a.rank() - b.rank() })
	if viewed {
		err = s.noteView(ctx, who, ViewContract, account)
	}
	return list, err
}

func (o OpenContract) rank() int {
	switch {
	case o.Runs:
		return 0
	case o.Present:
		return 1
	}
	return 2
}

// Alert says that a contract, or the money behind it, ends, and nothing follows yet. It is
// the organisation's task, never the peer's.
type Alert struct {
	Contract store.ID
	Ends     string // day
	Days     int    // until then
	Step     int    // 90, 60 or 30: the last that was reached
}

// steps are the days before an end at which the alert becomes more urgent.
var steps = []int{30, 60, 90}

// alertOf finds the first end among the contracts of one person that comes within 90 days
// and after which no other contract of hers goes on.
func alertOf(rows []ContractRow, today string) (alert Alert, found bool) {
	for _, r := range rows {
		for _, ends := range r.ends() {
			days := store.DaysBetween(today, ends)
			if !r.Present || days < 0 || days > remindDays || found && alert.Ends <= ends || goesOn(rows, r, ends) {
				continue
			}
			found, alert = true, Alert{Contract: r.ID, Ends: ends, Days: days}
			for _, step := range slices.Backward(steps) {
				if days <= step {
					alert.Step = step
				}
			}
		}
	}
	return alert, found
}

// ends are the days on which something of a contract ends: itself, and the money behind it
// where that is earlier.
func (r ContractRow) ends() (days []string) {
	if r.RemindDay != nil {
		days = append(days, store.DaysAfter(*r.RemindDay, remindDays))
	}
	if r.ToDay != nil {
		days = append(days, *r.ToDay)
	}
	return days
}

// goesOn reports whether another contract runs on the day after an end.
func goesOn(rows []ContractRow, one ContractRow, ends string) bool {
	for _, r := range rows {
		if r.ID != one.ID && !r.Additional && r.runs(store.DaysAfter(ends, 1)) {
			return true
		}
	}
	return false
}

// AlertFor tells a peer about herself, and a coordinator about any peer, that something
// ends soon.
func (s *Service) AlertFor(ctx context.Context, who member.Actor, account store.ID) (Alert, bool, error) {
	if err := s.mayWork(ctx, who, account); err != nil {
		return Alert{}, false, err
	}
	rows, err := gorm.G[ContractRow](s.store.DB).Where("account_id = ? AND present = ?", account, true).Find(ctx)
	if err != nil {
		return Alert{}, false, store.Translate(err)
	}
	alert, found := alertOf(rows, s.store.Today())
	return alert, found, nil
}

// Openings tells a peer when two people opened the drawer so that somebody could read what
// is about her: her contracts, their texts and her risk assessments.
func (s *Service) Openings(ctx context.Context, who member.Actor) ([]member.Opening, error) {
	if !isPeer(who) {
		return nil, fault.Missing()
	}
	var records []store.ID
	for _, query := range []string{
		"SELECT words_id FROM contracts WHERE account_id = ?",
		"SELECT words_id FROM risks WHERE account_id = ?",
		"SELECT words_id FROM contract_texts WHERE account_id = ?",
		"SELECT words_id FROM contract_ticks WHERE text_id IN (SELECT id FROM contract_texts WHERE account_id = ?)",
		"SELECT words_id FROM contract_questions WHERE text_id IN (SELECT id FROM contract_texts WHERE account_id = ?)",
		"SELECT answer_id FROM contract_questions WHERE answer_id IS NOT NULL AND text_id IN (SELECT id FROM contract_texts WHERE account_id = ?)",
	} {
		var ids []store.ID
		if err := s.store.DB.WithContext(ctx).Raw(query, who.Role.ID).Scan(&ids).Error; err != nil {
			return nil, store.Translate(err)
		}
		records = append(records, ids...)
	}
	return member.OpeningsOf(ctx, s.store.DB, records)
}
