package supervision

import (
	"bytes"
	"context"
	"crypto/sha256"
	"slices"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// linking is a link on its way in.
type linking struct {
	who   member.Actor
	team  Team
	entry Entry
	form  SignForm
	id    store.ID
}

func (s *Service) link(ctx context.Context, tx *gorm.DB, in linking) error {
	// Writing the rows holds them until the end: a change of the words waits and then sees
	// the link, and everybody who signs in one relation does so in turn.
	if _, err := gorm.G[Relation](tx).Where("id = ?", in.team.ID).Update(ctx, "terms", in.team.Terms); err != nil {
		return err
	}
	n, err := gorm.G[Entry](tx).Where("id = ? AND version = ?", in.entry.ID, in.form.Version).Update(ctx, "version", in.form.Version)
	if err != nil {
		return err
	}
	if n == 0 {
		return fault.New(fault.Conflict, "supervision.changed")
	}
	links, err := gorm.G[Link](tx).Where("relation_id = ?", in.team.ID).Order("number").Find(ctx)
	if err != nil {
		return err
	}
	matter, err := matterOf(ctx, tx, in.entry.ID)
	if err != nil {
		return err
	}
	if again, err := standing(links, in, matter); err != nil || again {
		return err
	}
	readers, err := in.team.readers(ctx, tx, in.who)
	if err != nil {
		return err
	}
	l, err := s.newLink(ctx, tx, in, matter, readers)
	if err != nil {
		return err
	}
	if len(links) > 0 {
		l.Prev = links[len(links)-1].Hash
		l.Number = len(links) + 1
	}
	l.Sign = in.who.Role.Identity.Sign(l.message(matter))
	l.Hash = l.sum(matter)
	if err := gorm.G[Link](tx).Create(ctx, &l); err != nil {
		return err
	}
	return settle(ctx, tx, in.team, matter)
}

// newLink seals the words of a link and takes the hashes of what it is about.
func (s *Service) newLink(ctx context.Context, tx *gorm.DB, in linking, matter signedMatter, readers []store.ID) (Link, error) {
	key, err := member.PresentKey(ctx, tx, in.who.Role.ID)
	if err != nil {
		return Link{}, err
	}
	l := Link{
		ID: in.id, RelationID: in.team.ID, Number: 1, EntryID: in.entry.ID, SignerID: in.who.Role.ID, Epoch: key.Epoch,
		Verdict: in.form.Verdict, Day: s.store.Today(), Proof: 2, Prev: make([]byte, sha256.Size),
	}
	if in.form.Words != "" {
		// She reads her own words even after she has left; those who came after the session
		// do not read what is said about it.
		readers = append(readers, in.who.Role.ID)
		if readers, err = readersOf(ctx, tx, matter.Entry, readers); err != nil {
			return Link{}, err
		}
		if l.WordsID, err = s.seal(ctx, tx, readers, "supervision comment", in.form.Words); err != nil {
			return Link{}, err
		}
	}
	boxes, err := member.SealedBoxes(ctx, tx, []store.ID{matter.WordsID, matter.ChoiceID, l.WordsID})
	if err != nil {
		return Link{}, err
	}
	l.BoxHash, l.ChoiceHash, l.WordsHash = hashOf(boxes[matter.WordsID]), hashOf(boxes[matter.ChoiceID]), hashOf(boxes[l.WordsID])
	if l.BoxHash == nil {
		return Link{}, fault.New(fault.Conflict, "supervision.words.gone")
	}
	return l, nil
}

// readersOf keeps of some people those for whom the words of an entry were sealed.
func readersOf(ctx context.Context, tx *gorm.DB, e Entry, people []store.ID) ([]store.ID, error) {
	keys, err := gorm.G[member.SealedKey](tx).Select("reader_id").Where("sealed_id = ? AND reader_kind = 'role'", e.WordsID).Find(ctx)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(slices.Clone(people), func(id store.ID) bool {
		return !slices.ContainsFunc(keys, func(k member.SealedKey) bool { return k.ReaderID == id.String() })
	}), nil
}

// matterOf loads what stands clear beside the words of an entry.
func matterOf(ctx context.Context, db *gorm.DB, id store.ID) (signedMatter, error) {
	e, err := gorm.G[Entry](db).Where("id = ?", id).First(ctx)
	if err != nil {
		return signedMatter{}, store.Translate(err)
	}
	m, err := matters(ctx, db, []Entry{e})
	return m[id], err
}

func matters(ctx context.Context, db *gorm.DB, entries []Entry) (map[store.ID]signedMatter, error) {
	found := map[store.ID]signedMatter{}
	ids := make([]store.ID, len(entries))
	for i, e := range entries {
		ids[i], found[e.ID] = e.ID, signedMatter{Entry: e}
	}
	for batch := range slices.Chunk(ids, 400) {
		people, err := gorm.G[Present](db).Where("entry_id IN ?", batch).Order("account_id").Find(ctx)
		if err != nil {
			return nil, store.Translate(err)
		}
		actions, err := gorm.G[ActionRow](db).Where("entry_id IN ?", batch).Order("id").Find(ctx)
		if err != nil {
			return nil, store.Translate(err)
		}
		for _, p := range people {
			m := found[p.EntryID]
			m.present = append(m.present, p.AccountID)
			found[p.EntryID] = m
		}
		for _, a := range actions {
			m := found[a.EntryID]
			m.actions = append(m.actions, a)
			found[a.EntryID] = m
		}
	}
	return found, nil
}

// standing says whether somebody may say this now, and whether this very form is there already.
func standing(links []Link, in linking, matter signedMatter) (again bool, err error) {
	said := 0
	for _, l := range links {
		switch {
		case l.ID == in.id:
			return true, nil
		case l.EntryID != in.entry.ID || l.Verdict == Add:
			continue
		}
		said++
		if in.form.Verdict == Add {
			continue
		}
		if l.SignerID == in.who.Role.ID {
			return false, fault.New(fault.Conflict, "supervision.signed.already")
		}
		// A talk of two is over when one of them declines; a session goes on.
		if l.Verdict == Decline && matter.Form == FormTalk && len(matter.present) < 3 {
			return false, fault.New(fault.Conflict, "supervision.declined.already")
		}
	}
	switch {
	case said == 0 && in.form.Verdict == Add:
		return false, fault.New(fault.Refused, "supervision.add.early")
	case in.form.Verdict != Add && !slices.Contains(matter.present, in.who.Role.ID):
		return false, fault.New(fault.Refused, "supervision.not-present")
	}
	return false, nil
}

// verdicts is what each person said under an entry, additions left out.
func verdicts(links []Link) map[store.ID]Verdict {
	said := map[store.ID]Verdict{}
	for _, l := range links {
		if l.Verdict != Add {
			said[l.SignerID] = l.Verdict
		}
	}
	return said
}

// silent are those who were there and said nothing yet, each with why she cannot any more
// or "" when she still can.
func silent(ctx context.Context, db *gorm.DB, t Team, matter signedMatter, said map[store.ID]Verdict) (map[store.ID]string, error) {
	quiet := map[store.ID]string{}
	for _, id := range matter.present {
		if _, spoke := said[id]; spoke {
			continue
		}
		m, there := t.member(id)
		if !there {
			quiet[id] = Left
			continue
		}
		why, err := reach(ctx, db, m)
		if err != nil {
			return nil, err
		}
		// She who left was there, and may still sign what she reads.
		if why == Left {
			why = ""
		}
		quiet[id] = why
	}
	return quiet, nil
}

// stateOf is what the state of an entry must be by what was said.
func stateOf(matter signedMatter, said map[store.ID]Verdict, quiet map[store.ID]string) string {
	yes, no, waiting := 0, 0, 0
	for _, v := range said {
		if v == Decline {
			no++
		} else {
			yes++
		}
	}
	for _, why := range quiet {
		if why == "" {
			waiting++
		}
	}
	switch {
	case no > 0 && (yes == 0 && waiting == 0 || matter.Form == FormTalk && len(matter.present) < 3):
		return Declined
	case waiting == 0 && yes > 0:
		return Signed
	}
	return Written
}

// settle moves the state of an entry to what was said under it.
func settle(ctx context.Context, tx *gorm.DB, t Team, matter signedMatter) error {
	links, err := gorm.G[Link](tx).Where("entry_id = ?", matter.ID).Find(ctx)
	if err != nil {
		return err
	}
	said := verdicts(links)
	quiet, err := silent(ctx, tx, t, matter, said)
	if err != nil {
		return err
	}
	_, err = gorm.G[Entry](tx).Where("id = ?", matter.ID).Update(ctx, "state", stateOf(matter, said, quiet))
	return err
}

func hashOf(box []byte) []byte {
	if box == nil {
		return nil
	}
	sum := sha256.Sum256(box)
	return sum[:]
}

// fits reports whether a record has the hash that was signed. Words may be gone when their
// time is over, and not before: lost is the first day on which they may be.
func fits(boxes map[store.ID][]byte, id store.ID, want []byte, over bool) bool {
	if id.IsZero() {
		return len(want) == 0
	}
	box, there := boxes[id]
	if !there {
		return over
	}
	return bytes.Equal(hashOf(box), want)
}
