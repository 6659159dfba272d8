package supervision

import (
	"bytes"
	"context"
	"crypto/sha256"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
	"portico/app/vault"
)

// Report is what Verify found.
type Report struct {
	Links int // that hold
	// Broken is the number of the first link that does not hold, 0 when all do.
	Broken int
}

// chain is everything that the links of a relation speak about.
type chain struct {
	team    Team
	links   []Link
	matters map[store.ID]signedMatter
	boxes   map[store.ID][]byte
	months  func(day string) bool // whether words of that day may be gone
}

// Verify walks the chain of a relation and checks boxes, hashes and signatures. Words whose
// time is over are gone; their links still hold.
func (s *Service) Verify(ctx context.Context, who member.Actor, relation store.ID) (Report, error) {
	t, err := s.once(ctx, s.store.DB, who, relation)
	if err != nil {
		return Report{}, err
	}
	c, err := s.chain(ctx, t)
	if err != nil {
		return Report{}, err
	}
	prev := make([]byte, sha256.Size)
	for i, l := range c.links {
		holds, err := c.holds(ctx, s.store.DB, i, prev)
		if err != nil {
			return Report{}, err
		}
		if !holds {
			return Report{Links: i, Broken: i + 1}, nil
		}
		prev = l.Hash
	}
	return Report{Links: len(c.links)}, nil
}

func (s *Service) chain(ctx context.Context, t Team) (chain, error) {
	c := chain{team: t, months: s.over}
	var err error
	if c.links, err = gorm.G[Link](s.store.DB).Where("relation_id = ?", t.ID).Order("number").Find(ctx); err != nil {
		return c, store.Translate(err)
	}
	entries, err := gorm.G[Entry](s.store.DB).Where("relation_id = ?", t.ID).Find(ctx)
	if err != nil {
		return c, store.Translate(err)
	}
	if c.matters, err = matters(ctx, s.store.DB, entries); err != nil {
		return c, err
	}
	var records []store.ID
	for _, e := range entries {
		records = append(records, e.WordsID, e.ChoiceID)
	}
	for _, l := range c.links {
		records = append(records, l.WordsID)
	}
	c.boxes, err = member.SealedBoxes(ctx, s.store.DB, records)
	return c, err
}

// over reports whether words of a day may be gone by now.
func (s *Service) over(day string) bool {
	return day < s.store.Clock.Now().In(s.store.Clock.Zone).AddDate(0, -keepMonths, 0).Format("2006-01-02")
}

// holds checks one link: its place, what it is about, the boxes, the state that follows
// from all that was said, and the signature.
func (c chain) holds(ctx context.Context, db *gorm.DB, i int, prev []byte) (bool, error) {
	l := c.links[i]
	m, there := c.matters[l.EntryID]
	holds := there && (l.Proof == 1 || l.Proof == 2) && l.Number == i+1 && bytes.Equal(l.Prev, prev) && bytes.Equal(l.Hash, l.sum(m)) &&
		fits(c.boxes, m.WordsID, l.BoxHash, c.months(m.HeldDay)) && fits(c.boxes, m.ChoiceID, l.ChoiceHash, c.months(m.HeldDay)) &&
		fits(c.boxes, l.WordsID, l.WordsHash, c.months(l.Day))
	if !holds {
		return false, nil
	}
	if holds, err := c.settled(ctx, db, m); err != nil || !holds {
		return false, err
	}
	return c.signedBy(ctx, db, l, m)
}

// settled reports whether the state of an entry is what its links say. Somebody who could
// not sign any more may have lost that after the last link.
func (c chain) settled(ctx context.Context, db *gorm.DB, m signedMatter) (bool, error) {
	var links []Link
	for _, l := range c.links {
		if l.EntryID == m.ID {
			links = append(links, l)
		}
	}
	said := verdicts(links)
	quiet, err := silent(ctx, db, c.team, m, said)
	if err != nil {
		return false, err
	}
	if m.State == stateOf(m, said, quiet) {
		return true, nil
	}
	for id := range quiet {
		quiet[id] = ""
	}
	return m.State == stateOf(m, said, quiet), nil
}

// signedBy checks one signature with the key that the agreement names, or one that follows
// from it.
func (c chain) signedBy(ctx context.Context, db *gorm.DB, l Link, m signedMatter) (bool, error) {
	signer, there := c.team.member(l.SignerID)
	if !there {
		return false, nil
	}
	key, err := member.PastKey(ctx, db, l.SignerID, l.Epoch)
	if fault.Is(err, fault.NotFound) {
		return false, nil
	}
	if err != nil || !vault.Verify(key.SignPub, l.message(m), l.Sign) {
		return false, err
	}
	holds, err := member.KeyDescends(ctx, db, key, signer.Print)
	if err != nil || !holds {
		return false, err
	}
	return c.team.trusted(ctx, db, signer)
}
