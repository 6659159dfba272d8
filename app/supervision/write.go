package supervision

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// writing is an entry on its way in, a talk or the minutes of a session.
type writing struct {
	who     member.Actor
	team    Team
	entry   *Entry
	old     Entry // what it changes; its id is zero for a new one
	words   any
	actions []Agreed // get their numbers while they are sealed
	present []store.ID
	next    string // day
	code    string
}

// mayWrite says who may write an entry here: in a talk the peer, in a session everybody.
func (t Team) mayWrite(who member.Actor) error {
	me, _ := t.Of(who)
	switch {
	case !t.Several() && me.Part != Peer:
		return fault.New(fault.Refused, "supervision.peer-first")
	case t.State != Open || !me.Here():
		return fault.New(fault.Refused, "supervision.not-open")
	}
	return nil
}

// Write stores a new entry. The peer writes first; her supervisor reads it at once.
func (s *Service) Write(ctx context.Context, who member.Actor, relation store.ID, f EntryForm) (Receipt, error) {
	t, err := s.mine(ctx, s.store.DB, who, relation)
	if err != nil {
		return Receipt{}, err
	}
	if err := t.mayWrite(who); err != nil {
		return Receipt{}, err
	}
	if err := s.checkTalk(ctx, t, f); err != nil {
		return Receipt{}, err
	}
	receipt, stop := screen(f.Insist, f.Words.texts()...)
	if stop {
		return receipt, nil
	}
	receipt.ID, receipt.Stored = store.FormID("supervision", f.Nonce), true
	w := f.writing(who, t, Entry{
		ID: receipt.ID, RelationID: t.ID, Form: FormTalk, HeldDay: f.Day, Minutes: f.Minutes, Mode: f.Mode, State: Written, LedBy: who.Role.ID, Version: 1,
	})
	return receipt, s.store1(ctx, w)
}

// checkTalk holds a talk to its form and to its kind: several people keep minutes.
func (s *Service) checkTalk(ctx context.Context, t Team, f EntryForm) error {
	if t.Several() {
		return fault.New(fault.Refused, "supervision.minutes-instead")
	}
	if err := f.check(t.Kind, s.store.Today(), s.store.DayAfter(-longestCadence), s.store.DayAfter(longestCadence)); err != nil {
		return err
	}
	return s.checkCode(ctx, t, f.Code)
}

func (f EntryForm) writing(who member.Actor, t Team, e Entry) writing {
	words := f.Words
	words.Actions = slices.Clone(words.Actions)
	for i := range words.Actions {
		words.Actions[i].ID = store.NewID()
	}
	return writing{who: who, team: t, entry: &e, words: words, actions: words.Actions, present: accounts(t.here()), next: f.Next, code: f.Code}
}

// store1 writes a new entry; the same form again finds it there.
func (s *Service) store1(ctx context.Context, w writing) error {
	err := s.store.Tx(ctx, func(tx *gorm.DB) error {
		readers, err := w.team.company(ctx, tx, w.who)
		if err != nil {
			return err
		}
		if w.entry.WordsID, err = s.seal(ctx, tx, readers, "supervision entry", w.words); err != nil {
			return err
		}
		if err := gorm.G[Entry](tx).Create(ctx, w.entry); err != nil {
			return err
		}
		return s.beside(ctx, tx, w)
	})
	if store.IsDuplicate(err) {
		return nil
	}
	return err
}

// beside writes the rows beside an entry: who was there, what was agreed, what comes next.
func (s *Service) beside(ctx context.Context, tx *gorm.DB, w writing) error {
	for _, id := range w.present {
		if err := gorm.G[Present](tx).Create(ctx, &Present{w.entry.ID, id}); err != nil {
			return err
		}
	}
	for _, a := range w.actions {
		row := ActionRow{ID: a.ID, EntryID: w.entry.ID, RelationID: w.team.ID}
		if a.Due != "" {
			row.DueDay = &a.Due
		}
		if err := gorm.G[ActionRow](tx).Create(ctx, &row); err != nil {
			return err
		}
	}
	if err := s.keepCode(ctx, tx, w); err != nil || w.next == "" {
		return err
	}
	return plan(ctx, tx, w.team.ID, w.next)
}

// Revise changes an entry that nobody has signed yet. A signature or another change in the
// meantime is a Conflict: nothing that was signed changes under the signature.
func (s *Service) Revise(ctx context.Context, who member.Actor, id store.ID, f EntryForm) (Receipt, error) {
	old, t, err := s.entry(ctx, s.store.DB, who, id)
	if err != nil {
		return Receipt{}, err
	}
	if old.LedBy != who.Role.ID {
		return Receipt{}, fault.New(fault.Refused, "supervision.peer-first")
	}
	if old.Form != FormTalk {
		return Receipt{}, fault.New(fault.Refused, "supervision.minutes-instead")
	}
	if err := s.checkTalk(ctx, t, f); err != nil {
		return Receipt{}, err
	}
	receipt, stop := screen(f.Insist, f.Words.texts()...)
	if stop {
		return receipt, nil
	}
	receipt.ID, receipt.Stored = id, true
	next := old
	next.HeldDay, next.Minutes, next.Mode, next.Version = f.Day, f.Minutes, f.Mode, f.Version+1
	w := f.writing(who, t, next)
	w.old, w.old.Version = old, f.Version
	return receipt, s.rewrite(ctx, w)
}

// rewrite puts new words in the place of old ones while nobody has signed.
func (s *Service) rewrite(ctx context.Context, w writing) error {
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		readers, err := w.team.company(ctx, tx, w.who)
		if err != nil {
			return err
		}
		if w.entry.WordsID, err = s.seal(ctx, tx, readers, "supervision entry", w.words); err != nil {
			return err
		}
		id := w.old.ID
		n, err := gorm.G[Entry](tx).Where("id = ? AND version = ? AND words_id = ?", id, w.old.Version, w.old.WordsID).
			Select("HeldDay", "Minutes", "Mode", "WordsID", "ChoiceID", "Version").Updates(ctx, *w.entry)
		if err != nil {
			return err
		}
		signed, err := gorm.G[Link](tx).Where("entry_id = ?", id).Count(ctx, "id")
		if err != nil {
			return err
		}
		if n == 0 || signed > 0 {
			return fault.New(fault.Conflict, "supervision.frozen")
		}
		gone := []store.ID{w.old.WordsID}
		if w.old.ChoiceID != w.entry.ChoiceID {
			gone = append(gone, w.old.ChoiceID)
		}
		if err := member.Shred(ctx, tx, gone...); err != nil {
			return err
		}
		for _, table := range []string{"supervision_actions", "supervision_present", "supervision_codes"} {
			if err := tx.WithContext(ctx).Exec("DELETE FROM "+table+" WHERE entry_id = ?", id).Error; err != nil {
				return err
			}
		}
		return s.beside(ctx, tx, w)
	})
}

// entry loads an entry with its relation, for whoever it was sealed for or was there. For
// others it does not exist: those who came later, and those who left before.
func (s *Service) entry(ctx context.Context, db *gorm.DB, who member.Actor, id store.ID) (Entry, Team, error) {
	if who.Role == nil {
		return Entry{}, Team{}, fault.Missing()
	}
	e, err := gorm.G[Entry](db).Where("id = ? AND "+hers, id, who.Role.ID, who.Role.ID.String()).First(ctx)
	if err != nil {
		return e, Team{}, store.Translate(err)
	}
	r, err := gorm.G[Relation](db).Where("id = ?", e.RelationID).First(ctx)
	if err != nil {
		return e, Team{}, store.Translate(err)
	}
	teams, err := with(ctx, db, []Relation{r})
	if err != nil {
		return e, Team{}, err
	}
	return e, teams[0], nil
}

// hers says which entries somebody may open: she was there, or the words were sealed for
// her, at the time or later by an act of the person who wrote them.
const hers = `(id IN (SELECT entry_id FROM supervision_present WHERE account_id = ?) OR
	words_id IN (SELECT sealed_id FROM sealed_keys WHERE reader_kind = 'role' AND reader_id = ?))`

// Done marks an agreed action as done; done again it is open once more.
func (s *Service) Done(ctx context.Context, who member.Actor, action store.ID) (entry store.ID, err error) {
	row, err := gorm.G[ActionRow](s.store.DB).Where("id = ?", action).First(ctx)
	if err != nil {
		return entry, store.Translate(err)
	}
	if _, err := s.mine(ctx, s.store.DB, who, row.RelationID); err != nil {
		return entry, err
	}
	next := ActionRow{}
	if row.DoneDay == nil {
		next.DoneDay = new(s.store.Today())
	}
	return row.EntryID, s.store.Tx(ctx, func(tx *gorm.DB) error {
		_, err := gorm.G[ActionRow](tx).Where("id = ?", action).Select("DoneDay").Updates(ctx, next)
		return err
	})
}
