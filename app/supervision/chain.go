package supervision

import (
	"context"
	"crypto/sha256"
	"strconv"
	"strings"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// Verdict is what a link of the chain says about an entry.
type Verdict string

// The verdicts. Add is a later addition, which is signed as well.
const (
	Agree    Verdict = "sign"
	Disagree Verdict = "disagree"
	Decline  Verdict = "decline"
	Add      Verdict = "add"
)

// Link is one signature or addition. Links of a relation are numbered, and each holds the
// hash of the one before.
type Link struct {
	ID         store.ID `gorm:"primaryKey"`
	RelationID store.ID
	Number     int
	EntryID    store.ID
	SignerID   store.ID
	Epoch      int // which of her keys
	Verdict    Verdict
	Day        string
	Proof      int // form of what is signed: 1 before there were several people
	WordsID    store.ID
	BoxHash    []byte      // of the entry's sealed box
	ChoiceHash store.Bytes // of the box with the choice
	WordsHash  store.Bytes
	Prev       []byte
	Sign       []byte
	Hash       []byte
}

// TableName names the table.
func (Link) TableName() string { return "supervision_links" }

// signedMatter is the clear facts beside the words that a link signs.
type signedMatter struct {
	Entry
	present []store.ID  // in the order of their ids
	actions []ActionRow // in the order of their ids
}

// message is what a link signs: the record it is about as it lies sealed, the clear facts
// beside it, and its place in the chain.
func (l Link) message(e signedMatter) []byte {
	if l.Proof == 1 {
		facts := strings.Join([]string{strconv.Itoa(l.Number), string(l.Verdict), l.Day, e.HeldDay, strconv.Itoa(e.Minutes), e.Mode}, "|")
		return parts("portico link v1", l.RelationID[:], e.ID[:], l.SignerID[:], []byte(facts), l.BoxHash, l.WordsHash, l.Prev)
	}
	facts := strings.Join([]string{
		strconv.Itoa(l.Number), string(l.Verdict), l.Day, strconv.Itoa(l.Epoch), e.Form, e.HeldDay, strconv.Itoa(e.Minutes), e.Mode, strconv.Itoa(e.Version),
	}, "|")
	list := [][]byte{
		l.ID[:], l.RelationID[:], e.RelationID[:], e.ID[:], l.SignerID[:], []byte(facts), e.LedBy[:],
		e.WordsID[:], l.BoxHash, e.ChoiceID[:], l.ChoiceHash, l.WordsID[:], l.WordsHash, l.Prev,
	}
	for _, id := range e.present {
		list = append(list, id[:])
	}
	for _, a := range e.actions {
		list = append(list, a.ID[:], a.RelationID[:], []byte(dayOf(a.DueDay)))
	}
	return parts("portico link v2", list...)
}

func dayOf(day *string) string {
	if day == nil {
		return ""
	}
	return *day
}

func (l Link) sum(e signedMatter) []byte {
	sum := sha256.Sum256(parts("portico chain v1", l.message(e), l.Sign))
	return sum[:]
}

// SignForm is what somebody says under an entry.
type SignForm struct {
	Verdict Verdict
	Words   string // needed with everything but a plain signature
	Version int    // of what she has read
	Nonce   string
	Insist  bool
}

func (f SignForm) check() error {
	var mend []fault.Field
	switch f.Verdict {
	case Agree:
	case Disagree, Decline, Add:
		if strings.TrimSpace(f.Words) == "" {
			mend = append(mend, fault.Field{Name: "words", Key: "supervision.comment.empty"})
		}
	default:
		mend = append(mend, fault.Field{Name: "verdict", Key: "supervision.verdict.missing"})
	}
	mend = append(mend, tooLong("words", f.Words)...)
	if len(mend) > 0 {
		return fault.Mend(mend...)
	}
	return nil
}

// signTries bounds how often two people who sign at once are put in order.
const signTries = 4

// Sign puts her verdict under an entry, or adds later words to a frozen one. The first
// link freezes the entry.
func (s *Service) Sign(ctx context.Context, who member.Actor, id store.ID, f SignForm) (Receipt, error) {
	e, t, err := s.entry(ctx, s.store.DB, who, id)
	if err != nil {
		return Receipt{}, err
	}
	if _, ok := t.Of(who); !ok {
		return Receipt{}, fault.Missing() // she reads it because it was shared, and it is not hers to sign
	}
	if err := f.check(); err != nil {
		return Receipt{}, err
	}
	if f.Verdict == Agree {
		f.Words = ""
	}
	if err := s.readable(ctx, who, e); err != nil {
		return Receipt{}, err
	}
	receipt, stop := screen(f.Insist, f.Words)
	if stop {
		return receipt, nil
	}
	receipt.ID, receipt.Stored = store.FormID("supervision", f.Nonce), true
	for range signTries {
		err = s.store.Tx(ctx, func(tx *gorm.DB) error { return s.link(ctx, tx, linking{who, t, e, f, receipt.ID}) })
		if !store.IsDuplicate(err) {
			return receipt, err
		}
	}
	return receipt, err
}

// readable stops somebody who cannot open what she would sign.
func (s *Service) readable(ctx context.Context, who member.Actor, e Entry) error {
	found, err := member.OpenAllForRole(ctx, s.store.DB, who, []store.ID{e.WordsID})
	if err == nil && found[e.WordsID] == "" {
		return fault.New(fault.Refused, "supervision.cannot-read")
	}
	return err
}
