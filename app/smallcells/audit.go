package smallcells

import (
	"cmp"
	"math"
	"slices"
)

// endless is the upper bound of a count of which nothing is known. Counts stay far below.
const endless = math.MaxInt / 4

// network is a table as a flow: source → rows → columns → sink. Edge numbers: first the
// rows' totals, then the columns', then the cells row by row. The total is fixed.
type network struct {
	rows, cols int
	edges      []edge
	at         [][]int // the edges that touch a node
}

// edge holds a true count, what its value may be for all that a reader knows, and what
// becomes of it.
type edge struct {
	from, to int
	n        int
	small    bool // hidden for being under Least
	hidden   bool
	silent   bool // not part of the release: the row total of a table of one dimension
}

func (e edge) bounds() (low, high int) {
	switch {
	case e.silent:
		return 0, endless
	case e.small:
		return 0, Least - 1
	case e.hidden:
		return Least, endless
	}
	low = shown(e.n)
	return low, low + Step - 1
}

// total says whether it is the sum of a row or column. The source is node 0, the sink 1.
func (e edge) total() bool { return e.from == 0 || e.to == 1 }

func newNetwork(t Table) *network {
	n := &network{rows: len(t.Rows), cols: len(t.Cols)}
	n.at = make([][]int, 2+n.rows+n.cols)
	sums := make([]int, n.cols)
	for i, row := range t.Cells {
		sum := 0
		for j, c := range row {
			sum, sums[j] = sum+c, sums[j]+c
		}
		n.add(edge{from: 0, to: n.row(i), n: sum, silent: n.cols == 1})
	}
	for j, sum := range sums {
		// The sum of the only column is the total, of which more is assumed to be known.
		n.add(edge{from: n.col(j), to: 1, n: sum, silent: n.cols == 1})
	}
	for i, row := range t.Cells {
		for j, c := range row {
			n.add(edge{from: n.row(i), to: n.col(j), n: c})
		}
	}
	return n
}

func (n *network) row(i int) int { return 2 + i }
func (n *network) col(j int) int { return 2 + n.rows + j }

func (n *network) add(e edge) {
	if !e.silent && e.n < Least {
		e.small, e.hidden = true, true
	}
	n.at[e.from], n.at[e.to] = append(n.at[e.from], len(n.edges)), append(n.at[e.to], len(n.edges))
	n.edges = append(n.edges, e)
}

// safe reports whether a small count may be anything from 0 to Least-1 for all that can be
// known.
func (n *network) safe(which int) bool {
	e := n.edges[which]
	return n.push(which, e.to, e.from, Least-1-e.n) && n.push(which, e.from, e.to, e.n)
}

// push moves an amount from one node to another through all edges but one, within their
// bounds, beginning at the true counts; it reports whether that is possible. The total is
// known exactly, so there is no way from the sink back to the source.
func (n *network) push(without, from, to, amount int) bool {
	flow := make([]int, len(n.edges))
	for i, e := range n.edges {
		flow[i] = e.n
	}
	for amount > 0 {
		path, most := n.way(flow, without, from, to)
		if path == nil {
			return false
		}
		most = min(most, amount)
		for _, s := range path {
			flow[s.edge] += s.sign * most
		}
		amount -= most
	}
	return true
}

// step goes along an edge or against it.
type step struct{ edge, sign int }

// way finds the shortest path with room left, and how much fits through it.
func (n *network) way(flow []int, without, from, to int) (path []step, most int) {
	by, seen := make([]step, len(n.at)), make([]bool, len(n.at))
	seen[from] = true
	for queue := []int{from}; len(queue) > 0 && !seen[to]; queue = queue[1:] {
		for _, i := range n.at[queue[0]] {
			e, s := n.edges[i], step{i, 1}
			next := e.to
			if next == queue[0] {
				next, s.sign = e.from, -1
			}
			if i != without && !seen[next] && n.room(flow, s) > 0 {
				seen[next], by[next] = true, s
				queue = append(queue, next)
			}
		}
	}
	if !seen[to] {
		return nil, 0
	}
	most = endless
	for at := to; at != from; {
		s := by[at]
		path, most = append(path, s), min(most, n.room(flow, s))
		if at = n.edges[s.edge].from; s.sign < 0 {
			at = n.edges[s.edge].to
		}
	}
	return path, most
}

func (n *network) room(flow []int, s step) int {
	low, high := n.edges[s.edge].bounds()
	if s.sign > 0 {
		return high - flow[s.edge]
	}
	return flow[s.edge] - low
}

// unsafe finds the first small count that can be narrowed down, or -1.
func (n *network) unsafe() int {
	for i, e := range n.edges {
		if e.small && !n.safe(i) {
			return i
		}
	}
	return -1
}

// protect hides more until nothing small can be worked out, then shows again what need not
// have been hidden. It reports whether that was possible.
func (n *network) protect() bool {
	for weak := n.unsafe(); weak >= 0; weak = n.unsafe() {
		if !n.cover(weak) {
			return false
		}
	}
	for i := range n.edges {
		if e := &n.edges[i]; e.hidden && !e.small {
			if e.hidden = false; n.unsafe() >= 0 {
				e.hidden = true
			}
		}
	}
	return true
}

// cover hides one more count: one that makes the weak one safe if there is one, or else the
// first that could help. The order is that of what a reader would miss least.
func (n *network) cover(weak int) bool {
	order := n.candidates(weak)
	if len(order) == 0 {
		return false
	}
	for _, i := range order {
		n.edges[i].hidden = true
		if n.safe(weak) {
			return true
		}
		n.edges[i].hidden = false
	}
	n.edges[order[0]].hidden = true
	return true
}

// candidates are the visible counts: cells before totals, those that touch the weak one
// first, then the smaller as they are shown, so that the order is no news about true counts.
func (n *network) candidates(weak int) (all []int) {
	for i, e := range n.edges {
		if !e.hidden && !e.silent {
			all = append(all, i)
		}
	}
	far := func(i int) int {
		a, b := n.edges[i], n.edges[weak]
		rank := 0
		if a.total() {
			rank = 2
		}
		if a.from != b.from && a.to != b.to && a.from != b.to && a.to != b.from {
			rank++
		}
		return rank
	}
	slices.SortStableFunc(all, func(a, b int) int {
		return cmp.Or(far(a)-far(b), shown(n.edges[a].n)-shown(n.edges[b].n), a-b)
	})
	return all
}

// audited releases a table on its own.
func audited(t Table) Released {
	n := newNetwork(t)
	total := 0
	for _, row := range t.Cells {
		for _, c := range row {
			total += c
		}
	}
	r := Released{RowsOf: t.RowsOf, ColsOf: t.ColsOf, Rows: t.Rows, Cols: t.Cols, Total: shown(total)}
	blank := total < Least || !n.protect()
	see := func(i int) int {
		if blank || n.edges[i].hidden {
			return Hidden
		}
		return shown(n.edges[i].n)
	}
	if n.cols == 1 {
		r.ColTotals = []int{r.Total}
	} else {
		for i := range n.rows {
			r.RowTotals = append(r.RowTotals, see(i))
		}
		for j := range n.cols {
			r.ColTotals = append(r.ColTotals, see(n.rows+j))
		}
	}
	for i := range n.rows {
		row := make([]int, n.cols)
		for j := range n.cols {
			row[j] = see(n.rows + n.cols + i*n.cols + j)
		}
		r.Cells = append(r.Cells, row)
	}
	return r
}
