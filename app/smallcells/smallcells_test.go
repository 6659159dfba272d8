package smallcells_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"portico/app/smallcells"
)

// population is acts, each with a label in every dimension.
type population struct {
	sizes []int
	acts  [][]int
}

func anyPopulation(r *rand.Rand) population {
	p := population{}
	for range 4 {
		p.sizes = append(p.sizes, 2+r.IntN(3))
	}
	most := []int{8, 30, 90, 250}[r.IntN(4)]
	for range 1 + r.IntN(most) {
		act := make([]int, len(p.sizes))
		for d, size := range p.sizes {
			// Uneven on purpose: large labels beside small ones are where subtraction works.
			act[d] = min(r.IntN(size), r.IntN(size))
		}
		p.acts = append(p.acts, act)
	}
	return p
}

func (p population) labels(d int) (all []string) {
	for i := range p.sizes[d] {
		all = append(all, fmt.Sprint(i))
	}
	return all
}

// table counts the acts by one dimension, or by two.
func (p population) table(dims ...int) smallcells.Table {
	t := smallcells.Table{RowsOf: fmt.Sprint("d", dims[0]), Rows: p.labels(dims[0]), Cols: []string{""}}
	if len(dims) > 1 {
		t.ColsOf, t.Cols = fmt.Sprint("d", dims[1]), p.labels(dims[1])
	}
	for range t.Rows {
		t.Cells = append(t.Cells, make([]int, len(t.Cols)))
	}
	for _, act := range p.acts {
		j := 0
		if len(dims) > 1 {
			j = act[dims[1]]
		}
		t.Cells[act[dims[0]]][j]++
	}
	return t
}

// anyReleases asks for tables of one population, in any order and with any dimensions.
func anyReleases(t *testing.T, r *rand.Rand, p population) (tables []smallcells.Table, released []smallcells.Released, refused int) {
	t.Helper()
	for range 1 + r.IntN(4) {
		dims := r.Perm(len(p.sizes))[:1+r.IntN(2)]
		table := p.table(dims...)
		out, err := smallcells.Release(table, tables...)
		switch {
		case errors.Is(err, smallcells.ErrOverlap):
			refused++
		case err != nil:
			t.Fatal(err)
		default:
			tables, released = append(tables, table), append(released, out)
		}
	}
	return tables, released, refused
}

func TestNothingSmallCanBeWorkedOutFromAnyReleasesTogether(t *testing.T) {
	small, shown, secondary, several, refused := 0, 0, 0, 0, 0
	for seed := range uint64(400) {
		r := rand.New(rand.NewPCG(seed, 7))
		p := anyPopulation(r)
		tables, released, no := anyReleases(t, r, p)
		if refused += no; len(tables) > 1 {
			several++
		}
		for k, out := range released {
			for i, row := range out.Cells {
				for j, n := range row {
					truth := tables[k].Cells[i][j]
					switch {
					case n != smallcells.Hidden && (truth < smallcells.Least || n != truth-truth%smallcells.Step):
						t.Fatalf("population %d: %d is shown as %d", seed, truth, n)
					case n != smallcells.Hidden:
						shown++
					case truth < smallcells.Least:
						small++
					default:
						secondary++
					}
				}
			}
		}
		for _, hit := range found(len(p.acts), tables, released) {
			t.Errorf("population %d: of %d in table %d some value can be ruled out: %v released as %v", seed,
				tables[hit.table].Cells[hit.row][hit.col], hit.table, tables[hit.table].Cells, released[hit.table])
		}
	}
	t.Logf("%d small cells, %d shown, %d hidden beside them, %d sets of several tables, %d refused", small, shown, secondary, several, refused)
	if small == 0 || shown == 0 || secondary == 0 || several == 0 || refused == 0 {
		t.Error("the populations do not try everything")
	}
}

// careless hides what is small and nothing else.
func careless(t smallcells.Table) smallcells.Released {
	see := func(n int) int {
		if n < smallcells.Least {
			return smallcells.Hidden
		}
		return n - n%smallcells.Step
	}
	r := smallcells.Released{RowsOf: t.RowsOf, ColsOf: t.ColsOf, Rows: t.Rows, Cols: t.Cols, RowTotals: make([]int, len(t.Rows)), ColTotals: make([]int, len(t.Cols))}
	for i, row := range t.Cells {
		line := make([]int, len(row))
		for j, n := range row {
			line[j] = see(n)
			r.RowTotals[i] += n
			r.ColTotals[j] += n
		}
		r.RowTotals[i], r.Cells = see(r.RowTotals[i]), append(r.Cells, line)
	}
	for j, n := range r.ColTotals {
		r.ColTotals[j] = see(n)
	}
	return r
}

func TestTheAttackFindsAPlantedRelease(t *testing.T) {
	one := smallcells.Table{RowsOf: "language", Rows: []string{"it", "sq", "ro"}, Cols: []string{""}, Cells: [][]int{{60}, {3}, {40}}}
	if len(found(103, []smallcells.Table{one}, []smallcells.Released{careless(one)})) == 0 {
		t.Error("the attack does not subtract a column from its total")
	}
	two := smallcells.Table{RowsOf: "language", ColsOf: "kind", Rows: []string{"it", "sq"}, Cols: []string{"talk", "post"}, Cells: [][]int{{60, 30}, {40, 2}}}
	if len(found(132, []smallcells.Table{two}, []smallcells.Released{careless(two)})) == 0 {
		t.Error("the attack does not solve a table")
	}
	// Two tables, each with one cell hidden for the other's sake, solve each other.
	by := smallcells.Table{RowsOf: "language", Rows: []string{"it", "sq"}, Cols: []string{""}, Cells: [][]int{{90}, {42}}}
	hidden := careless(two)
	hidden.Cells[1][0], hidden.RowTotals = smallcells.Hidden, []int{smallcells.Hidden, smallcells.Hidden}
	if len(found(132, []smallcells.Table{two, by}, []smallcells.Released{hidden, careless(by)})) == 0 {
		t.Error("the attack does not put two tables together")
	}
	caught := 0
	for seed := range uint64(100) {
		p := anyPopulation(rand.New(rand.NewPCG(seed, 9)))
		table := p.table(0, 1)
		caught += min(1, len(found(len(p.acts), []smallcells.Table{table}, []smallcells.Released{careless(table)})))
	}
	if caught < 20 {
		t.Errorf("of 100 careless releases the attack opens %d", caught)
	}
}

func TestTheSameTableGivesTheSameRelease(t *testing.T) {
	for seed := range uint64(100) {
		p := anyPopulation(rand.New(rand.NewPCG(seed, 3)))
		table := p.table(0, 1)
		first, err := smallcells.Release(table)
		if err != nil {
			t.Fatal(err)
		}
		again, _ := smallcells.Release(table)
		if !reflect.DeepEqual(first, again) {
			t.Fatalf("%v and %v", first, again)
		}
		grown := p.table(0, 1)
		grown.Cells[0][0] += 25 // counted again later: what was released stays
		if later, err := smallcells.Release(grown, table); err != nil || !reflect.DeepEqual(first, later) {
			t.Errorf("a later count gives %v, %v instead of %v", later, err, first)
		}
		turned, err := smallcells.Release(p.table(1, 0), table)
		if err != nil || !slices.Equal(turned.RowTotals, first.ColTotals) || turned.Cells[0][1] != first.Cells[1][0] {
			t.Errorf("turned it is %v, %v", turned, err)
		}
		sums, err := smallcells.Release(p.table(1), table)
		if err != nil || sums.Cells[0][0] != first.ColTotals[0] || sums.Total != first.Total {
			t.Errorf("its sums are %v, %v; released was %v", sums, err, first)
		}
		if again, err := smallcells.Release(p.table(1), table, p.table(1)); err != nil || !reflect.DeepEqual(again, sums) {
			t.Errorf("the sums a second time are %v, %v", again, err)
		}
	}
}

func TestATableThatDoesNotFitIsRefused(t *testing.T) {
	fine := smallcells.Table{RowsOf: "a", ColsOf: "b", Rows: []string{"1"}, Cols: []string{"1", "2"}, Cells: [][]int{{20, 30}}}
	for name, table := range map[string]smallcells.Table{
		"nothing":      {},
		"a short row":  {Rows: []string{"1"}, Cols: []string{"1", "2"}, Cells: [][]int{{20}}},
		"no rows":      {Cols: []string{"1"}},
		"a lost row":   {Rows: []string{"1", "2"}, Cols: []string{"1"}, Cells: [][]int{{20}}},
		"a minus sign": {Rows: []string{"1"}, Cols: []string{"1"}, Cells: [][]int{{-20}}},
	} {
		if _, err := smallcells.Release(table); !errors.Is(err, smallcells.ErrShape) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, dims := range map[string][2]string{"finer": {"a", "c"}, "across": {"c", "b"}} {
		other := fine
		other.RowsOf, other.ColsOf = dims[0], dims[1]
		if _, err := smallcells.Release(other, fine); !errors.Is(err, smallcells.ErrOverlap) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestFiguresOnPaidWorkNeedThreePeople(t *testing.T) {
	many := []int{9, 1, 5, 5, 7, 3, 8, 2, 6, 4}
	for _, row := range []struct{ got, want int }{
		{smallcells.Total(48, 3), 45}, {smallcells.Total(48, 2), smallcells.Hidden}, {smallcells.Total(4, 3), 0}, {smallcells.Total(-4, 3), smallcells.Hidden},
		{smallcells.Median(many, 3), 5}, {smallcells.Median(many, 2), smallcells.Hidden}, {smallcells.Median(many[1:], 3), smallcells.Hidden},
	} {
		if row.got != row.want {
			t.Errorf("%d, want %d", row.got, row.want)
		}
	}
	if many[0] != 9 {
		t.Error("the values were moved")
	}
}

func BenchmarkRelease(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	t := smallcells.Table{}
	for i := range 13 {
		row := make([]int, 12)
		for j := range row {
			row[j] = r.IntN(3) * r.IntN(30) * r.IntN(2)
		}
		t.Rows, t.Cells = append(t.Rows, fmt.Sprint(i)), append(t.Cells, row)
	}
	for j := range 12 {
		t.Cols = append(t.Cols, fmt.Sprint(j))
	}
	for b.Loop() {
		if _, err := smallcells.Release(t); err != nil {
			b.Fatal(err)
		}
	}
}
