package supervision

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"strconv"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
	"portico/app/vault"
)

// Why somebody of a relation cannot read or sign what comes now.
const (
	Gone       = "gone" // her account has ended
	KeyChanged = "key"  // her key is not the one that she agreed with, nor one that follows from it
	Left       = "left"
)

// parts joins parts with their lengths, so that two lists never give the same bytes.
func parts(purpose string, list ...[]byte) []byte {
	out := []byte(purpose)
	for _, p := range list {
		out = binary.BigEndian.AppendUint32(out, uint32(len(p)))
		out = append(out, p...)
	}
	return out
}

// Fingerprint names a pair of public keys in an agreement.
func Fingerprint(key member.RoleKey) []byte { return key.Fingerprint() }

// printOf is the fingerprint of a person's present public keys.
func printOf(ctx context.Context, db *gorm.DB, account store.ID) ([]byte, error) {
	key, err := member.PresentKey(ctx, db, account)
	return Fingerprint(key), err
}

// message is what the people sign with whom a relation begins: the agreement as it is
// sealed, the rhythm, and the fingerprints of all keys, so that a key that is swapped later
// shows. Relations of one peer and one supervisor from before there were several keep the
// form that they were signed in.
func (t Team) message(ctx context.Context, db *gorm.DB) ([]byte, error) {
	boxes, err := member.SealedBoxes(ctx, db, []store.ID{t.AgreementID})
	if err != nil {
		return nil, err
	}
	box := sha256.Sum256(boxes[t.AgreementID])
	facts := string(t.Kind) + "|" + strconv.Itoa(t.CadenceDays) + "|" + strconv.FormatBool(t.Outside) + "|" + strconv.FormatBool(t.Paid)
	founders := t.founders()
	if t.Terms == 1 {
		var peer, supervisor Member
		for _, m := range founders {
			if m.Part == Peer {
				peer = m
			} else {
				supervisor = m
			}
		}
		return parts("portico agreement v1", t.ID[:], peer.AccountID[:], supervisor.AccountID[:], []byte(facts), box[:], peer.Print, supervisor.Print), nil
	}
	list := [][]byte{t.ID[:], []byte(facts), t.ReplacesID[:], box[:]}
	for _, m := range founders {
		list = append(list, m.AccountID[:], []byte(m.Part), m.Print)
	}
	return parts("portico agreement v2", list...), nil
}

// messageFor is what one of its people signs: whoever came later signs beside the
// agreement that she came, and so does whoever invited her.
func (t Team) messageFor(ctx context.Context, db *gorm.DB, m Member) ([]byte, error) {
	base, err := t.message(ctx, db)
	if err != nil || m.AddedBy.IsZero() {
		return base, err
	}
	return parts("portico newcomer v1", base, m.AccountID[:], []byte(m.Part), m.Print, m.AddedBy[:]), nil
}

// signedWith reports whether a signature is of a key that she agreed with, or of one that
// follows from it.
func signedWith(ctx context.Context, db *gorm.DB, m Member, message, sign []byte) (bool, error) {
	keys, err := gorm.G[member.RoleKey](db).Where("account_id = ?", m.AccountID).Find(ctx)
	if err != nil {
		return false, store.Translate(err)
	}
	for _, key := range keys {
		if !vault.Verify(key.SignPub, message, sign) {
			continue
		}
		if bytes.Equal(Fingerprint(key), m.Print) {
			return true, nil
		}
		return member.KeyDescends(ctx, db, key, m.Print)
	}
	return false, nil
}

// reach says why nothing can be sealed for somebody, or "" when her key is the one that
// she agreed with, or follows from it.
func reach(ctx context.Context, db *gorm.DB, m Member) (string, error) {
	holds, err := member.Descends(ctx, db, m.AccountID, m.Print)
	switch {
	case fault.Is(err, fault.Refused):
		return Gone, nil // she has no key any more
	case err != nil:
		return "", err
	case !holds:
		return KeyChanged, nil
	case m.LeftDay != nil:
		return Left, nil
	}
	return "", nil
}

// trusted reports whether a person stands in the agreement by a signature: those with whom
// it began are in it, and everybody else by the word of somebody who is.
func (t Team) trusted(ctx context.Context, db *gorm.DB, m Member) (bool, error) {
	for range t.Members {
		if m.AddedBy.IsZero() {
			return true, nil
		}
		by, there := t.member(m.AddedBy)
		if !there {
			return false, nil
		}
		message, err := t.messageFor(ctx, db, m)
		if err != nil {
			return false, err
		}
		if holds, err := signedWith(ctx, db, by, message, m.AddedSign); err != nil || !holds {
			return false, err
		}
		m = by
	}
	return false, nil
}

func keyChanged() error { return fault.New(fault.Refused, "supervision.key.changed") }

// sure stops when the agreement is not the one that she signed, or when her own key is not
// the one of her session: a writer of the database can replace rows, and not the key that
// her passphrase opened.
func (t Team) sure(ctx context.Context, db *gorm.DB, who member.Actor) error {
	me, ok := t.Of(who)
	if !ok {
		return fault.Missing()
	}
	now, err := member.PresentKey(ctx, db, me.AccountID)
	if err != nil {
		return err
	}
	holds, err := member.KeyDescends(ctx, db, now, me.Print)
	if err != nil {
		return err
	}
	if !holds || !bytes.Equal(now.SignPub, who.Role.Identity.SignPublic()) {
		return keyChanged()
	}
	if !me.Accepted() {
		return nil
	}
	message, err := t.messageFor(ctx, db, me)
	if err != nil || vault.Verify(who.Role.Identity.SignPublic(), message, me.Sign) {
		return err
	}
	// She may have changed her key since: then the signature is of one before it.
	if holds, err = signedWith(ctx, db, me, message, me.Sign); err == nil && !holds {
		return keyChanged()
	}
	return err
}

// readers are the people for whom new words are sealed: everybody who is here and whose
// key holds. Who cannot be reached is left out, and the page says so.
func (t Team) readers(ctx context.Context, db *gorm.DB, who member.Actor) ([]store.ID, error) {
	if err := t.sure(ctx, db, who); err != nil {
		return nil, err
	}
	var list []store.ID
	for _, m := range t.here() {
		why, err := reach(ctx, db, m)
		if err != nil {
			return nil, err
		}
		if why != "" {
			continue
		}
		known, err := t.trusted(ctx, db, m)
		if err != nil {
			return nil, err
		}
		if known {
			list = append(list, m.AccountID)
		}
	}
	return list, nil
}

// company is readers for words that need somebody who reads them: alone she writes to
// nobody, and in a relation of two a key that changed stops everything.
func (t Team) company(ctx context.Context, db *gorm.DB, who member.Actor) ([]store.ID, error) {
	list, err := t.readers(ctx, db, who)
	if err != nil || len(list) > 1 {
		return list, err
	}
	for _, m := range t.here() {
		if why, err := reach(ctx, db, m); err != nil || why == KeyChanged {
			return nil, or(err, keyChanged())
		}
	}
	return nil, fault.New(fault.Refused, "supervision.nobody-reads")
}

func or(err, other error) error {
	if err != nil {
		return err
	}
	return other
}
