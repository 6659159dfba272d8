package forum

import (
	"context"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
)

// ChangeBoard changes who a board is for and its words. Who reads a board does not change
// any more once somebody has written on it: she wrote for those whom the page named. When
// another host was faster, what stands now comes back.
func (s *Service) ChangeBoard(ctx context.Context, who member.Actor, f BoardForm) (standing EditBoard, err error) {
	if who.Role == nil || !who.Has(boardHosts...) {
		return standing, notFound()
	}
	f = f.trimmed()
	err = s.store.Tx(ctx, func(tx *gorm.DB) error {
		// Taking the row first keeps a first talk from being written in between.
		if err := s.holdBoard(ctx, tx, f.Slug); err != nil {
			return err
		}
		now, err := editBoard(ctx, tx, f.Slug, OpenAudiences)
		if err != nil {
			return err
		}
		mend := f.check()
		if now.Used && f.Audience != now.Audience {
			mend = append(mend, fault.Field{Name: "audience", Key: "board.audience.used"})
		}
		if len(mend) > 0 {
			return fault.Mend(mend...)
		}
		if now.Base() != f.Base {
			standing = now
			return fault.New(fault.Conflict, "board.faster")
		}
		if f.Audience != now.Audience {
			if _, err := gorm.G[Board](tx).Where("slug = ?", f.Slug).Update(ctx, "audience", f.Audience); err != nil {
				return err
			}
			if err := s.noteBoard(ctx, tx, who, "for "+string(f.Audience), f.Slug); err != nil {
				return err
			}
		}
		if sameTexts(now, f) {
			return nil
		}
		if err := putTexts(ctx, tx, f); err != nil {
			return err
		}
		return s.noteBoard(ctx, tx, who, "words", f.Slug)
	})
	return standing, err
}

func sameTexts(now EditBoard, f BoardForm) bool {
	for _, t := range f.Texts {
		if was := now.Texts[t.Lang]; was.Name != t.Name || was.Purpose != t.Purpose || was.Rules != t.Rules {
			return false
		}
	}
	return true
}

// holdBoard locks a board's row. SQLite has one writer at a time anyway.
func (s *Service) holdBoard(ctx context.Context, tx *gorm.DB, slug string) error {
	if !s.store.Postgres() {
		return nil
	}
	return tx.WithContext(ctx).Exec("SELECT slug FROM boards WHERE slug = ? FOR UPDATE", slug).Error
}

// ArchiveBoard takes a board out of the lists, or brings it back. What was written there
// stays readable at its address; nobody can write there meanwhile.
func (s *Service) ArchiveBoard(ctx context.Context, who member.Actor, slug string, on bool) error {
	if who.Role == nil || !who.Has(boardHosts...) {
		return notFound()
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		now, err := editBoard(ctx, tx, slug, OpenAudiences)
		if err != nil || now.Archived == on {
			return err
		}
		if _, err := gorm.G[Board](tx).Where("slug = ?", slug).Update(ctx, "archived", on); err != nil {
			return err
		}
		act := "reopen"
		if on {
			act = "archive"
		}
		return s.noteBoard(ctx, tx, who, act, slug)
	})
}

// MoveBoard lets a board change places with the one before it, or with up false with the
// one after it. At the end of the list nothing happens.
func (s *Service) MoveBoard(ctx context.Context, who member.Actor, slug string, up bool) error {
	if who.Role == nil || !who.Has(boardHosts...) {
		return notFound()
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		if _, err := editBoard(ctx, tx, slug, OpenAudiences); err != nil {
			return err
		}
		all, err := gorm.G[Board](tx).Order("position, slug").Find(ctx)
		if err != nil {
			return err
		}
		from, to := neighbours(all, slug, up)
		if to < 0 {
			return nil
		}
		all[from], all[to] = all[to], all[from]
		// Equal places can come from the demonstration or from two hosts at once, so all
		// are numbered anew.
		for i, b := range all {
			if b.Position == i+1 {
				continue
			}
			if _, err := gorm.G[Board](tx).Where("slug = ?", b.Slug).Update(ctx, "position", i+1); err != nil {
				return err
			}
		}
		return s.noteBoard(ctx, tx, who, "move", slug)
	})
}

// neighbours finds a board and the next one up or down that is no group's and, like it,
// archived or not; to is -1 at the end.
func neighbours(all []Board, slug string, up bool) (from, to int) {
	step, from, to := 1, -1, -1
	if up {
		step = -1
	}
	for i, b := range all {
		if b.Slug == slug {
			from = i
		}
	}
	for i := from + step; from >= 0 && i >= 0 && i < len(all); i += step {
		if all[i].Audience != Group && all[i].Archived == all[from].Archived {
			return from, i
		}
	}
	return from, to
}
