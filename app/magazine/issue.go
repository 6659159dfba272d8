package magazine

import (
	"context"
	"slices"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// State is where an issue stands.
type State string

// The states of an issue.
const (
	Topics    State = "topics"
	Pieces    State = "pieces"
	Layout    State = "layout"
	Published State = "published"
	Stopped   State = "stopped"
)

// States in the order of the way.
var States = []State{Topics, Pieces, Layout, Published, Stopped}

// Issue is one number of the magazine. Its columns are its public face.
type Issue struct {
	ID           store.ID `gorm:"primaryKey"`
	Number       int      // counted over all issues
	Title        string
	Month        string // 2026-11
	Lang         string
	State        State
	Greeting     string // Markdown; what the board says first
	Imprint      string // who made it, as they want to be named
	OpenedDay    string
	ClosesDay    string // of the vote about topics
	PublishedDay *string
}

// TableName names the table.
func (Issue) TableName() string { return "magazine_issues" }

// Voting reports whether topics may be put forward and wanted on a day.
func (i Issue) Voting(today string) bool { return i.State == Topics && i.ClosesDay >= today }

// Step is one allowed move. Heads are a leader or a coordinator of the board.
type Step struct {
	From, To State
	Heads    bool
}

// Steps are all allowed moves. There is no other way from state to state.
var Steps = []Step{
	{Topics, Pieces, false},
	{Pieces, Layout, false},
	{Layout, Pieces, false},
	{Layout, Published, true},
	{Topics, Stopped, true},
	{Pieces, Stopped, true},
	{Layout, Stopped, true},
	{Published, Stopped, true},
}

// May reports whether somebody of its board may take the step to a state now.
func (i Issue) May(who member.Actor, to State) bool {
	return slices.ContainsFunc(Steps, func(s Step) bool { return s.From == i.State && s.To == to && (!s.Heads || heads(who)) })
}

func heads(who member.Actor) bool { return who.Has(member.RoleLeader, member.RoleCoordinator) }

// IssueForm is an issue to begin.
type IssueForm struct {
	Title, Month, Lang, Closes string
	Nonce                      string
}

const (
	longestVote = 60 // days
	mostRunning = 4  // issues that are not published yet
	mostCarried = 10 // topics that readers of the last issue open
)

func (s *Service) checkIssue(f IssueForm) error {
	mend := asked("title", f.Title, 3, longestTitle)
	if _, err := time.Parse("2006-01", f.Month); err != nil {
		mend = append(mend, fault.Field{Name: "month", Key: "magazine.month.missing"})
	}
	if !language.MatchString(f.Lang) {
		mend = append(mend, fault.Field{Name: "language", Key: "magazine.lang.missing"})
	}
	if !store.DayIn(f.Closes, s.store.Today(), s.store.DayAfter(longestVote)) {
		mend = append(mend, fault.Field{Name: "closes", Key: "magazine.closes.range", Args: []any{"Most", longestVote}})
	}
	return fault.Mended(mend)
}

// Begin opens an issue with the vote about its topics. Whoever begins it is of its board,
// with those of the last issue who are still there; what the last issue's readers missed are
// its first topics.
func (s *Service) Begin(ctx context.Context, who member.Actor, f IssueForm) (store.ID, error) {
	if !heads(who) {
		return store.ID{}, fault.Missing()
	}
	f.Title = tidy(f.Title)
	if err := s.checkIssue(f); err != nil {
		return store.ID{}, err
	}
	i := Issue{ID: store.FormID("magazine issue", f.Nonce), Title: f.Title, Month: f.Month, Lang: f.Lang, State: Topics, OpenedDay: s.store.Today(), ClosesDay: f.Closes}
	err := s.store.Tx(ctx, func(tx *gorm.DB) error {
		all, err := gorm.G[Issue](tx).Order("number").Find(ctx)
		if err != nil {
			return err
		}
		running := 0
		for _, one := range all {
			if one.ID == i.ID {
				return nil // the same form again
			}
			if one.State != Published && one.State != Stopped {
				running++
			}
		}
		if running >= mostRunning {
			return fault.New(fault.Refused, "magazine.issues.full")
		}
		i.Number = 1
		if len(all) > 0 {
			i.Number = all[len(all)-1].Number + 1
		}
		if err := gorm.G[Issue](tx).Create(ctx, &i); err != nil {
			return err
		}
		if err := gorm.G[Editor](tx).Create(ctx, &Editor{i.ID, who.Role.ID}); err != nil {
			return err
		}
		return carryOn(ctx, tx, i, all)
	})
	return i.ID, once(err)
}

// carryOn takes the board of the last published issue over, and what its readers missed.
func carryOn(ctx context.Context, tx *gorm.DB, i Issue, all []Issue) error {
	var last Issue
	for _, one := range all {
		if one.State == Published {
			last = one
		}
	}
	if last.ID.IsZero() {
		return nil
	}
	board, err := boardOf(ctx, tx, last.ID)
	if err != nil {
		return err
	}
	for _, p := range board {
		if err := tx.WithContext(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&Editor{i.ID, p.RoleAccountID}).Error; err != nil {
			return err
		}
	}
	if last.Lang != i.Lang {
		return nil // her words are in another language than the topics
	}
	said, err := gorm.G[Said](tx).Where("issue_id = ? AND missing <> ''", last.ID).Order("id").Limit(mostAtOnce).Find(ctx)
	if err != nil {
		return err
	}
	carried := 0
	for _, one := range said {
		words := tidy(one.Missing)
		if _, stop := screen(false, false, words); stop || len(asked("words", words, 3, longestTopic)) > 0 || carried >= mostCarried {
			continue
		}
		if err := gorm.G[Topic](tx).Create(ctx, &Topic{ID: store.NewID(), IssueID: i.ID, Words: words, Readers: true}); err != nil {
			return err
		}
		carried++
	}
	return nil
}

// WordsForm is what stands around the pieces.
type WordsForm struct{ Title, Greeting, Imprint string }

// Words keeps the title, the greeting and the imprint, until the issue is published.
func (s *Service) Words(ctx context.Context, who member.Actor, id store.ID, f WordsForm) error {
	f.Title, f.Greeting, f.Imprint = tidy(f.Title), tidyText(f.Greeting), tidyText(f.Imprint)
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		i, err := edited(ctx, tx, who, id)
		if err != nil {
			return err
		}
		mend := asked("title", f.Title, 3, longestTitle)
		mend = append(mend, asked("greeting", f.Greeting, 0, longestWords)...)
		mend = append(mend, asked("imprint", f.Imprint, 0, longestWords)...)
		if err := fault.Mended(mend); err != nil {
			return err
		}
		if i.State == Published || i.State == Stopped {
			return notNow()
		}
		_, err = gorm.G[Issue](tx).Where("id = ?", id).Select("Title", "Greeting", "Imprint").Updates(ctx, Issue{Title: f.Title, Greeting: f.Greeting, Imprint: f.Imprint})
		return err
	})
}

// Move takes an issue to its next state.
func (s *Service) Move(ctx context.Context, who member.Actor, id store.ID, to State) error {
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		i, err := edited(ctx, tx, who, id)
		if err != nil {
			return err
		}
		if i.State == to {
			return nil
		}
		if !i.May(who, to) {
			if slices.ContainsFunc(Steps, func(s Step) bool { return s.To == to && (!s.Heads || heads(who)) }) {
				return notNow()
			}
			return fault.Missing()
		}
		if err := s.ready(ctx, tx, i, to); err != nil {
			return err
		}
		next := Issue{State: to, PublishedDay: i.PublishedDay}
		if to == Published {
			today := s.store.Today()
			next.PublishedDay = &today
		}
		_, err = gorm.G[Issue](tx).Where("id = ? AND state = ?", id, i.State).Select("State", "PublishedDay").Updates(ctx, next)
		return err
	})
}

// ready says what an issue still lacks for a step.
func (s *Service) ready(ctx context.Context, tx *gorm.DB, i Issue, to State) error {
	if to == Stopped || to == Pieces && i.State == Layout {
		return nil
	}
	board, err := boardOf(ctx, tx, i.ID)
	if err != nil {
		return err
	}
	if err := fair(board); err != nil {
		return err
	}
	if to == Pieces {
		return nil
	}
	pieces, err := piecesOf(ctx, tx, i.ID)
	if err != nil {
		return err
	}
	taken := 0
	for _, p := range pieces {
		switch {
		case p.State == Waiting:
			return fault.New(fault.Refused, "magazine.pieces.waiting")
		case p.In():
			taken++
		}
	}
	if taken == 0 {
		return fault.New(fault.Refused, "magazine.pieces.none")
	}
	return nil
}
