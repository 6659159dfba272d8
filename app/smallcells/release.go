package smallcells

import (
	"errors"
	"slices"
)

// The numbers of the rules.
const (
	Least   = 10 // a smaller count is hidden
	Step    = 5  // counts are rounded down to a multiple of it
	Workers = 3  // people whom a figure on paid work has to cover at least
	Hidden  = -1 // stands for a count that is not shown
)

// What is wrong with a request for a table.
var (
	ErrShape   = errors.New("smallcells: the cells do not fit the rows and columns, or one is below zero")
	ErrOverlap = errors.New("smallcells: an earlier table of the same acts has one of these dimensions")
)

// Table is true counts: Cells[row][column], none below zero. One dimension is one column.
// RowsOf and ColsOf name the dimensions, so that two tables of the same acts which share one
// are noticed; without names the labels stand for them.
type Table struct {
	RowsOf, ColsOf string
	Rows, Cols     []string
	Cells          [][]int
}

// Released is what may be read: each count is a multiple of Step or Hidden. A table of one
// dimension has no row totals.
type Released struct {
	RowsOf, ColsOf string
	Rows, Cols     []string
	Cells          [][]int
	RowTotals      []int
	ColTotals      []int
	Total          int
}

// Release makes a table fit to be read. Earlier are the tables of the same acts that were
// released before; the same tables give the same release, on every machine and at any time.
// It fails with ErrShape, or with ErrOverlap when the table has a dimension of an earlier
// one without being it or a sum of it. Earlier tables come in the order of their release.
func Release(t Table, earlier ...Table) (Released, error) {
	if !t.whole() {
		return Released{}, ErrShape
	}
	for i, e := range earlier {
		if !share(t, e) {
			continue
		}
		before, err := Release(e, earlier[:i]...)
		if err != nil {
			return Released{}, err
		}
		return before.Read(t)
	}
	return audited(t), nil
}

// Total is a figure on paid work: rounded down when enough people are behind it.
func Total(sum, people int) int {
	if people < Workers || sum < 0 {
		return Hidden
	}
	return sum - sum%Step
}

// Median is the middle of values, of two the lower: Hidden unless there are Least cases from
// Workers people at least. It leaves the values as they are.
func Median(values []int, people int) int {
	if len(values) < Least || people < Workers {
		return Hidden
	}
	sorted := slices.Sorted(slices.Values(values))
	return sorted[(len(sorted)-1)/2]
}

func shown(n int) int {
	if n < Least {
		return Hidden
	}
	return n - n%Step
}

func (t Table) whole() bool {
	if len(t.Cells) != len(t.Rows) || len(t.Rows) == 0 || len(t.Cols) == 0 {
		return false
	}
	for _, row := range t.Cells {
		if len(row) != len(t.Cols) || slices.Min(row) < 0 {
			return false
		}
	}
	return true
}

// dimension is a way in which acts are told apart.
type dimension struct {
	name   string
	labels []string
}

func (d dimension) same(e dimension) bool {
	if d.name != "" || e.name != "" {
		return d.name == e.name
	}
	return slices.Equal(d.labels, e.labels)
}

// dimensions of a table: rows, and columns where there is more than one.
func dimensions(rowsOf, colsOf string, rows, cols []string) []dimension {
	all := []dimension{{rowsOf, rows}}
	if len(cols) > 1 || colsOf != "" {
		all = append(all, dimension{colsOf, cols})
	}
	return all
}

func (t Table) dimensions() []dimension { return dimensions(t.RowsOf, t.ColsOf, t.Rows, t.Cols) }

func share(t, e Table) bool {
	return slices.ContainsFunc(t.dimensions(), func(d dimension) bool { return slices.ContainsFunc(e.dimensions(), d.same) })
}

// Read takes a table with t's dimensions out of what was released: the same, the same turned,
// or one of its sums. t needs no cells. Nothing is counted again, so the answer says nothing
// new, whatever the counts are by now. Any other table is ErrOverlap.
func (r Released) Read(t Table) (Released, error) {
	want, have := t.dimensions(), dimensions(r.RowsOf, r.ColsOf, r.Rows, r.Cols)
	switch {
	case len(want) == len(have) && alike(want, have):
		return r, nil
	case len(want) == 2 && len(have) == 2 && alike([]dimension{want[1], want[0]}, have):
		return r.turned(), nil
	case len(want) == 1 && len(have) == 2 && want[0].same(have[0]):
		return r.sum(r.RowsOf, r.Rows, r.RowTotals), nil
	case len(want) == 1 && len(have) == 2 && want[0].same(have[1]):
		return r.sum(r.ColsOf, r.Cols, r.ColTotals), nil
	}
	return Released{}, ErrOverlap
}

func alike(a, b []dimension) bool { return slices.EqualFunc(a, b, dimension.same) }

func (r Released) turned() Released {
	t := Released{RowsOf: r.ColsOf, ColsOf: r.RowsOf, Rows: r.Cols, Cols: r.Rows, RowTotals: r.ColTotals, ColTotals: r.RowTotals, Total: r.Total}
	for j := range r.Cols {
		row := make([]int, len(r.Rows))
		for i := range r.Rows {
			row[i] = r.Cells[i][j]
		}
		t.Cells = append(t.Cells, row)
	}
	return t
}

func (r Released) sum(of string, labels []string, totals []int) Released {
	s := Released{RowsOf: of, Rows: labels, Cols: []string{""}, ColTotals: []int{r.Total}, Total: r.Total}
	for _, n := range totals {
		s.Cells = append(s.Cells, []int{n})
	}
	return s
}
