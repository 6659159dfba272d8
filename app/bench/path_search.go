package bench

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Targets of search.
const (
	searchRate = 500
	searchP99  = 50 // ms
)

// questions is how many different ones people ask.
const questions = 4_000

// search measures what members look for: one or two words of what somebody wrote, in every
// script, by the form that keeps the words out of the address.
func (b *bench) search(ctx context.Context) ([]Row, error) {
	if err := b.takeForms(); err != nil {
		return nil, fmt.Errorf("take the forms: %w", err)
	}
	t, err := b.alternate(ctx, side{address: b.serve.address, work: b.questions(b.seats, questions), workers: connections}, nil)
	if err != nil {
		return nil, b.enoughSeats(err)
	}
	row := t.row(fmt.Sprintf("search over %d posts in six scripts", b.town.about.Posts), "")
	row.met("500 /s, p99 < 50 ms", row.Value >= searchRate && row.P99 < searchP99)
	return []Row{row}, nil
}

// questions writes questions down, each from another seat as long as there are seats.
func (b *bench) questions(seats []seat, n int) *prepared {
	w := newPrepared((*expected).hers)
	now := b.town.clock.Now()
	n = max(n, len(seats)) / len(seats) * len(seats) // everybody asks as often
	for i := range n {
		s := seats[i%len(seats)]
		form := "token=" + url.QueryEscape(s.form) + "&in=&q=" + url.QueryEscape(s.lot.question(i))
		ask := browser{lang: "en", cookie: s.cookie(b.town.secrets, now)}
		w.add(ask.post("/forum/search", []byte(form)), expect(`<li class="row">`))
	}
	return w
}

// tellingWord is how many letters a word has that somebody looks for.
const tellingWord = 5

// question draws one or two words of a post that everybody sees; where words are written
// without spaces between them, two or three signs.
func (l *lot) question(number int) string {
	for r := l.draw(7, number); ; {
		topic := r.IntN(len(l.topics))
		no := 1 + r.IntN(l.length(topic))
		p := l.post(topic, no)
		if p.held {
			continue
		}
		parts := strings.FieldsFunc(p.words.body, func(c rune) bool { return strings.ContainsRune(" .,!?؟،。，、！？：；«»…“”", c) })
		script := l.topics[topic].in.script
		if unspaced := script == "Han" || script == "Thai"; unspaced {
			signs := []rune(parts[r.IntN(len(parts))])
			if n := 2 + r.IntN(2); len(signs) >= n && !slices.ContainsFunc(signs, func(c rune) bool { return c < '\u0e00' }) {
				from := r.IntN(len(signs) - n + 1)
				if asked := string(signs[from : from+n]); letters(asked) > 1 {
					return asked
				}
			}
			continue
		}
		at := r.IntN(len(parts))
		switch {
		case utf8.RuneCountInString(parts[at]) < tellingWord:
		case at+1 < len(parts) && r.IntN(2) == 0:
			return parts[at] + " " + parts[at+1]
		default:
			return parts[at]
		}
	}
}

// letters counts the signs of a text that are no marks above or below others.
func letters(text string) (n int) {
	for _, c := range text {
		if unicode.IsLetter(c) {
			n++
		}
	}
	return n
}
