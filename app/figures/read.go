package figures

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/json"
	"strings"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/smallcells"
	"portico/app/store"
)

// NewCode draws the code with which somebody outside reads a release, and forgets the one
// before. It is shown once; the table keeps a hash.
func (s *Service) NewCode(ctx context.Context, who member.Actor, id store.ID) (code string, err error) {
	if !who.Has(member.RoleCoordinator) {
		return "", fault.Missing()
	}
	code = store.NewID().String()
	return code, s.store.Tx(ctx, func(tx *gorm.DB) error {
		r, err := held(ctx, tx, id)
		if err != nil {
			return err
		}
		if r.State != Agreed {
			return fault.New(fault.Conflict, "figures.settled")
		}
		_, err = gorm.G[Release](tx).Where("id = ?", id).Update(ctx, "code_hash", hashOf(id, code))
		return err
	})
}

func hashOf(id store.ID, code string) []byte {
	h := sha256.Sum256([]byte("figures " + id.String() + " " + code))
	return h[:]
}

// Close ends a release: nobody outside reads it any more, and a wish is taken back. Whoever
// leads or coordinates does it.
func (s *Service) Close(ctx context.Context, who member.Actor, id store.ID) error {
	if !who.Has(member.RoleCoordinator, member.RoleLeader) {
		return fault.Missing()
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		r, err := held(ctx, tx, id)
		if err != nil || r.State == Closed {
			return err
		}
		if r.SettledDay == "" {
			r.SettledDay = s.store.Today()
		}
		r.State, r.CodeHash = Closed, nil
		_, err = gorm.G[Release](tx).Where("id = ?", id).Select("State", "SettledDay", "CodeHash").Updates(ctx, r)
		return err
	})
}

// Shown is a release with the very numbers that are given away.
type Shown struct {
	Release
	Of     Measure
	Table  smallcells.Released
	Frozen string // day
	Tally  Tally
	Mine   *bool // what she said
}

// Look shows a release to somebody of the team.
func (s *Service) Look(ctx context.Context, who member.Actor, id store.ID) (v Shown, err error) {
	if !who.Colleague() {
		return v, fault.Missing()
	}
	if v.Release, err = gorm.G[Release](s.store.DB).Where("id = ?", id).First(ctx); err != nil {
		return v, store.Translate(err)
	}
	if v, err = s.shown(ctx, v.Release); err != nil {
		return v, err
	}
	if v.Tally, err = tallyOf(ctx, s.store.DB, id); err != nil {
		return v, err
	}
	hers, err := gorm.G[Voice](s.store.DB).Where("release_id = ? AND tag IN ?", id, who.Tags(purposeVoice, id)).Limit(1).Find(ctx)
	if len(hers) > 0 {
		v.Mine = &hers[0].Agrees
	}
	return v, store.Translate(err)
}

func (s *Service) shown(ctx context.Context, r Release) (v Shown, err error) {
	row, err := gorm.G[Frozen](s.store.DB).Where("measure = ? AND month = ?", r.Measure, r.Month).First(ctx)
	if err != nil {
		return v, store.Translate(err)
	}
	var table smallcells.Released
	if err := json.Unmarshal([]byte(row.Cells), &table); err != nil {
		return v, fault.Wrap(err, "read a table of figures")
	}
	v.Release, v.Frozen = r, row.FrozenDay
	v.Of, _ = Find(r.Measure)
	v.Table, err = asked(table, r.Split)
	return v, fault.Wrap(err, "read a table of figures")
}

// Waits reports whether a release can be opened with a code; any other does not exist for
// somebody outside.
func (s *Service) Waits(ctx context.Context, id store.ID) error {
	n, err := gorm.G[Release](s.store.DB).Where("id = ? AND state = ? AND code_hash IS NOT NULL", id, Agreed).Count(ctx, "id")
	if err == nil && n == 0 {
		err = fault.Missing()
	}
	return err
}

// Read shows a release to whoever holds its code.
func (s *Service) Read(ctx context.Context, id store.ID, code string) (v Shown, err error) {
	r, err := gorm.G[Release](s.store.DB).Where("id = ? AND state = ? AND code_hash IS NOT NULL", id, Agreed).First(ctx)
	if err != nil {
		return v, store.Translate(err)
	}
	code = strings.ToLower(strings.Join(strings.FieldsFunc(code, func(c rune) bool { return c == ' ' || c == '-' || c == '\u00a0' }), ""))
	if subtle.ConstantTimeCompare(r.CodeHash, hashOf(id, code)) != 1 {
		return v, fault.Mend(fault.Field{Name: "code", Key: "figures.code.wrong"})
	}
	return s.shown(ctx, r)
}

// List is the log of releases for the team, the newest first.
func (s *Service) List(ctx context.Context, who member.Actor) ([]Release, error) {
	if !who.Colleague() {
		return nil, fault.Missing()
	}
	rows, err := gorm.G[Release](s.store.DB).Order("asked_day DESC, id").Limit(mostListed).Find(ctx)
	return rows, store.Translate(err)
}
