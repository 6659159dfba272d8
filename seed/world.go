package seed

import (
	"cmp"
	"embed"
	"fmt"
	"io/fs"
	"slices"

	"github.com/BurntSushi/toml"
)

//go:embed world
var files embed.FS

// world is the demonstration as its data files tell it.
type world struct {
	Boards    []boardData    `toml:"board"`
	People    []personData   `toml:"person"`
	Talks     []*talkData    `toml:"talk"`
	Reports   []reportData   `toml:"report"`
	Decisions []decisionData `toml:"decision"`

	Groups    []*groupData   `toml:"group"`
	Questions []questionData `toml:"question"`
	Appeals   []appealData   `toml:"appeal"`
	Pauses    []pauseData    `toml:"pause"`
	Kind      []kindData     `toml:"kind"`

	Organisations []organisationData  `toml:"organisation"`
	Contracts     []contractData      `toml:"contract"`
	Risks         []riskData          `toml:"risk"`
	Profiles      []profileData       `toml:"profile"`
	Learning      []learningData      `toml:"learning"`
	Waivers       []waiverData        `toml:"waiver"`
	Relations     []*relationData     `toml:"relation"`
	Circles       []*circleData       `toml:"circle"`
	Changes       []*changeData       `toml:"change"`
	Heavy         []heavyData         `toml:"heavy"`
	Promises      []promiseData       `toml:"promise"`
	Joining       []joiningData       `toml:"joining"`
	Paths         []*pathData         `toml:"path"`
	Titles        []titleData         `toml:"title"`
	Weeks         []weekData          `toml:"week"`
	Recovery      []recoveryData      `toml:"recovery"`
	Payroll       []payrollData       `toml:"payroll"`
	ContractTexts []*contractTextData `toml:"contract_text"`
	Locked        []lockedData        `toml:"locked"`
	Contacts      []contactData       `toml:"contact"`
	Steps         []stepData          `toml:"step"`
	Skills        []skillData         `toml:"skill"`
	CareerTalks   []careerTalkData    `toml:"career_talk"`
	Conflicts     []conflictData      `toml:"conflict"`
	Looks         []lookData          `toml:"look"`
	Corrections   []correctionData    `toml:"correction"`
	Places        []placeData         `toml:"place"`
	Shifts        []shiftData         `toml:"shift"`
	Meetings      []meetingData       `toml:"meeting"`
	Materials     []*materialData     `toml:"material"`
	Issues        []*issueData        `toml:"issue"`
	Recordings    []recordingData     `toml:"recording"`
	Readers       []readerData        `toml:"reader"`
	Translations  []translationData   `toml:"translation"`
	Interviews    []interviewData     `toml:"interview"`
	Notices       []noticeData        `toml:"notice"`
	Tips          []tipData           `toml:"tip"`
	Surveys       []*surveyData       `toml:"survey"`
}

type boardData struct {
	Slug      string
	Audience  string
	Position  int
	Names     map[string]string
	Purposes  map[string]string
	Languages []string
}

// personData is one of the cast. Reads names the languages that a moderator reads; About
// is for developers and reaches no page.
type personData struct {
	Name, Handle, Lang, About string
	Roles, Reads              []string
	Learning                  bool // she is new: no key of a circle yet
}

// words is what a talk's opening and its answers have in common.
type words struct {
	Author, Lang, Body string
	NameMode           string `toml:"name_mode"`
	Held               bool
}

type talkData struct {
	words
	Board, Title, Warning, State string
	DaysAgo                      int     `toml:"days_ago"`
	Answers                      []words `toml:"post"`
}

// said returns the opening for 0, and the answers from 1 on.
func (t *talkData) said(no int) (words, error) {
	switch {
	case no == 0:
		return t.words, nil
	case no < 0 || no > len(t.Answers):
		return words{}, fmt.Errorf("%q has no answer %d", t.Title, no)
	}
	return t.Answers[no-1], nil
}

type reportData struct {
	Talk                   string
	Post                   int
	Reporter, Reason, Note string
}

type decisionData struct {
	Talk                                          string
	Post                                          int
	Moderator, Action, Reason, Explanation, Label string
	Mask                                          []string
}

// readWorld reads the data files. A key that nothing here knows is a mistake of spelling
// and refused.
func readWorld() (world, error) {
	var w world
	names, err := fs.Glob(files, "world/*.toml")
	if err != nil {
		return w, fmt.Errorf("read the demonstration: %w", err)
	}
	// Who is in the cast has to be known first; the rest may come in any order.
	slices.SortStableFunc(names, func(a, b string) int { return cmp.Compare(rank(a), rank(b)) })
	for _, name := range names {
		meta, err := toml.DecodeFS(files, name, &w)
		if err != nil {
			return w, fmt.Errorf("read the demonstration: %w", err)
		}
		if odd := meta.Undecoded(); len(odd) > 0 {
			return w, fmt.Errorf("read the demonstration: %s: unknown key %s", name, odd[0])
		}
	}
	return w, w.check()
}

// rank puts the boards and the cast before everything that happens.
func rank(name string) int {
	if i := slices.Index([]string{"world/boards.toml", "world/cast.toml", "world/talks.toml"}, name); i >= 0 {
		return i
	}
	return 3
}

// check holds the rules that the plan of the weeks stands on.
func (w world) check() error {
	for _, t := range w.Talks {
		switch {
		case t.State != "" && t.State != statePinned && t.State != stateClosed:
			return fmt.Errorf("%q: unknown state %q", t.Title, t.State)
		case !t.Held && t.DaysAgo < 2:
			return fmt.Errorf("%q: a talk that is shown begins at least two days ago", t.Title)
		}
	}
	for _, d := range w.Decisions {
		if err := w.checkDecision(d); err != nil {
			return err
		}
	}
	return nil
}

// checkDecision finds the answer that a decision is about; it must be one that others read.
func (w world) checkDecision(d decisionData) error {
	for _, t := range w.Talks {
		if t.Title != d.Talk {
			continue
		}
		said, err := t.said(d.Post)
		if err == nil && (said.Held || d.Post == 0) {
			err = fmt.Errorf("a decision in %q is about a post that waits, or about the opening", t.Title)
		}
		return err
	}
	return fmt.Errorf("a decision is about %q, which is no talk", d.Talk)
}

// States of a talk in the data files; anything else is open.
const (
	statePinned = "pinned"
	stateClosed = "closed"
)

// daysBack is how many days ago the season or the oldest talk began.
func (w world) daysBack() int {
	longest := seasonDays
	for _, t := range w.Talks {
		longest = max(longest, t.DaysAgo)
	}
	return longest
}

// person finds one of the cast by her name.
func (w world) person(name string) (personData, error) {
	for _, p := range w.People {
		if p.Name == name {
			return p, nil
		}
	}
	return personData{}, fmt.Errorf("nobody in the cast is called %q", name)
}
