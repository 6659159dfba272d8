package onboarding

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
	"portico/app/vault"
)

// Signature is that she signed the house rules: which version, in which language, on which
// day, and a mark by her own key over all of it.
type Signature struct {
	CandidacyID store.ID `gorm:"primaryKey"`
	AccountID   store.ID
	Version     int
	Lang        string
	Day         string
	BodyHash    []byte
	Epoch       int
	Sign        []byte
}

// TableName names the table.
func (Signature) TableName() string { return "rule_signatures" }

// message is what her key signs.
func (g Signature) message() []byte {
	return []byte(strings.Join([]string{"portico house rules", g.CandidacyID.String(), strconv.Itoa(g.Version), g.Lang, g.Day, hex.EncodeToString(g.BodyHash)}, "\n"))
}

// Mark is a short form of the signature for paper.
func (g Signature) Mark() string {
	sum := sha256.Sum256(g.Sign)
	return hex.EncodeToString(sum[:8])
}

// RulesNow is the text that she would sign in a language.
func (s *Service) RulesNow(ctx context.Context, lang string) (RuleText, error) {
	return s.rules.Now(ctx, lang)
}

// SignRules signs the house rules by her own key, in the version and language that she read.
// If they changed while she read, she is shown the new ones first. In a consultation this is
// the last step, and she is of the committee.
func (s *Service) SignRules(ctx context.Context, who member.Actor, version int, lang string) error {
	if who.Role == nil {
		return fault.Missing()
	}
	text, err := s.rules.Now(ctx, lang)
	if err != nil {
		return err
	}
	if text.Version != version || text.Lang != lang {
		return fault.New(fault.Conflict, "joining.rules.changed")
	}
	sum := sha256.Sum256([]byte(text.Body))
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		c, err := held(ctx, tx, who)
		if err != nil {
			return err
		}
		steps, err := stepsOf(ctx, tx, c.ID)
		if err != nil {
			return err
		}
		at := current(steps)
		if !c.Running() || at < 0 || steps[at].Step != StepRules {
			return fault.New(fault.Conflict, "joining.step.order")
		}
		key, err := member.PresentKey(ctx, tx, who.Role.ID)
		if err != nil {
			return err
		}
		g := Signature{CandidacyID: c.ID, AccountID: who.Role.ID, Version: version, Lang: lang, Day: s.store.Today(), BodyHash: sum[:], Epoch: key.Epoch}
		g.Sign = who.Role.Identity.Sign(g.message())
		if !vault.Verify(key.SignPub, g.message(), g.Sign) {
			return fault.New(fault.Refused, "role.key.none")
		}
		if err := gorm.G[Signature](tx).Create(ctx, &g); err != nil {
			return err
		}
		if err := s.done(ctx, tx, c, steps[at]); err != nil || c.Mode != Consultation {
			return err
		}
		if err := s.count(ctx, tx, c.OrganisationID, "joined"); err != nil {
			return err
		}
		return s.move(ctx, tx, c, Here)
	})
}

// Signed returns her signature and whether it holds against her key of that time; there is
// none yet where found is false.
func (s *Service) signed(ctx context.Context, candidacy store.ID) (g Signature, found, holds bool, err error) {
	rows, err := gorm.G[Signature](s.store.DB).Where("candidacy_id = ?", candidacy).Limit(1).Find(ctx)
	if err != nil || len(rows) == 0 {
		return g, false, false, store.Translate(err)
	}
	key, err := member.PastKey(ctx, s.store.DB, rows[0].AccountID, rows[0].Epoch)
	if fault.Is(err, fault.NotFound) {
		return rows[0], true, false, nil
	}
	return rows[0], true, err == nil && vault.Verify(key.SignPub, rows[0].message(), rows[0].Sign), err
}
