package material_test

import (
	"bytes"
	"context"
	"os"
	"testing"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/material"
	"portico/app/member"
	"portico/app/store"
)

// Speaks makes the shelf know that mediators check Italian and Arabic.
func (s *shelf) Speaks(_ context.Context, who member.Actor) ([]string, error) {
	if who.Has(member.RoleMediator) {
		return []string{"it", "ar"}, nil
	}
	return nil, nil
}

func sample(t *testing.T, name string) []byte {
	t.Helper()
	file, err := os.ReadFile("../recording/testdata/" + name)
	must(t, err)
	return file
}

func (w *world) reading(t *testing.T, lang string) material.RecordingForm {
	return material.RecordingForm{Lang: lang, Credit: material.ByAlias, Alias: " Luna ", Agreed: true, File: sample(t, "voice.mp3")}
}

// send sends a recording and finds it again.
func (w *world) send(t *testing.T, who member.Actor, id store.ID, lang string) store.ID {
	t.Helper()
	must(t, w.mat.SendRecording(context.Background(), who, id, w.reading(t, lang)))
	rows, err := gorm.G[material.Recording](w.DB.DB).Select("id").Where("material_id = ? AND lang = ? AND sent_by = ? AND heard_day IS NULL", id, lang, who.Role.ID).Find(context.Background())
	must(t, err)
	if len(rows) != 1 {
		t.Fatalf("%d recordings wait, want one", len(rows))
	}
	return rows[0].ID
}

func (w *world) spoken(t *testing.T, id store.ID, lang string) *material.Spoken {
	t.Helper()
	r, err := w.mat.Read(context.Background(), id, lang, lang)
	must(t, err)
	return r.Spoken
}

func TestARecordingIsHeardAfterASecondPersonListened(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	id := w.published(t)
	rec := w.send(t, w.peer, id, "en")
	if w.spoken(t, id, "en") != nil {
		t.Error("readers hear what nobody has listened to")
	}
	_, err := w.mat.Listen(ctx, w.anna, id, rec)
	refused(t, "a member before the second person", err, fault.NotFound, "")
	refused(t, "her own recording", w.mat.Listened(ctx, w.peer, id, rec), fault.Refused, "material.audio.own")
	must(t, w.mat.Listened(ctx, w.leader, id, rec))
	must(t, w.mat.Listened(ctx, w.leader, id, rec))
	one := w.spoken(t, id, "en")
	if one == nil || one.By != "Luna" || one.Stale || one.Type != "audio/mpeg" || one.Seconds != 2 || one.Kilobytes() < 1 {
		t.Fatalf("spoken: %+v", one)
	}
	r, err := w.mat.Listen(ctx, member.Actor{}, id, rec)
	must(t, err)
	var all []byte
	for from := 0; from < r.Size; from += 1000 {
		part, err := w.mat.Sound(ctx, r, from, min(1000, r.Size-from))
		must(t, err)
		all = append(all, part...)
	}
	if len(all) != r.Size || bytes.Contains(all, []byte("Valentina")) {
		t.Errorf("%d bytes in parts, want %d without a name", len(all), r.Size)
	}
}

func TestANewTextMakesARecordingOldUntilItIsReplaced(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	id := w.published(t)
	must(t, w.mat.Listened(ctx, w.leader, id, w.send(t, w.peer, id, "en")))
	waiting := w.send(t, w.peer, id, "en")
	must(t, w.mat.Reopen(ctx, w.leader, id))
	w.save(t, id, text+"\n\nThe clinic is open on Sunday.", 1)
	w.consulted(t, id)
	w.voted(t, id, w.leader, w.peer)
	if one := w.spoken(t, id, "en"); one == nil || one.Stale {
		t.Errorf("before the new text is published: %+v", one)
	}
	must(t, w.mat.Publish(ctx, w.leader, id, 0))
	if one := w.spoken(t, id, "en"); one == nil || !one.Stale {
		t.Errorf("after the new text is published: %+v", one)
	}
	refused(t, "to let an old reading through", w.mat.Listened(ctx, w.leader, id, waiting), fault.Refused, "material.audio.old")
	must(t, w.mat.Listened(ctx, w.leader, id, w.send(t, w.peer, id, "en")))
	if one := w.spoken(t, id, "en"); one == nil || one.Stale {
		t.Errorf("after the new reading: %+v", one)
	}
	n, err := gorm.G[material.Recording](w.DB.DB).Where("heard_day IS NOT NULL").Count(ctx, "id")
	must(t, err)
	if n != 1 {
		t.Errorf("%d recordings are heard, want one", n)
	}
}

func TestATranslationHasAReadingOfItsOwn(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	id := w.published(t)
	w.shelf.approve(id, material.Language{Lang: "ar"}, "# حقوقك\n\nبلا أوراق.")
	refused(t, "a language that nobody approved", w.mat.SendRecording(ctx, w.mediator, id, w.reading(t, "it")), fault.Invalid, "")
	refused(t, "the mediator in a language that is not hers", w.mat.SendRecording(ctx, w.mediator, id, w.reading(t, "en")), fault.Invalid, "")
	rec := w.send(t, w.mediator, id, "ar")
	must(t, w.mat.Listened(ctx, w.peer, id, rec))
	if w.spoken(t, id, "en") != nil || w.spoken(t, id, "ar") == nil {
		t.Error("the Arabic reading is heard beside the wrong text")
	}
	w.shelf.texts[id]["ar"] = "# حقوقك\n\nبلا أوراق وبلا اسم."
	if one := w.spoken(t, id, "ar"); one == nil || !one.Stale {
		t.Errorf("after the translation was approved anew: %+v", one)
	}
}

func TestWhoMayDoWhatWithRecordings(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	id := w.published(t)
	w.shelf.approve(id, material.Language{Lang: "ar"}, "# حقوقك\n\nبلا أوراق.")
	rec := w.send(t, w.peer, id, "ar")
	for _, row := range []struct {
		name                     string
		who                      member.Actor
		send, studio, hear, drop bool
	}{
		{"nobody", member.Actor{}, false, false, false, false},
		{"a member", w.anna, false, false, false, false},
		{"a leader of another group", w.other, false, false, false, false},
		{"a coordinator", w.coordinator, false, false, false, true},
		{"a mediator of the language", w.mediator, true, true, true, false},
		{"the leader of the group", w.leader, true, true, true, true},
		{"a peer of the group, who sent it", w.peer, true, true, false, true},
	} {
		t.Run(row.name, func(t *testing.T) {
			verdict := func(what string, may bool, err error) {
				if may && err != nil || !may && err == nil {
					t.Errorf("%s: %v, may be %v", what, err, may)
				}
				if !may && !fault.Is(err, fault.NotFound) && fault.KindOf(err) != fault.Refused {
					t.Errorf("%s: %v is not the answer to somebody who may not", what, err)
				}
			}
			must(t, gorm.G[material.Recording](w.DB.DB).Create(ctx, &material.Recording{
				ID: store.NewID(), MaterialID: id, Lang: "en", TextHash: []byte("x"), Type: "audio/mpeg", Seconds: 1, Size: 1, Credit: material.NotNamed, SentBy: w.peer.Role.ID, Day: w.Today(), Bytes: []byte{1},
			}))
			spare, err := gorm.G[material.Recording](w.DB.DB).Where("size = 1").First(ctx)
			must(t, err)
			verdict("drop", row.drop, w.mat.DropRecording(ctx, row.who, id, spare.ID))
			must(t, w.DB.DB.Exec("DELETE FROM material_recordings WHERE size = 1").Error)
			_, err = w.mat.Studio(ctx, row.who, id, "en")
			verdict("studio", row.studio, err)
			if door, err := w.mat.Voices(ctx, row.who, id); err != nil || door != row.studio {
				t.Errorf("a page leads to the studio: %t, %v", door, err)
			}
			verdict("send", row.send, w.mat.SendRecording(ctx, row.who, id, w.reading(t, "ar")))
			must(t, w.DB.DB.Exec("UPDATE material_recordings SET heard_day = NULL").Error)
			err = w.mat.Listened(ctx, row.who, id, rec)
			if row.who.Role == nil || row.who.Role.ID != w.peer.Role.ID {
				verdict("hear", row.hear, err)
			}
			if row.name == "a mediator of the language" || row.name == "the leader of the group" {
				must(t, w.DB.DB.Exec("DELETE FROM material_recordings").Error)
				rec = w.send(t, w.peer, id, "ar")
			}
		})
	}
}

func TestARecordingGoesWithItsText(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	for _, row := range []struct {
		name string
		goes func(id store.ID) error
		kept int64
	}{
		{"withdrawn", func(id store.ID) error { return w.mat.Withdraw(ctx, w.coordinator, id, "harm") }, 0},
		{"archived", func(id store.ID) error { return w.mat.Archive(ctx, w.leader, id) }, 1},
	} {
		t.Run(row.name, func(t *testing.T) {
			id := w.published(t)
			rec := w.send(t, w.peer, id, "en")
			must(t, w.mat.Listened(ctx, w.leader, id, rec))
			must(t, row.goes(id))
			_, err := w.mat.Listen(ctx, w.leader, id, rec)
			refused(t, "to listen", err, fault.NotFound, "")
			refused(t, "to send another", w.mat.SendRecording(ctx, w.peer, id, w.reading(t, "en")), fault.NotFound, "")
			n, err := gorm.G[material.Recording](w.DB.DB).Where("material_id = ?", id).Count(ctx, "id")
			must(t, err)
			if n != row.kept {
				t.Errorf("%d recordings kept, want %d", n, row.kept)
			}
		})
	}
}

func TestAVoiceNeedsAConsentOfItsOwn(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	id := w.published(t)
	must(t, w.mat.Listened(ctx, w.leader, id, w.send(t, w.peer, id, "en")))
	must(t, w.mat.MarkStory(ctx, w.leader, id, bytes.Repeat([]byte{7}, 32), false))
	must(t, w.DB.DB.Exec("INSERT INTO material_consents (id, material_id, use, langs, from_day, recognise, removed, said) VALUES (?, ?, 'page', '', ?, 'nobody', '', 'talk')",
		store.NewID(), id, w.Today()).Error)
	if w.spoken(t, id, "en") != nil {
		t.Error("a story is heard without her consent to audio")
	}
	refused(t, "to send one", w.mat.SendRecording(ctx, w.peer, id, w.reading(t, "en")), fault.Refused, "material.audio.consent")
	must(t, w.DB.DB.Exec("INSERT INTO material_consents (id, material_id, use, langs, from_day, recognise, removed, said) VALUES (?, ?, 'audio', 'en', ?, 'nobody', '', 'talk')",
		store.NewID(), id, w.Today()).Error)
	if w.spoken(t, id, "en") == nil {
		t.Error("a story is not heard, and she said yes")
	}
}

func TestABadRecordingIsRefusedWithAllThatIsMissing(t *testing.T) {
	w := newWorld(t)
	id := w.published(t)
	err := w.mat.SendRecording(context.Background(), w.peer, id, material.RecordingForm{Lang: "en", Credit: material.ByAlias, File: sample(t, "film.mp4")})
	f := fault.As(err)
	if f == nil || len(f.Fields) != 3 || f.Fields[0].Key != "recording.video" || f.Fields[1].Name != "alias" || f.Fields[2].Name != "agreed" {
		t.Errorf("got %v", err)
	}
}

func TestWhoLeavesTakesAVoiceThatBearsHerHandle(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	id := w.published(t)
	f := w.reading(t, "en")
	f.Credit = material.ByHandle
	must(t, w.mat.SendRecording(ctx, w.peer, id, f))
	w.shelf.approve(id, material.Language{Lang: "ar"}, "# حقوقك\n\nبلا أوراق.")
	other := w.send(t, w.peer, id, "ar")
	must(t, w.Tx(ctx, func(tx *gorm.DB) error { return w.mat.Erase(ctx, tx, w.peer, false) }))
	rows, err := gorm.G[material.Recording](w.DB.DB).Select("id", "sent_by").Find(ctx)
	must(t, err)
	if len(rows) != 1 || rows[0].ID != other || !rows[0].SentBy.IsZero() {
		t.Errorf("after she left: %+v", rows)
	}
}
