package vault

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"strings"
	"time"
)

// Token is the random part of a session cookie. The table holds only its hash.
type Token [32]byte

// NewToken draws a token.
func NewToken() Token { return Token(Random(32)) }

// ID is the primary key of the session's row.
func (t Token) ID() []byte {
	sum := sha256.Sum256(t[:])
	return sum[:]
}

// FormToken is what every form of this session carries against forged requests.
func (t Token) FormToken() string {
	h := hmac.New(sha256.New, t[:])
	h.Write([]byte("csrf"))
	return base64.RawURLEncoding.EncodeToString(h.Sum(nil)[:24])
}

// SealSession seals a session's box. Opening it takes the cookie and the server's secret
// together: neither a copy of the database nor a stolen cookie beside one is enough.
func (s *Server) SealSession(t Token, payload []byte) []byte {
	return seal(s.key("session", t[:]), pad(payload), t.ID())
}

// OpenSession opens what SealSession sealed.
func (s *Server) OpenSession(t Token, box []byte) ([]byte, error) {
	padded, err := open(s.key("session", t[:]), box, t.ID())
	if err != nil {
		return nil, err
	}
	return unpad(padded)
}

// Cookie joins the token with a sealed stamp of the last active minute. Idle time lives
// here and not in a table, so that reading pages writes nothing.
func (s *Server) Cookie(t Token, active time.Time) string {
	return base64.RawURLEncoding.EncodeToString(t[:]) + "." + s.Ticket("idle", binary.BigEndian.AppendUint64(t.ID()[:8:8], uint64(active.Unix()/60)))
}

// ReadCookie returns the token and the last active minute of a cookie that this server made.
func (s *Server) ReadCookie(value string) (t Token, active time.Time, ok bool) {
	first, second, found := strings.Cut(value, ".")
	raw, err := base64.RawURLEncoding.DecodeString(first)
	if !found || err != nil || len(raw) != len(t) {
		return t, active, false
	}
	copy(t[:], raw)
	stamp, ok := s.ReadTicket("idle", second)
	if !ok || len(stamp) != 16 || !hmac.Equal(stamp[:8], t.ID()[:8]) {
		return t, active, false
	}
	return t, time.Unix(int64(binary.BigEndian.Uint64(stamp[8:]))*60, 0), true
}

// Ticket seals a small payload for one purpose so that a form may carry it and only this
// server can read or make it.
func (s *Server) Ticket(purpose string, payload []byte) string {
	return base64.RawURLEncoding.EncodeToString(seal(s.key("ticket "+purpose), payload, []byte(purpose)))
}

// ReadTicket opens a ticket of this purpose.
func (s *Server) ReadTicket(purpose, ticket string) ([]byte, bool) {
	raw, err := base64.RawURLEncoding.DecodeString(ticket)
	if err != nil {
		return nil, false
	}
	payload, err := open(s.key("ticket "+purpose), raw, []byte(purpose))
	return payload, err == nil
}

// Fingerprint is a keyed hash for values that must be found but not read in a stolen
// database, such as invitation codes and the tokens of role links.
func (s *Server) Fingerprint(purpose, value string) []byte {
	h := hmac.New(sha256.New, s.key("fingerprint "+purpose))
	h.Write([]byte(value))
	return h.Sum(nil)[:16]
}
