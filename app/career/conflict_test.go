package career_test

import (
	"bytes"
	"context"
	"encoding/hex"
	"fmt"
	"strings"
	"testing"

	"portico/app/career"
	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

func (w *world) write(t *testing.T, words string) store.ID {
	t.Helper()
	id, err := w.path.Write(context.Background(), w.peer, career.WriteForm{Contact: w.outer.Role.ID, Words: words})
	must(t, err)
	return id
}

func TestANoteGoesOutsideAndNobodyElseKnows(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	must(t, w.path.NameContact(ctx, w.boss, "traghetto", "A harbour of its own"))
	id := w.write(t, "The walnut table was turned on me.")
	note, err := w.path.ForContact(ctx, w.outer, id)
	if err != nil || note.Handle != "lampione" || len(note.Parts) != 1 || note.Parts[0].Mine || note.Parts[0].Words != "The walnut table was turned on me." {
		t.Fatalf("the contact reads %+v, %v", note, err)
	}
	must(t, w.path.Respond(ctx, w.outer, id, "I hear the cinnamon in it.", "n1"))
	must(t, w.path.Respond(ctx, w.outer, id, "I hear the cinnamon in it.", "n1"))
	must(t, w.path.More(ctx, w.peer, id, "And again on Monday.", "n2"))
	note, err = w.path.OneNote(ctx, w.peer, id)
	if err != nil || note.Handle != "traghetto" || len(note.Parts) != 3 || !note.Parts[0].Mine || note.Parts[1].Mine || note.Answered || note.Gone {
		t.Fatalf("she reads %+v, %v", note, err)
	}
	for name, who := range map[string]member.Actor{"a coordinator": w.boss, "a coordinating peer": w.second, "another peer": w.other, "a leader": w.outsider, "a member": w.Join(t, w.members), "a visitor": {}} {
		_, asHers := w.path.OneNote(ctx, who, id)
		_, asContact := w.path.ForContact(ctx, who, id)
		if !fault.Is(asHers, fault.NotFound) || !fault.Is(asContact, fault.NotFound) {
			t.Errorf("%s: %v, %v; want that it does not exist", name, asHers, asContact)
		}
		if err := w.path.Respond(ctx, who, id, "words", ""); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s answers: %v", name, err)
		}
		if err := w.path.StepBack(ctx, who, id); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s shreds: %v", name, err)
		}
		if list, ok, err := w.path.Inbox(ctx, who); err != nil || ok || len(list) > 0 {
			t.Errorf("%s has an inbox of %d, %v, %v", name, len(list), ok, err)
		}
	}
	must(t, w.Checkpoint(ctx))
	dump := w.Dump(t)
	for _, word := range []string{"walnut", "cinnamon", "Monday"} {
		if strings.Contains(dump, word) {
			t.Errorf("%q is readable in a stolen database", word)
		}
	}
	w.namesNoAuthor(t)
}

// namesNoAuthor holds that no row beside the account's own names who wrote the note.
func (w *world) namesNoAuthor(t *testing.T) {
	t.Helper()
	me := w.peer.Role.ID
	for _, table := range []string{"conflict_notes", "conflict_parts", "conflict_contacts", "sealed", "sealed_keys", "boxes", "audit_rows"} {
		var rows []map[string]any
		if err := w.DB.DB.Table(table).Find(&rows).Error; err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			for column, value := range row {
				raw, _ := value.([]byte)
				text := fmt.Sprint(value)
				if bytes.Contains(raw, me[:]) || strings.Contains(text, me.String()) || strings.Contains(strings.ToLower(text), hex.EncodeToString(me[:])) {
					t.Errorf("%s.%s names who wrote", table, column)
				}
			}
		}
	}
}

func TestSheStepsBackAndNothingIsLeft(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	must(t, w.path.NameContact(ctx, w.boss, "traghetto", "Elsewhere"))
	id := w.write(t, "Words to take back")
	must(t, w.path.Respond(ctx, w.outer, id, "An answer", ""))
	must(t, w.path.StepBack(ctx, w.peer, id))
	if _, err := w.path.ForContact(ctx, w.outer, id); !fault.Is(err, fault.NotFound) {
		t.Errorf("the contact reads it: %v", err)
	}
	for _, table := range []string{"conflict_notes", "conflict_parts", "sealed", "sealed_keys"} {
		var n int64
		if err := w.DB.DB.Table(table).Count(&n).Error; err != nil || n != 0 {
			t.Errorf("%s holds %d rows, %v", table, n, err)
		}
	}
	if notes, err := w.path.Notes(ctx, w.peer); err != nil || len(notes) != 0 {
		t.Errorf("she has %d notes, %v", len(notes), err)
	}
}

func TestAContactCoordinatesNothingHere(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	refuses(t, "a coordinator", "career.contact.inside", w.path.NameContact(ctx, w.boss, "bussola", "Us"))
	refuses(t, "nobody", "career.contact.unknown", w.path.NameContact(ctx, w.boss, "nobody-here", "Us"))
	refuses(t, "no organisation", "career.contact.organisation", w.path.NameContact(ctx, w.boss, "traghetto", " "))
	_, err := w.path.Write(ctx, w.peer, career.WriteForm{Contact: w.outer.Role.ID, Words: "Words"})
	refuses(t, "before anybody is named", "career.contact.choose", err)
	must(t, w.path.NameContact(ctx, w.boss, "Traghetto", "Elsewhere"))
	refuses(t, "the last one goes", "career.contact.last", w.path.DropContact(ctx, w.boss, w.outer.Role.ID))
	id := w.write(t, "Words")
	must(t, w.path.NameContact(ctx, w.second, "faro-lento", "Another place"))
	must(t, w.path.DropContact(ctx, w.boss, w.outer.Role.ID))
	if _, err := w.path.ForContact(ctx, w.outer, id); !fault.Is(err, fault.NotFound) {
		t.Errorf("who is no contact any more reads: %v", err)
	}
	if note, err := w.path.OneNote(ctx, w.peer, id); err != nil || !note.Gone || len(note.Parts) != 1 {
		t.Errorf("she reads %+v, %v; want her words, and that nobody reads them", note, err)
	}
	// A contact who becomes a coordinator is none from that moment.
	must(t, w.DB.DB.Exec("UPDATE role_accounts SET roles = 'leader,coordinator' WHERE id = ?", w.outsider.Role.ID).Error)
	if list, err := w.path.Contacts(ctx, w.peer); err != nil || len(list) != 0 {
		t.Errorf("contacts: %v, %v", list, err)
	}
}

func TestBadNotes(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	must(t, w.path.NameContact(ctx, w.boss, "traghetto", "Elsewhere"))
	write := func(f career.WriteForm) error { _, err := w.path.Write(ctx, w.peer, f); return err }
	refuses(t, "no words", "career.note.empty", write(career.WriteForm{Contact: w.outer.Role.ID, Words: " "}))
	refuses(t, "too long", "peerwork.words.long", write(career.WriteForm{Contact: w.outer.Role.ID, Words: strings.Repeat("ж", career.LongestWords+1)}))
	refuses(t, "to a coordinator", "career.contact.choose", write(career.WriteForm{Contact: w.boss.Role.ID, Words: "Words"}))
	first := career.WriteForm{Contact: w.outer.Role.ID, Words: "Words", Nonce: "same"}
	must(t, write(first))
	must(t, write(first))
	if notes, err := w.path.Notes(ctx, w.peer); err != nil || len(notes) != 1 {
		t.Fatalf("the same form twice makes %d notes, %v", len(notes), err)
	}
	for range career.MostNotes - 1 {
		w.write(t, "More words")
	}
	refuses(t, "a sixth", "career.notes.many", write(career.WriteForm{Contact: w.outer.Role.ID, Words: "Words"}))
	list, ok, err := w.path.Inbox(ctx, w.outer)
	if err != nil || !ok || len(list) != career.MostNotes {
		t.Fatalf("the contact has %d, %v, %v", len(list), ok, err)
	}
	if err := w.path.More(ctx, w.other, list[0].ID, "Words", ""); !fault.Is(err, fault.NotFound) {
		t.Errorf("another adds words: %v", err)
	}
	refuses(t, "an empty answer", "career.note.empty", w.path.Respond(ctx, w.outer, list[0].ID, "\n", ""))
}
