package notice

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"gorm.io/gorm"

	"portico/app/audit"
	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
	"portico/app/vault"
)

// shown is how many notices a page of the desk has.
const shown = 50

func moderates(who member.Actor) error {
	if who.Role == nil || !who.Has(member.RoleModerator) {
		return fault.Missing()
	}
	return nil
}

// Waiting lists the open notices for a moderator: danger first, then what waits, then by day.
func (s *Service) Waiting(ctx context.Context, who member.Actor) ([]Notice, error) {
	if err := moderates(who); err != nil {
		return nil, err
	}
	list, err := gorm.G[Notice](s.store.DB).Where("state <> ?", Closed).
		Order("CASE WHEN state = 'waits' THEN 0 ELSE 1 END, urgent DESC, day, id").Limit(shown).Find(ctx)
	return list, store.Translate(err)
}

// Count is how many notices wait for an answer, and since which day the oldest does.
func (s *Service) Count(ctx context.Context) (n int, since string, err error) {
	row := struct {
		N     int
		Since string
	}{}
	err = s.store.DB.WithContext(ctx).Raw("SELECT count(*) AS n, COALESCE(MIN(day), '') AS since FROM notices WHERE state = ?", Waits).Scan(&row).Error
	return row.N, row.Since, store.Translate(err)
}

// TakenBy says who has a notice in hand: "me", "other" or "".
func (n Notice) TakenBy(who member.Actor, now time.Time) string {
	switch {
	case n.ClaimedBy.IsZero() || n.ClaimedUntil < store.Minute(now):
		return ""
	case who.Role != nil && n.ClaimedBy == who.Role.ID:
		return "me"
	}
	return "other"
}

// Open reads a notice for a moderator. Her words are opened only while she has it in hand, and
// each opening is written into the log. Locked says that she has not got the key.
func (s *Service) Open(ctx context.Context, who member.Actor, id store.ID) (t Thread, locked bool, err error) {
	if err := moderates(who); err != nil {
		return t, false, err
	}
	n, err := find(ctx, s.store.DB, id)
	if err != nil || n.TakenBy(who, s.store.Time()) != "me" {
		return Thread{Notice: n}, false, err
	}
	key, ok, err := s.keyOf(ctx, s.store.DB, who, id)
	if err != nil || !ok {
		return Thread{Notice: n}, err == nil, err
	}
	if t, err = s.thread(ctx, n, key); err != nil {
		return t, false, err
	}
	return t, false, s.store.Tx(ctx, func(tx *gorm.DB) error { return s.note(ctx, tx, "notice read", who, id) })
}

func find(ctx context.Context, db *gorm.DB, id store.ID) (Notice, error) {
	rows, err := gorm.G[Notice](db).Where("id = ?", id).Limit(1).Find(ctx)
	if err == nil && len(rows) == 0 {
		return Notice{}, fault.Missing()
	}
	if err != nil {
		return Notice{}, store.Translate(err)
	}
	return rows[0], nil
}

// keyOf takes the key of a notice out of the wrap that was made for the moderators.
func (s *Service) keyOf(ctx context.Context, db *gorm.DB, who member.Actor, id store.ID) (key vault.RecordKey, ok bool, err error) {
	first, err := gorm.G[Part](db).Where("notice_id = ? AND no = 1", id).Limit(1).Find(ctx)
	if err != nil || len(first) == 0 {
		return key, false, store.Translate(err)
	}
	keys, err := member.KeysForCircle(ctx, db, who, member.CircleModerators, []store.ID{first[0].SealedID})
	key, ok = keys[first[0].SealedID]
	return key, ok, err
}

// Claim takes a notice for 15 minutes with one conditional update, so that two moderators never
// answer the same. A notice that somebody else has is a Conflict.
func (s *Service) Claim(ctx context.Context, who member.Actor, id store.ID) error {
	if err := moderates(who); err != nil {
		return err
	}
	now := s.store.Time()
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		if _, err := find(ctx, tx, id); err != nil {
			return err
		}
		n, err := gorm.G[Notice](tx).Where("id = ? AND state <> ? AND (claimed_by IS NULL OR claimed_by = ? OR claimed_until < ?)", id, Closed, who.Role.ID, store.Minute(now)).
			Select("ClaimedBy", "ClaimedUntil").Updates(ctx, Notice{ClaimedBy: who.Role.ID, ClaimedUntil: store.Minute(now.Add(claimLasts))})
		if err == nil && n == 0 {
			return fault.New(fault.Conflict, "notice.taken")
		}
		return err
	})
}

// Release hands a notice back; it needs no reason.
func (s *Service) Release(ctx context.Context, who member.Actor, id store.ID) error {
	if err := moderates(who); err != nil {
		return err
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		return tx.Exec("UPDATE notices SET claimed_by = NULL, claimed_until = '' WHERE id = ? AND claimed_by = ?", id, who.Role.ID).Error
	})
}

// Reply is what a moderator answers.
type Reply struct {
	Words string
	Step  string // one of Steps where she offers to help further, or ""
	Nonce string
}

// Answer writes to the person. A step that is offered waits for her yes; one that she answered
// is asked anew only when another is offered.
func (s *Service) Answer(ctx context.Context, who member.Actor, id store.ID, r Reply) error {
	if r.Step != "" && !slices.Contains(Steps, r.Step) {
		return fault.Mend(fault.Field{Name: "step", Key: "notice.step.unknown"})
	}
	return s.inHand(ctx, who, id, func(tx *gorm.DB, n Notice) error {
		key, ok, err := s.keyOf(ctx, tx, who, id)
		if err != nil {
			return err
		}
		if !ok {
			return fault.New(fault.Refused, "notice.locked")
		}
		if err := s.add(ctx, tx, n, key, adding{nonce: r.Nonce, said: said{Team: true, Words: r.Words}, state: Answered}); err != nil {
			return err
		}
		if r.Step != "" && r.Step != n.Step {
			if _, err := gorm.G[Notice](tx).Where("id = ?", id).Select("Step", "Goes").Updates(ctx, Notice{Step: r.Step}); err != nil {
				return err
			}
		}
		return s.note(ctx, tx, "notice answered", who, id)
	})
}

// Close ends a notice. She can still read it with her code for two months; then it goes.
func (s *Service) Close(ctx context.Context, who member.Actor, id store.ID) error {
	return s.inHand(ctx, who, id, func(tx *gorm.DB, n Notice) error {
		until := min(n.KeepUntil, s.store.Now().In(s.store.Zone).AddDate(0, endMonths, 0).Format("2006-01"))
		if err := tx.Exec("UPDATE sealed SET delete_after = ? WHERE id IN (SELECT sealed_id FROM notice_parts WHERE notice_id = ?)", until, id).Error; err != nil {
			return err
		}
		err := tx.Exec("UPDATE notices SET state = ?, day = ?, keep_until = ?, claimed_by = NULL, claimed_until = '' WHERE id = ?", Closed, s.store.Today(), until, id).Error
		if err != nil {
			return err
		}
		return s.note(ctx, tx, "notice closed", who, id)
	})
}

// inHand does something with a notice that this moderator has taken.
func (s *Service) inHand(ctx context.Context, who member.Actor, id store.ID, do func(*gorm.DB, Notice) error) error {
	if err := moderates(who); err != nil {
		return err
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		n, err := find(ctx, tx, id)
		if err != nil {
			return err
		}
		if n.State == Closed || n.TakenBy(who, s.store.Time()) != "me" {
			return fault.New(fault.Conflict, "notice.not-yours")
		}
		return do(tx, n)
	})
}

// note writes who did what into the audit log, by numbers and without words.
func (s *Service) note(ctx context.Context, tx *gorm.DB, kind string, who member.Actor, id store.ID) error {
	matter, err := json.Marshal(map[string]string{"id": id.String(), "by": who.Role.ID.String()})
	if err != nil {
		return err
	}
	return audit.Note(ctx, tx, s.store.Today(), kind, string(matter))
}
