package supervision

import (
	"context"
	"encoding/json"

	"gorm.io/gorm"

	"portico/app/member"
	"portico/app/store"
)

// Opened is an entry as its people read it.
type Opened struct {
	Entry
	Relation Line
	Words    Words   // of a talk
	Sitting  Sitting // of the minutes of several
	Choice   string  // what the owner of the question chose
	Code     string  // of a case, while it is kept
	Gone     bool    // the time of the words is over
	Unread   bool    // the words are there, and were not sealed for her
	Links    []OpenLink
	Done     map[store.ID]bool // agreed actions that are done
	Present  []Person
	Quiet    []Person // who was there and has said nothing; Why says when she cannot any more
	Frozen   bool
	Mine     string // Peer, Supervisor, or "" for somebody with whom it was shared
	Writer   bool   // she wrote it
	Asked    bool   // she was there, so that her verdict is asked for
	Said     bool   // she has given her verdict
}

// OpenLink is a signature or an addition with its words.
type OpenLink struct {
	Link
	Handle string
	Words  string
}

// Read opens an entry for one of its people. What somebody opens who did not write it is
// logged, and shown to whoever wrote it.
func (s *Service) Read(ctx context.Context, who member.Actor, id store.ID) (Opened, error) {
	e, t, err := s.entry(ctx, s.store.DB, who, id)
	if err != nil {
		return Opened{}, err
	}
	lines, err := s.lines(ctx, []Relation{t.Relation})
	if err != nil {
		return Opened{}, err
	}
	o := Opened{Entry: e, Relation: lines[0], Done: map[store.ID]bool{}, Writer: e.LedBy == who.Role.ID}
	if m, ok := t.Of(who); ok {
		o.Mine = m.Part
	}
	links, err := gorm.G[Link](s.store.DB).Where("entry_id = ?", id).Order("number").Find(ctx)
	if err != nil {
		return o, store.Translate(err)
	}
	o.Frozen = len(links) > 0
	if err := s.openWords(ctx, who, &o, links); err != nil {
		return o, err
	}
	if err := s.openPeople(ctx, who, &o, links); err != nil {
		return o, err
	}
	if o.Code, err = s.codeOf(ctx, id); err != nil {
		return o, err
	}
	if !o.Writer && !o.Gone && !o.Unread {
		return o, s.noteEntry(ctx, who, e)
	}
	return o, nil
}

func (s *Service) openWords(ctx context.Context, who member.Actor, o *Opened, links []Link) error {
	records := []store.ID{o.WordsID, o.ChoiceID}
	for _, l := range links {
		records = append(records, l.WordsID)
	}
	found, err := member.OpenAllForRole(ctx, s.store.DB, who, records)
	if err != nil {
		return err
	}
	if words, ok := found[o.WordsID]; !ok {
		boxes, err := member.SealedBoxes(ctx, s.store.DB, []store.ID{o.WordsID})
		if err != nil {
			return err
		}
		o.Unread = boxes[o.WordsID] != nil
		o.Gone = !o.Unread
	} else if err := o.unpack(words); err != nil {
		return err
	}
	if words, ok := found[o.ChoiceID]; ok {
		if err := read(words, &o.Choice); err != nil {
			return err
		}
	}
	for _, l := range links {
		one := OpenLink{Link: l, Handle: o.Relation.handle(l.SignerID)}
		if words, ok := found[l.WordsID]; ok {
			if err := read(words, &one.Words); err != nil {
				return err
			}
		}
		o.Said = o.Said || l.SignerID == who.Role.ID && l.Verdict != Add
		o.Links = append(o.Links, one)
	}
	return nil
}

func (o *Opened) unpack(words string) error {
	if o.Form == FormMinutes {
		return read(words, &o.Sitting)
	}
	return read(words, &o.Words)
}

// handle names somebody of a relation.
func (l Line) handle(account store.ID) string {
	for _, p := range l.People {
		if p.AccountID == account {
			return p.Handle
		}
	}
	return ""
}

// openPeople says who was there, who is still to be heard, and what has been done.
func (s *Service) openPeople(ctx context.Context, who member.Actor, o *Opened, links []Link) error {
	m, err := matterOf(ctx, s.store.DB, o.ID)
	if err != nil {
		return err
	}
	for _, a := range m.actions {
		o.Done[a.ID] = a.DoneDay != nil
	}
	quiet, err := silent(ctx, s.store.DB, o.Relation.Team, m, verdicts(links))
	if err != nil {
		return err
	}
	for _, id := range m.present {
		row, _ := o.Relation.member(id)
		p := Person{Member: row, Handle: o.Relation.handle(id)}
		o.Present = append(o.Present, p)
		o.Asked = o.Asked || id == who.Role.ID
		if why, waits := quiet[id]; waits {
			p.Why = why
			o.Quiet = append(o.Quiet, p)
		}
	}
	return nil
}

func (s *Service) readSitting(ctx context.Context, who member.Actor, e Entry) (sitting Sitting, err error) {
	words, err := member.OpenForRole(ctx, s.store.DB, who, e.WordsID)
	if err != nil {
		return sitting, err
	}
	return sitting, json.Unmarshal([]byte(words), &sitting)
}
