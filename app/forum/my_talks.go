package forum

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"portico/app/member"
	"portico/app/store"
)

// MyTalk is one topic of her own list.
type MyTalk struct {
	Topic
	Name   string // her drawn name there, or ""
	Tags   [][]byte
	Follow bool
	Draft  bool // an answer of hers that was not sent yet
	Waits  int  // posts of hers there that wait for a moderator
	New    int  // number of the first post that she has not seen, in a topic that she follows; or 0
}

// MyTalks lists the topics in which she wrote or which she follows, latest day first. Only
// her live session can make this list. However long it is, it costs a handful of queries.
func (s *Service) MyTalks(ctx context.Context, who member.Actor) ([]MyTalk, error) {
	trail, err := member.Trail(ctx, s.store.DB, who)
	if err != nil || len(trail) == 0 {
		return nil, err
	}
	v, err := sees(ctx, s.store.DB, who)
	if err != nil {
		return nil, err
	}
	topics, err := gorm.G[Topic](s.store.DB).Where("id IN ?", trail).Where("board IN (SELECT slug FROM boards WHERE "+readable+")", v.where()...).
		Order("last_day DESC, id DESC").Limit(500).Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	talks := make([]MyTalk, len(topics))
	var tags [][]byte
	boxes := make([]string, len(topics))
	for i, topic := range topics {
		talks[i] = MyTalk{Topic: topic, Tags: who.Tags(purposeTopic, topic.ID)}
		tags = append(tags, talks[i].Tags...)
		boxes[i] = topicBox(topic.ID)
	}
	mine, err := s.voicesAndWaiting(ctx, tags)
	if err != nil {
		return nil, err
	}
	keeps, err := member.ReadBoxes[Kept](ctx, s.store.DB, who, boxes)
	if err != nil {
		return nil, err
	}
	newest, err := s.newest(ctx, trail)
	if err != nil {
		return nil, err
	}
	for i := range talks {
		kept := keeps[boxes[i]]
		talks[i].Follow, talks[i].Draft = kept.Follow, kept.Draft != ""
		if kept.Follow && kept.Read > 0 && newest[talks[i].ID] > kept.Read {
			talks[i].New = kept.Read + 1
		}
		for _, tag := range talks[i].Tags {
			if name := mine.names[string(tag)]; name != "" {
				talks[i].Name, talks[i].Waits = name, mine.waits[string(tag)]
			}
		}
	}
	return slices.DeleteFunc(talks, func(t MyTalk) bool { return t.Name == "" && !t.Follow && !t.Draft }), nil
}

// ownVoices are her drawn names and how many of her posts wait, by tag.
type ownVoices struct {
	names map[string]string
	waits map[string]int
}

func (s *Service) voicesAndWaiting(ctx context.Context, tags [][]byte) (ownVoices, error) {
	own := ownVoices{names: map[string]string{}, waits: map[string]int{}}
	for batch := range slices.Chunk(tags, 400) {
		voices, err := gorm.G[Voice](s.store.DB).Select("tag", "name").Where("tag IN ?", batch).Find(ctx)
		if err != nil {
			return own, store.Translate(err)
		}
		for _, v := range voices {
			own.names[string(v.Tag)] = v.Name
		}
		posts, err := gorm.G[Post](s.store.DB).Select("tag").Where("tag IN ? AND state = ?", batch, Held).Find(ctx)
		if err != nil {
			return own, store.Translate(err)
		}
		for _, p := range posts {
			own.waits[string(p.Tag)]++
		}
	}
	return own, nil
}
