package aloud

import (
	"context"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// Heard says that a second person has listened. From now on everybody may, and the recording
// before it is gone.
func (s *Service) Heard(ctx context.Context, who member.Actor, id store.ID) error {
	if err := makes(who); err != nil {
		return err
	}
	today := s.store.Today()
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		r, err := one(ctx, tx, id)
		switch {
		case err != nil:
			return err
		case r.SentBy == who.Role.ID:
			return fault.New(fault.Refused, "material.audio.own")
		case r.HeardDay != nil:
			return nil
		}
		if _, err := gorm.G[Recording](tx).Where("page = ? AND lang = ? AND id <> ? AND heard_day IS NOT NULL", r.Page, r.Lang, id).Delete(ctx); err != nil {
			return err
		}
		_, err = gorm.G[Recording](tx).Where("id = ?", id).Select("HeardBy", "HeardDay").Updates(ctx, Recording{HeardBy: who.Role.ID, HeardDay: &today})
		return err
	})
}

// Drop takes a recording away at once: a voice that somebody wants back cannot wait.
func (s *Service) Drop(ctx context.Context, who member.Actor, id store.ID) error {
	if err := makes(who); err != nil {
		return err
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		r, err := one(ctx, tx, id)
		if err == nil && !mayDrop(who, r) {
			err = fault.Missing()
		}
		if err != nil {
			return err
		}
		_, err = gorm.G[Recording](tx).Where("id = ?", id).Delete(ctx)
		return err
	})
}

// Now is every recording that everybody may hear, without its sound.
func (s *Service) Now(ctx context.Context) ([]Recording, error) {
	rows, err := gorm.G[Recording](s.store.DB).Select(soundless).Where("heard_day IS NOT NULL").Limit(most).Find(ctx)
	return rows, store.Translate(err)
}

// Listen finds a recording for whoever may hear it: everybody once a second person has, before
// that those who make recordings. The sound comes in parts, through Sound.
func (s *Service) Listen(ctx context.Context, who member.Actor, id store.ID) (Recording, error) {
	r, err := one(ctx, s.store.DB, id)
	if err == nil && r.HeardDay == nil {
		err = makes(who)
	}
	return r, err
}

// Sound is a part of a recording that Listen gave: n bytes from one, counted from 0.
func (s *Service) Sound(ctx context.Context, r Recording, from, n int) (part []byte, err error) {
	err = s.store.DB.WithContext(ctx).Raw("SELECT substr(bytes, ?, ?) FROM page_recordings WHERE id = ?", from+1, n, r.ID).Row().Scan(&part)
	return part, store.Translate(err)
}

func one(ctx context.Context, db *gorm.DB, id store.ID) (Recording, error) {
	r, err := gorm.G[Recording](db).Select(soundless).Where("id = ?", id).First(ctx)
	return r, store.Translate(err)
}

// Minutes and Rest are its length.
func (r Recording) Minutes() int { return r.Seconds / 60 }

// Rest are the seconds beside the minutes.
func (r Recording) Rest() int { return r.Seconds % 60 }

// Kilobytes is its size, at least one.
func (r Recording) Kilobytes() int { return max(1, (r.Size+1023)/1024) }
