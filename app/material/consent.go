package material

import (
	"context"
	"slices"
	"strings"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// Use is a place where somebody's story may stand. A consent is for one use.
type Use string

// The uses. The page is also the words alone, as they are sent in messages.
const (
	OnPage     Use = "page"
	OnPaper    Use = "print"
	AsAudio    Use = "audio"
	InMagazine Use = "magazine"
	InTraining Use = "training"
	InTalk     Use = "talk"   // told to others: a meeting, a conference
	OnNetwork  Use = "social" // a social network
)

// Uses in the order of pages.
var Uses = []Use{OnPage, OnPaper, AsAudio, InMagazine, InTraining, InTalk, OnNetwork}

// Who might recognise her.
const (
	ByNobody = "nobody"
	ByFew    = "few"  // people who know her well
	ByMany   = "many" // only she herself may decide that
)

// Exposures in the order of pages.
var Exposures = []string{ByNobody, ByFew, ByMany}

// Traces are what gives somebody away, and what may have been taken out.
var Traces = []string{"place", "face", "voice", "details"}

// How she said yes.
const (
	Herself   = "herself" // with her code or her key
	InSpeech  = "talk"
	OnASheet  = "paper"
	ByMessage = "message"
)

// Sayings are those that a leader may write down.
var Sayings = []string{InSpeech, OnASheet, ByMessage}

// Consent is one use that she allowed. It is never changed: it ends, and a new one is given.
type Consent struct {
	ID         store.ID `gorm:"primaryKey"`
	MaterialID store.ID
	Use        Use
	Langs      string // with a space between; "" is every language
	FromDay    string
	UntilDay   *string // nothing is for good
	Recognise  string
	Removed    string // codes of Traces
	Said       string
	EndedDay   *string
}

// TableName names the table.
func (Consent) TableName() string { return "material_consents" }

// Lives reports whether it holds on a day.
func (c Consent) Lives(today string) bool {
	return c.EndedDay == nil && c.FromDay <= today && (c.UntilDay == nil || *c.UntilDay >= today)
}

// For reports whether it is for a language.
func (c Consent) For(lang string) bool {
	return c.Langs == "" || slices.Contains(strings.Fields(c.Langs), lang)
}

// mostConsents is how many lines a ledger has at most.
const mostConsents = 300

// ConsentForm is one use that she allows.
type ConsentForm struct {
	Use       Use
	Langs     []string // none is every language
	Until     string   // "" is for good
	Recognise string
	Removed   []string
	Said      string // how she said it, where a leader writes it down
	Fair      bool   // it is not told to prove a picture that others have
	Nonce     string
}

func (s *Service) checkConsent(f ConsentForm, hers bool) (Consent, error) {
	c := Consent{ID: store.FormID("material", f.Nonce), Use: f.Use, FromDay: s.store.Today(), Recognise: f.Recognise, Said: f.Said}
	var mend []fault.Field
	if !slices.Contains(Uses, f.Use) {
		mend = append(mend, fault.Field{Name: "use", Key: "material.consent.use.missing"})
	}
	if slices.ContainsFunc(f.Langs, func(lang string) bool { return !language.MatchString(lang) }) {
		mend = append(mend, fault.Field{Name: "langs", Key: "material.lang.missing"})
	}
	if f.Until != "" {
		if !store.DayIn(f.Until, s.store.Today(), s.store.DayAfter(longestConsent)) {
			mend = append(mend, fault.Field{Name: "until", Key: "material.consent.until.range"})
		}
		c.UntilDay = &f.Until
	}
	if !slices.Contains(Exposures, f.Recognise) {
		mend = append(mend, fault.Field{Name: "recognise", Key: "material.consent.recognise.missing"})
	}
	if !hers && f.Recognise == ByMany {
		mend = append(mend, fault.Field{Name: "recognise", Key: "material.consent.recognise.hers"})
	}
	if !hers && !slices.Contains(Sayings, f.Said) {
		mend = append(mend, fault.Field{Name: "said", Key: "material.consent.said.missing"})
	}
	if hers {
		c.Said = Herself
	}
	if !f.Fair {
		mend = append(mend, fault.Field{Name: "fair", Key: "material.consent.fair.missing"})
	}
	c.Langs, c.Removed = strings.Join(f.Langs, " "), strings.Join(onlyOf(Traces, f.Removed), " ")
	return c, fault.Mended(mend)
}

// longestConsent is ten years, in days.
const longestConsent = 3653

// onlyOf keeps those of the known codes that were chosen, in their own order.
func onlyOf(known, chosen []string) (kept []string) {
	for _, one := range known {
		if slices.Contains(chosen, one) {
			kept = append(kept, one)
		}
	}
	return kept
}

// Record writes down a consent that she gave to a leader of the group.
func (s *Service) Record(ctx context.Context, who member.Actor, id store.ID, f ConsentForm) error {
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		m, err := s.led(ctx, tx, who, id)
		if err != nil {
			return err
		}
		return s.consent(ctx, tx, m, f, false)
	})
}

func (s *Service) consent(ctx context.Context, tx *gorm.DB, m Material, f ConsentForm, hers bool) error {
	if !m.Story {
		return fault.Missing()
	}
	if m.State == Archived {
		return fault.New(fault.Conflict, "material.step.not-now")
	}
	c, err := s.checkConsent(f, hers)
	if err != nil {
		return err
	}
	n, err := gorm.G[Consent](tx).Where("material_id = ?", m.ID).Count(ctx, "id")
	if err != nil {
		return err
	}
	if n >= mostConsents {
		return fault.New(fault.Refused, "material.consents.full")
	}
	c.MaterialID = m.ID
	return tx.WithContext(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&c).Error
}

// End takes one consent back, as a leader of the group was asked to.
func (s *Service) End(ctx context.Context, who member.Actor, id, consent store.ID) error {
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		if _, err := s.led(ctx, tx, who, id); err != nil {
			return err
		}
		return s.end(ctx, tx, id, consent)
	})
}

func (s *Service) end(ctx context.Context, tx *gorm.DB, id, consent store.ID) error {
	n, err := gorm.G[Consent](tx).Where("id = ? AND material_id = ? AND ended_day IS NULL", consent, id).Update(ctx, "ended_day", s.store.Today())
	if err == nil && n == 0 {
		err = fault.Missing()
	}
	return err
}
