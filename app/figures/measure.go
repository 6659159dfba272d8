package figures

import (
	"context"
	"slices"
	"strings"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/smallcells"
)

// Cells are true counts by the labels of their two dimensions; with one dimension the second
// label is "".
type Cells = map[[2]string]int

// Counts counts a measure of the community in a month such as "2026-10". Rows and columns are
// all labels that there could be, so that a label says nothing by standing there.
type Counts func(ctx context.Context, month string) (Cells, error)

// People counts how many people were here in a month, by language, for somebody who has the key
// of the people who count; Forget deletes what was counted, in the transaction that freezes it.
type (
	People func(ctx context.Context, who member.Actor, month string) (map[string]int, error)
	Forget func(ctx context.Context, tx *gorm.DB, month string) error
)

// Sums adds a measure of paid work up, with the number of people behind it.
type Sums func(ctx context.Context, month string) (sum, people int, err error)

// Cases lists the values of a measure of which the middle is shown, with the people behind.
type Cases func(ctx context.Context, month string) (values []int, people int, err error)

// Sources are who counts: every area its own.
type Sources struct {
	Contacts, Materials, Peers                    Counts
	Trainings, Supervision, Paid, Joined, Leaving Sums
	PayDays, Moderation                           Cases
	People                                        People
	Forget                                        Forget
	Organisations                                 func(ctx context.Context) ([]string, error)
}

// Class says which rule a measure is under.
type Class string

// The classes of measures.
const (
	Community Class = "community" // ten at least, two dimensions at most
	Work      Class = "work"      // totals alone, of three people at least
	Middle    Class = "middle"    // the middle of ten cases of three people at least
)

// Measure is something that is counted.
type Measure struct {
	Code  string
	Class Class
	Dims  []string // its dimensions: none, one or two
}

// The dimensions.
const (
	ByLanguage     = "language"
	ByKind         = "kind"
	ByOrganisation = "organisation"
)

// Measures in the order of pages.
var Measures = []Measure{
	{"members", Community, []string{ByLanguage}},
	{"contacts", Community, []string{ByLanguage, ByKind}},
	{"materials", Community, []string{ByLanguage}},
	{"peers", Community, []string{ByOrganisation}},
	{"trainings", Work, nil},
	{"supervision", Work, nil},
	{"hours", Work, nil},
	{"joined", Work, nil},
	{"left", Work, nil},
	{"pay-days", Middle, nil},
	{"moderation", Middle, nil},
}

// Splits are the ways in which somebody may ask for a table, in the order of pages.
var Splits = []string{"", ByLanguage, ByKind, ByLanguage + "," + ByKind, ByOrganisation}

// Languages are the rows of tables by language; every other one is Other.
var Languages = []string{"en", "it", "fr", "es", "pt-BR", "ro", "sq", "ru", "uk", "bg", "zh-Hans", "ar", "pcm", Other}

// Other stands for all languages that have no row.
const Other = "other"

// Kinds of contacts.
var Kinds = []string{"talk", "answer", "question"}

// Find is the measure with a code.
func Find(code string) (Measure, bool) {
	i := slices.IndexFunc(Measures, func(m Measure) bool { return m.Code == code })
	if i < 0 {
		return Measure{}, false
	}
	return Measures[i], true
}

// Takes reports whether the measure may be asked for in this way.
func (m Measure) Takes(split string) bool {
	if split == "" || split == strings.Join(m.Dims, ",") {
		return true
	}
	return slices.Contains(m.Dims, split)
}

// counted counts a table at its finest and takes everything small out.
func (s *Service) counted(ctx context.Context, m Measure, month string, people map[string]int) (smallcells.Released, error) {
	switch m.Class {
	case Community:
		return s.community(ctx, m, month, people)
	case Work:
		sums := map[string]Sums{"trainings": s.from.Trainings, "supervision": s.from.Supervision, "hours": s.from.Paid, "joined": s.from.Joined, "left": s.from.Leaving}
		sum, behind, err := sums[m.Code](ctx, month)
		return smallcells.Released{Total: smallcells.Total(sum, behind)}, err
	}
	cases := map[string]Cases{"pay-days": s.from.PayDays, "moderation": s.from.Moderation}
	values, behind, err := cases[m.Code](ctx, month)
	return smallcells.Released{Total: smallcells.Median(values, behind)}, err
}

func (s *Service) community(ctx context.Context, m Measure, month string, people map[string]int) (smallcells.Released, error) {
	counts := map[string]Counts{"contacts": s.from.Contacts, "materials": s.from.Materials, "peers": s.from.Peers, "members": counting(people)}
	cells, err := counts[m.Code](ctx, month)
	if err != nil {
		return smallcells.Released{}, err
	}
	t := smallcells.Table{RowsOf: m.Dims[0], Cols: []string{""}}
	if t.Rows, err = s.labels(ctx, m.Dims[0]); err != nil {
		return smallcells.Released{}, err
	}
	if len(m.Dims) > 1 {
		t.ColsOf = m.Dims[1]
		if t.Cols, err = s.labels(ctx, m.Dims[1]); err != nil {
			return smallcells.Released{}, err
		}
	}
	if len(t.Rows) == 0 {
		return smallcells.Released{Total: smallcells.Hidden}, nil
	}
	for range t.Rows {
		t.Cells = append(t.Cells, make([]int, len(t.Cols)))
	}
	for label, n := range cells {
		if m.Code == "contacts" && crowd(people, label[0]) < smallcells.Least {
			n = 0 // ten contacts in a language may be one woman: fewer than ten people stand behind them
		}
		i, j := slices.Index(t.Rows, label[0]), slices.Index(t.Cols, label[1])
		if i < 0 {
			i = slices.Index(t.Rows, Other)
		}
		if i >= 0 && j >= 0 {
			t.Cells[i][j] += n
		}
	}
	r, err := smallcells.Release(t)
	return r, fault.Wrap(err, "make a table of figures")
}

func (s *Service) labels(ctx context.Context, dim string) ([]string, error) {
	switch dim {
	case ByLanguage:
		return Languages, nil
	case ByKind:
		return Kinds, nil
	}
	return s.from.Organisations(ctx)
}

// asked reads the table that was asked for out of the frozen one.
func asked(frozen smallcells.Released, split string) (smallcells.Released, error) {
	if split == "" || len(frozen.Rows) == 0 {
		return smallcells.Released{Total: frozen.Total}, nil
	}
	rows, cols, _ := strings.Cut(split, ",")
	return frozen.Read(smallcells.Table{RowsOf: rows, ColsOf: cols})
}

// peopled are the measures that need a count of people; they are frozen together, because that
// count is deleted with the first of them.
var peopled = []string{"members", "contacts"}

// counting makes a count of people a measure like any other.
func counting(people map[string]int) Counts {
	return func(context.Context, string) (Cells, error) {
		cells := Cells{}
		for lang, n := range people {
			cells[[2]string{lang, ""}] = n
		}
		return cells, nil
	}
}

// crowd is how many people read a language; all languages without a row are one crowd.
func crowd(people map[string]int, lang string) int {
	if slices.Contains(Languages, lang) {
		return people[lang]
	}
	sum := 0
	for other, n := range people {
		if !slices.Contains(Languages, other) {
			sum += n
		}
	}
	return sum
}
