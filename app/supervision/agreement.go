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

// Choices are the people between whom she may propose a relation.
func (s *Service) Choices(ctx context.Context, who member.Actor) (peers, supervisors []member.RoleAccount, err error) {
	if !mayPropose(who) {
		return nil, nil, missing()
	}
	if peers, err = member.Colleagues(ctx, s.store.DB, member.RolePeer); err != nil {
		return nil, nil, err
	}
	supervisors, err = member.Colleagues(ctx, s.store.DB, member.RoleSupervisor)
	return peers, supervisors, err
}

func mayPropose(who member.Actor) bool {
	return who.Role != nil && who.Has(member.RoleCoordinator, member.RoleSupervisor, member.RolePeer)
}

// Propose proposes a relation. The agreement is sealed for the two people alone: whoever
// proposes for others cannot read it again. One of the two who proposes says yes with it.
func (s *Service) Propose(ctx context.Context, who member.Actor, f ProposalForm) (Receipt, error) {
	peers, supervisors, err := s.Choices(ctx, who)
	if err != nil {
		return Receipt{}, err
	}
	if err := f.check(who, peers, supervisors); err != nil {
		return Receipt{}, err
	}
	receipt, stop := screen(f.Insist, f.Agreement)
	if stop {
		return receipt, nil
	}
	receipt.ID, receipt.Stored = idOf(f.Nonce), true
	r := Relation{
		ID: receipt.ID, SupervisorID: f.Supervisor, PeerID: f.Peer, Kind: f.Kind, CadenceDays: f.CadenceDays, Outside: f.Outside,
		Paid: f.Paid, State: Proposed, ProposedBy: who.Role.ID,
	}
	err = s.store.Tx(ctx, func(tx *gorm.DB) error {
		if r.PeerPrint, err = printOf(ctx, tx, r.PeerID); err != nil {
			return err
		}
		if r.SupervisorPrint, err = printOf(ctx, tx, r.SupervisorID); err != nil {
			return err
		}
		if r.AgreementID, err = s.seal(ctx, tx, r, "supervision agreement", f.Agreement); err != nil {
			return err
		}
		message, err := r.message(ctx, tx)
		if err != nil {
			return err
		}
		switch r.Part(who) {
		case "peer":
			r.PeerSign = who.Role.Identity.Sign(message)
		case "supervisor":
			r.SupervisorSign = who.Role.Identity.Sign(message)
		}
		return gorm.G[Relation](tx).Create(ctx, &r)
	})
	if store.IsDuplicate(err) {
		return receipt, nil // the same form again
	}
	return receipt, err
}

// printOf is the fingerprint of a person's present public keys.
func printOf(ctx context.Context, db *gorm.DB, account store.ID) ([]byte, error) {
	key, err := member.PresentKey(ctx, db, account)
	return Fingerprint(key), err
}

// Fingerprint names a pair of public keys in an agreement.
func Fingerprint(key member.RoleKey) []byte {
	sum := sha256.Sum256(parts("role key", key.EncPub, key.SignPub))
	return sum[:]
}

// message is what both sign when they accept: the agreement as it is sealed, the rhythm,
// and the fingerprints of both keys, so that a key that is swapped later shows.
func (r Relation) message(ctx context.Context, db *gorm.DB) ([]byte, error) {
	boxes, err := member.SealedBoxes(ctx, db, []store.ID{r.AgreementID})
	if err != nil {
		return nil, err
	}
	box := sha256.Sum256(boxes[r.AgreementID])
	facts := string(r.Kind) + "|" + strconv.Itoa(r.CadenceDays) + "|" + strconv.FormatBool(r.Outside) + "|" + strconv.FormatBool(r.Paid)
	return parts("portico agreement v1", r.ID[:], r.PeerID[:], r.SupervisorID[:], []byte(facts), box[:], r.PeerPrint, r.SupervisorPrint), nil
}

// parts joins parts with their lengths, so that two lists never give the same bytes.
func parts(purpose string, list ...[]byte) []byte {
	out := []byte(purpose)
	for _, p := range list {
		out = binary.BigEndian.AppendUint32(out, uint32(len(p)))
		out = append(out, p...)
	}
	return out
}

// keysHold stops before anything is sealed when a key is not the one of the agreement any
// more. She checks her own signature with the key of her session, which no writer of the
// database can replace.
func (s *Service) keysHold(ctx context.Context, tx *gorm.DB, who member.Actor, r Relation) error {
	changed := fault.New(fault.Refused, "supervision.key.changed")
	for _, one := range []struct {
		account store.ID
		print   []byte
	}{{r.PeerID, r.PeerPrint}, {r.SupervisorID, r.SupervisorPrint}} {
		now, err := printOf(ctx, tx, one.account)
		if err != nil {
			return err
		}
		if !bytes.Equal(now, one.print) {
			return changed
		}
	}
	mine := r.PeerSign
	if r.Part(who) == "supervisor" {
		mine = r.SupervisorSign
	}
	if len(mine) == 0 {
		return nil // she has not accepted yet
	}
	message, err := r.message(ctx, tx)
	if err == nil && !vault.Verify(who.Role.Identity.SignPublic(), message, mine) {
		return changed
	}
	return err
}

// Accept says yes to a proposal. With the second yes the relation is open.
func (s *Service) Accept(ctx context.Context, who member.Actor, id store.ID) error {
	r, err := s.mine(ctx, s.store.DB, who, id)
	if err != nil {
		return err
	}
	part := r.Part(who)
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		if err := s.keysHold(ctx, tx, who, r); err != nil {
			return err
		}
		message, err := r.message(ctx, tx)
		if err != nil {
			return err
		}
		n, err := gorm.G[Relation](tx).Where("id = ? AND state = ? AND "+part+"_sign IS NULL", id, Proposed).
			Update(ctx, part+"_sign", who.Role.Identity.Sign(message))
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.New(fault.Conflict, "error.changed")
		}
		_, err = gorm.G[Relation](tx).Where("id = ? AND peer_sign IS NOT NULL AND supervisor_sign IS NOT NULL", id).
			Select("State", "OpenDay").Updates(ctx, Relation{State: Open, OpenDay: new(s.store.Today())})
		return err
	})
}

// Refuse says no to a proposal; no reason is asked.
func (s *Service) Refuse(ctx context.Context, who member.Actor, id store.ID) error {
	return s.move(ctx, who, id, Proposed, Refused)
}

// End closes a relation: either of the two may, at any time and without a reason, because
// she chooses her supervisor. What was written stays for both.
func (s *Service) End(ctx context.Context, who member.Actor, id store.ID) error {
	return s.move(ctx, who, id, Open, Ended)
}

func (s *Service) move(ctx context.Context, who member.Actor, id store.ID, from, to string) error {
	if _, err := s.mine(ctx, s.store.DB, who, id); err != nil {
		return err
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		n, err := gorm.G[Relation](tx).Where("id = ? AND state = ?", id, from).Select("State", "NextDay").Updates(ctx, Relation{State: to})
		if err == nil && n == 0 {
			return fault.New(fault.Conflict, "error.changed")
		}
		return err
	})
}

// Plan sets the day of the next conversation; "" takes it back.
func (s *Service) Plan(ctx context.Context, who member.Actor, id store.ID, day string) error {
	if _, err := s.mine(ctx, s.store.DB, who, id); err != nil {
		return err
	}
	if day != "" && !dayIn(day, s.store.Today(), s.store.DayAfter(longestCadence)) {
		return fault.Mend(fault.Field{Name: "next", Key: "supervision.next.range"})
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error { return plan(ctx, tx, id, day) })
}

func plan(ctx context.Context, tx *gorm.DB, id store.ID, day string) error {
	var next *string
	if day != "" {
		next = &day
	}
	n, err := gorm.G[Relation](tx).Where("id = ? AND state = ?", id, Open).Select("NextDay").Updates(ctx, Relation{NextDay: next})
	if err == nil && n == 0 {
		return fault.New(fault.Conflict, "supervision.not-open")
	}
	return err
}

// mine loads a relation that she is part of; any other does not exist for her.
func (s *Service) mine(ctx context.Context, db *gorm.DB, who member.Actor, id store.ID) (Relation, error) {
	if who.Role == nil {
		return Relation{}, missing()
	}
	r, err := gorm.G[Relation](db).Where("id = ? AND (peer_id = ? OR supervisor_id = ?)", id, who.Role.ID, who.Role.ID).First(ctx)
	return r, store.Translate(err)
}
