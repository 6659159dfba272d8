package supervision

import (
	"bytes"
	"context"
	"crypto/sha256"
	"strconv"
	"strings"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
	"portico/app/vault"
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
	WordsID    store.ID
	BoxHash    []byte // of the entry's sealed box
	WordsHash  store.Bytes
	Prev       []byte
	Sign       []byte
	Hash       []byte
}

// TableName names the table.
func (Link) TableName() string { return "supervision_links" }

// message is what a link signs: the record it is about as it lies sealed, the clear facts
// beside it, and its place in the chain.
func (l Link) message(e Entry) []byte {
	facts := strings.Join([]string{strconv.Itoa(l.Number), string(l.Verdict), l.Day, e.HeldDay, strconv.Itoa(e.Minutes), e.Mode}, "|")
	return parts("portico link v1", l.RelationID[:], e.ID[:], l.SignerID[:], []byte(facts), l.BoxHash, l.WordsHash, l.Prev)
}

func (l Link) sum(e Entry) []byte {
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
	e, r, err := s.entry(ctx, s.store.DB, who, id)
	if err != nil {
		return Receipt{}, err
	}
	if err := f.check(); err != nil {
		return Receipt{}, err
	}
	if f.Verdict == Agree {
		f.Words = ""
	}
	receipt, stop := screen(f.Insist, f.Words)
	if stop {
		return receipt, nil
	}
	receipt.ID, receipt.Stored = idOf(f.Nonce), true
	for range signTries {
		err = s.store.Tx(ctx, func(tx *gorm.DB) error { return s.link(ctx, tx, linking{who, r, e, f, receipt.ID}) })
		if !store.IsDuplicate(err) {
			return receipt, err
		}
	}
	return receipt, err
}

// linking is a link on its way in.
type linking struct {
	who   member.Actor
	rel   Relation
	entry Entry
	form  SignForm
	id    store.ID
}

func (s *Service) link(ctx context.Context, tx *gorm.DB, in linking) error {
	// Writing the row holds it until the end: a change of the words waits and then sees the link.
	n, err := gorm.G[Entry](tx).Where("id = ? AND version = ?", in.entry.ID, in.form.Version).Update(ctx, "version", in.form.Version)
	if err != nil {
		return err
	}
	if n == 0 {
		return fault.New(fault.Conflict, "supervision.changed")
	}
	links, err := gorm.G[Link](tx).Where("relation_id = ?", in.rel.ID).Order("number").Find(ctx)
	if err != nil {
		return err
	}
	verdicts, again, err := standing(links, in)
	if err != nil || again {
		return err
	}
	if err := s.keysHold(ctx, tx, in.who, in.rel); err != nil {
		return err
	}
	key, err := member.PresentKey(ctx, tx, in.who.Role.ID)
	if err != nil {
		return err
	}
	l := Link{
		ID: in.id, RelationID: in.rel.ID, Number: len(links) + 1, EntryID: in.entry.ID, SignerID: in.who.Role.ID, Epoch: key.Epoch,
		Verdict: in.form.Verdict, Day: s.store.Today(), Prev: make([]byte, sha256.Size),
	}
	if len(links) > 0 {
		l.Prev = links[len(links)-1].Hash
	}
	if in.form.Words != "" {
		if l.WordsID, err = s.seal(ctx, tx, in.rel, "supervision comment", in.form.Words); err != nil {
			return err
		}
	}
	boxes, err := member.SealedBoxes(ctx, tx, []store.ID{in.entry.WordsID, l.WordsID})
	if err != nil {
		return err
	}
	l.BoxHash, l.WordsHash = hashOf(boxes[in.entry.WordsID]), hashOf(boxes[l.WordsID])
	l.Sign = in.who.Role.Identity.Sign(l.message(in.entry))
	l.Hash = l.sum(in.entry)
	if err := gorm.G[Link](tx).Create(ctx, &l); err != nil {
		return err
	}
	return settle(ctx, tx, in.entry.ID, append(verdicts, l.Verdict))
}

// standing says which verdicts an entry has, and whether this very form is there already.
func standing(links []Link, in linking) (verdicts []Verdict, again bool, err error) {
	for _, l := range links {
		switch {
		case l.ID == in.id:
			return nil, true, nil
		case l.EntryID != in.entry.ID:
			continue
		case l.Verdict != Add:
			verdicts = append(verdicts, l.Verdict)
		}
		if l.SignerID == in.who.Role.ID && l.Verdict != Add && in.form.Verdict != Add {
			return nil, false, fault.New(fault.Conflict, "supervision.signed.already")
		}
		if l.Verdict == Decline && in.form.Verdict != Add {
			return nil, false, fault.New(fault.Conflict, "supervision.declined.already")
		}
	}
	if len(verdicts) == 0 && in.form.Verdict == Add {
		return nil, false, fault.New(fault.Refused, "supervision.add.early")
	}
	return verdicts, false, nil
}

// settle moves the state of an entry to what its verdicts say.
func settle(ctx context.Context, tx *gorm.DB, id store.ID, verdicts []Verdict) error {
	state, yes := Written, 0
	for _, v := range verdicts {
		switch v {
		case Decline:
			state = Declined
		case Agree, Disagree:
			yes++
		}
	}
	if state != Declined && yes == 2 {
		state = Signed
	}
	_, err := gorm.G[Entry](tx).Where("id = ?", id).Update(ctx, "state", state)
	return err
}

func hashOf(box []byte) []byte {
	if box == nil {
		return nil
	}
	sum := sha256.Sum256(box)
	return sum[:]
}

// Report is what Verify found.
type Report struct {
	Links int // that hold
	// Broken is the number of the first link that does not hold, 0 when all do.
	Broken int
}

// Verify walks the chain of a relation and checks boxes, hashes and signatures. Words whose
// time is over are gone; their links still hold.
func (s *Service) Verify(ctx context.Context, who member.Actor, relation store.ID) (Report, error) {
	r, err := s.mine(ctx, s.store.DB, who, relation)
	if err != nil {
		return Report{}, err
	}
	links, err := gorm.G[Link](s.store.DB).Where("relation_id = ?", r.ID).Order("number").Find(ctx)
	if err != nil {
		return Report{}, store.Translate(err)
	}
	entries, boxes, err := s.signedThings(ctx, r, links)
	if err != nil {
		return Report{}, err
	}
	prev := make([]byte, sha256.Size)
	for i, l := range links {
		e := entries[l.EntryID]
		holds := l.Number == i+1 && bytes.Equal(l.Prev, prev) && bytes.Equal(l.Hash, l.sum(e)) &&
			fits(boxes, e.WordsID, l.BoxHash) && fits(boxes, l.WordsID, l.WordsHash)
		if holds {
			if holds, err = s.signedBy(ctx, r, l, e); err != nil {
				return Report{}, err
			}
		}
		if !holds {
			return Report{Links: i, Broken: i + 1}, nil
		}
		prev = l.Hash
	}
	return Report{Links: len(links)}, nil
}

func (s *Service) signedThings(ctx context.Context, r Relation, links []Link) (map[store.ID]Entry, map[store.ID][]byte, error) {
	rows, err := gorm.G[Entry](s.store.DB).Where("relation_id = ?", r.ID).Find(ctx)
	if err != nil {
		return nil, nil, store.Translate(err)
	}
	entries := map[store.ID]Entry{}
	var records []store.ID
	for _, e := range rows {
		entries[e.ID] = e
		records = append(records, e.WordsID)
	}
	for _, l := range links {
		if !l.WordsID.IsZero() {
			records = append(records, l.WordsID)
		}
	}
	boxes, err := member.SealedBoxes(ctx, s.store.DB, records)
	return entries, boxes, err
}

// fits reports whether a record has the hash that was signed.
func fits(boxes map[store.ID][]byte, id store.ID, want []byte) bool {
	box, there := boxes[id]
	if !there {
		return true
	}
	return bytes.Equal(hashOf(box), want)
}

// signedBy checks one signature with the key that the agreement names.
func (s *Service) signedBy(ctx context.Context, r Relation, l Link, e Entry) (bool, error) {
	print := r.PeerPrint
	switch l.SignerID {
	case r.PeerID:
	case r.SupervisorID:
		print = r.SupervisorPrint
	default:
		return false, nil
	}
	key, err := member.PastKey(ctx, s.store.DB, l.SignerID, l.Epoch)
	if fault.Is(err, fault.NotFound) {
		return false, nil
	}
	return err == nil && bytes.Equal(Fingerprint(key), print) && vault.Verify(key.SignPub, l.message(e), l.Sign), err
}
