package bench

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"portico/app/member"
	"portico/app/store"
	"portico/app/vault"
)

// seat is a member with a live session, in a browser of her own.
type seat struct {
	lot   *lot
	who   int // her number in the lot
	token vault.Token
	form  string // the token of forms, taken from a page that she was shown
}

// cookie is the session cookie as her browser would hold it at this moment.
func (s seat) cookie(server *vault.Server, now time.Time) string { return server.Cookie(s.token, now) }

// doorkeeper makes accounts and sessions as package member does, but without the costly
// stretching of a key for each: all accounts here lie under one stretched key.
type doorkeeper struct {
	server *vault.Server
	clock  store.Clock
	root   vault.Root
}

func newDoorkeeper(server *vault.Server, salt []byte, clock store.Clock) doorkeeper {
	return doorkeeper{server, clock, server.Stretch(vault.Light, vault.NewMemberKey(), salt)}
}

// accounts are the rows of the members of a lot.
func (d doorkeeper) accounts(l *lot) rows {
	return rows{"accounts", []string{"id", "salt", "lookup", "kdf", "sealed", "gen", "keep_until"}, func(yield func([]any) bool) {
		until := d.clock.Half(5)
		for _, m := range l.members {
			salt := vault.Random(16)
			sealed, err := d.sealAccount(m, salt)
			if err != nil {
				panic("bench: an account is plain data: " + err.Error())
			}
			if !yield([]any{m.account[:], salt, vault.Random(32), int(vault.Light), sealed, m.gen, until}) {
				return
			}
		}
	}}
}

func (d doorkeeper) sealAccount(m memberPlan, salt []byte) ([]byte, error) {
	raw, err := json.Marshal(map[string]any{"secrets": []vault.Secret{m.secret}})
	if err != nil {
		return nil, err
	}
	raw = append(raw, bytes.Repeat([]byte{' '}, max(0, 1024-len(raw)))...)
	return vault.Wrap(d.root.MemberKey(salt), raw, append([]byte("account|"), m.account[:]...)), nil
}

// seats opens so many sessions of members of a lot, evenly over all of them.
func (d doorkeeper) seats(l *lot, n int) []seat {
	all := make([]seat, n)
	for i := range all {
		all[i] = seat{lot: l, who: i * 7919 % len(l.members), token: vault.NewToken()}
	}
	return all
}

// lasts is how long such a session lives, as for any device that keeps nothing.
const lasts = 12 * time.Hour

// sessions are the rows of seats.
func (d doorkeeper) sessions(seats []seat) (rows, error) {
	ends := store.Hour(d.clock.Time().Add(lasts))
	list := make([][]any, len(seats))
	for i, s := range seats {
		m := s.lot.members[s.who]
		payload, err := json.Marshal(map[string]any{
			"account": m.account, "gen": m.gen, "secrets": []vault.Secret{m.secret}, "device": member.NoTrace,
		})
		if err != nil {
			return rows{}, fmt.Errorf("write a session: %w", err)
		}
		id := s.token.ID()
		list[i] = []any{id, m.secret.Owner(), m.secret.SealBox("label/"+hex.EncodeToString(id), nil), d.server.SealSession(s.token, payload), ends}
	}
	slices.SortFunc(list, func(a, b []any) int { return slices.Compare(a[0].([]byte), b[0].([]byte)) })
	return rows{"sessions", []string{"id", "owner", "label_box", "box", "ends"}, slices.Values(list)}, nil
}

// path is the address of a talk.
func (l *lot) path(topic int) string {
	t := l.topics[topic]
	return "/forum/" + t.board + "/" + t.id.String()
}

// seen is a post as it stands on the page of its talk.
func (l *lot) seen(topic, no int) string {
	html := l.post(topic, no).words.html
	return strings.TrimSuffix(strings.TrimPrefix(html, "<p>"), "</p>")
}

// sign are words by which the page of a talk is known: those of a post near the end of its
// first page, wherever posts that wait move the end itself.
func (l *lot) sign(topic int) string {
	no := 25
	for l.shape(topic, no, l.draw(2, topic<<8|no)).held {
		no--
	}
	return l.seen(topic, no)
}
