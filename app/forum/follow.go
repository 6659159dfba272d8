package forum

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
	"portico/app/vault"
)

// topicBox is the name of the box that holds what she keeps about one topic. Only events
// in that topic touch it.
func topicBox(topic store.ID) string { return "topic/" + topic.String() }

// Kept is what she keeps about one topic. Only she can find it or open it.
type Kept struct {
	Follow bool   `json:"follow"`
	Read   int    `json:"read,omitempty"`  // number of the last post that she saw, while she follows
	Draft  string `json:"draft,omitempty"` // an answer that she has not sent yet
	// Start is a talk that she has not begun yet. The topic will get the id of this box.
	Start *StartDraft `json:"start,omitempty"`
	// Key is her copy of the key, when this is a question that she asked privately.
	Key vault.RecordKey `json:"key,omitzero"`
}

// Follow puts a topic on her own list, or takes it off. Nobody else can see it.
func (s *Service) Follow(ctx context.Context, who member.Actor, topic store.ID, on bool) error {
	return s.keep(ctx, who, topic, func(k *Kept) { k.Follow = on })
}

// Arrive remembers how far she has read in a topic that she follows. Nothing is written
// where nothing is new, and nothing at all where she does not follow.
func (s *Service) Arrive(ctx context.Context, who member.Actor, topic store.ID, no int) error {
	kept, err := s.Kept(ctx, who, topic)
	if err != nil || !kept.Follow || kept.Read >= no {
		return err
	}
	return s.keep(ctx, who, topic, func(k *Kept) { k.Read = max(k.Read, no) })
}

// KeepDraft keeps an answer that she has not finished, on no device, until she sends it or
// keeps another. An empty one forgets it.
func (s *Service) KeepDraft(ctx context.Context, who member.Actor, topic store.ID, body string) error {
	d := Draft{Body: body}.trimmed()
	if d.Body != "" {
		if err := d.check(false); err != nil {
			return err
		}
	}
	return s.keep(ctx, who, topic, func(k *Kept) { k.Draft = d.Body })
}

func (s *Service) keep(ctx context.Context, who member.Actor, topic store.ID, change func(*Kept)) error {
	if !who.SignedIn() {
		return fault.New(fault.SignIn, "error.signin")
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		if _, err := s.topicFor(ctx, tx, who, topic); err != nil {
			return err
		}
		if err := member.ChangeBox(ctx, tx, s.store.Clock, who, topicBox(topic), change); err != nil {
			return err
		}
		return s.remember(ctx, tx, who, topic)
	})
}

// remember puts a topic on her trail once.
func (s *Service) remember(ctx context.Context, tx *gorm.DB, who member.Actor, topic store.ID) error {
	trail, err := member.Trail(ctx, tx, who)
	if err != nil || slices.Contains(trail, topic) {
		return err
	}
	return member.AddTrail(ctx, tx, s.store.Clock, who, topic)
}

// Kept returns what she keeps about a topic; nothing for a visitor.
func (s *Service) Kept(ctx context.Context, who member.Actor, topic store.ID) (Kept, error) {
	var k Kept
	if !who.SignedIn() {
		return k, nil
	}
	_, err := member.ReadBox(ctx, s.store.DB, who, topicBox(topic), &k)
	return k, err
}

// dropDraft forgets the draft of an answer that was sent, if there is one.
func (s *Service) dropDraft(ctx context.Context, tx *gorm.DB, who member.Actor, topic store.ID) error {
	var k Kept
	if found, err := member.ReadBox(ctx, tx, who, topicBox(topic), &k); err != nil || !found || k.Draft == "" {
		return err
	}
	return member.ChangeBox(ctx, tx, s.store.Clock, who, topicBox(topic), func(k *Kept) { k.Draft = "" })
}

// newest finds the number of the last shown post of each topic.
func (s *Service) newest(ctx context.Context, topics []store.ID) (map[store.ID]int, error) {
	var rows []struct {
		ID store.ID
		No int
	}
	err := s.store.DB.WithContext(ctx).Raw(`SELECT t.id, COALESCE((SELECT p.no FROM posts p WHERE p.topic_id = t.id AND p.state = ? ORDER BY p.no DESC LIMIT 1), 0) AS no
		FROM topics t WHERE t.id IN ?`, Shown, topics).Scan(&rows).Error
	found := make(map[store.ID]int, len(rows))
	for _, row := range rows {
		found[row.ID] = row.No
	}
	return found, store.Translate(err)
}
