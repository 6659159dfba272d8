package forum

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"

	"portico/app/markup"
	"portico/app/search"
	"portico/app/store"
)

// Post is one contribution. It carries either a tag that only its author's live session
// can compute, or openly the role account that signed it; never both, never an account.
type Post struct {
	ID            store.ID `gorm:"primaryKey"`
	TopicID       store.ID
	No            int
	Tag           store.Bytes
	RoleAccountID store.ID
	Badge         string // role shown beside a handle
	Handle        string
	Body          string
	HTML          string `gorm:"column:html"`
	Toks          string
	Lang          string
	Day           string
	Edited        bool
	Version       int
	State         string
	NonceHash     []byte
	SearchID      int64
}

// TableName names the table.
func (Post) TableName() string { return "posts" }

// States of a post.
const (
	Shown  = "shown"
	Held   = "held"   // waits for a moderator; its author sees it
	Hidden = "hidden" // a moderator took it out of sight; its author sees it with the reason
)

// write sets the words of a post with what is derived from them.
func (p *Post) write(title, body string) {
	p.Body = body
	p.HTML = markup.Post(body)
	p.Toks = search.Tokens(title + "\n" + body)
}

// newSearchID draws a random row number for the word index: a rising one would be the
// order of posting.
func newSearchID() int64 {
	var b [8]byte
	rand.Read(b[:])
	return int64(binary.BigEndian.Uint64(b[:]) >> 1)
}

// nonceHash is what a post remembers of its form, so that the same form posts once. A form
// without a nonce gets a random one.
func nonceHash(nonce string) []byte {
	if nonce == "" {
		id := store.NewID()
		nonce = id.String()
	}
	sum := sha256.Sum256([]byte("post nonce|" + nonce))
	return sum[:16]
}
