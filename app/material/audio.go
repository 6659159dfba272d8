package material

import (
	"context"
	"crypto/sha256"
	"slices"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/recording"
	"portico/app/store"
)

// Recording is a published text as somebody reads it aloud in one language. It waits until a
// second person has listened. Her voice is not in any other row.
type Recording struct {
	ID         store.ID `gorm:"primaryKey"`
	MaterialID store.ID
	Lang       string
	TextHash   []byte // of the text that she read: another text is an older or a newer one
	Type       string
	Seconds    int
	Size       int // bytes
	Credit     Credit
	Alias      string
	SentBy     store.ID // nobody once she has left
	Day        string
	HeardBy    store.ID
	HeardDay   *string // since when everybody may listen
	Bytes      []byte
}

// TableName names the table.
func (Recording) TableName() string { return "material_recordings" }

// soundless are the columns of a recording without the recording itself.
const soundless = "id, material_id, lang, text_hash, type, seconds, size, credit, alias, sent_by, day, heard_by, heard_day"

// mostRecordings is how many recordings of one text are kept, with those that wait.
const mostRecordings = 40

// Speakers is a keeper of translations that knows which languages somebody can check.
type Speakers interface {
	Speaks(ctx context.Context, who member.Actor) ([]string, error)
}

// textHash tells one text from another.
func textHash(lang, title, body string) []byte {
	sum := sha256.Sum256([]byte(lang + "\x00" + title + "\x00" + body))
	return sum[:16]
}

// Studio is what somebody may do about the recordings of a text.
type Studio struct {
	Reading
	Langs      []string // in which she may send a recording
	Recordings []RecordingLine
}

// RecordingLine is a recording as those who make them see it.
type RecordingLine struct {
	Recording
	Stale   bool   // the text has changed since
	By      string // as she wants to be named, "" for not at all
	MayHear bool   // she may be the second person
	MayDrop bool
}

// Studio shows the recordings of a text to its group and to whoever can check one of its
// languages. For everybody else it does not exist.
func (s *Service) Studio(ctx context.Context, who member.Actor, id store.ID, page string) (Studio, error) {
	var out Studio
	in, langs, err := s.voices(ctx, who, id)
	if err != nil {
		return out, err
	}
	if out.Reading, err = s.Read(ctx, id, "", page); err != nil {
		return out, err
	}
	may, err := s.living(ctx, s.store.DB, AsAudio, out.Material)
	if err != nil {
		return out, err
	}
	for _, l := range out.Languages {
		if slices.Contains(langs, l.Lang) && may.ok(out.Material, l.Lang) {
			out.Langs = append(out.Langs, l.Lang)
		}
	}
	rows, err := gorm.G[Recording](s.store.DB).Select(soundless).Where("material_id = ?", id).Order("lang, heard_day IS NOT NULL, id").Find(ctx)
	if err != nil {
		return out, store.Translate(err)
	}
	for _, r := range rows {
		one := RecordingLine{Recording: r, MayDrop: s.mayDrop(who, in, r)}
		if one.Stale, err = s.staleAudio(ctx, r); err != nil {
			return out, err
		}
		if one.By, err = s.readBy(ctx, r); err != nil {
			return out, err
		}
		one.MayHear = r.HeardDay == nil && r.SentBy != who.Role.ID && slices.Contains(langs, r.Lang)
		out.Recordings = append(out.Recordings, one)
	}
	return out, nil
}

// voices says in which languages she may send and hear recordings of a text: all of them for
// its group, and those that she can check for anybody else.
func (s *Service) voices(ctx context.Context, who member.Actor, id store.ID) (in bool, langs []string, err error) {
	if who.Role == nil {
		return false, nil, fault.Missing()
	}
	m, err := find(ctx, s.store.DB, id)
	if err == nil && !m.Public() {
		err = fault.Missing()
	}
	if err != nil {
		return false, nil, err
	}
	if in, err = inGroup(ctx, s.store.DB, who, id); err != nil {
		return in, nil, err
	}
	if in {
		others, err := s.languagesOf(ctx, []Material{m})
		langs = []string{m.Lang}
		for _, l := range others[id] {
			langs = append(langs, l.Lang)
		}
		return in, langs, err
	}
	if keeper, ok := s.texts.(Speakers); ok {
		langs, err = keeper.Speaks(ctx, who)
	}
	if err == nil && len(langs) == 0 {
		err = fault.Missing()
	}
	return in, langs, err
}

// Voices reports whether somebody may send or hear recordings of a text, so that a page leads
// there whoever may go on and nobody else.
func (s *Service) Voices(ctx context.Context, who member.Actor, id store.ID) (bool, error) {
	_, langs, err := s.voices(ctx, who, id)
	if fault.Is(err, fault.NotFound) {
		return false, nil
	}
	return len(langs) > 0, err
}

func (s *Service) mayDrop(who member.Actor, in bool, r Recording) bool {
	return r.SentBy == who.Role.ID || in && who.Has(member.RoleLeader) || who.Has(member.RoleCoordinator)
}

// staleAudio reports whether the text of a recording is not the one that readers see.
func (s *Service) staleAudio(ctx context.Context, r Recording) (bool, error) {
	now, err := s.ReadFor(ctx, r.MaterialID, AsAudio, [2]string{r.Lang, r.Lang})
	if fault.Is(err, fault.NotFound) || err == nil && now.Instead {
		return true, nil
	}
	return err == nil && !slices.Equal(r.TextHash, textHash(r.Lang, now.Title, now.Body)), err
}

// readBy is whoever read it, as she chose; somebody in low profile is not named by her handle.
func (s *Service) readBy(ctx context.Context, r Recording) (string, error) {
	if r.Credit == ByAlias {
		return r.Alias, nil
	}
	if r.Credit != ByHandle || r.SentBy.IsZero() {
		return "", nil
	}
	gone, err := member.Withdrawn(ctx, s.store.DB, member.EyesOfAll, []store.ID{r.SentBy})
	if err != nil || gone[r.SentBy] {
		return "", err
	}
	team, err := member.Colleagues(ctx, s.store.DB, member.GivenRoles...)
	for _, one := range team {
		if one.ID == r.SentBy {
			return one.Handle, err
		}
	}
	return "", err
}

// RecordingForm is a recording to keep.
type RecordingForm struct {
	Lang   string
	Credit Credit
	Alias  string
	Agreed bool // whoever reads knows that everybody may hear her voice
	File   []byte
}

// SendRecording keeps somebody's reading of a published text, cleaned of all but the sound. It waits
// until a second person has listened.
func (s *Service) SendRecording(ctx context.Context, who member.Actor, id store.ID, f RecordingForm) error {
	f.Alias = tidy(f.Alias)
	_, langs, err := s.voices(ctx, who, id)
	if err != nil {
		return err
	}
	now, err := s.ReadFor(ctx, id, AsAudio, [2]string{f.Lang, f.Lang})
	if fault.Is(err, fault.NotFound) {
		return fault.New(fault.Refused, "material.audio.consent")
	}
	if err != nil {
		return err
	}
	var mend []fault.Field
	if now.Instead || !slices.Contains(langs, f.Lang) {
		mend = append(mend, fault.Field{Name: "language", Key: "material.lang.missing"})
	}
	// The faults stand in the order of the form, as whoever mends them meets them.
	kept, err := recording.Clean(f.File)
	if bad := fault.As(err); bad != nil {
		mend = append(mend, bad.Fields...)
	}
	if !slices.Contains([]Credit{NotNamed, ByHandle, ByAlias}, f.Credit) {
		mend = append(mend, fault.Field{Name: "credit", Key: "material.credit.missing"})
	}
	if f.Credit == ByAlias {
		mend = append(mend, asked("alias", f.Alias, 1, longestAlias)...)
	} else {
		f.Alias = ""
	}
	if !f.Agreed {
		mend = append(mend, fault.Field{Name: "agreed", Key: "material.audio.agreed.missing"})
	}
	if err := fault.Mended(mend); err != nil {
		return err
	}
	return s.keepRecording(ctx, Recording{
		ID: store.NewID(), MaterialID: id, Lang: f.Lang, TextHash: textHash(f.Lang, now.Title, now.Body), Type: kept.Type, Seconds: kept.Seconds(),
		Size: len(kept.Bytes), Credit: f.Credit, Alias: f.Alias, SentBy: who.Role.ID, Day: s.store.Today(), Bytes: kept.Bytes,
	})
}

// keepRecording writes a recording in the place of what she sent before and nobody heard yet.
func (s *Service) keepRecording(ctx context.Context, r Recording) error {
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		m, err := hold(ctx, tx, r.MaterialID)
		if err == nil && !m.Public() {
			err = fault.Missing()
		}
		if err != nil {
			return err
		}
		if _, err := gorm.G[Recording](tx).Where("material_id = ? AND lang = ? AND sent_by = ? AND heard_day IS NULL", r.MaterialID, r.Lang, r.SentBy).Delete(ctx); err != nil {
			return err
		}
		n, err := gorm.G[Recording](tx).Where("material_id = ?", r.MaterialID).Count(ctx, "id")
		if err != nil {
			return err
		}
		if n >= mostRecordings {
			return fault.New(fault.Refused, "material.audio.full")
		}
		return gorm.G[Recording](tx).Create(ctx, &r)
	})
}
