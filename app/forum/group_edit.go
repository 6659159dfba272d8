package forum

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"portico/app/audit"
	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
	"portico/moderation"
)

// GroupToEdit returns a group's words in all languages, for its own people and for the
// hosts who set groups up: both read nothing there that not everybody reads on the list.
func (s *Service) GroupToEdit(ctx context.Context, who member.Actor, slug string) (EditBoard, error) {
	v, err := sees(ctx, s.store.DB, who)
	if err != nil {
		return EditBoard{}, err
	}
	return s.groupToEdit(ctx, s.store.DB, who, v, slug)
}

func (s *Service) groupToEdit(ctx context.Context, db *gorm.DB, who member.Actor, v sight, slug string) (EditBoard, error) {
	inside := slices.Contains(v.groups, slug)
	if !inside && !who.Has(groupHosts...) {
		return EditBoard{}, notFound()
	}
	now, err := editBoard(ctx, db, slug, []Audience{Group})
	if err == nil && now.Archived && !inside {
		return EditBoard{}, notFound()
	}
	return now, err
}

// GroupChange says what became of new words for a group.
type GroupChange struct {
	Stored   bool
	Standing EditBoard          // what somebody else kept meanwhile
	Verdict  moderation.Verdict // what screening found, when it stopped the words
}

// ChangeGroup changes the words of a group. Its people do this themselves. Everybody on the
// internet reads a group's name, and no moderator sees it first: so words that screening
// would warn about or hold are not taken, and insisting is no way around it.
func (s *Service) ChangeGroup(ctx context.Context, who member.Actor, f BoardForm) (GroupChange, error) {
	var out GroupChange
	if !who.SignedIn() {
		return out, fault.New(fault.SignIn, "error.signin")
	}
	f = f.trimmed()
	err := s.store.Tx(ctx, func(tx *gorm.DB) error {
		if err := s.holdBoard(ctx, tx, f.Slug); err != nil {
			return err
		}
		v, err := look(ctx, tx, who)
		if err != nil {
			return err
		}
		now, err := s.groupToEdit(ctx, tx, who, v, f.Slug)
		if err != nil {
			return err
		}
		if err := s.mayChangeGroup(ctx, tx, who, now); err != nil {
			return err
		}
		if err := f.checkGroup(); err != nil {
			return err
		}
		if now.Base() != f.Base {
			out.Standing = now
			return fault.New(fault.Conflict, "board.faster")
		}
		if out.Verdict, err = s.screenGroup(ctx, tx, who, now, f); err != nil || out.Verdict.Outcome != moderation.Publish {
			return err
		}
		out.Stored = true
		if sameTexts(now, f) {
			return nil
		}
		if err := putTexts(ctx, tx, f); err != nil {
			return err
		}
		return s.noteInGroup(ctx, tx, who, "words", f.Slug)
	})
	return out, err
}

func (s *Service) mayChangeGroup(ctx context.Context, tx *gorm.DB, who member.Actor, now EditBoard) error {
	if now.Archived {
		return fault.New(fault.Refused, "forum.board.closed")
	}
	st, err := s.standingOf(ctx, tx, who)
	if err != nil {
		return err
	}
	return st.mayWrite()
}

// checkGroup asks for words in one language at least, whichever it is.
func (f BoardForm) checkGroup() error {
	must := ""
	if len(f.Texts) > 0 && !slices.ContainsFunc(f.Texts, func(t BoardText) bool { return !t.empty() }) {
		must = f.Texts[0].Lang
	}
	if mend := f.checkTexts(must); len(mend) > 0 {
		return fault.Mend(mend...)
	}
	return nil
}

// screenGroup looks at the words that are new. A host's are not screened, as when she set
// the group up: she is named in the log.
func (s *Service) screenGroup(ctx context.Context, tx *gorm.DB, who member.Actor, now EditBoard, f BoardForm) (moderation.Verdict, error) {
	found := moderation.Verdict{Outcome: moderation.Publish}
	if who.Has(groupHosts...) {
		return found, nil
	}
	for _, t := range f.Texts {
		if was := now.Texts[t.Lang]; was.Name == t.Name && was.Purpose == t.Purpose && was.Rules == t.Rules {
			continue
		}
		j, err := s.screen(ctx, tx, Draft{Title: t.Name, Warning: t.Purpose, Body: t.Rules, Lang: t.Lang})
		if err != nil {
			return found, err
		}
		if j.verdict.Outcome != moderation.Publish {
			return j.verdict, nil
		}
	}
	return found, nil
}

// noteInGroup audits what was done to a group. A host stands in the log with her role; one
// of the group's people is not told apart from the others.
func (s *Service) noteInGroup(ctx context.Context, tx *gorm.DB, who member.Actor, act, slug string) error {
	if who.Role != nil && who.Has(groupHosts...) {
		return s.noteGroup(ctx, tx, who, `"act":"`+act+`","board":"`+slug+`"`)
	}
	return audit.Note(ctx, tx, s.store.Today(), "group", `{"act":"`+act+`","board":"`+slug+`"}`)
}

// OutTags are her tags in the talks of groups that were closed to her: with them the desk
// finds the decisions, which no list of talks can show her any more.
func (s *Service) OutTags(ctx context.Context, who member.Actor) ([][]byte, error) {
	v, err := sees(ctx, s.store.DB, who)
	return v.outTags, store.Translate(err)
}
