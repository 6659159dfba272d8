package material

import (
	"context"
	"slices"
	"strings"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
	"portico/moderation"
)

// The states of a suggestion: an open one becomes one of the two others.
const (
	Open    = "open"
	Changed = "changed"
	Kept    = "kept" // not changed, because
)

// Suggestion asks for a change of one passage. Of a member nothing is kept but her words.
type Suggestion struct {
	ID         store.ID `gorm:"primaryKey"`
	MaterialID store.ID
	Version    int
	Part       int
	Passage    string // as it was, because versions go on
	Wanted     string
	Why        string
	SignedBy   store.ID
	Day        string
	State      string
	Answer     string
}

// TableName names the table.
func (Suggestion) TableName() string { return "material_suggestions" }

// SuggestionForm is what somebody asks for.
type SuggestionForm struct {
	Version int
	Part    int // counted from one
	Wanted  string
	Why     string
	Sign    bool // with her handle; only for people with a role
	Nonce   string
}

// mostOpen is how many suggestions wait for an answer at most.
const mostOpen = 200

// open is the version about which she may suggest something now: the one that is being
// asked about, for its group also the draft, and else what readers see. 0 is none.
func (m Material) open(in bool) int {
	switch {
	case m.State == Consulting, m.State == Drafting && in:
		return m.Version
	case m.Public():
		return m.PublishedVersion
	}
	return 0
}

// openTo is open, without a story that she whose it is has not allowed others to read.
func (s *Service) openTo(ctx context.Context, db *gorm.DB, m Material, in bool) (int, error) {
	number := m.open(in)
	if number == 0 || in {
		return number, nil
	}
	may, err := s.living(ctx, db, OnPage, m)
	if err != nil || !may.ok(m, m.Lang) {
		return 0, err
	}
	return number, nil
}

// Passages are the parts of the version about which she may suggest something.
type Passages struct {
	Material
	Version Version
	Parts   []string
	In      bool // she is of the group
}

// Passages reads the text that is open to suggestions.
func (s *Service) Passages(ctx context.Context, who member.Actor, id store.ID) (Passages, error) {
	var p Passages
	if !who.SignedIn() {
		return p, signIn()
	}
	m, err := find(ctx, s.store.DB, id)
	if err != nil {
		return p, err
	}
	if p.In, err = inGroup(ctx, s.store.DB, who, id); err != nil {
		return p, err
	}
	number, err := s.openTo(ctx, s.store.DB, m, p.In)
	if err == nil && number == 0 {
		err = fault.Missing()
	}
	if err != nil {
		return p, err
	}
	p.Material = m
	p.Version, err = versionOf(ctx, s.store.DB, id, number)
	p.Parts = Parts(p.Version.Body)
	return p, err
}

// Suggest asks for a change of a passage. Somebody who read an older version names it, so
// that her words stay with the passage that she saw.
func (s *Service) Suggest(ctx context.Context, who member.Actor, id store.ID, f SuggestionForm) (Receipt, error) {
	if !who.SignedIn() {
		return Receipt{}, signIn()
	}
	f.Wanted, f.Why = tidyText(f.Wanted), tidyText(f.Why)
	row := Suggestion{ID: store.FormID("material", f.Nonce), MaterialID: id, Version: f.Version, Part: f.Part, Wanted: f.Wanted, Why: f.Why, Day: s.store.Today(), State: Open}
	if f.Sign && who.Colleague() {
		row.SignedBy = who.Role.ID
	}
	receipt, stop := screen(everyMember, false, f.Wanted, f.Why)
	err := s.store.Tx(ctx, func(tx *gorm.DB) error {
		m, err := hold(ctx, tx, id)
		if err != nil {
			return err
		}
		in, err := inGroup(ctx, tx, who, id)
		if err != nil {
			return err
		}
		number, err := s.openTo(ctx, tx, m, in)
		if err != nil {
			return err
		}
		if number == 0 {
			return closedTo(ctx, tx, id)
		}
		if row.Passage, err = passage(ctx, tx, m, row); err != nil {
			return err
		}
		receipt.Verdict, stop = beside(receipt.Verdict, row.Passage)
		mend := asked("wanted", f.Wanted, 1, longestWords)
		mend = append(mend, asked("why", f.Why, 1, longestShort)...)
		if err := fault.Mended(mend); err != nil || stop {
			return err
		}
		waiting, err := gorm.G[Suggestion](tx).Where("material_id = ? AND state = ? AND id <> ?", id, Open, row.ID).Count(ctx, "id")
		if err != nil {
			return err
		}
		if waiting >= mostOpen {
			return fault.New(fault.Refused, "material.suggestions.full")
		}
		return gorm.G[Suggestion](tx).Create(ctx, &row)
	})
	receipt.ID, receipt.Stored = row.ID, !stop
	return receipt, once(err)
}

// closedTo says why nobody may suggest anything now: to somebody who could have read the
// text while it was being asked about, that this is over.
func closedTo(ctx context.Context, tx *gorm.DB, id store.ID) error {
	n, err := gorm.G[Consultation](tx).Where("material_id = ?", id).Count(ctx, "id")
	if err != nil {
		return err
	}
	if n == 0 {
		return fault.Missing()
	}
	return fault.New(fault.Conflict, "material.suggest.over")
}

// beside leaves out what was found in words that stand in the passage already: a number
// that the leaflet gives is not hers. Whoever reads the text reads suggestions, so what is
// left has to be mended.
func beside(v moderation.Verdict, passage string) (moderation.Verdict, bool) {
	v.Outcome = moderation.Publish
	v.Findings = slices.DeleteFunc(slices.Clone(v.Findings), func(f moderation.Finding) bool { return strings.Contains(passage, f.Text) })
	for _, f := range v.Findings {
		if f.Outcome.Worse(v.Outcome) {
			v.Outcome = f.Outcome
		}
	}
	return v, v.Outcome.Worse(moderation.Publish)
}

func passage(ctx context.Context, tx *gorm.DB, m Material, row Suggestion) (string, error) {
	if row.Version < 1 || row.Version > m.Version || row.Version < m.PublishedVersion {
		return "", fault.Mend(fault.Field{Name: "part", Key: "material.part.missing"})
	}
	v, err := versionOf(ctx, tx, m.ID, row.Version)
	if err != nil {
		return "", err
	}
	parts := Parts(v.Body)
	if row.Part < 1 || row.Part > len(parts) {
		return "", fault.Mend(fault.Field{Name: "part", Key: "material.part.missing"})
	}
	return parts[row.Part-1], nil
}

// AnswerForm is what the group says to a suggestion.
type AnswerForm struct {
	State string // Changed or Kept
	Words string // needed where nothing was changed
}

// Answer says what became of a suggestion. It is said once; who asked reads it with
// everybody who may see the text.
func (s *Service) Answer(ctx context.Context, who member.Actor, id, suggestion store.ID, f AnswerForm) error {
	f.Words = tidyText(f.Words)
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		m, err := mine(ctx, tx, who, id)
		if err != nil {
			return err
		}
		if m.State == Archived {
			return fault.New(fault.Conflict, "material.step.not-now")
		}
		least := 0
		var mend []fault.Field
		switch f.State {
		case Changed:
		case Kept:
			least = 1
		default:
			mend = append(mend, fault.Field{Name: "state", Key: "material.answer.missing"})
		}
		if err := fault.Mended(append(mend, asked("words", f.Words, least, longestWords)...)); err != nil {
			return err
		}
		n, err := gorm.G[Suggestion](tx).Where("id = ? AND material_id = ? AND state = ?", suggestion, id, Open).
			Select("State", "Answer").Updates(ctx, Suggestion{State: f.State, Answer: f.Words})
		if err != nil || n == 1 {
			return err
		}
		return unanswerable(ctx, tx, id, suggestion)
	})
}

func unanswerable(ctx context.Context, tx *gorm.DB, id, suggestion store.ID) error {
	n, err := gorm.G[Suggestion](tx).Where("id = ? AND material_id = ?", suggestion, id).Count(ctx, "id")
	if err != nil {
		return err
	}
	if n == 0 {
		return fault.Missing()
	}
	return fault.New(fault.Conflict, "material.answer.given")
}

// SuggestionLine is a suggestion with the handle of whoever signed it.
type SuggestionLine struct {
	Suggestion
	By string
}

// suggestionLines lists suggestions, those that wait first.
func (s *Service) suggestionLines(ctx context.Context, who member.Actor, id store.ID, since int) ([]SuggestionLine, error) {
	rows, err := gorm.G[Suggestion](s.store.DB).Where("material_id = ? AND version >= ?", id, since).
		Order("CASE state WHEN 'open' THEN 0 ELSE 1 END, version DESC, part, id").Limit(mostAtOnce).Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	var people []store.ID
	for _, r := range rows {
		if !r.SignedBy.IsZero() {
			people = append(people, r.SignedBy)
		}
	}
	handles, err := member.ShownHandles(ctx, s.store.DB, who, people)
	if err != nil {
		return nil, err
	}
	lines := make([]SuggestionLine, len(rows))
	for i, r := range rows {
		lines[i] = SuggestionLine{r, handles[r.SignedBy]}
	}
	return lines, nil
}

// unanswered refuses a vote while somebody waits for an answer.
func unanswered(ctx context.Context, tx *gorm.DB, id store.ID) error {
	n, err := gorm.G[Suggestion](tx).Where("material_id = ? AND state = ?", id, Open).Count(ctx, "id")
	if err != nil {
		return err
	}
	if n > 0 {
		return fault.New(fault.Refused, "material.suggestions.wait", "Number", n)
	}
	return nil
}
