package translate

import "slices"

// fate says what becomes of the segments of a source that has changed. For every new piece
// it holds the place of the old one that it continues, or -1.
type fate []int

// alike is how much of its words a segment must keep to be the same segment, changed.
const alike = 0.4

// mostPairs keeps the comparison of two long and wholly different texts small.
const mostPairs = 250_000

// align finds for every new text the old one that it is, or that it was made of. Texts that
// are equal always find each other, also when they have moved; what remains is paired in
// order by likeness.
func align(old, fresh []string) fate {
	f := make(fate, len(fresh))
	for i := range f {
		f[i] = -1
	}
	taken := make([]bool, len(old))
	first := 0
	for first < len(old) && first < len(fresh) && old[first] == fresh[first] {
		f[first], taken[first] = first, true
		first++
	}
	for i, j := len(old)-1, len(fresh)-1; i >= first && j >= first && old[i] == fresh[j]; i, j = i-1, j-1 {
		f[j], taken[i] = i, true
	}
	places := map[string][]int{}
	for i, text := range old {
		if !taken[i] {
			places[text] = append(places[text], i)
		}
	}
	for j, text := range fresh {
		if at := places[text]; f[j] < 0 && len(at) > 0 {
			f[j], taken[at[0]], places[text] = at[0], true, at[1:]
		}
	}
	return pairLikely(f, taken, old, fresh)
}

// pairLikely pairs what is left over: the greatest likeness that keeps the order.
func pairLikely(f fate, taken []bool, old, fresh []string) fate {
	var olds, news []int
	for i := range old {
		if !taken[i] {
			olds = append(olds, i)
		}
	}
	for j := range fresh {
		if f[j] < 0 {
			news = append(news, j)
		}
	}
	if len(olds)*len(news) > mostPairs || len(olds) == 0 || len(news) == 0 {
		return f
	}
	oldWords, newWords := make([][]string, len(olds)), make([][]string, len(news))
	for i, at := range olds {
		oldWords[i] = tokens(old[at])
	}
	for j, at := range news {
		newWords[j] = tokens(fresh[at])
	}
	best := make([][]float64, len(olds)+1)
	best[0] = make([]float64, len(news)+1)
	like := func(i, j int) float64 {
		if s := similarity(oldWords[i], newWords[j]); s >= alike {
			return s
		}
		return -1
	}
	for i := range olds {
		best[i+1] = make([]float64, len(news)+1)
		for j := range news {
			best[i+1][j+1] = max(best[i][j+1], best[i+1][j], best[i][j]+like(i, j))
		}
	}
	for i, j := len(olds), len(news); i > 0 && j > 0; {
		switch best[i][j] {
		case best[i-1][j]:
			i--
		case best[i][j-1]:
			j--
		default:
			f[news[j-1]] = olds[i-1]
			i, j = i-1, j-1
		}
	}
	return f
}

// gone lists the old places that no new text continues.
func (f fate) gone(old int) []int {
	var list []int
	for i := range old {
		if !slices.Contains(f, i) {
			list = append(list, i)
		}
	}
	return list
}
