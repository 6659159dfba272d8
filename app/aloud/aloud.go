// Package aloud keeps recordings of the portal's own pages, read aloud by people: joining,
// consent, Exit, help. Whoever reads little, or would rather hear, finds a voice there.
//
// Invariants: a recording holds the sound and nothing else (package recording); nobody hears it
// before a second person has listened to it whole; of a page in a language there is one that
// everybody hears; whoever sent it, or a coordinator, takes it away at once. Who sent it is
// written down for that, and stands on no page.
package aloud

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/recording"
	"portico/app/store"
)

// Pages are the pages that can be read aloud, by the name under which a recording is kept.
var Pages = []string{"join", "consent", "exit", "help", "now", "notices", "safety", "rules"}

// Recording is one page read aloud in one language.
type Recording struct {
	ID       store.ID
	Page     string // one of Pages
	Lang     string
	Type     string // of the sound, as in "audio/ogg"
	Seconds  int
	Size     int      // bytes
	SentBy   store.ID // nobody once she has left
	Day      string
	HeardBy  store.ID
	HeardDay *string // since when everybody may listen
	Bytes    []byte
}

// TableName names the table.
func (Recording) TableName() string { return "page_recordings" }

// soundless are the columns without the recording itself.
const soundless = "id, page, lang, type, seconds, size, sent_by, day, heard_by, heard_day"

// most is how many recordings are kept, with those that wait: each page in each language twice.
const most = 250

// Service keeps the recordings.
type Service struct{ store *store.Store }

// New makes the service.
func New(s *store.Store) *Service {
	return &Service{store: s}
}

// Erase forgets who sent and who heard recordings. The voice itself names nobody and stays.
func Erase(ctx context.Context, tx *gorm.DB, who member.Actor, _ bool) error {
	if who.Role == nil {
		return nil
	}
	for _, column := range []string{"sent_by", "heard_by"} {
		if _, err := gorm.G[Recording](tx).Where(column+" = ?", who.Role.ID).Update(ctx, column, nil); err != nil {
			return err
		}
	}
	return nil
}

// Line is a recording as those who make them see it.
type Line struct {
	Recording
	MayHear, MayDrop bool
}

// makers are those who read aloud and listen as the second person.
var makers = []member.Role{member.RoleMediator, member.RoleLeader, member.RolePeer, member.RoleCoordinator}

func makes(who member.Actor) error {
	if who.Role == nil || !who.Has(makers...) {
		return fault.Missing()
	}
	return nil
}

// Studio lists all recordings, those that wait for a second person first.
func (s *Service) Studio(ctx context.Context, who member.Actor) (lines []Line, err error) {
	if err := makes(who); err != nil {
		return nil, err
	}
	rows, err := gorm.G[Recording](s.store.DB).Select(soundless).Order("heard_day IS NOT NULL, page, lang, id").Limit(most).Find(ctx)
	for _, r := range rows {
		lines = append(lines, Line{Recording: r, MayHear: r.HeardDay == nil && r.SentBy != who.Role.ID, MayDrop: mayDrop(who, r)})
	}
	return lines, store.Translate(err)
}

func mayDrop(who member.Actor, r Recording) bool {
	return r.SentBy == who.Role.ID || who.Has(member.RoleCoordinator)
}

// Form is a recording to keep.
type Form struct {
	Page, Lang string
	Langs      []string // those of the menu
	Agreed     bool     // whoever reads knows that everybody may hear her voice
	File       []byte
}

// Send keeps somebody's reading of a page, cleaned of all but the sound, in the place of what
// she sent of it before and nobody heard yet. It waits until a second person has listened.
func (s *Service) Send(ctx context.Context, who member.Actor, f Form) error {
	if err := makes(who); err != nil {
		return err
	}
	var mend []fault.Field
	if !slices.Contains(Pages, f.Page) {
		mend = append(mend, fault.Field{Name: "page", Key: "aloud.page.missing"})
	}
	if !slices.Contains(f.Langs, f.Lang) {
		mend = append(mend, fault.Field{Name: "language", Key: "material.lang.missing"})
	}
	kept, err := recording.Clean(f.File)
	if bad := fault.As(err); bad != nil {
		mend = append(mend, bad.Fields...)
	} else if err != nil {
		return err
	}
	if !f.Agreed {
		mend = append(mend, fault.Field{Name: "agreed", Key: "material.audio.agreed.missing"})
	}
	if err := fault.Mended(mend); err != nil {
		return err
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		if _, err := gorm.G[Recording](tx).Where("page = ? AND lang = ? AND sent_by = ? AND heard_day IS NULL", f.Page, f.Lang, who.Role.ID).Delete(ctx); err != nil {
			return err
		}
		n, err := gorm.G[Recording](tx).Count(ctx, "id")
		if err != nil {
			return err
		}
		if n >= most {
			return fault.New(fault.Refused, "material.audio.full")
		}
		return gorm.G[Recording](tx).Create(ctx, &Recording{
			ID: store.NewID(), Page: f.Page, Lang: f.Lang, Type: kept.Type, Seconds: kept.Seconds(), Size: len(kept.Bytes),
			SentBy: who.Role.ID, Day: s.store.Today(), Bytes: kept.Bytes,
		})
	})
}
