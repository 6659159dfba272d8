package notice

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
	"portico/app/vault"
)

// Said is one part, opened.
type Said struct {
	Team  bool
	Words string
	Day   string
}

// Thread is a notice with everything said about it, the oldest first.
type Thread struct {
	Notice
	Said []Said
}

// WrongCode is what is said of a code that fits no notice.
const WrongCode = "notice.code.wrong"

// Hers opens a notice for whoever has its code.
func (s *Service) Hers(ctx context.Context, code Code) (Thread, error) {
	n, key, err := hers(ctx, s.store.DB, code)
	if err != nil {
		return Thread{}, err
	}
	return s.thread(ctx, n, key)
}

func hers(ctx context.Context, db *gorm.DB, code Code) (n Notice, key vault.RecordKey, err error) {
	rows, err := gorm.G[Notice](db).Where("code_hash = ?", code.Hash).Limit(1).Find(ctx)
	if err != nil {
		return n, key, store.Translate(err)
	}
	if len(rows) == 0 {
		return n, key, fault.Mend(fault.Field{Name: "code", Key: WrongCode})
	}
	n = rows[0]
	raw, err := vault.Unwrap(code.Key, n.Hers, n.ID[:])
	if err != nil || len(raw) != len(key) {
		return n, key, fault.New(fault.Refused, "role.sealed.broken").Because(err)
	}
	return n, vault.RecordKey(raw), nil
}

// thread opens all parts, which are sealed under one key.
func (s *Service) thread(ctx context.Context, n Notice, key vault.RecordKey) (Thread, error) {
	t := Thread{Notice: n}
	parts, err := gorm.G[Part](s.store.DB).Where("notice_id = ?", n.ID).Order("no").Find(ctx)
	if err != nil {
		return t, store.Translate(err)
	}
	keys := map[store.ID]vault.RecordKey{}
	for _, p := range parts {
		keys[p.SealedID] = key
	}
	opened, err := member.OpenUnder(ctx, s.store.DB, keys)
	if err != nil {
		return t, err
	}
	for _, p := range parts {
		var one said
		if text, ok := opened[p.SealedID]; !ok || json.Unmarshal([]byte(text), &one) != nil {
			continue
		}
		t.Said = append(t.Said, Said{one.Team, one.Words, p.Day})
	}
	return t, nil
}

// More adds her words to a notice of hers; it waits again. A closed one takes none.
func (s *Service) More(ctx context.Context, code Code, nonce, words string) error {
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		n, key, err := hers(ctx, tx, code)
		if err != nil {
			return err
		}
		return s.add(ctx, tx, n, key, adding{nonce: nonce, said: said{Words: words}, state: Waits})
	})
}

// adding is one more part on its way in.
type adding struct {
	nonce string
	said  said
	state State // of the notice afterwards
}

// add writes a part. The row's own number puts two parts in order.
func (s *Service) add(ctx context.Context, tx *gorm.DB, n Notice, key vault.RecordKey, in adding) error {
	in.said.Words = strings.TrimSpace(in.said.Words)
	if f, ok := checkWords(in.said.Words); !ok {
		return fault.Mend(f)
	}
	id := store.FormID("notice part", in.nonce)
	there, err := gorm.G[Part](tx).Where("id = ?", id).Count(ctx, "id")
	if err != nil || there > 0 {
		return err
	}
	var no int
	err = tx.WithContext(ctx).Raw("UPDATE notices SET last_no = last_no + 1, state = ?, day = ? WHERE id = ? AND state <> ? AND last_no < ? RETURNING last_no",
		in.state, s.store.Today(), n.ID, Closed, mostParts).Scan(&no).Error
	if err != nil {
		return err
	}
	if no == 0 {
		return fault.New(fault.Refused, "notice.closed")
	}
	sealed, err := member.SealUnder(ctx, tx, key, member.CircleRecord{Kind: sealedKind, Words: in.said.text(), Until: n.KeepUntil})
	if err != nil {
		return err
	}
	return gorm.G[Part](tx).Create(ctx, &Part{ID: id, NoticeID: n.ID, No: no, SealedID: sealed, Day: s.store.Today()})
}

// Go is her answer to a step that was offered. Her yes lets a moderator help with it; nothing
// goes out by itself, and she may change her mind as long as the notice is open.
func (s *Service) Go(ctx context.Context, code Code, answer Answer) error {
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		n, _, err := hers(ctx, tx, code)
		if err != nil {
			return err
		}
		if n.Step == "" || n.State == Closed || !slices.Contains([]Answer{Yes, No}, answer) {
			return fault.New(fault.Refused, "notice.step.none")
		}
		_, err = gorm.G[Notice](tx).Where("id = ?", n.ID).Select("Goes", "State", "Day").Updates(ctx, Notice{Goes: answer, State: Waits, Day: s.store.Today()})
		return err
	})
}

// Withdraw takes a notice of hers away for everybody, with all answers.
func (s *Service) Withdraw(ctx context.Context, code Code) error {
	err := s.store.Tx(ctx, func(tx *gorm.DB) error {
		n, _, err := hers(ctx, tx, code)
		if err != nil {
			return err
		}
		parts, err := gorm.G[Part](tx).Where("notice_id = ?", n.ID).Find(ctx)
		if err != nil {
			return err
		}
		sealed := make([]store.ID, len(parts))
		for i, p := range parts {
			sealed[i] = p.SealedID
		}
		if err := member.Shred(ctx, tx, sealed...); err != nil {
			return err
		}
		if _, err := gorm.G[Part](tx).Where("notice_id = ?", n.ID).Delete(ctx); err != nil {
			return err
		}
		_, err = gorm.G[Notice](tx).Where("id = ?", n.ID).Delete(ctx)
		return err
	})
	if err != nil {
		return err
	}
	return s.store.Checkpoint(ctx)
}
