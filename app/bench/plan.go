package bench

import (
	"cmp"
	"encoding/binary"
	"math/bits"
	"math/rand/v2"
	"slices"
	"time"

	"portico/app/store"
	"portico/app/vault"
)

// The measures of the community: they hold at every size, so that a person's trail and a
// talk are as long among ten million posts as among ten thousand.
const (
	voicesPerTopic   = 10 // people who write in one talk
	topicsPerMember  = 30
	postsPerThree    = 100 // in three talks
	topicsPerThree   = 3
	oldest           = 700 // days since the oldest talk began
	longestTalk      = 34  // posts, one a day
	youngest         = 4   // days since the last post, so that every voice has stood long enough to be trusted
	heldOfThousand   = 10  // posts that wait for a moderator
	membersPerTopics = 3   // talks for each member
)

// lot is one part of the community: its talks with their posts, voices and members, built in
// one go. Everything but keys follows from the seed and the numbers of talks and posts.
type lot struct {
	seed    uint64
	corpus  corpus
	boards  []string // where talks are
	today   time.Time
	topics  []topicPlan
	members []memberPlan
}

// memberPlan is somebody with the secret of which her tags follow.
type memberPlan struct {
	account store.ID
	gen     []byte
	secret  vault.Secret
}

// topicPlan is what is drawn of a talk; its posts follow from its number.
type topicPlan struct {
	id    store.ID
	board string
	in    *tongue
	title sentence
	start int // days ago
}

// newLot draws a lot with so many talks, a multiple of 30.
func newLot(seed uint64, c corpus, boards []string, today time.Time, topics int) *lot {
	l := &lot{seed: seed, corpus: c, boards: boards, today: today}
	l.members = make([]memberPlan, topics/membersPerTopics)
	for i := range l.members {
		l.members[i] = memberPlan{account: store.NewID(), gen: vault.Random(8), secret: vault.NewSecret()}
	}
	slices.SortFunc(l.members, func(a, b memberPlan) int { return slices.Compare(a.account[:], b.account[:]) })
	l.topics = make([]topicPlan, topics)
	ids := l.draw(0, 0)
	for i := range l.topics {
		r := l.draw(1, i)
		in := l.corpus.tongueFor(r.Uint64())
		if i < len(c.tongues) {
			in = &l.corpus.tongues[i] // every language has a talk
		}
		l.topics[i] = topicPlan{
			id: store.ID(risingKey(i, topics, ids)), board: boards[min(r.IntN(len(boards)), r.IntN(len(boards)))], in: in, // the first boards are the liveliest
			title: in.titles[r.IntN(len(in.titles))], start: youngest + longestTalk + r.IntN(oldest-longestTalk-youngest),
		}
	}
	return l
}

// draw is the generator of one thing of one kind.
func (l *lot) draw(kind uint64, number int) *rand.Rand {
	return rand.New(rand.NewPCG(l.seed<<8|kind, uint64(number)))
}

// risingKey draws key i of n so that keys rise and yet lie anywhere: rows come in the order
// of their key, which is how the nightly work leaves them, and the fastest for both engines.
func risingKey(i, n int, r *rand.Rand) [16]byte {
	step, _ := bits.Div64(1, 0, uint64(max(n, 2)))
	var key [16]byte
	binary.BigEndian.PutUint64(key[:8], uint64(i)*step+r.Uint64N(step))
	binary.BigEndian.PutUint64(key[8:], r.Uint64())
	return key
}

// posts is how many posts the lot has.
func (l *lot) posts() int { return len(l.topics) / topicsPerThree * postsPerThree }

// length is how many posts a talk has.
func (l *lot) length(topic int) int {
	if topic%topicsPerThree == 0 {
		return 34
	}
	return 33
}

// place says which post of which talk comes at a place of the table: neighbours in the table
// belong to talks far apart.
func (l *lot) place(at int) (topic, no int) {
	n := uint64(l.posts())
	hi, lo := bits.Mul64(uint64(at), l.stride())
	_, p := bits.Div64(hi%n, lo, n)
	group, r := int(p)/postsPerThree, int(p)%postsPerThree
	switch {
	case r < 34:
		return topicsPerThree * group, r + 1
	case r < 67:
		return topicsPerThree*group + 1, r - 33
	}
	return topicsPerThree*group + 2, r - 66
}

// stride shares no divisor with the number of posts, so that each place has its own post.
func (l *lot) stride() uint64 {
	n := uint64(l.posts())
	a := n/10*6 + 1
	for common(a, n) != 1 {
		a++
	}
	return a
}

func common(a, b uint64) uint64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

// memberIn is who speaks with a voice of a talk, and as which talk of hers.
func (l *lot) memberIn(topic, voice int) (who, trail int) {
	m := len(l.members)
	return (topic + voice*(m/voicesPerTopic)) % m, voice*membersPerTopics + topic/m
}

// topicOf is the reverse: the talk at a place of somebody's trail.
func (l *lot) topicOf(who, trail int) int {
	m := len(l.members)
	voice, round := trail/membersPerTopics, trail%membersPerTopics
	return (who-voice*(m/voicesPerTopic)%m+m)%m + round*m
}

// postPlan is one post as it is drawn.
type postPlan struct {
	voice, daysAgo int
	held           bool
	words          words
}

// shape draws who writes a post, when, and whether it waits; the words take longest.
func (l *lot) shape(topic, no int, r *rand.Rand) postPlan {
	p := postPlan{voice: no - 1}
	if draw := r.IntN(voicesPerTopic); no > voicesPerTopic {
		p.voice = draw
	}
	p.held = r.IntN(1000) < heldOfThousand && no > voicesPerTopic
	p.daysAgo = l.topics[topic].start - no // a post a day
	return p
}

// post draws a post with its words.
func (l *lot) post(topic, no int) postPlan {
	r := l.draw(2, topic<<8|no)
	p, t := l.shape(topic, no, r), l.topics[topic]
	title := sentence{}
	if no == 1 {
		title = t.title
	}
	p.words = t.in.compose(r, title)
	return p
}

// heldIn counts what waits in a talk, and returns how many days ago the last shown post was.
func (l *lot) heldIn(topic int) (held, last int) {
	for no := 1; no <= l.length(topic); no++ {
		p := l.shape(topic, no, l.draw(2, topic<<8|no))
		if p.held {
			held++
		} else {
			last = p.daysAgo
		}
	}
	return held, last
}

func (l *lot) day(ago int) string { return l.today.AddDate(0, 0, -ago).Format(time.DateOnly) }

// tag is what a voice of a talk signs with.
func (l *lot) tag(topic, voice int) []byte {
	who, _ := l.memberIn(topic, voice)
	id := l.topics[topic].id
	return l.members[who].secret.Tag("topic", id[:])
}

// trailSlot is one box of somebody's trail.
type trailSlot struct {
	addr       [16]byte
	who, trail int32
}

// trails lists the boxes of all trails, in the order of their addresses.
func (l *lot) trails() []trailSlot {
	slots := make([]trailSlot, 0, len(l.members)*topicsPerMember)
	for who, m := range l.members {
		for n := range topicsPerMember {
			slots = append(slots, trailSlot{[16]byte(m.secret.Address(trailName(n))), int32(who), int32(n)})
		}
	}
	slices.SortFunc(slots, func(a, b trailSlot) int {
		return cmp.Or(cmp.Compare(binary.BigEndian.Uint64(a.addr[:]), binary.BigEndian.Uint64(b.addr[:])), slices.Compare(a.addr[8:], b.addr[8:]))
	})
	return slots
}
