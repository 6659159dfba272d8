package forum

import (
	"context"
	"strings"

	"gorm.io/gorm"

	"portico/app/member"
	"portico/app/search"
	"portico/app/store"
)

// Page sizes. Lists page by key, never by offset.
const (
	topicsPerPage = 30
	postsPerPage  = 30
	hitsPerPage   = 20
)

// Seen is a post as one person reads it.
type Seen struct {
	Post
	Name string // drawn name, or "" for a badge post
	Mine bool
	// Reactions are the kinds that somebody gave, in the order of ReactionKinds; MyReaction is hers, or "".
	Reactions  []string
	MyReaction string
}

// Mark is where a list of topics goes on: after this topic.
type Mark struct {
	Pinned bool
	Day    string
	ID     store.ID
}

// Topics lists a board's topics, pinned first, then by day. After continues a list; lang
// narrows to one language. More reports whether older topics follow.
func (s *Service) Topics(ctx context.Context, who member.Actor, board, lang string, after *Mark) (topics []Topic, more bool, err error) {
	if _, err := s.Board(ctx, who, board, "en"); err != nil {
		return nil, false, err
	}
	ctx = store.Narrow(ctx, boardScope(board), "topics")
	q := gorm.G[Topic](s.store.DB).Where("board = ? AND listed = ?", board, true)
	if lang != "" {
		q = q.Where("lang = ?", lang)
	}
	if after != nil {
		q = q.Where("(pinned < ? OR (pinned = ? AND (last_day < ? OR (last_day = ? AND id < ?))))",
			after.Pinned, after.Pinned, after.Day, after.Day, after.ID)
	}
	topics, err = q.Order("pinned DESC, last_day DESC, id DESC").Limit(topicsPerPage + 1).Find(ctx)
	if err != nil {
		return nil, false, store.Translate(err)
	}
	if len(topics) > topicsPerPage {
		return topics[:topicsPerPage], true, nil
	}
	return topics, false, nil
}

// Latest lists the newest open topics of the boards that everybody reads, in one language
// first: what the front page shows.
func (s *Service) Latest(ctx context.Context, lang string, n int) ([]Topic, error) {
	ctx = store.Narrow(ctx, langScope(lang), "topics")
	topics, err := gorm.G[Topic](s.store.DB).
		Where("listed = ? AND lang = ? AND board IN (SELECT slug FROM boards WHERE audience = ? AND archived = ?)", true, lang, Public, false).
		Order("last_day DESC, id DESC").Limit(n).Find(ctx)
	return topics, store.Translate(err)
}

// Conversation is one page of a topic.
type Conversation struct {
	Topic Topic
	Posts []Seen
	Older int // first number of the page before, or 0
	Newer int // first number of the next page, or 0
	// MyTag is her tag here when she has a voice in this topic; decisions about her posts hang on it.
	MyTag []byte
	// MyName is her drawn name here, or "".
	MyName string
	// AsBadge says that she has signed here openly, ByName that she has written here under a drawn name.
	AsBadge, ByName bool
}

// Conversation returns a page of a topic, from the given number on. She sees what is
// shown, and of her own posts also what waits or was hidden.
func (s *Service) Conversation(ctx context.Context, who member.Actor, id store.ID, from int) (Conversation, error) {
	ctx = inTalk(ctx, id)
	topic, err := s.topicFor(ctx, s.store.DB, who, id)
	if err != nil {
		return Conversation{}, err
	}
	c := Conversation{Topic: topic}
	q := gorm.G[Post](s.store.DB).Where("topic_id = ? AND no >= ?", id, from)
	if who.SignedIn() {
		q = s.seenBy(q, who, id)
	} else {
		q = q.Where("state = ?", Shown)
	}
	posts, err := q.Order("no").Limit(postsPerPage + 1).Find(ctx)
	if err != nil {
		return c, store.Translate(err)
	}
	if len(posts) > postsPerPage {
		c.Newer = posts[postsPerPage].No
		posts = posts[:postsPerPage]
	}
	if from > 1 {
		c.Older = max(1, from-postsPerPage)
	}
	if err := s.veil(ctx, who, posts); err != nil {
		return c, err
	}
	names, err := s.namesOf(ctx, posts)
	if err != nil {
		return c, err
	}
	for _, p := range posts {
		c.Posts = append(c.Posts, Seen{Post: p, Name: names[string(p.Tag)], Mine: who.SignedIn() && isMine(p, who)})
	}
	if err := s.addReactions(ctx, who, c.Posts); err != nil {
		return c, err
	}
	return c, s.myPlace(ctx, who, &c)
}

func (s *Service) seenBy(q gorm.ChainInterface[Post], who member.Actor, id store.ID) gorm.ChainInterface[Post] {
	if who.Role != nil {
		return q.Where("(state = ? OR tag IN ? OR role_account_id = ?)", Shown, who.Tags(purposeTopic, id), who.Role.ID)
	}
	return q.Where("(state = ? OR tag IN ?)", Shown, who.Tags(purposeTopic, id))
}

// namesOf reads the drawn names behind the tags of one page.
func (s *Service) namesOf(ctx context.Context, posts []Post) (map[string]string, error) {
	var tags [][]byte
	seen := map[string]bool{}
	for _, p := range posts {
		if len(p.Tag) > 0 && !seen[string(p.Tag)] {
			seen[string(p.Tag)] = true
			tags = append(tags, p.Tag)
		}
	}
	names := map[string]string{}
	if len(tags) == 0 {
		return names, nil
	}
	voices, err := gorm.G[Voice](s.store.DB).Select("tag", "name").Where("tag IN ?", tags).Find(ctx)
	for _, v := range voices {
		names[string(v.Tag)] = v.Name
	}
	return names, store.Translate(err)
}

// myPlace fills in what she is in this topic, so that the composer can say under which
// name she will write.
func (s *Service) myPlace(ctx context.Context, who member.Actor, c *Conversation) error {
	if !who.SignedIn() {
		return nil
	}
	rows, err := gorm.G[Voice](s.store.DB).Where("topic_id = ? AND tag IN ?", c.Topic.ID, who.Tags(purposeTopic, c.Topic.ID)).Limit(1).Find(ctx)
	if err != nil {
		return store.Translate(err)
	}
	if len(rows) == 1 {
		c.MyTag, c.MyName, c.ByName = rows[0].Tag, rows[0].Name, true
	}
	if who.Role != nil {
		n, err := gorm.G[Post](s.store.DB).Where("topic_id = ? AND role_account_id = ?", c.Topic.ID, who.Role.ID).Count(ctx, "id")
		if err != nil {
			return store.Translate(err)
		}
		c.AsBadge = n > 0
	}
	return nil
}

// Hit is a post that a search found.
type Hit struct {
	Post
	Topic Topic
	Name  string
}

// Search finds shown posts on boards that she may see, newest day first, in every script.
// Lang narrows to one language. The order does not depend on the engine.
func (s *Service) Search(ctx context.Context, who member.Actor, words, lang string) ([]Hit, error) {
	ask, ok := search.Ask(words)
	if !ok {
		return nil, nil
	}
	v, err := sees(ctx, s.store.DB, who)
	if err != nil {
		return nil, err
	}
	q := gorm.G[Post](s.store.DB).Where("state = ?", Shown).
		Where("topic_id IN (SELECT t.id FROM topics t JOIN boards ON slug = t.board WHERE "+readable+")", v.where()...)
	if s.store.Postgres() {
		q = q.Where("to_tsvector('simple', toks) @@ to_tsquery('simple', ?)", ask.TSQuery())
	} else {
		q = q.Where("search_id IN (SELECT rowid FROM post_words WHERE post_words MATCH ?)", ask.FTS5())
	}
	if lang != "" {
		q = q.Where("lang = ?", lang)
	}
	posts, err := q.Order("day DESC, id DESC").Limit(hitsPerPage).Find(ctx)
	if err != nil || len(posts) == 0 {
		return nil, store.Translate(err)
	}
	if err := s.veil(ctx, who, posts); err != nil {
		return nil, err
	}
	return s.withTopics(ctx, posts)
}

func (s *Service) withTopics(ctx context.Context, posts []Post) ([]Hit, error) {
	ids := make([]store.ID, len(posts))
	for i, p := range posts {
		ids[i] = p.TopicID
	}
	topics, err := gorm.G[Topic](s.store.DB).Where("id IN ?", ids).Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	byID := map[store.ID]Topic{}
	for _, t := range topics {
		byID[t.ID] = t
	}
	names, err := s.namesOf(ctx, posts)
	hits := make([]Hit, len(posts))
	for i, p := range posts {
		hits[i] = Hit{Post: p, Topic: byID[p.TopicID], Name: names[string(p.Tag)]}
	}
	return hits, err
}

// Excerpt is the beginning of a post as one line of plain text, at most n characters.
func Excerpt(body string, n int) string {
	line := strings.Join(strings.Fields(strings.NewReplacer("*", "", "_", "", ">", "", "#", "").Replace(body)), " ")
	runes := []rune(line)
	if len(runes) <= n {
		return line
	}
	return strings.TrimSpace(string(runes[:n])) + "…"
}
