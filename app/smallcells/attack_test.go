package smallcells_test

import (
	"math"
	"slices"

	"portico/app/smallcells"
)

// The attack knows nothing of how tables are made safe: it takes what was released of one
// lot of acts and looks for whole numbers that fit, by bounds that narrow each other and by
// trying where bounds do not decide. It is told the exact total, and which counts were hidden
// for being small where anything but the total is visible.

const much = math.MaxInt32

type span struct{ low, high int }

// equation says that the first variable is the sum of the others.
type equation struct {
	sum   int
	parts []int
}

type puzzle struct {
	spans []span
	sums  []equation
	steps int // left to try
}

func (p *puzzle) variable(s span) int {
	p.spans = append(p.spans, s)
	return len(p.spans) - 1
}

// narrow lets all equations narrow the spans until nothing moves; false is a contradiction.
func (p *puzzle) narrow(spans []span) bool {
	for moved := true; moved; {
		moved = false
		tighten := func(v, low, high int) bool {
			s := &spans[v]
			if low > s.low {
				s.low, moved = low, true
			}
			if high < s.high {
				s.high, moved = high, true
			}
			return s.low <= s.high
		}
		for _, e := range p.sums {
			low, high := 0, 0
			for _, v := range e.parts {
				low, high = low+spans[v].low, high+spans[v].high
			}
			if !tighten(e.sum, low, high) {
				return false
			}
			for _, v := range e.parts {
				restLow, restHigh := low-spans[v].low, high-spans[v].high
				if !tighten(v, spans[e.sum].low-restHigh, spans[e.sum].high-restLow) {
					return false
				}
			}
		}
	}
	return true
}

// fits looks for whole numbers that keep everything, halving the narrowest open span.
func (p *puzzle) fits(spans []span) bool {
	if p.steps--; p.steps < 0 {
		panic("the attack has not decided")
	}
	if !p.narrow(spans) {
		return false
	}
	pick := -1
	for i, s := range spans {
		if s.low < s.high && (pick < 0 || s.high-s.low < spans[pick].high-spans[pick].low) {
			pick = i
		}
	}
	if pick < 0 {
		return true
	}
	middle := (spans[pick].low + spans[pick].high) / 2
	for _, half := range []span{{spans[pick].low, middle}, {middle + 1, spans[pick].high}} {
		try := append([]span(nil), spans...)
		if try[pick] = half; p.fits(try) {
			return true
		}
	}
	return false
}

// possible reports whether a variable may have a value.
func (p *puzzle) possible(v, value int) bool {
	try := append([]span(nil), p.spans...)
	try[v] = span{max(value, try[v].low), min(value, try[v].high)}
	p.steps = 200_000
	return try[v].low <= try[v].high && p.fits(try)
}

// target is a small cell, and the variable that stands for it.
type target struct{ table, row, col, at int }

// known builds the puzzle of everything that was released of acts which are total in number.
func known(total int, tables []smallcells.Table, released []smallcells.Released) (*puzzle, []target) {
	p := &puzzle{}
	all := p.variable(span{total, total})
	if total < smallcells.Least { // hidden like any other
		p.spans[all] = span{0, smallcells.Least - 1}
	}
	var targets []target
	sums := map[string]int{} // the total of one label, over all tables that have it
	for k, r := range released {
		telling := false
		for _, row := range append([][]int{r.RowTotals}, r.Cells...) {
			telling = telling || slices.ContainsFunc(row, visible)
		}
		if len(r.Cols) > 1 {
			telling = telling || slices.ContainsFunc(r.ColTotals, visible)
		}
		rowSums, colSums := sumsOf(tables[k])
		rows, cols := make([][]int, len(r.Rows)), make([][]int, len(r.Cols))
		for i, row := range r.Cells {
			for j, n := range row {
				v := p.variable(spanOf(n, tables[k].Cells[i][j], telling))
				if tables[k].Cells[i][j] < smallcells.Least {
					targets = append(targets, target{k, i, j, v})
				}
				rows[i], cols[j] = append(rows[i], v), append(cols[j], v)
			}
		}
		p.margin(all, r.RowsOf, r.Rows, rows, rowSums, r.RowTotals, telling, sums)
		if len(r.Cols) > 1 {
			p.margin(all, r.ColsOf, r.Cols, cols, colSums, r.ColTotals, telling, sums)
		}
	}
	return p, targets
}

// margin ties the sums of one dimension to their parts, to what other tables say of the same
// label, and to the total.
func (p *puzzle) margin(all int, of string, labels []string, parts [][]int, truth, totals []int, telling bool, sums map[string]int) {
	var whole []int
	for i, label := range labels {
		v, old := sums[of+"/"+label]
		if !old {
			v = p.variable(span{0, much})
			sums[of+"/"+label] = v
		}
		if totals != nil {
			s := spanOf(totals[i], truth[i], telling)
			p.spans[v] = span{max(s.low, p.spans[v].low), min(s.high, p.spans[v].high)}
		}
		p.sums = append(p.sums, equation{v, parts[i]})
		whole = append(whole, v)
	}
	p.sums = append(p.sums, equation{all, whole})
}

func visible(n int) bool { return n != smallcells.Hidden }

func sumsOf(t smallcells.Table) (rows, cols []int) {
	rows, cols = make([]int, len(t.Rows)), make([]int, len(t.Cols))
	for i, row := range t.Cells {
		for j, n := range row {
			rows[i], cols[j] = rows[i]+n, cols[j]+n
		}
	}
	return rows, cols
}

func spanOf(shown, n int, told bool) span {
	switch {
	case shown != smallcells.Hidden:
		return span{shown, shown + smallcells.Step - 1}
	case !told:
		return span{0, much}
	case n < smallcells.Least:
		return span{0, smallcells.Least - 1}
	}
	return span{smallcells.Least, much}
}

// found lists the small cells of which some value from 0 to 9 can be ruled out.
func found(total int, tables []smallcells.Table, released []smallcells.Released) (pinned []target) {
	p, targets := known(total, tables, released)
	for _, t := range targets {
		for value := range smallcells.Least {
			if !p.possible(t.at, value) {
				pinned = append(pinned, t)
				break
			}
		}
	}
	return pinned
}
