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

// Relation is what people agreed on; its people stand in rows of their own. All its columns
// are clear by decision; the words of the agreement are sealed for them.
type Relation struct {
	ID          store.ID `gorm:"primaryKey"`
	Kind        Kind
	CadenceDays int
	Outside     bool // the supervisor does not work for the organisation
	Paid        bool
	State       string
	ProposedBy  store.ID
	AgreementID store.ID
	OpenDay     *string
	NextDay     *string
	Terms       int      // form of what was signed: 1 before there were several people
	ReviewDay   *string  // when the agreement is to be looked at again
	ReplacesID  store.ID // the relation that ends when this one opens
	EndID       store.ID // a reason for its end, sealed; mostly none
}

// TableName names the table.
func (Relation) TableName() string { return "supervision_relations" }

// ProposalForm is what somebody proposes. Its three texts are sealed for the people of it.
type ProposalForm struct {
	Peers, Supervisors []store.ID
	Kind               Kind
	CadenceDays        int
	Outside, Paid      bool
	Agreement          string // what it is for
	Reads              string // who reads what
	Limits             string // limits of confidentiality
	Review             string // day; "" is half a year from now
	Nonce              string
	Insist             bool
}

// Terms are the words of an agreement.
type Terms struct {
	Agreement string `json:"agreement"`
	Reads     string `json:"reads"`
	Limits    string `json:"limits"`
}

// longestCadence is a year: a rhythm beyond it is none.
const longestCadence = 366

// MostPeers is how many people a group or an intervision has beside its supervisors.
const MostPeers = 20

const mostSupervisors = 3

// usualReview is after how many days an agreement is looked at again when nobody says.
const usualReview = 182

// seats says how many peers and supervisors a kind has, least and most.
func seats(k Kind) (peers, supervisors [2]int) {
	switch k {
	case "pair":
		return [2]int{2, 2}, [2]int{0, 0}
	case "group":
		return [2]int{2, MostPeers}, [2]int{1, mostSupervisors}
	case "intervision":
		return [2]int{2, MostPeers}, [2]int{0, 0}
	}
	return [2]int{1, 1}, [2]int{1, 1}
}

func (f ProposalForm) check(who member.Actor, peers, supervisors []member.RoleAccount) error {
	var mend []fault.Field
	bad := func(name, key string, args ...any) {
		mend = append(mend, fault.Field{Name: name, Key: key, Args: args})
	}
	known := func(list []member.RoleAccount, chosen []store.ID) bool {
		return !slices.ContainsFunc(chosen, func(id store.ID) bool {
			return !slices.ContainsFunc(list, func(r member.RoleAccount) bool { return r.ID == id })
		})
	}
	most, over := seats(f.Kind)
	if n := len(f.Peers); n < most[0] || n > most[1] || twice(f.Peers) || !known(peers, f.Peers) {
		bad("peer", peersKey(f.Kind), "Most", MostPeers)
	}
	switch n := len(f.Supervisors); {
	case over[1] == 0 && n > 0:
		bad("supervisor", "supervision.supervisor.none")
	case n < over[0] || n > over[1] || twice(slices.Concat(f.Supervisors, f.Peers)) || !known(supervisors, f.Supervisors):
		bad("supervisor", "supervision.supervisor.missing")
	}
	if !who.Has(member.RoleCoordinator) && !slices.Contains(slices.Concat(f.Peers, f.Supervisors), who.Role.ID) {
		bad("supervisor", "supervision.not-you")
	}
	if !slices.Contains(Kinds, f.Kind) {
		bad("kind", "supervision.kind.missing")
	}
	if f.CadenceDays < 1 || f.CadenceDays > longestCadence {
		bad("cadence", "supervision.cadence.range", "Most", longestCadence)
	}
	if strings.TrimSpace(f.Agreement) == "" {
		bad("agreement", "supervision.agreement.empty")
	}
	mend = append(mend, tooLong("agreement", f.Agreement)...)
	mend = append(mend, tooLong("reads", f.Reads)...)
	mend = append(mend, tooLong("limits", f.Limits)...)
	if len(mend) > 0 {
		return fault.Mend(mend...)
	}
	return nil
}

func peersKey(k Kind) string {
	switch {
	case k == "pair":
		return "supervision.peers.two"
	case severalKind(k):
		return "supervision.peers.few"
	}
	return "supervision.peer.missing"
}

// twice reports whether somebody stands in a list two times.
func twice(list []store.ID) bool {
	seen := map[store.ID]bool{}
	for _, id := range list {
		if seen[id] {
			return true
		}
		seen[id] = true
	}
	return false
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
	return store.DaysAfter(from, (r.CadenceDays*3+1)/2)
}
