package practice

import (
	"context"
	"slices"
	"strings"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
	"portico/content"
)

// Interview is a sheet that somebody of the team writes while she speaks with an
// organisation, or while she looks at a sheet of the library again.
type Interview struct {
	ID         store.ID `gorm:"primaryKey"`
	Practice   string   // the sheet that it looks at again, "" for a new one
	Name       string
	Country    string
	City       string
	Lang       string // in which it is written
	Started    string
	Status     string
	StatusNote string
	Peers      string
	Asked      bool // the organisation itself told or read it
	Summary    string
	Answers    Texts // by question of the guide
	Sheet      Texts // by field, once she has looked at it
	Criteria   Criteria
	State      Stage
	Back       string   // why it came back from the check
	WrittenBy  store.ID // nobody once she has left
	Day        string
	Version    int
}

// TableName names the table.
func (Interview) TableName() string { return "practice_interviews" }

// Stage is where an interview stands. Once it is public its row is gone and the sheet stays.
type Stage string

// The stages.
const (
	Draft   Stage = "draft"
	InCheck Stage = "check"
)

// The limits of interviews.
const (
	mostInterviews = 200
	longestName    = 120
	LongestSummary = 400
	LongestAnswer  = 2000
	longestReason  = 600
)

// Line is an interview in the list of the team.
type Line struct {
	Interview
	Handle string
	Mine   bool
	ForMe  bool // she may check it
}

// Open lists the interviews that the team works on, what waits for a check first.
func (s *Service) Open(ctx context.Context, who member.Actor) ([]Line, error) {
	if !interviews(who) {
		return nil, fault.Missing()
	}
	rows, err := gorm.G[Interview](s.store.DB).Order("state, day, id").Limit(mostInterviews).Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	var people []store.ID
	for _, row := range rows {
		people = append(people, row.WrittenBy)
	}
	handles, err := member.Handles(ctx, s.store.DB, people)
	if err != nil {
		return nil, err
	}
	lines := make([]Line, len(rows))
	for i, row := range rows {
		lines[i] = Line{row, handles[row.WrittenBy], row.WrittenBy == who.Role.ID, row.checks(who)}
	}
	return lines, nil
}

// writes reports whether she may write an interview: it is hers, or nobody's any more.
func (iv Interview) writes(who member.Actor) bool {
	return iv.State == Draft && (iv.WrittenBy == who.Role.ID || iv.WrittenBy.IsZero())
}

// checks reports whether she may check it: she is a second person.
func (iv Interview) checks(who member.Actor) bool {
	return iv.State == InCheck && iv.WrittenBy != who.Role.ID
}

// Room is an interview with what somebody may do with it.
type Room struct {
	Interview
	Handle string
	Writes bool
	Checks bool
	Drops  bool
	Lacks  []string // what it needs before anybody can check it
}

// Interview opens one.
func (s *Service) Interview(ctx context.Context, who member.Actor, id store.ID) (Room, error) {
	iv, err := interviewIn(ctx, s.store.DB, who, id)
	if err != nil {
		return Room{}, err
	}
	handles, err := member.Handles(ctx, s.store.DB, []store.ID{iv.WrittenBy})
	return Room{iv, handles[iv.WrittenBy], iv.writes(who), iv.checks(who), iv.drops(who), s.lacks(iv)}, err
}

func interviewIn(ctx context.Context, db *gorm.DB, who member.Actor, id store.ID) (Interview, error) {
	if !interviews(who) {
		return Interview{}, fault.Missing()
	}
	rows, err := gorm.G[Interview](db).Where("id = ?", id).Limit(1).Find(ctx)
	if err != nil {
		return Interview{}, store.Translate(err)
	}
	if len(rows) == 0 {
		return Interview{}, fault.Missing()
	}
	return rows[0], nil
}

// holdInterview loads one for a change: whoever changes the same one waits.
func holdInterview(ctx context.Context, tx *gorm.DB, who member.Actor, id store.ID) (Interview, error) {
	if err := tx.WithContext(ctx).Exec("UPDATE practice_interviews SET version = version WHERE id = ?", id).Error; err != nil {
		return Interview{}, err
	}
	return interviewIn(ctx, tx, who, id)
}

// BeginForm is what is known before the first question.
type BeginForm struct {
	Name, Country, Lang string
	Nonce               string
}

// Begin starts an interview.
func (s *Service) Begin(ctx context.Context, who member.Actor, f BeginForm) (store.ID, error) {
	if !interviews(who) {
		return store.ID{}, fault.Missing()
	}
	f.Name = tidy(f.Name)
	mend := asked("name", f.Name, 3, longestName)
	if !content.KnownCountry(f.Country) {
		mend = append(mend, fault.Field{Name: "country", Key: "practice.country.missing"})
	}
	if !content.KnownLanguage(f.Lang) {
		mend = append(mend, fault.Field{Name: "language", Key: "practice.lang.missing"})
	}
	if len(mend) > 0 {
		return store.ID{}, fault.Mend(mend...)
	}
	iv := Interview{ID: store.FormID("practice", f.Nonce), Name: f.Name, Country: f.Country, Lang: f.Lang, Status: "unknown", Peers: "unknown", Asked: true, Criteria: Criteria{}.tidied()}
	return s.start(ctx, who, iv)
}

// Again starts an interview about a sheet of the library, with its words to begin from.
// Where somebody is at it already, her interview is the one.
func (s *Service) Again(ctx context.Context, who member.Actor, id string) (store.ID, error) {
	if !interviews(who) {
		return store.ID{}, fault.Missing()
	}
	p, err := practiceIn(ctx, s.store.DB, id)
	if err != nil {
		return store.ID{}, err
	}
	return s.start(ctx, who, Interview{
		ID: store.NewID(), Practice: p.ID, Name: p.Name, Country: p.Country, City: p.City, Lang: p.Lang, Started: p.Started,
		Status: p.Status, StatusNote: p.StatusNote, Peers: p.Peers, Summary: p.Summary[p.Lang], Sheet: p.Sheet, Criteria: p.Criteria,
	})
}

func (s *Service) start(ctx context.Context, who member.Actor, iv Interview) (store.ID, error) {
	iv.State, iv.WrittenBy, iv.Day, iv.Version = Draft, who.Role.ID, s.store.Today(), 1
	err := s.store.Tx(ctx, func(tx *gorm.DB) error {
		if iv.Practice != "" {
			there, err := gorm.G[Interview](tx).Where("practice = ?", iv.Practice).Limit(1).Find(ctx)
			if err != nil {
				return err
			}
			if len(there) == 1 {
				iv.ID = there[0].ID
				return nil
			}
		}
		n, err := gorm.G[Interview](tx).Where("id <> ?", iv.ID).Count(ctx, "id")
		if err != nil {
			return err
		}
		if n >= mostInterviews {
			return fault.New(fault.Refused, "practice.interviews.full")
		}
		return gorm.G[Interview](tx).Create(ctx, &iv)
	})
	if store.IsDuplicate(err) {
		err = nil // the same form again
	}
	return iv.ID, err
}

// drops reports whether she may throw an interview away.
func (iv Interview) drops(who member.Actor) bool {
	return iv.writes(who) || who.Has(member.RoleCoordinator)
}

// Drop throws an interview away, with everything that was said in it.
func (s *Service) Drop(ctx context.Context, who member.Actor, id store.ID) error {
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		iv, err := holdInterview(ctx, tx, who, id)
		if err != nil {
			return err
		}
		if !iv.drops(who) {
			return fault.New(fault.Refused, "practice.interview.hers")
		}
		_, err = gorm.G[Interview](tx).Where("id = ?", id).Delete(ctx)
		return err
	})
}

// Fields is the sheet as it will be read: what she wrote, or before that what the answers
// give, each to the field that its question names first.
func (s *Service) Fields(iv Interview) Texts {
	if len(iv.Sheet) > 0 {
		return iv.Sheet
	}
	fields := Texts{}
	for _, section := range s.guide.Sections {
		for _, q := range section.Questions {
			if words := tidy(iv.Answers[q.ID]); words != "" && slices.Contains(content.SheetFields, q.Fills[0]) {
				fields[q.Fills[0]] = strings.TrimSpace(fields[q.Fills[0]] + " " + words)
			}
		}
	}
	return fields
}

// lacks names what an interview needs before a second person can check it.
func (s *Service) lacks(iv Interview) (fields []string) {
	if iv.Summary == "" {
		fields = append(fields, "summary")
	}
	if s.Fields(iv)["description"] == "" {
		fields = append(fields, "description")
	}
	if iv.Status == "stopped" && iv.StatusNote == "" {
		fields = append(fields, "status_note")
	}
	return fields
}
