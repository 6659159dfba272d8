package desk

import (
	"cmp"
	"context"
	"io"
	"slices"
	"time"

	"gorm.io/gorm"

	"portico/app/audit"
	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// Cell is a number that may be published: rounded down to five, or hidden where fewer than
// ten stand behind it. Zero is hidden too, or it would tell apart none from few.
type Cell struct {
	Key string
	N   int
	Few bool
}

func cell(key string, n int) Cell {
	if n < 10 {
		return Cell{Key: key, Few: true}
	}
	return Cell{Key: key, N: n - n%5}
}

// Openness is what everybody may know about the desk: complete months only, so that no two
// looks at the page can be subtracted from each other, and no totals.
type Openness struct {
	From, To string // months, both included; "" while no month is complete
	Actions  []Cell // by what was decided
	Reasons  []Cell // by house rule, of what was not kept
	Waited   string // the bucket in the middle, or "" where too few waited
	Appeals  []Cell // "stays" and "changed"
	Second   []Cell // the same for second looks
	// Rows and Head stand for the whole audit log: who writes them down today can prove
	// tomorrow that nothing before was altered.
	Rows int64
	Head []byte
}

// monthsShown is how far back the page looks.
const monthsShown = 12

// waits is the order of the buckets of waiting.
var waits = []string{"minutes", "hour", "day", "longer"}

// Openness reads the public figures.
func (s *Service) Openness(ctx context.Context) (Openness, error) {
	now := s.store.Now().In(s.store.Zone)
	first := time.Date(now.Year(), now.Month(), 1, 0, 0, 0, 0, time.UTC)
	o := Openness{From: first.AddDate(0, -monthsShown, 0).Format("2006-01"), To: first.AddDate(0, -1, 0).Format("2006-01")}
	rows, err := gorm.G[Count](s.store.DB).Where("month >= ? AND month <= ?", o.From, o.To).Find(ctx)
	if err != nil {
		return o, store.Translate(err)
	}
	actions, reasons, waited := map[string]int{}, map[string]int{}, map[string]int{}
	for _, row := range rows {
		actions[string(row.Action)] += row.N
		if slices.Contains(Actions, row.Action) {
			waited[row.Waited] += row.N
		}
		if row.Action == Out || (slices.Contains(Actions, row.Action) && row.Action != Keep) {
			reasons[row.Reason] += row.N
		}
	}
	for _, action := range append(slices.Clone(Actions), Out) {
		o.Actions = append(o.Actions, cell(string(action), actions[string(action)]))
	}
	for reason, n := range reasons {
		o.Reasons = append(o.Reasons, cell(reason, n))
	}
	slices.SortFunc(o.Reasons, func(a, b Cell) int { return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Key, b.Key)) })
	o.Waited = middle(waited)
	for _, outcome := range []string{"stays", "changed"} {
		o.Appeals = append(o.Appeals, cell(outcome, actions["appeal-"+outcome]))
		o.Second = append(o.Second, cell(outcome, actions["second-"+outcome]))
	}
	o.Rows, o.Head, err = audit.Head(ctx, s.store)
	return o, err
}

// middle is the bucket in which the item in the middle waited.
func middle(waited map[string]int) string {
	total := 0
	for _, n := range waited {
		total += n
	}
	if total < 10 {
		return ""
	}
	seen := 0
	for _, bucket := range waits {
		if seen += waited[bucket]; 2*seen >= total {
			return bucket
		}
	}
	return ""
}

// ExportAudit writes the audit log for whoever oversees the desk: coordinators and
// administrators, who do not decide about posts themselves. It holds no words of anybody.
func (s *Service) ExportAudit(ctx context.Context, who member.Actor, to io.Writer) error {
	if who.Role == nil || !who.Has(member.RoleCoordinator, member.RoleAdmin) {
		return fault.New(fault.NotFound, "error.missing")
	}
	return fault.Wrap(audit.Export(ctx, s.store, to), "export the audit log")
}
