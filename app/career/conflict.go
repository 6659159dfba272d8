package career

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
	"portico/app/vault"
)

// NoteRow is a note about a conflict. It names its reader; whose it is stands nowhere.
type NoteRow struct {
	ID        store.ID `gorm:"primaryKey"`
	ContactID store.ID
	LastNo    int
	KeepUntil string // month
}

// TableName names the table.
func (NoteRow) TableName() string { return "conflict_notes" }

// PartRow is one contribution to a note, hers or the contact's: only the sealed words say.
type PartRow struct {
	NoteID    store.ID `gorm:"primaryKey"`
	No        int      `gorm:"primaryKey"`
	SealedID  store.ID
	NonceHash []byte
}

// TableName names the table.
func (PartRow) TableName() string { return "conflict_parts" }

const (
	// partKind says no more in the table of sealed records than other records of this area.
	partKind   = "career note"
	noteMonths = 24
	// MostNotes is how many notes one person has at once. Each has a box of its own, so that
	// no row joins two of them.
	MostNotes = 5
	mostParts = 200
)

// keptNote is what her box of one note holds.
type keptNote struct {
	ID  store.ID        `json:"id"`
	Key vault.RecordKey `json:"key"`
}

func boxNames() []string {
	names := make([]string, MostNotes)
	for i := range names {
		names[i] = fmt.Sprintf("conflict/%d", i)
	}
	return names
}

// said is what is sealed of one part.
type said struct {
	Handle  string `json:"handle,omitempty"` // of whoever wrote the note, on its first part
	Contact bool   `json:"contact,omitempty"`
	Words   string `json:"words"`
}

// Part is one contribution as one of the two reads it.
type Part struct {
	No    int
	Mine  bool
	Words string
}

// Note is a note with its answers.
type Note struct {
	ID       store.ID
	Handle   string // of the other one
	Parts    []Part
	Answered bool // the last words are the contact's
	Gone     bool // the contact is none any more: nobody answers
}

// WriteForm begins a note.
type WriteForm struct {
	Contact      store.ID
	Words, Nonce string
}

func (s *Service) until() string {
	return s.store.Now().In(s.store.Zone).AddDate(0, noteMonths, 0).Format("2006-01")
}

func nonceHash(nonce string) []byte {
	if nonce == "" {
		id := store.NewID()
		nonce = string(id[:])
	}
	sum := sha256.Sum256([]byte("conflict part " + nonce))
	return sum[:]
}

// Write seals a note for one contact. Nothing screens it, because nobody but the two reads
// it and she may have to name who is meant.
func (s *Service) Write(ctx context.Context, who member.Actor, f WriteForm) (store.ID, error) {
	if who.Role == nil {
		return store.ID{}, fault.Missing()
	}
	f.Words = strings.TrimSpace(f.Words)
	mend := asked("words", f.Words, LongestWords, "career.note.empty")
	contacts, err := s.Contacts(ctx, who)
	if err != nil {
		return store.ID{}, err
	}
	if f.Contact == who.Role.ID || !slices.ContainsFunc(contacts, func(c Contact) bool { return c.ID == f.Contact }) {
		mend = append(mend, fault.Field{Name: "contact", Key: "career.contact.choose"})
	}
	if err := fault.Mended(mend); err != nil {
		return store.ID{}, err
	}
	note := NoteRow{ID: store.FormID("career", f.Nonce), ContactID: f.Contact, LastNo: 1, KeepUntil: s.until()}
	err = s.store.Tx(ctx, func(tx *gorm.DB) error {
		slot, err := s.freeBox(ctx, tx, who)
		if err != nil {
			return err
		}
		first := said{Handle: who.Role.Handle, Words: f.Words}
		sealed, key, err := member.SealForOne(ctx, tx, member.OneReader{Kind: partKind, Words: first.text(), Until: note.KeepUntil, Reader: f.Contact})
		if err != nil {
			return err
		}
		if err := gorm.G[NoteRow](tx).Create(ctx, &note); err != nil {
			return err
		}
		if err := gorm.G[PartRow](tx).Create(ctx, &PartRow{note.ID, 1, sealed, nonceHash(f.Nonce)}); err != nil {
			return err
		}
		taken := false
		err = member.ChangeBox(ctx, tx, s.store.Clock, who, slot, func(k *keptNote) {
			if taken = !k.ID.IsZero(); !taken {
				*k = keptNote{note.ID, key}
			}
		})
		if err == nil && taken {
			return fault.New(fault.Conflict, "error.changed")
		}
		return err
	})
	if store.IsDuplicate(err) {
		return note.ID, nil // the same form again
	}
	return note.ID, err
}

func (p said) text() string {
	raw, err := json.Marshal(p)
	if err != nil {
		panic("career: strings always marshal: " + err.Error())
	}
	return string(raw)
}

// freeBox is the first box of hers that holds no note which is still there.
func (s *Service) freeBox(ctx context.Context, tx *gorm.DB, who member.Actor) (string, error) {
	boxes, err := member.ReadBoxes[keptNote](ctx, tx, who, boxNames())
	if err != nil {
		return "", err
	}
	for _, name := range boxNames() {
		kept, there := boxes[name]
		if !there {
			return name, nil
		}
		n, err := gorm.G[NoteRow](tx).Where("id = ?", kept.ID).Count(ctx, "id")
		if err != nil {
			return "", err
		}
		if n == 0 { // its time was over
			return name, member.DropBox(ctx, tx, who, name)
		}
	}
	return "", fault.New(fault.Refused, "career.notes.many", "Most", MostNotes)
}

// Notes lists hers.
func (s *Service) Notes(ctx context.Context, who member.Actor) ([]Note, error) {
	if who.Role == nil {
		return nil, fault.Missing()
	}
	boxes, err := member.ReadBoxes[keptNote](ctx, s.store.DB, who, boxNames())
	if err != nil {
		return nil, err
	}
	var list []Note
	for _, name := range boxNames() {
		kept, there := boxes[name]
		if !there {
			continue
		}
		note, err := s.readHers(ctx, who, kept)
		if fault.Is(err, fault.NotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		list = append(list, note)
	}
	return list, nil
}

// OneNote reads one of hers.
func (s *Service) OneNote(ctx context.Context, who member.Actor, id store.ID) (Note, error) {
	_, kept, err := s.hers(ctx, s.store.DB, who, id)
	if err != nil {
		return Note{}, err
	}
	return s.readHers(ctx, who, kept)
}

func (s *Service) readHers(ctx context.Context, who member.Actor, kept keptNote) (Note, error) {
	row, err := gorm.G[NoteRow](s.store.DB).Where("id = ?", kept.ID).First(ctx)
	if err != nil {
		return Note{}, store.Translate(err)
	}
	note, _, err := s.thread(ctx, row, kept.Key, false)
	if err != nil {
		return note, err
	}
	names, err := member.Handles(ctx, s.store.DB, []store.ID{row.ContactID})
	if err != nil {
		return note, err
	}
	note.Handle = names[row.ContactID]
	contacts, err := s.Contacts(ctx, who)
	note.Gone = !slices.ContainsFunc(contacts, func(c Contact) bool { return c.ID == row.ContactID })
	return note, err
}

// hers finds the box of one of her notes.
func (s *Service) hers(ctx context.Context, db *gorm.DB, who member.Actor, id store.ID) (name string, kept keptNote, err error) {
	if who.Role == nil {
		return "", kept, fault.Missing()
	}
	boxes, err := member.ReadBoxes[keptNote](ctx, db, who, boxNames())
	if err != nil {
		return "", kept, err
	}
	for name, kept := range boxes {
		if kept.ID == id {
			return name, kept, nil
		}
	}
	return "", kept, fault.Missing()
}

// thread opens every part of a note with its key; first is the handle of who began it.
func (s *Service) thread(ctx context.Context, row NoteRow, key vault.RecordKey, contact bool) (n Note, first string, err error) {
	n = Note{ID: row.ID}
	parts, err := gorm.G[PartRow](s.store.DB).Where("note_id = ?", row.ID).Order("no").Limit(mostParts).Find(ctx)
	if err != nil {
		return n, "", store.Translate(err)
	}
	keys := map[store.ID]vault.RecordKey{}
	for _, p := range parts {
		keys[p.SealedID] = key
	}
	words, err := member.OpenUnder(ctx, s.store.DB, keys)
	if err != nil {
		return n, "", err
	}
	for _, p := range parts {
		var one said
		if text, ok := words[p.SealedID]; !ok {
			continue
		} else if err := json.Unmarshal([]byte(text), &one); err != nil {
			return n, "", fault.Wrap(err, "read a sealed record")
		}
		if one.Handle != "" {
			first = one.Handle
		}
		n.Parts = append(n.Parts, Part{p.No, one.Contact == contact, one.Words})
		n.Answered = one.Contact
	}
	return n, first, nil
}

// More adds her words to a note of hers.
func (s *Service) More(ctx context.Context, who member.Actor, id store.ID, words, nonce string) error {
	_, kept, err := s.hers(ctx, s.store.DB, who, id)
	if err != nil {
		return err
	}
	return s.add(ctx, id, kept.Key, said{Words: words}, nonce)
}

// add writes a part under the note's key. The row's own number puts two parts in order.
func (s *Service) add(ctx context.Context, id store.ID, key vault.RecordKey, p said, nonce string) error {
	p.Words = strings.TrimSpace(p.Words)
	if err := fault.Mended(asked("words", p.Words, LongestWords, "career.note.empty")); err != nil {
		return err
	}
	err := s.store.Tx(ctx, func(tx *gorm.DB) error {
		var next struct {
			LastNo    int
			KeepUntil string
		}
		err := tx.WithContext(ctx).Raw("UPDATE conflict_notes SET last_no = last_no + 1 WHERE id = ? AND last_no < ? RETURNING last_no, keep_until", id, mostParts).Scan(&next).Error
		if err != nil {
			return err
		}
		if next.LastNo == 0 {
			return fault.Missing()
		}
		sealed, err := member.SealUnder(ctx, tx, key, member.CircleRecord{Kind: partKind, Words: p.text(), Until: next.KeepUntil})
		if err != nil {
			return err
		}
		return gorm.G[PartRow](tx).Create(ctx, &PartRow{id, next.LastNo, sealed, nonceHash(nonce)})
	})
	if store.IsDuplicate(err) {
		return nil // the same form again
	}
	return err
}

// StepBack shreds a note of hers with all answers, for both, and empties the files of it.
func (s *Service) StepBack(ctx context.Context, who member.Actor, id store.ID) error {
	err := s.store.Tx(ctx, func(tx *gorm.DB) error {
		name, _, err := s.hers(ctx, tx, who, id)
		if err != nil {
			return err
		}
		if err := dropNote(ctx, tx, id); err != nil {
			return err
		}
		return member.DropBox(ctx, tx, who, name)
	})
	if err != nil {
		return err
	}
	return s.store.Checkpoint(ctx)
}

func dropNote(ctx context.Context, tx *gorm.DB, id store.ID) error {
	parts, err := gorm.G[PartRow](tx).Where("note_id = ?", id).Find(ctx)
	if err != nil {
		return err
	}
	sealed := make([]store.ID, len(parts))
	for i, p := range parts {
		sealed[i] = p.SealedID
	}
	if err := member.Shred(ctx, tx, sealed...); err != nil {
		return err
	}
	if _, err := gorm.G[PartRow](tx).Where("note_id = ?", id).Delete(ctx); err != nil {
		return err
	}
	_, err = gorm.G[NoteRow](tx).Where("id = ?", id).Delete(ctx)
	return err
}
