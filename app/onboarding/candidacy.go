package onboarding

import (
	"context"
	"crypto/sha256"
	"slices"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
	"portico/app/vault"
)

// Candidacy is somebody on her way in. AccountID is her role account and zero until she has
// taken up her link; no member account is ever named.
type Candidacy struct {
	ID             store.ID `gorm:"primaryKey"`
	OrganisationID store.ID
	Mode           string
	Way            string
	PostingID      store.ID
	AccountID      store.ID
	Lang           string
	State          string
	WordsID        store.ID    // sealed for the coordinators of that day
	HerWordsID     store.ID    // the same words, sealed for her
	LinkMark       store.Bytes // of the link that she has not taken up
	HerBox         store.Bytes // her words under that link's own token, until she comes
	BeganDay       string
	EndedDay       *string
}

// TableName names the table.
func (Candidacy) TableName() string { return "candidacies" }

// The states of a candidacy.
const (
	Open    = "open"
	Here    = "here" // she is a peer, or of the committee
	Stopped = "stopped"
	Refused = "refused" // the group said no, and it stands
)

// Ways are how a candidacy begins.
var Ways = []string{"self", "posting", "staff", "other"}

// Running reports whether the path goes on.
func (c Candidacy) Running() bool { return c.State == Open || c.State == Here }

// mostWaiting bounds the interests whose links nobody has taken up.
const mostWaiting = 500

// InterestForm is what somebody sends, or what is entered about somebody.
type InterestForm struct {
	Organisation, Posting store.ID
	Words, Lang, Nonce    string
	Adult                 bool
	Way                   string // for who enters it: staff or other
	Insist                bool
}

// Interest takes in a word of interest from anybody and answers with the link of her own
// path. Nothing about her is kept but her words, sealed.
func (s *Service) Interest(ctx context.Context, f InterestForm) (Receipt, error) {
	f.Way = "self"
	if !f.Posting.IsZero() {
		f.Way = "posting"
	}
	if !f.Adult {
		return Receipt{}, fault.Mend(fault.Field{Name: "adult", Key: "joining.adult.missing"})
	}
	return s.take(ctx, f, true)
}

// Enter takes in somebody whom a colleague invites or another organisation recommends. Only
// a coordinator or a peer of that organisation enters anybody; the link is handed over.
func (s *Service) Enter(ctx context.Context, who member.Actor, f InterestForm) (Receipt, error) {
	if !coordinates(who) {
		if !isPeer(who) {
			return Receipt{}, fault.Missing()
		}
		if at, err := s.orgs.Of(ctx, s.store.DB, who.Role.ID); err != nil || at.IsZero() || at != f.Organisation {
			if err == nil {
				err = fault.Missing()
			}
			return Receipt{}, err
		}
	}
	if f.Way != "staff" && f.Way != "other" {
		return Receipt{}, fault.Mend(fault.Field{Name: "way", Key: "joining.way.missing"})
	}
	receipt, stop := screen(f.Insist, false, f.Words)
	if stop {
		return receipt, nil
	}
	return s.take(ctx, f, false)
}

func (s *Service) take(ctx context.Context, f InterestForm, public bool) (Receipt, error) {
	f.Words = tidy(f.Words)
	if err := fault.Mended(asked("words", f.Words, 3, LongestWords)); err != nil {
		return Receipt{}, err
	}
	if !slices.Contains(Langs, f.Lang) {
		f.Lang = Langs[0]
	}
	receipt := Receipt{ID: store.FormID("onboarding", f.Nonce), Stored: true}
	return receipt, s.store.Tx(ctx, func(tx *gorm.DB) error {
		o, err := s.organisation(ctx, tx, f.Organisation)
		if err != nil {
			return err
		}
		if err := s.welcomes(ctx, tx, o, f, public); err != nil {
			return err
		}
		c := Candidacy{ID: receipt.ID, OrganisationID: o.ID, Mode: o.Mode, Way: f.Way, PostingID: f.Posting, Lang: f.Lang, State: Open, BeganDay: s.store.Today()}
		if receipt.Token, err = s.address(ctx, tx, &c, f.Words); err != nil {
			return err
		}
		if c.WordsID, err = s.sealForDesk(ctx, tx, "joining interest", f.Words); err != nil {
			return err
		}
		if err := gorm.G[Candidacy](tx).Create(ctx, &c); err != nil {
			return err // the same form once more is a conflict: its link was shown already
		}
		if err := s.begin(ctx, tx, c); err != nil {
			return err
		}
		return s.count(ctx, tx, o.ID, "interest")
	})
}

// welcomes refuses interest that an organisation does not take now.
func (s *Service) welcomes(ctx context.Context, tx *gorm.DB, o Organisation, f InterestForm, public bool) error {
	n, err := gorm.G[Candidacy](tx).Where("account_id IS NULL AND state = ?", Open).Count(ctx, "id")
	switch {
	case err != nil:
		return err
	case n >= mostWaiting:
		return fault.New(fault.Busy, "error.busy")
	}
	if public {
		rows, err := gorm.G[PageRow](tx).Where("organisation_id = ?", o.ID).Limit(1).Find(ctx)
		if err != nil {
			return err
		}
		if len(rows) == 0 || !rows[0].Open {
			return fault.Missing()
		}
	}
	if f.Posting.IsZero() {
		return nil
	}
	n, err = gorm.G[Posting](tx).Where("id = ? AND organisation_id = ? AND closed = ? AND until_day >= ?", f.Posting, o.ID, false, s.store.Today()).Count(ctx, "id")
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "joining.posting.over")
	}
	return err
}

// tokenKey is the key under which her words wait for her: only her link makes it.
func tokenKey(token string) []byte {
	sum := sha256.Sum256([]byte("portico words of interest\n" + token))
	return sum[:]
}

// address makes the link of a candidacy and puts her words under it.
func (s *Service) address(ctx context.Context, tx *gorm.DB, c *Candidacy, text string) (string, error) {
	token, mark, err := s.members.OfferCandidate(ctx, tx)
	if err != nil {
		return "", err
	}
	c.LinkMark, c.HerBox = mark, vault.Wrap(tokenKey(token), []byte(text), c.ID[:])
	return token, nil
}

// NewLink makes another link for somebody who lost hers or was too late; the old one is
// worthless then. Whoever has come already needs none.
func (s *Service) NewLink(ctx context.Context, who member.Actor, id store.ID) (token string, err error) {
	if !coordinates(who) {
		return "", fault.Missing()
	}
	err = s.store.Tx(ctx, func(tx *gorm.DB) error {
		c, _, err := s.running(ctx, tx, id)
		if err != nil {
			return err
		}
		if !c.AccountID.IsZero() {
			return fault.New(fault.Conflict, "joining.link.used")
		}
		if err := s.members.DropLink(ctx, tx, c.LinkMark); err != nil {
			return err
		}
		open, err := words(ctx, tx, who, c.WordsID)
		if err != nil {
			return err
		}
		if token, err = s.address(ctx, tx, &c, open[c.WordsID]); err != nil {
			return err
		}
		_, err = gorm.G[Candidacy](tx).Where("id = ?", id).Select("LinkMark", "HerBox").Updates(ctx, c)
		return err
	})
	return token, err
}

// arrive joins a candidacy to the role account that its link made, and gives her the words
// that she sent.
func (s *Service) arrive(ctx context.Context, token string, who member.Actor) error {
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		rows, err := gorm.G[Candidacy](tx).Where("link_mark = ?", s.members.LinkMark(token)).Limit(1).Find(ctx)
		if err != nil || len(rows) == 0 {
			return err
		}
		c := rows[0]
		c.AccountID = who.Role.ID
		if text, err := vault.Unwrap(tokenKey(token), c.HerBox, c.ID[:]); err == nil {
			if c.HerWordsID, err = s.seal(ctx, tx, "joining interest", string(text), c.AccountID); err != nil {
				return err
			}
		}
		c.LinkMark, c.HerBox = nil, nil
		_, err = gorm.G[Candidacy](tx).Where("id = ?", c.ID).Select("AccountID", "HerWordsID", "LinkMark", "HerBox").Updates(ctx, c)
		return err
	})
}

func find(ctx context.Context, db *gorm.DB, id store.ID) (Candidacy, error) {
	c, err := gorm.G[Candidacy](db).Where("id = ?", id).First(ctx)
	return c, store.Translate(err)
}

// hold locks a candidacy for this transaction and reads it.
func hold(ctx context.Context, tx *gorm.DB, id store.ID) (Candidacy, error) {
	if _, err := gorm.G[Candidacy](tx).Where("id = ?", id).Update(ctx, "id", id); err != nil {
		return Candidacy{}, err
	}
	return find(ctx, tx, id)
}

// mine finds the path of a candidate, or of a peer who came by one.
func mine(ctx context.Context, db *gorm.DB, who member.Actor) (Candidacy, bool, error) {
	if who.Role == nil {
		return Candidacy{}, false, fault.Missing()
	}
	rows, err := gorm.G[Candidacy](db).Where("account_id = ?", who.Role.ID).Limit(1).Find(ctx)
	if err != nil || len(rows) == 0 {
		return Candidacy{}, false, store.Translate(err)
	}
	return rows[0], true, nil
}

// held is mine, locked, for her verbs: without a path of her own nothing exists.
func held(ctx context.Context, tx *gorm.DB, who member.Actor) (Candidacy, error) {
	c, there, err := mine(ctx, tx, who)
	if err != nil {
		return c, err
	}
	if !there {
		return c, fault.Missing()
	}
	return hold(ctx, tx, c.ID)
}

// move changes the state of a candidacy; an end gets its day.
func (s *Service) move(ctx context.Context, tx *gorm.DB, c Candidacy, state string) error {
	c.State = state
	if !c.Running() {
		today := s.store.Today()
		c.EndedDay = &today
	}
	_, err := gorm.G[Candidacy](tx).Where("id = ?", c.ID).Select("State", "EndedDay").Updates(ctx, c)
	return err
}
