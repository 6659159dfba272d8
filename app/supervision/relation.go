package supervision

import (
	"slices"
	"strings"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// Kind is what kind of supervision a relation is.
type Kind string

// Kinds in the order of pages.
var Kinds = []Kind{"individual", "group", "pair", "intervision", "debrief", "case", "mentoring"}

// The states of a relation.
const (
	Proposed = "proposed"
	Open     = "open"
	Refused  = "refused"
	Ended    = "ended"
)

// Relation joins a peer and a supervisor. All its columns are clear by decision; the words
// of the agreement are sealed for the two.
type Relation struct {
	ID              store.ID `gorm:"primaryKey"`
	SupervisorID    store.ID
	PeerID          store.ID
	Kind            Kind
	CadenceDays     int
	Outside         bool // the supervisor does not work for the organisation
	Paid            bool
	State           string
	ProposedBy      store.ID
	AgreementID     store.ID
	SupervisorPrint []byte // fingerprints of the keys for which the agreement was sealed
	PeerPrint       []byte
	SupervisorSign  store.Bytes
	PeerSign        store.Bytes
	OpenDay         *string
	NextDay         *string
}

// TableName names the table.
func (Relation) TableName() string { return "supervision_relations" }

// Part says which of the two somebody is: "peer", "supervisor" or "".
func (r Relation) Part(who member.Actor) string {
	switch {
	case who.Role == nil:
		return ""
	case who.Role.ID == r.PeerID:
		return "peer"
	case who.Role.ID == r.SupervisorID:
		return "supervisor"
	}
	return ""
}

// Accepted reports whether one of the two has said yes.
func (r Relation) Accepted(part string) bool {
	return part == "peer" && len(r.PeerSign) > 0 || part == "supervisor" && len(r.SupervisorSign) > 0
}

// ProposalForm is what somebody proposes.
type ProposalForm struct {
	Peer, Supervisor store.ID
	Kind             Kind
	CadenceDays      int
	Outside, Paid    bool
	Agreement        string // purpose, who reads what, limits of confidentiality, review
	Nonce            string
	Insist           bool
}

// longestCadence is a year: a rhythm beyond it is none.
const longestCadence = 366

func (f ProposalForm) check(who member.Actor, peers, supervisors []member.RoleAccount) error {
	var mend []fault.Field
	is := func(list []member.RoleAccount, id store.ID) bool {
		return slices.ContainsFunc(list, func(r member.RoleAccount) bool { return r.ID == id })
	}
	if !is(peers, f.Peer) {
		mend = append(mend, fault.Field{Name: "peer", Key: "supervision.peer.missing"})
	}
	if !is(supervisors, f.Supervisor) || f.Supervisor == f.Peer {
		mend = append(mend, fault.Field{Name: "supervisor", Key: "supervision.supervisor.missing"})
	}
	if !who.Has(member.RoleCoordinator) && who.Role.ID != f.Peer && who.Role.ID != f.Supervisor {
		mend = append(mend, fault.Field{Name: "supervisor", Key: "supervision.not-you"})
	}
	if !slices.Contains(Kinds, f.Kind) {
		mend = append(mend, fault.Field{Name: "kind", Key: "supervision.kind.missing"})
	}
	if f.CadenceDays < 1 || f.CadenceDays > longestCadence {
		mend = append(mend, fault.Field{Name: "cadence", Key: "supervision.cadence.range", Args: []any{"Most", longestCadence}})
	}
	if strings.TrimSpace(f.Agreement) == "" {
		mend = append(mend, fault.Field{Name: "agreement", Key: "supervision.agreement.empty"})
	}
	mend = append(mend, tooLong("agreement", f.Agreement)...)
	if len(mend) > 0 {
		return fault.Mend(mend...)
	}
	return nil
}

// dueBy is the last day on which the next conversation keeps the rhythm with half of it as
// grace. After it the organisation has missed a duty, not the worker.
func (r Relation) dueBy(last string) string {
	from := last
	if from == "" && r.OpenDay != nil {
		from = *r.OpenDay
	}
	if r.State != Open || from == "" {
		return ""
	}
	return after(from, (r.CadenceDays*3+1)/2)
}
