package peerwork

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// riskMonths is how long a risk assessment holds at most.
const riskMonths = 36

// MostHazards is how many hazards one assessment names at most.
const MostHazards = 3

// RiskRow is a risk assessment; only its days are clear.
type RiskRow struct {
	ID        store.ID `gorm:"primaryKey"`
	AccountID store.ID
	Number    int // of hers, so that two of one day have an order
	MadeBy    store.ID
	MadeDay   string
	ReviewDay string
	WordsID   store.ID
}

// TableName names the table.
func (RiskRow) TableName() string { return "risks" }

// Risk is an assessment in words, sealed for her and the coordinators.
type Risk struct {
	Profile string   `json:"profile"` // what would be visible, and where
	Hazards []Hazard `json:"hazards"`
}

// Hazard is one thing that could happen.
type Hazard struct {
	What        string `json:"what"`
	Likelihood  int    `json:"likelihood"`  // 1 to 5
	Consequence int    `json:"consequence"` // 1 to 5
	Measures    string `json:"measures"`
}

// RiskForm is what is typed.
type RiskForm struct {
	Risk
	Review string // day
	Nonce  string
}

// hazardFields are the names of the form's fields for each hazard.
var hazardFields = [MostHazards]struct{ what, likelihood, consequence, measures string }{
	{"hazard1", "likelihood1", "consequence1", "measures1"},
	{"hazard2", "likelihood2", "consequence2", "measures2"},
	{"hazard3", "likelihood3", "consequence3", "measures3"},
}

func (f RiskForm) check(today, latest string) error {
	var mend []fault.Field
	bad := func(name, key string) { mend = append(mend, fault.Field{Name: name, Key: key}) }
	if strings.TrimSpace(f.Profile) == "" {
		bad("profile", "peerwork.risk.profile.empty")
	}
	mend = append(mend, tooLong("profile", f.Profile)...)
	if len(f.Hazards) == 0 || len(f.Hazards) > MostHazards {
		bad("hazard1", "peerwork.hazard.empty")
		return fault.Mended(mend)
	}
	for i, h := range f.Hazards {
		names := hazardFields[i]
		if strings.TrimSpace(h.What) == "" {
			bad(names.what, "peerwork.hazard.empty")
		}
		if h.Likelihood < 1 || h.Likelihood > 5 {
			bad(names.likelihood, "peerwork.scale")
		}
		if h.Consequence < 1 || h.Consequence > 5 {
			bad(names.consequence, "peerwork.scale")
		}
		if strings.TrimSpace(h.Measures) == "" {
			bad(names.measures, "peerwork.measures.empty")
		}
		mend = append(mend, tooLong(names.what, h.What)...)
		mend = append(mend, tooLong(names.measures, h.Measures)...)
	}
	if f.Review <= today || !store.DayIn(f.Review, today, latest) {
		mend = append(mend, fault.Field{Name: "review", Key: "peerwork.review.range", Args: []any{"Most", riskMonths}})
	}
	return fault.Mended(mend)
}

// latestReview is the last day that an assessment of today may be reviewed on.
func (s *Service) latestReview() string {
	return s.store.Now().In(s.store.Zone).AddDate(0, riskMonths, 0).Format(time.DateOnly)
}

// Assess keeps a risk assessment: she writes it, or a coordinator with her.
func (s *Service) Assess(ctx context.Context, who member.Actor, account store.ID, f RiskForm) error {
	if err := s.mayWork(ctx, who, account); err != nil {
		return err
	}
	if err := f.check(s.store.Today(), s.latestReview()); err != nil {
		return err
	}
	row := RiskRow{ID: store.FormID("peerwork", f.Nonce), AccountID: account, MadeBy: who.Role.ID, MadeDay: s.store.Today(), ReviewDay: f.Review}
	err := s.store.Tx(ctx, func(tx *gorm.DB) error {
		if err := begin(ctx, tx, account); err != nil {
			return err
		}
		p, err := hold(ctx, tx, account)
		if err != nil {
			return err
		}
		readers, err := coordinators(ctx, tx)
		if err != nil {
			return err
		}
		if row.WordsID, err = s.sealKept(ctx, tx, "risk", f.Risk, append(readers, account)...); err != nil {
			return err
		}
		before, err := gorm.G[RiskRow](tx).Where("account_id = ?", account).Order("number DESC").Limit(1).Find(ctx)
		if err != nil {
			return err
		}
		if row.Number = 1; len(before) > 0 {
			row.Number = before[0].Number + 1
		}
		if err := gorm.G[RiskRow](tx).Create(ctx, &row); err != nil || !f.High() {
			return err
		}
		return s.lower(ctx, tx, p)
	})
	if store.IsDuplicate(err) {
		return nil // the same form again
	}
	return err
}

// highFrom is the product of likelihood and consequence from which a risk is high.
const highFrom = 15

// High reports whether one hazard is so likely and so grave that nobody outside the members
// may see her until measures lower it.
func (r Risk) High() bool {
	return slices.ContainsFunc(r.Hazards, func(h Hazard) bool { return h.Likelihood*h.Consequence >= highFrom })
}

// highRisk reports whether the newest assessment says high risk. Only whom it is sealed for
// can tell; for anybody else it is not high, and Assess has taken away then what had to go.
func (s *Service) highRisk(ctx context.Context, db *gorm.DB, who member.Actor, account store.ID) (bool, error) {
	rows, err := gorm.G[RiskRow](db).Where("account_id = ?", account).Order(newestRisk).Limit(1).Find(ctx)
	if err != nil || len(rows) == 0 {
		return false, store.Translate(err)
	}
	var risk Risk
	_, err = s.open(ctx, db, who, rows[0].WordsID, &risk)
	return risk.High(), err
}

// sealKept seals what two of three people can open again where a reader's key is lost.
func (s *Service) sealKept(ctx context.Context, tx *gorm.DB, kind string, value any, readers ...store.ID) (store.ID, error) {
	raw, err := json.Marshal(value)
	if err != nil {
		return store.ID{}, fault.Wrap(err, "write a sealed record")
	}
	return member.SealForRoles(ctx, tx, s.store.Clock, member.RoleRecord{Kind: kind, Words: string(raw), KeepMonths: keepMonths, Readers: readers, Recovery: true})
}

// newestRisk orders assessments; those from before there were numbers go by their days.
const newestRisk = "number DESC, made_day DESC, review_day DESC, id"

// lower takes away what everybody reads, and a wish to be read by everybody.
func (s *Service) lower(ctx context.Context, tx *gorm.DB, p Profile) error {
	if _, err := gorm.G[Consent](tx).Where("account_id = ? AND purpose = ?", p.AccountID, Public).Delete(ctx); err != nil {
		return err
	}
	if err := s.takeAway(ctx, tx, p.AccountID, Public); err != nil {
		return err
	}
	if p.State != Asked {
		return nil
	}
	return s.retire(ctx, tx, p, false)
}

// Expire withdraws what is shown wider than the team of everybody whose assessment is past
// its day. Nobody sees it any more at that moment; with this nobody finds it either.
func (s *Service) Expire(ctx context.Context) error {
	var people []store.ID
	err := s.store.DB.WithContext(ctx).Raw("SELECT DISTINCT account_id FROM profile_fields WHERE NOT "+holds, s.store.Today()).Scan(&people).Error
	if err != nil {
		return store.Translate(err)
	}
	for _, account := range people {
		err := s.store.Tx(ctx, func(tx *gorm.DB) error {
			p, err := hold(ctx, tx, account)
			if err != nil {
				return err
			}
			if current, err := s.riskHolds(ctx, tx, account); err != nil || current {
				return err // assessed anew in between
			}
			return s.retire(ctx, tx, p, true)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// soonDays is how long before the day of a review she is told.
const soonDays = 30

// mayWork admits a peer to what is hers, and a coordinator to what is of any peer.
func (s *Service) mayWork(ctx context.Context, who member.Actor, account store.ID) error {
	if isPeer(who) && who.Role.ID == account {
		return nil
	}
	if !coordinates(who) {
		return fault.Missing()
	}
	_, err := s.peer(ctx, account)
	return err
}

// OpenRisk is the newest assessment as she or a coordinator reads it.
type OpenRisk struct {
	RiskRow
	Risk
	There   bool // there is one
	Locked  bool // it was sealed for others than this reader
	Current bool // its day is not over
	Soon    bool // its day comes within a month
}

// RiskOf reads the newest assessment of a peer. A coordinator's reading is logged.
func (s *Service) RiskOf(ctx context.Context, who member.Actor, account store.ID) (OpenRisk, error) {
	if err := s.mayWork(ctx, who, account); err != nil {
		return OpenRisk{}, err
	}
	rows, err := gorm.G[RiskRow](s.store.DB).Where("account_id = ?", account).Order(newestRisk).Limit(1).Find(ctx)
	if err != nil || len(rows) == 0 {
		return OpenRisk{}, store.Translate(err)
	}
	o := OpenRisk{RiskRow: rows[0], There: true, Current: rows[0].ReviewDay >= s.store.Today()}
	o.Soon = o.Current && store.DaysAfter(o.ReviewDay, -soonDays) <= s.store.Today()
	found, err := s.open(ctx, s.store.DB, who, o.WordsID, &o.Risk)
	if err != nil {
		return o, err
	}
	o.Locked = !found
	if found && who.Role.ID != account {
		if err = s.noteRead(ctx, who, o.WordsID); err == nil {
			err = s.noteView(ctx, who, ViewRisk, account)
		}
	}
	return o, err
}

// riskHolds reports whether the newest assessment of somebody is not past its day.
func (s *Service) riskHolds(ctx context.Context, db *gorm.DB, account store.ID) (bool, error) {
	rows, err := gorm.G[RiskRow](db).Where("account_id = ?", account).Order(newestRisk).Limit(1).Find(ctx)
	return len(rows) > 0 && rows[0].ReviewDay >= s.store.Today(), store.Translate(err)
}
