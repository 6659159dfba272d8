package forum

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// topicBox is the name of the box that holds what she keeps about one topic. Only events
// in that topic touch it.
func topicBox(topic store.ID) string { return "topic/" + topic.String() }

// kept is what the topic box holds.
type kept struct {
	Follow bool `json:"follow"`
}

// Follow puts a topic on her own list, or takes it off. Nobody else can see it.
func (s *Service) Follow(ctx context.Context, who member.Actor, topic store.ID, on bool) error {
	if !who.SignedIn() {
		return fault.New(fault.SignIn, "error.signin")
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		if _, err := s.topicFor(ctx, tx, who, topic); err != nil {
			return err
		}
		if err := member.ChangeBox(ctx, tx, s.store.Clock, who, topicBox(topic), func(k *kept) { k.Follow = on }); err != nil {
			return err
		}
		trail, err := member.Trail(ctx, tx, who)
		if err != nil || slices.Contains(trail, topic) {
			return err
		}
		return member.AddTrail(ctx, tx, s.store.Clock, who, topic)
	})
}

// Follows reports whether she follows a topic.
func (s *Service) Follows(ctx context.Context, who member.Actor, topic store.ID) (bool, error) {
	if !who.SignedIn() {
		return false, nil
	}
	var k kept
	_, err := member.ReadBox(ctx, s.store.DB, who, topicBox(topic), &k)
	return k.Follow, err
}
