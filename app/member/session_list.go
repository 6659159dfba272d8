package member

import (
	"context"
	"encoding/hex"
	"strings"
	"unicode/utf8"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/store"
)

// OpenSession is one line of her list of open sessions. There is no address and no kind
// of browser in it: only the words she gave it herself.
type OpenSession struct {
	ID    string // hex, for ending it
	Label string
	Ends  string // day
	Here  bool
}

// longestLabel is the length of a session's label in characters.
const longestLabel = 40

// Sessions lists her open sessions, this one first.
func (s *Service) Sessions(ctx context.Context, who Actor) ([]OpenSession, error) {
	rows, err := gorm.G[Session](s.store.DB).Where("owner = ?", who.Newest().Owner()).Order("id").Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	now := s.store.Time().Format("2006-01-02T15")
	var here, others []OpenSession
	for _, row := range rows {
		if row.Ends <= now {
			continue
		}
		line := OpenSession{ID: hex.EncodeToString(row.ID), Ends: row.Ends[:10], Here: equal(row.ID, who.Token.ID())}
		if label, err := who.Newest().OpenBox("label/"+line.ID, row.LabelBox); err == nil {
			line.Label = string(label)
		}
		if line.Here {
			here = append(here, line)
		} else {
			others = append(others, line)
		}
	}
	return append(here, others...), nil
}

// NameSession gives this session a label, sealed under her secret.
func (s *Service) NameSession(ctx context.Context, who Actor, label string) error {
	label = strings.TrimSpace(label)
	if utf8.RuneCountInString(label) > longestLabel {
		return fault.Mend(fault.Field{Name: "label", Key: "me.label.long"})
	}
	id := who.Token.ID()
	box := who.Newest().SealBox("label/"+hex.EncodeToString(id), []byte(label))
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		_, err := gorm.G[Session](tx).Where("id = ?", id).Update(ctx, "label_box", box)
		return err
	})
}

// SignOut ends this session. It succeeds also when the session is gone already.
func (s *Service) SignOut(ctx context.Context, cookie string) error {
	token, _, ok := s.server.ReadCookie(cookie)
	if !ok {
		return nil
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		_, err := gorm.G[Session](tx).Where("id = ?", token.ID()).Delete(ctx)
		return err
	})
}

// EndSession ends one of her sessions by its hex id; another person's session does not exist for her.
func (s *Service) EndSession(ctx context.Context, who Actor, id string) error {
	raw, err := hex.DecodeString(id)
	if err != nil {
		return fault.New(fault.NotFound, "error.missing")
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		n, err := gorm.G[Session](tx).Where("id = ? AND owner = ?", raw, who.Newest().Owner()).Delete(ctx)
		if err == nil && n == 0 {
			return fault.New(fault.NotFound, "error.missing")
		}
		return err
	})
}

// EndAll ends every session of hers, also one that hides from the list: the mark that all
// sessions must match is replaced.
func (s *Service) EndAll(ctx context.Context, who Actor, again Again) error {
	account, _, err := s.confirm(ctx, who, again)
	if err != nil {
		return err
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error { return s.endAll(ctx, tx, who, account.ID) })
}

func (s *Service) endAll(ctx context.Context, tx *gorm.DB, who Actor, account store.ID) error {
	for _, secret := range who.Secrets {
		if _, err := gorm.G[Session](tx).Where("owner = ?", secret.Owner()).Delete(ctx); err != nil {
			return err
		}
	}
	_, err := gorm.G[Account](tx).Where("id = ?", account).Update(ctx, "gen", newGen())
	return err
}
