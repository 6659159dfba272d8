package forum

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"slices"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// Voice is a person in one topic: her tag there and the name drawn for it. What moderators
// decide about a person stays here; her live session reads all her voices before each write.
type Voice struct {
	TopicID    store.ID `gorm:"primaryKey"`
	Tag        []byte   `gorm:"primaryKey"`
	Name       string
	PauseUntil *string // last day of a pause
	UpheldDay  *string // day of the last upheld report
	Closed     bool
	Lang       string
	BoardOut   bool // put out of the group whose board this is
}

// TableName names the table.
func (Voice) TableName() string { return "voices" }

// The purposes of tags. One value never serves two purposes.
const (
	purposeTopic  = "topic"
	purposeReport = "report"
	purposeBoard  = "board"
	purposeVouch  = "vouch"
	purposeClose  = "close"
)

// Trust follows from kept posts, counted at the moment and stored nowhere.
const (
	trustAfter   = 3   // kept posts
	keptAfter    = 3   // days that a shown post has to stand
	upheldWeighs = 365 // days
	randomLook   = 20  // one in so many posts of trusted voices gets the same look
)

// myTag finds the tag under which she is known in a topic already: the one that exists in
// voices, or that of her newest secret where she is new.
func myTag(ctx context.Context, db *gorm.DB, who member.Actor, topic store.ID) (tag []byte, known bool, err error) {
	tags := who.Tags(purposeTopic, topic)
	rows, err := gorm.G[Voice](db).Where("topic_id = ? AND tag IN ?", topic, tags).Limit(1).Find(ctx)
	if err != nil {
		return nil, false, store.Translate(err)
	}
	if len(rows) == 1 {
		return rows[0].Tag, true, nil
	}
	return tags[0], false, nil
}

// standing is what her voices say about her at this moment.
type standing struct {
	paused  string // last day of a pause that runs now
	closed  bool
	trusted bool
}

// standingOf reads the marks of all her voices. It writes nothing.
func (s *Service) standingOf(ctx context.Context, tx *gorm.DB, who member.Actor) (standing, error) {
	var st standing
	tags, err := allTags(ctx, tx, who)
	if err != nil {
		return st, err
	}
	today, yearAgo := s.store.Today(), s.store.DayAfter(-upheldWeighs)
	upheld, kept := false, int64(0)
	for batch := range slices.Chunk(tags, 400) {
		voices, err := gorm.G[Voice](tx).Where("tag IN ?", batch).Find(ctx)
		if err != nil {
			return st, err
		}
		for _, v := range voices {
			if v.PauseUntil != nil && *v.PauseUntil >= today && *v.PauseUntil > st.paused {
				st.paused = *v.PauseUntil
			}
			st.closed = st.closed || v.Closed
			upheld = upheld || (v.UpheldDay != nil && *v.UpheldDay > yearAgo)
		}
		n, err := gorm.G[Post](tx).Where("tag IN ? AND state = ? AND day <= ?", batch, Shown, s.store.DayAfter(-keptAfter)).Count(ctx, "id")
		if err != nil {
			return st, err
		}
		kept += n
	}
	st.trusted = kept >= trustAfter && !upheld
	return st, nil
}

// mayWrite refuses a person who is paused or closed out.
func (st standing) mayWrite() error {
	switch {
	case st.closed:
		return fault.New(fault.Refused, "forum.closed-out")
	case st.paused != "":
		return fault.New(fault.Refused, "forum.paused", "Day", st.paused)
	}
	return nil
}

// allTags computes her tags in every topic of her trail.
func allTags(ctx context.Context, db *gorm.DB, who member.Actor) ([][]byte, error) {
	topics, err := member.Trail(ctx, db, who)
	if err != nil {
		return nil, err
	}
	tags := make([][]byte, 0, len(topics)*len(who.Secrets))
	for _, topic := range topics {
		tags = append(tags, who.Tags(purposeTopic, topic)...)
	}
	return tags, nil
}

// enter makes her voice in a topic where she is new: the drawn name and the trail box.
func (s *Service) enter(ctx context.Context, tx *gorm.DB, who member.Actor, v Voice) error {
	for i := range 200 {
		v.Name = drawName(v.Lang, nameSeed(v.Tag, i))
		result := tx.WithContext(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&v)
		if result.Error != nil {
			return store.Translate(result.Error)
		}
		if result.RowsAffected == 1 {
			return s.remember(ctx, tx, who, v.TopicID)
		}
	}
	return fault.New(fault.Busy, "error.busy")
}

// nameSeed is HMAC(tag, i): the name follows from the tag, so that it needs no other
// secret, and the next i is tried when a name is taken in this topic.
func nameSeed(tag []byte, i int) uint64 {
	h := hmac.New(sha256.New, tag)
	h.Write(binary.BigEndian.AppendUint32([]byte("name"), uint32(i)))
	return binary.BigEndian.Uint64(h.Sum(nil))
}

// Tags are all her tags in the forum, for what other areas hang on a voice.
func (s *Service) Tags(ctx context.Context, db *gorm.DB, who member.Actor) ([][]byte, error) {
	return allTags(ctx, db, who)
}

// Few writers are fewer than this many voices in this many days.
const (
	fewVoices = 10
	fewDays   = 90
)

// FewWriters reports whether so few people write in a language here that style and hour
// may betray that two names are one person. The answer is counted once a day.
func (s *Service) FewWriters(ctx context.Context, lang string) (bool, error) {
	key := s.store.Today() + " " + lang
	if few, known := s.company.Load(key); known {
		return few.(bool), nil
	}
	var voices int64
	err := s.store.DB.WithContext(ctx).Model(&Post{}).Where("lang = ? AND day >= ? AND tag IS NOT NULL", lang, s.store.DayAfter(-fewDays)).
		Distinct("tag").Count(&voices).Error
	if err != nil {
		return false, store.Translate(err)
	}
	s.company.Store(key, voices < fewVoices)
	return voices < fewVoices, nil
}
