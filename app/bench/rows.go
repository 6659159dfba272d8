package bench

import (
	"encoding/binary"
	"iter"
	"math/rand/v2"
	"slices"
	"strconv"
	"time"

	"portico/app/forum"
	"portico/app/store"
	"portico/moderation"
)

// rows are the rows of one table on their way in, in the order of its key.
type rows struct {
	table   string
	columns []string
	each    iter.Seq[[]any]
}

// trailName is the name of a box that remembers a talk; package member reads them so.
func trailName(n int) string { return "trail/" + strconv.Itoa(n) }

// tables are the rows of a lot, each table after those that it points to. Clock says when
// boxes and accounts may be forgotten.
func (l *lot) tables(clock store.Clock) []rows {
	return []rows{
		{"topics", []string{"id", "board", "title", "lang", "warning", "state", "pinned", "listed", "shown", "last_no", "last_day"}, l.topicRows()},
		{"voices", []string{"topic_id", "tag", "name", "pause_until", "upheld_day", "closed", "lang", "board_out"}, l.voiceRows()},
		{"posts", []string{"id", "topic_id", "no", "tag", "role_account_id", "badge", "handle", "body", "html", "toks", "lang", "day", "edited",
			"version", "state", "nonce_hash", "search_id"}, l.postRows()},
		{"boxes", []string{"addr", "box", "keep_until"}, l.boxRows(clock)},
		{"queue_items", []string{"id", "kind", "post_id", "board", "lang", "urgent", "reasons", "since", "claimed_by", "claimed_until", "asks"}, l.queueRows(clock)},
	}
}

func (l *lot) topicRows() iter.Seq[[]any] {
	return func(yield func([]any) bool) {
		for i, t := range l.topics {
			held, last := l.heldIn(i)
			n := l.length(i)
			if !yield([]any{t.id[:], t.board, t.title.text, t.in.lang, "", forum.Open, false, true, n - held, n, l.day(last)}) {
				return
			}
		}
	}
}

// voiceRows gives everybody in a talk her tag and a name. The forum draws names from words of
// its own; these are as long and, like those, never twice in one talk.
func (l *lot) voiceRows() iter.Seq[[]any] {
	return func(yield func([]any) bool) {
		for i, t := range l.topics {
			r := l.draw(3, i)
			tags := make([][]any, voicesPerTopic)
			for v := range tags {
				name := firstNames[r.IntN(len(firstNames))] + " " + lastNames[v]
				tags[v] = []any{t.id[:], l.tag(i, v), name, nil, nil, false, t.in.lang, false}
			}
			slices.SortFunc(tags, func(a, b []any) int { return slices.Compare(a[1].([]byte), b[1].([]byte)) })
			for _, row := range tags {
				if !yield(row) {
					return
				}
			}
		}
	}
}

var (
	firstNames = []string{"Quiet", "Amber", "Silver", "Early", "Gentle", "Copper", "Clear", "Winter", "Summer", "Autumn", "Northern", "Southern"}
	lastNames  = [voicesPerTopic]string{"Lantern", "Harbour", "Willow", "River", "Window", "Feather", "Garden", "Bridge", "Pebble", "Candle"}
)

// Columns of a row of posts that others look at.
const (
	postToks, postState, postSearchID = 9, 14, 16
)

func (l *lot) postRows() iter.Seq[[]any] {
	return func(yield func([]any) bool) {
		n, ids, forms, numbers := l.posts(), l.draw(4, 0), l.draw(4, 1), l.draw(4, 2)
		for at := range n {
			topic, no := l.place(at)
			t, p := l.topics[topic], l.post(topic, no)
			id, form := risingKey(at, n, ids), risingKey(at, n, forms)
			state := forum.Shown
			if p.held {
				state = forum.Held
			}
			row := []any{id[:], t.id[:], no, l.tag(topic, p.voice), nil, "", "", p.words.body, p.words.html, p.words.toks, t.in.lang, l.day(p.daysAgo), false,
				1, state, form[:], searchID(at, n, numbers)}
			if !yield(row) {
				return
			}
		}
	}
}

// searchID is a rising row number of the word index.
func searchID(at, n int, r *rand.Rand) int64 {
	key := risingKey(at, n, r)
	return int64(binary.BigEndian.Uint64(key[:8]) >> 1)
}

func (l *lot) boxRows(clock store.Clock) iter.Seq[[]any] {
	return func(yield func([]any) bool) {
		until := clock.Quarter(5)
		for _, s := range l.trails() {
			id := l.topics[l.topicOf(int(s.who), int(s.trail))].id
			box := l.members[s.who].secret.SealBox(trailName(int(s.trail)), id[:])
			if !yield([]any{s.addr[:], box, until}) {
				return
			}
		}
	}
}

// queueRows are what waits at the desk, one row for each post that waits.
func (l *lot) queueRows(clock store.Clock) iter.Seq[[]any] {
	return func(yield func([]any) bool) {
		n, ids, drawn := l.posts(), l.draw(4, 0), l.draw(5, 0)
		for at := range n {
			topic, no := l.place(at)
			id := risingKey(at, n, ids)
			p := l.shape(topic, no, l.draw(2, topic<<8|no))
			if !p.held {
				continue
			}
			item, t := risingKey(at, n, drawn), l.topics[topic]
			since := store.Minute(clock.Time().AddDate(0, 0, -p.daysAgo).Add(time.Duration(no) * time.Minute))
			if !yield([]any{item[:], moderation.Look, id[:], t.board, t.in.lang, 0, forum.FirstLook, since, nil, "", false}) {
				return
			}
		}
	}
}

// shownPosts counts the posts of a lot that everybody sees.
func (l *lot) shownPosts() int {
	shown := 0
	for i := range l.topics {
		held, _ := l.heldIn(i)
		shown += l.length(i) - held
	}
	return shown
}
