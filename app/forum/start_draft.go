package forum

import (
	"context"
	"slices"
	"unicode/utf8"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// StartDraft is a talk that somebody has not begun yet, one for each board. It lies in the
// box of the topic that it will become: a box of the board would be touched at each talk
// that she begins there, and so would join them.
type StartDraft struct {
	Board   string `json:"board"`
	Title   string `json:"title,omitempty"`
	Warning string `json:"warning,omitempty"`
	Body    string `json:"body,omitempty"`
	Lang    string `json:"lang,omitempty"`
}

func (d StartDraft) empty() bool { return d.Title == "" && d.Warning == "" && d.Body == "" }

// checkUnfinished holds a draft to the longest that can be posted; what is short may grow.
func (d Draft) checkUnfinished() error {
	var mend []fault.Field
	if utf8.RuneCountInString(d.Title) > LongestTitle {
		mend = append(mend, fault.Field{Name: "title", Key: "forum.title.long", Args: []any{"Most", LongestTitle}})
	}
	if utf8.RuneCountInString(d.Warning) > LongestWarning {
		mend = append(mend, fault.Field{Name: "warning", Key: "forum.warning.long", Args: []any{"Most", LongestWarning}})
	}
	if d.Body != "" {
		mend = append(mend, checkBody(d.Body)...)
	}
	if d.Lang != "" && !language.MatchString(d.Lang) {
		mend = append(mend, fault.Field{Name: "lang", Key: "forum.lang.unknown"})
	}
	if len(mend) > 0 {
		return fault.Mend(mend...)
	}
	return nil
}

// KeepStart keeps a talk that she has not begun, where only she finds it, until she begins
// a talk on this board or keeps other words. Without words it forgets what was there.
func (s *Service) KeepStart(ctx context.Context, who member.Actor, board string, d Draft) error {
	d = d.trimmed()
	if !who.SignedIn() {
		return fault.New(fault.SignIn, "error.signin")
	}
	if err := d.checkUnfinished(); err != nil {
		return err
	}
	start := StartDraft{Board: board, Title: d.Title, Warning: d.Warning, Body: d.Body, Lang: d.Lang}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		if err := s.writable(ctx, tx, who, board); err != nil {
			return err
		}
		id, _, found, err := findStart(ctx, tx, who, board)
		if err != nil || (!found && start.empty()) {
			return err
		}
		if !found {
			id = store.NewID()
		}
		// A forgotten draft leaves its empty box for the next one, so that keeping and
		// forgetting by turns does not make her trail longer.
		if err := member.ChangeBox(ctx, tx, s.store.Clock, who, topicBox(id), func(k *Kept) { k.Start = &start }); err != nil {
			return err
		}
		return s.remember(ctx, tx, who, id)
	})
}

// KeptStart returns the talk that she has not begun yet on a board; nothing for a visitor.
func (s *Service) KeptStart(ctx context.Context, who member.Actor, board string) (d StartDraft, found bool, err error) {
	if !who.SignedIn() {
		return d, false, nil
	}
	_, d, found, err = findStart(ctx, s.store.DB, who, board)
	return d, found && !d.empty(), err
}

// findStart finds the box of her draft for a board among those of her trail that belong to
// no topic yet.
func findStart(ctx context.Context, db *gorm.DB, who member.Actor, board string) (id store.ID, d StartDraft, found bool, err error) {
	trail, err := member.Trail(ctx, db, who)
	if err != nil {
		return id, d, false, err
	}
	begun := map[store.ID]bool{}
	for batch := range slices.Chunk(trail, 400) {
		topics, err := gorm.G[Topic](db).Select("id").Where("id IN ?", batch).Find(ctx)
		if err != nil {
			return id, d, false, store.Translate(err)
		}
		for _, topic := range topics {
			begun[topic.ID] = true
		}
	}
	var waiting []store.ID
	var names []string
	for _, topic := range trail {
		if !begun[topic] {
			waiting, names = append(waiting, topic), append(names, topicBox(topic))
		}
	}
	boxes, err := member.ReadBoxes[Kept](ctx, db, who, names)
	if err != nil {
		return id, d, false, err
	}
	for i, topic := range waiting {
		// With two drafts of two sessions at once the one with words counts.
		if start := boxes[names[i]].Start; start != nil && start.Board == board && (!found || d.empty()) {
			id, d, found = topic, *start, true
		}
	}
	return id, d, found, nil
}

// takeStart ends her draft for a board and returns the id that its topic was to have; a new
// one where there is no draft, or where another session of hers began the talk just now.
func (s *Service) takeStart(ctx context.Context, tx *gorm.DB, who member.Actor, board string) (store.ID, error) {
	id, _, found, err := findStart(ctx, tx, who, board)
	if err != nil || !found {
		return store.NewID(), err
	}
	there := false
	err = member.ChangeBox(ctx, tx, s.store.Clock, who, topicBox(id), func(k *Kept) { there, k.Start = k.Start != nil, nil })
	if !there {
		id = store.NewID()
	}
	return id, err
}
