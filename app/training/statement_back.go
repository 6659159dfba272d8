package training

import (
	"context"
	"encoding/json"
	"slices"

	"gorm.io/gorm"

	"portico/app/audit"
	"portico/app/credential"
	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// The reasons for which a coordinator takes a statement back. They go into the audit log
// and nowhere else: whoever checks a code is told that it does not count, and not why.
const (
	ByMistake = "mistake"  // it should never have been made
	PassedOn  = "passed"   // somebody else uses it
	Outdated  = "outdated" // what the module taught is not right any more
	AskedFor  = "asked"    // its holder asks for it and cannot do it herself
)

// BackReasons are the reasons in the order of the form.
var BackReasons = []string{ByMistake, PassedOn, Outdated, AskedFor}

// WrongCode is the message of a code that fits no statement.
const WrongCode = "learn.verify.unknown"

// TakeBack ends every statement that she holds about a module. She may make a new one,
// with another code.
func (s *Service) TakeBack(ctx context.Context, who member.Actor, slug string) error {
	if _, err := s.learner(ctx, who, slug); err != nil {
		return err
	}
	mine, err := s.papers(ctx, who, slug)
	if err != nil {
		return err
	}
	hashes := make([][]byte, len(mine.Codes))
	for i, code := range mine.Codes {
		hashes[i] = s.codeHash(code)
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		n, err := gorm.G[StatementRow](tx).Where("code_hash IN ? AND state = ?", hashes, Counts).Update(ctx, "state", Back)
		if err == nil && n == 0 {
			return notFound()
		}
		return err
	})
}

// Revoke takes the statement with this fingerprint back for good. The coordinator knows the
// code, because somebody showed it; whose it is she does not learn. When its holder asked
// for it, it is as if she had taken it back herself.
func (s *Service) Revoke(ctx context.Context, who member.Actor, hash []byte, reason string) error {
	if !who.Has(member.RoleCoordinator) {
		return notFound()
	}
	if !slices.Contains(BackReasons, reason) {
		return fault.Mend(fault.Field{Name: "reason", Key: "learn.waive.reason.none"})
	}
	change := statementChange{hash: hash, from: []StatementState{Counts, Back}, to: Revoked, act: "taken back", reason: reason}
	if reason == AskedFor {
		change.from, change.to = []StatementState{Counts}, Back
	}
	return s.changeStatement(ctx, who, change, "learn.revoke.already")
}

// AllowAnew lets the holder of a statement that was taken back make a new one. The old one
// stays as it is.
func (s *Service) AllowAnew(ctx context.Context, who member.Actor, hash []byte) error {
	if !who.Has(member.RoleCoordinator) {
		return notFound()
	}
	change := statementChange{hash: hash, from: []StatementState{Revoked}, to: Allowed, act: "allowed anew"}
	return s.changeStatement(ctx, who, change, "learn.allow.not")
}

// statementChange is one act of a coordinator on a statement.
type statementChange struct {
	hash   []byte
	from   []StatementState
	to     StatementState
	act    string
	reason string
}

// changeStatement does it with its row in the audit log. Refusal is what is said when the
// statement is there and in no state from which the act leads on.
func (s *Service) changeStatement(ctx context.Context, who member.Actor, c statementChange, refusal string) error {
	matter, err := json.Marshal(struct {
		Act       string `json:"act"`
		Statement string `json:"statement"`
		Reason    string `json:"reason,omitempty"`
		By        string `json:"by"`
	}{c.act, s.credentialID(c.hash).URN(), c.reason, who.Role.ID.String()})
	if err != nil {
		return fault.Wrap(err, "write down an act")
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		there, err := findStatements(ctx, tx, [][]byte{c.hash})
		if err != nil {
			return err
		}
		if len(there) == 0 {
			return fault.Mend(fault.Field{Name: "code", Key: WrongCode})
		}
		n, err := gorm.G[StatementRow](tx).Where("code_hash = ? AND state IN ?", c.hash, c.from).Update(ctx, "state", c.to)
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.Mend(fault.Field{Name: "code", Key: refusal})
		}
		return audit.Note(ctx, tx, s.store.Today(), "statement", string(matter))
	})
}

// RevokedList is the published list of credentials that were taken back, for the portal at
// this address. It names ids that nobody but a holder of the file has seen.
func (s *Service) RevokedList(ctx context.Context, origin string) ([]byte, error) {
	rows, err := gorm.G[StatementRow](s.store.DB).Select("code_hash").Where("state <> ?", Counts).Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	ids := make([]credential.ID, len(rows))
	for i, row := range rows {
		ids[i] = s.credentialID(row.CodeHash)
	}
	return credential.Revoked(origin, ids)
}
