package bench

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"reflect"
	"slices"
	"testing"

	"gorm.io/gorm"

	"portico/app/forum"
	"portico/app/member"
	"portico/app/server"
	"portico/app/store"
	"portico/app/store/storetest"
)

// village is a small community, built in bulk, with its server's services opened on it.
type village struct {
	*bench
	server *server.Server
}

func newVillage(t *testing.T) village {
	t.Helper()
	ctx, address := t.Context(), ""
	if storetest.Postgres() {
		address = storetest.FreshPostgres(t)
	}
	town, err := found(ctx, settings(t.TempDir(), address))
	if err != nil {
		t.Fatal(err)
	}
	b := &bench{Options: Options{Database: address, Progress: t.Output()}, size: sizes["tiny"], town: town}
	if err := b.build(ctx, b.size.base); err != nil {
		t.Fatal(err)
	}
	s, err := server.Open(ctx, town.config, server.Options{Clock: town.clock, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Store.Close(); err != nil {
			t.Error(err)
		}
	})
	s.Forum.WithLook(func() bool { return false })
	return village{b, s}
}

// actor opens a seat as the server does, from its cookie.
func (v village) actor(t *testing.T, s seat) member.Actor {
	t.Helper()
	found, err := v.server.Members.Recognise(t.Context(), s.cookie(v.town.secrets, v.town.clock.Now()))
	if err != nil || !found.Actor.SignedIn() {
		t.Fatalf("the session of a seat does not open: %+v, %v", found, err)
	}
	return found.Actor
}

func TestPeopleInSeatsAreMembersWithTheirTalks(t *testing.T) {
	v := newVillage(t)
	for _, s := range v.seats[:len(v.lot.members)] {
		who := v.actor(t, s)
		trail, err := member.Trail(t.Context(), v.server.Store.DB, who)
		if err != nil || len(trail) != topicsPerMember {
			t.Fatalf("she has %d talks, %v; want %d", len(trail), err, topicsPerMember)
		}
		talks, err := v.server.Forum.MyTalks(t.Context(), who)
		if err != nil || len(talks) == 0 {
			t.Fatalf("her list of talks: %d, %v", len(talks), err)
		}
		for n, topic := range trail {
			if want := v.lot.topics[v.lot.topicOf(s.who, n)].id; topic != want {
				t.Fatalf("talk %d of her trail is %s; want %s", n, topic, want)
			}
			conv, err := v.server.Forum.Conversation(t.Context(), who, topic, 1)
			if err != nil || conv.MyName == "" || len(conv.Posts) != 30 {
				t.Fatalf("a talk of hers: name %q, %d posts, %v", conv.MyName, len(conv.Posts), err)
			}
			if !slices.ContainsFunc(conv.Posts, func(p forum.Seen) bool { return p.Mine }) {
				t.Fatal("she has written nothing in a talk of hers")
			}
		}
	}
}

// TestBulkRowsAreThoseOfTheVerbs writes one talk by the verbs and compares its rows, column
// by column, with those of a talk that was written in bulk.
func TestBulkRowsAreThoseOfTheVerbs(t *testing.T) {
	v := newVillage(t)
	ctx, db := t.Context(), v.server.Store.DB
	writer, other := v.actor(t, v.seats[0]), v.actor(t, v.seats[1])
	draft := forum.Draft{Title: "A talk by the verbs", Body: "The bread is warm. Tea stands on the table.", Lang: "en", Nonce: "one"}
	begun, err := v.server.Forum.StartTalk(ctx, writer, v.town.boards[0], draft)
	if err != nil || !begun.Stored || begun.Held {
		t.Fatalf("a talk by the verbs: %+v, %v", begun, err)
	}
	answer, err := v.server.Forum.Reply(ctx, other, begun.Topic, forum.Draft{Body: "It rains since the morning.", Lang: "en", Nonce: "two"})
	if err != nil || !answer.Stored || answer.Held {
		t.Fatalf("an answer by the verbs: %+v, %v", answer, err)
	}
	bulk := v.lot.topics[3].id
	same(t, "topics", oneRow(t, db, "topics", "id = ?", bulk), oneRow(t, db, "topics", "id = ?", begun.Topic),
		"id", "board", "title", "lang", "shown", "last_no", "last_day")
	same(t, "voices", oneRow(t, db, "voices", "topic_id = ?", bulk), oneRow(t, db, "voices", "topic_id = ?", begun.Topic), "topic_id", "tag", "name", "lang")
	for no := 1; no <= 2; no++ {
		same(t, "posts", oneRow(t, db, "posts", "topic_id = ? AND no = ?", bulk, no), oneRow(t, db, "posts", "topic_id = ? AND no = ?", begun.Topic, no),
			"id", "topic_id", "tag", "body", "html", "toks", "lang", "day", "nonce_hash", "search_id")
	}
	hers := v.lot.members[v.seats[0].who].secret
	same(t, "boxes", oneRow(t, db, "boxes", "addr = ?", hers.Address(trailName(0))), oneRow(t, db, "boxes", "addr = ?", hers.Address(trailName(topicsPerMember))), "addr", "box")
	fresh, err := v.server.Members.OfferRoles(ctx, v.town.team["head"], []member.Role{member.RolePeer})
	if err != nil {
		t.Fatal(err)
	}
	if err := v.town.takeUp(ctx, v.server, fresh, "fresh"); err != nil {
		t.Fatal(err)
	}
	joined := v.town.team["fresh"]
	same(t, "accounts", oneRow(t, db, "accounts", "id = ?", writer.Account), oneRow(t, db, "accounts", "id = ?", joined.Account), "id", "salt", "lookup", "kdf", "sealed", "gen")
	same(t, "sessions", oneRow(t, db, "sessions", "id = ?", writer.Token.ID()), oneRow(t, db, "sessions", "id = ?", joined.Token.ID()), "id", "owner", "label_box", "box", "ends")
}

func oneRow(t *testing.T, db *gorm.DB, table, where string, args ...any) map[string]any {
	t.Helper()
	var found []map[string]any
	if err := db.Table(table).Where(where, args...).Limit(1).Find(&found).Error; err != nil || len(found) != 1 {
		t.Fatalf("%s has no such row, %v", table, err)
	}
	return found[0]
}

// same compares two rows: the columns that are named may hold other values of the same kind
// and, for bytes of a fixed length, the same length; all others are equal.
func same(t *testing.T, table string, bulk, verbs map[string]any, own ...string) {
	t.Helper()
	if a, b := slices.Sorted(maps.Keys(bulk)), slices.Sorted(maps.Keys(verbs)); !slices.Equal(a, b) {
		t.Fatalf("%s: columns %v and %v", table, a, b)
	}
	for column, want := range verbs {
		got := bulk[column]
		if !slices.Contains(own, column) {
			if !reflect.DeepEqual(got, want) {
				t.Errorf("%s.%s: in bulk %v, by the verbs %v", table, column, got, want)
			}
			continue
		}
		if reflect.TypeOf(got) != reflect.TypeOf(want) || (got == "") != (want == "") {
			t.Errorf("%s.%s: in bulk %T %v, by the verbs %T %v", table, column, got, got, want, want)
		}
		a, isBytes := got.([]byte)
		b, _ := want.([]byte)
		if isBytes && (len(a) == 0 || column != "box" && column != "sealed" && len(a) != len(b)) {
			t.Errorf("%s.%s: in bulk %d bytes, by the verbs %d", table, column, len(a), len(b))
		}
	}
}

func TestCountersAndQueueFitThePosts(t *testing.T) {
	v := newVillage(t)
	db := v.server.Store.DB
	for what, query := range map[string]string{
		"talks whose counters are wrong": `SELECT count(*) FROM topics t WHERE shown <> (SELECT count(*) FROM posts p WHERE p.topic_id = t.id AND p.state = 'shown')
			OR last_no <> (SELECT max(no) FROM posts p WHERE p.topic_id = t.id)
			OR last_day <> (SELECT max(day) FROM posts p WHERE p.topic_id = t.id AND p.state = 'shown')`,
		"posts without a voice":   "SELECT count(*) FROM posts p WHERE NOT EXISTS (SELECT 1 FROM voices v WHERE v.topic_id = p.topic_id AND v.tag = p.tag)",
		"voices without a post":   "SELECT count(*) FROM voices v WHERE NOT EXISTS (SELECT 1 FROM posts p WHERE v.topic_id = p.topic_id AND v.tag = p.tag)",
		"posts that wait nowhere": "SELECT count(*) FROM posts p WHERE p.state = 'held' AND NOT EXISTS (SELECT 1 FROM queue_items q WHERE q.post_id = p.id)",
		"cases without a post":    "SELECT count(*) FROM queue_items q WHERE NOT EXISTS (SELECT 1 FROM posts p WHERE q.post_id = p.id AND p.state = 'held')",
	} {
		var n int
		if err := db.Raw(query).Scan(&n).Error; err != nil || n != 0 {
			t.Errorf("%d %s, %v", n, what, err)
		}
	}
	var posts, waiting int
	if err := db.Raw("SELECT count(*) FROM posts").Scan(&posts).Error; err != nil || posts != v.lot.posts() {
		t.Errorf("%d posts, %v; want %d", posts, err, v.lot.posts())
	}
	if err := db.Raw("SELECT count(*) FROM queue_items").Scan(&waiting).Error; err != nil || waiting == 0 || waiting != posts-v.lot.shownPosts() {
		t.Errorf("%d posts wait, %v; want %d", waiting, err, posts-v.lot.shownPosts())
	}
	items, err := v.server.Desk.Waiting(context.Background(), v.town.team["desk"], "")
	if err != nil || len(items) != waiting {
		t.Errorf("the desk shows %d, %v; want %d", len(items), err, waiting)
	}
}

func TestSearchFindsWhatWasWrittenInBulk(t *testing.T) {
	v := newVillage(t)
	who := v.actor(t, v.seats[0])
	scripts := map[string]bool{}
	for i := range 300 {
		words := v.lot.question(i)
		hits, err := v.server.Forum.Search(t.Context(), who, words, "")
		if err != nil || len(hits) == 0 {
			t.Errorf("%q finds %d posts, %v", words, len(hits), err)
			continue
		}
		scripts[v.town.corpus.of(hits[0].Lang).script] = true
	}
	if len(scripts) != 6 {
		t.Errorf("something was found in %v; want six scripts", scripts)
	}
}

func TestMembersAnswerInTalksThatWereWrittenInBulk(t *testing.T) {
	v := newVillage(t)
	s := v.seats[2]
	who := v.actor(t, s)
	topic := v.lot.topicOf(s.who, 5)
	id := v.lot.topics[topic].id
	before, err := v.server.Forum.Conversation(t.Context(), who, id, 1)
	if err != nil {
		t.Fatal(err)
	}
	did, err := v.server.Forum.Reply(t.Context(), who, id, forum.Draft{Body: "The garden is full of lemons.", Lang: "en"})
	if err != nil || !did.Stored || did.Held {
		t.Fatalf("got %+v, %v", did, err)
	}
	after, err := v.server.Forum.Conversation(t.Context(), who, id, 31)
	if err != nil {
		t.Fatal(err)
	}
	last := after.Posts[len(after.Posts)-1]
	if last.ID != did.Post || last.No != v.lot.length(topic)+1 || last.Name != before.MyName || !last.Mine {
		t.Errorf("her answer stands as %d by %q; want %d by %q", last.No, last.Name, v.lot.length(topic)+1, before.MyName)
	}
}

// TestTheSchemaIsTheSameAfterTheLoad compares every table, index and constraint with those of
// a database that nothing was loaded into.
func TestTheSchemaIsTheSameAfterTheLoad(t *testing.T) {
	query := "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY name"
	if storetest.Postgres() {
		query = `SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
			UNION ALL SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'public'::regnamespace ORDER BY 1`
	}
	var loaded, fresh []string
	if err := newVillage(t).server.Store.DB.Raw(query).Scan(&loaded).Error; err != nil {
		t.Fatal(err)
	}
	if err := storetest.New(t).DB.Raw(query).Scan(&fresh).Error; err != nil {
		t.Fatal(err)
	}
	if len(fresh) < 100 || !slices.Equal(loaded, fresh) {
		t.Errorf("after the load there are %d definitions, fresh %d; the first that differs: %s", len(loaded), len(fresh), differs(loaded, fresh))
	}
}

func differs(a, b []string) string {
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return a[i] + " / " + b[i]
		}
	}
	return "the last"
}

func TestEveryPlaceHasItsOwnPost(t *testing.T) {
	l := &lot{topics: make([]topicPlan, 300), members: make([]memberPlan, 100)}
	seen := map[string]bool{}
	for at := range l.posts() {
		topic, no := l.place(at)
		if topic < 0 || topic >= 300 || no < 1 || no > l.length(topic) {
			t.Fatalf("place %d holds post %d of talk %d", at, no, topic)
		}
		seen[fmt.Sprint(topic, " ", no)] = true
	}
	if len(seen) != l.posts() {
		t.Errorf("%d of %d posts have a place", len(seen), l.posts())
	}
	for topic := range l.topics {
		people := map[int]bool{}
		for voice := range voicesPerTopic {
			who, trail := l.memberIn(topic, voice)
			people[who] = true
			if back := l.topicOf(who, trail); back != topic {
				t.Fatalf("talk %d of %d is %d; want %d", trail, who, back, topic)
			}
		}
		if len(people) != voicesPerTopic {
			t.Fatalf("%d people write in talk %d", len(people), topic)
		}
	}
	var last store.ID
	r := (&lot{seed: 3}).draw(4, 0)
	for i := range 1000 {
		if id := store.ID(risingKey(i, 1000, r)); slices.Compare(id[:], last[:]) <= 0 {
			t.Fatalf("key %d does not rise", i)
		} else {
			last = id
		}
	}
}
