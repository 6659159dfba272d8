package seed

import (
	"context"

	"portico/app/member"
	"portico/app/store"
)

// materialData is a material on its way, as far as it has come: without Leader it is still
// an idea. Days count back from the present, and "closes" forward from the opening.
type materialData struct {
	Kind, Lang, Title, Purpose, Audience, By string
	Sign                                     bool
	DaysAgo                                  int `toml:"days_ago"`
	Wants                                    []string
	Wanted                                   int // days ago
	Leader                                   string
	Taken                                    int // days ago
	Group                                    []string
	Versions                                 []versionData    `toml:"version"`
	Consultations                            []consultData    `toml:"consultation"`
	Suggestions                              []suggestionData `toml:"suggestion"`
	Votes                                    []voteData       `toml:"vote"`
	Published, Reopened                      int              // days ago, by its leader; 0 for never
	Credits                                  []creditData     `toml:"credit"`
	Feedback                                 []feedbackData   `toml:"feedback"`
	Subjects                                 []string         // after the first version
	Terms                                    []termData       `toml:"term"`
	Prints                                   []printData      `toml:"print"`
	Story                                    string           // who keeps it with her key, "" for no story
	Consents                                 []consentData    `toml:"consent"` // with the first version

	id store.ID
}

// versionData is a text; without a title it keeps that of the material.
type versionData struct {
	By, Title, Note, Body string
	DaysAgo               int `toml:"days_ago"`
}

// consultData is a consultation by the leader. Closed 0 leaves it open.
type consultData struct {
	DaysAgo        int `toml:"days_ago"`
	Closes, Closed int
	Least          int
	NotAsked       string `toml:"not_asked"`
	Scales, Words  []string
	Said           []saidData
}

// saidData is what somebody answers: a number for each scale, then words.
type saidData struct {
	By      string
	DaysAgo int `toml:"days_ago"`
	Scales  []int
	Words   []string
}

// suggestionData asks for a change. Without a State it waits for its answer.
type suggestionData struct {
	By, Wanted, Why string
	DaysAgo         int `toml:"days_ago"`
	Version, Part   int
	State, Answer   string
	AnsweredBy      string `toml:"answered_by"`
	Answered        int    // days ago
}

// voteData is a vote that the leader opens.
type voteData struct {
	DaysAgo int `toml:"days_ago"`
	Closes  int
	Ballots []ballotData
}

type ballotData struct {
	By, Choice, Words string
	DaysAgo           int `toml:"days_ago"`
}

type creditData struct {
	Person, Alias string // without an alias it is her handle
	DaysAgo       int    `toml:"days_ago"`
}

// feedbackData is what a reader says, whoever she is.
type feedbackData struct {
	DaysAgo                      int `toml:"days_ago"`
	Lang, Useful, Plain, Missing string
}

// planMaterials plans ideas and what became of them.
func (l *loader) planMaterials() ([]event, error) {
	var events []event
	for _, d := range l.world.Materials {
		events = append(events, l.planMaterial(d)...)
	}
	return events, nil
}

func (l *loader) planMaterial(d *materialData) []event {
	var events []event
	add := func(days int, by string, do deed) {
		events = append(events, event{l.ago(days), func(ctx context.Context) error {
			who, err := l.actor(by)
			if err == nil {
				err = do(ctx, who)
			}
			return about(err, "%s and the material %q", by, d.Title)
		}})
	}
	add(d.DaysAgo, d.By, l.idea(d))
	for _, name := range d.Wants {
		add(d.Wanted, name, func(ctx context.Context, who member.Actor) error { return l.materials.Want(ctx, who, d.id) })
	}
	if d.Leader == "" {
		return events
	}
	add(d.Taken, d.Leader, l.takeUpIdea(d))
	for i := range d.Versions {
		add(d.Versions[i].DaysAgo, d.Versions[i].By, l.writeVersion(d, i))
	}
	l.planStory(d, add)
	for _, c := range d.Consultations {
		add(c.DaysAgo, d.Leader, l.consult(d, c))
		for _, s := range c.Said {
			add(s.DaysAgo, s.By, l.answerSurvey(d, c, s))
		}
		if c.Closed > 0 {
			add(c.Closed, d.Leader, func(ctx context.Context, who member.Actor) error {
				return l.materials.CloseConsultation(ctx, who, d.id)
			})
		}
	}
	for _, s := range d.Suggestions {
		var made store.ID
		add(s.DaysAgo, s.By, l.suggest(d, s, &made))
		if s.State != "" {
			add(s.Answered, s.AnsweredBy, l.answerSuggestion(d, s, &made))
		}
	}
	for _, v := range d.Votes {
		add(v.DaysAgo, d.Leader, func(ctx context.Context, who member.Actor) error {
			return l.materials.OpenVote(ctx, who, d.id, l.store.DayAfter(v.Closes))
		})
		for _, b := range v.Ballots {
			add(b.DaysAgo, b.By, l.vote(d, b))
		}
	}
	l.planCare(d, add)
	readers := l.planReaders(d, add)
	return append(events, readers...)
}
