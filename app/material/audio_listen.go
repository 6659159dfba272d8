package material

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// recordingOf finds a recording of a text, without its sound.
func recordingOf(ctx context.Context, db *gorm.DB, id, rec store.ID) (Recording, error) {
	r, err := gorm.G[Recording](db).Select(soundless).Where("id = ? AND material_id = ?", rec, id).First(ctx)
	return r, store.Translate(err)
}

// Listened says that a second person has listened, and that the recording says what the text
// says. From now on everybody may hear it, in the place of the one before.
func (s *Service) Listened(ctx context.Context, who member.Actor, id, rec store.ID) error {
	_, langs, err := s.voices(ctx, who, id)
	if err != nil {
		return err
	}
	r, err := recordingOf(ctx, s.store.DB, id, rec)
	if err != nil {
		return err
	}
	switch {
	case !slices.Contains(langs, r.Lang):
		return fault.Missing()
	case r.SentBy == who.Role.ID:
		return fault.New(fault.Refused, "material.audio.own")
	case r.HeardDay != nil:
		return nil
	}
	stale, err := s.staleAudio(ctx, r)
	if err != nil {
		return err
	}
	if stale {
		return fault.New(fault.Refused, "material.audio.old")
	}
	today := s.store.Today()
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		m, err := hold(ctx, tx, id)
		if err == nil && !m.Public() {
			err = fault.Missing()
		}
		if err != nil {
			return err
		}
		if _, err := gorm.G[Recording](tx).Where("material_id = ? AND lang = ? AND id <> ? AND heard_day IS NOT NULL", id, r.Lang, rec).Delete(ctx); err != nil {
			return err
		}
		n, err := gorm.G[Recording](tx).Where("id = ?", rec).Select("HeardBy", "HeardDay").Updates(ctx, Recording{HeardBy: who.Role.ID, HeardDay: &today})
		if err == nil && n == 0 {
			err = fault.Missing()
		}
		return err
	})
}

// DropRecording takes a recording away at once: whoever sent it, a leader of the group or a
// coordinator does it, because a voice that somebody wants back cannot wait.
func (s *Service) DropRecording(ctx context.Context, who member.Actor, id, rec store.ID) error {
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		if who.Role == nil {
			return fault.Missing()
		}
		in, err := inGroup(ctx, tx, who, id)
		if err != nil {
			return err
		}
		r, err := recordingOf(ctx, tx, id, rec)
		if err == nil && !s.mayDrop(who, in, r) {
			err = fault.Missing()
		}
		if err != nil {
			return err
		}
		_, err = gorm.G[Recording](tx).Where("id = ?", rec).Delete(ctx)
		return err
	})
}

// Spoken is a recording that a listener finds beside a text.
type Spoken struct {
	Recording
	By    string // "" for not named
	Stale bool   // it reads an older text
}

// Minutes and Rest are its length.
func (r Recording) Minutes() int { return r.Seconds / 60 }

// Rest are the seconds beside the minutes.
func (r Recording) Rest() int { return r.Seconds % 60 }

// Kilobytes is its size, at least one.
func (r Recording) Kilobytes() int { return max(1, (r.Size+1023)/1024) }

// spoken finds the recording that listeners hear of a text in the language that is shown.
func (s *Service) spoken(ctx context.Context, r *Reading) (*Spoken, error) {
	may, err := s.living(ctx, s.store.DB, AsAudio, r.Material)
	if err != nil || !may.ok(r.Material, r.Shown.Lang) {
		return nil, err
	}
	rows, err := gorm.G[Recording](s.store.DB).Select(soundless).
		Where("material_id = ? AND lang = ? AND heard_day IS NOT NULL", r.ID, r.Shown.Lang).Limit(1).Find(ctx)
	if err != nil || len(rows) == 0 {
		return nil, store.Translate(err)
	}
	one := &Spoken{Recording: rows[0], Stale: !slices.Equal(rows[0].TextHash, textHash(r.Shown.Lang, r.Title, r.Body))}
	one.By, err = s.readBy(ctx, rows[0])
	return one, err
}

// Listen finds a recording for whoever may hear it: everybody, once a second person has and
// as long as the text is published; before that those who make recordings. The sound comes
// in parts, through Sound.
func (s *Service) Listen(ctx context.Context, who member.Actor, id, rec store.ID) (Recording, error) {
	m, err := find(ctx, s.store.DB, id)
	if err == nil && !m.Public() {
		err = fault.Missing()
	}
	if err != nil {
		return Recording{}, err
	}
	r, err := recordingOf(ctx, s.store.DB, id, rec)
	if err != nil {
		return r, err
	}
	may, err := s.living(ctx, s.store.DB, AsAudio, m)
	if err == nil && !may.ok(m, r.Lang) {
		err = fault.Missing()
	}
	if err != nil || r.HeardDay != nil {
		return r, err
	}
	_, langs, err := s.voices(ctx, who, id)
	if err == nil && r.SentBy != who.Role.ID && !slices.Contains(langs, r.Lang) {
		err = fault.Missing()
	}
	return r, err
}

// Sound is a part of a recording that Listen gave: n bytes from one, counted from 0.
func (s *Service) Sound(ctx context.Context, r Recording, from, n int) (part []byte, err error) {
	err = s.store.DB.WithContext(ctx).Raw("SELECT substr(bytes, ?, ?) FROM material_recordings WHERE id = ?", from+1, n, r.ID).Row().Scan(&part)
	return part, store.Translate(err)
}

// silence takes all recordings of a text away, because the text is taken back.
func silence(ctx context.Context, tx *gorm.DB, id store.ID) error {
	_, err := gorm.G[Recording](tx).Where("material_id = ?", id).Delete(ctx)
	return err
}

// eraseVoices forgets who sent and who heard recordings. One that she signed with her handle
// is her own voice, and goes with her.
func eraseVoices(ctx context.Context, tx *gorm.DB, who member.Actor) error {
	if _, err := gorm.G[Recording](tx).Where("sent_by = ? AND credit = ?", who.Role.ID, ByHandle).Delete(ctx); err != nil {
		return err
	}
	if _, err := gorm.G[Recording](tx).Where("sent_by = ?", who.Role.ID).Update(ctx, "sent_by", nil); err != nil {
		return err
	}
	_, err := gorm.G[Recording](tx).Where("heard_by = ?", who.Role.ID).Update(ctx, "heard_by", nil)
	return err
}
