// Package smallcells makes a table of counts fit to be read by strangers: nobody can work
// out from it, nor from it together with any other released table, how many stand in a cell
// or a sum that holds fewer than ten.
//
// Rules, from the choices for figures on the community: at most two dimensions; a count
// under Least is hidden, zero too; every other is rounded down to a multiple of Step; and
// more is hidden until nothing can be subtracted back. For figures on paid work, where a
// team is small: totals only, and from Workers people at least.
//
// The argument. The reader is given more than she has: for every visible count the whole
// range that rounding leaves, the exact sum of the table, and for every hidden cell whether
// it was hidden for being small. What she may then conclude is exactly the set of whole
// numbers that keep all these bounds and all the sums. Counts with their row sums, column
// sums and one total are a flow through a network, and of a flow with whole bounds every
// whole value between its least and its most is reached by a flow of whole numbers. So the
// audit has only to push each small cell down to 0 and up to Least-1, beginning at the true
// table, which keeps all bounds; when both ends are reached, each of the ten values is
// possible. While one is not, one more count is hidden. When that leads nowhere, all counts
// but the total are withheld, and nobody is told which of them are small.
//
// Several tables. Two tables of the same acts which have no dimension in common share only
// the total. Each was audited as if its total were known exactly, and each table that shows
// a small cell could have another value there keeps that total; so any two such tables fit
// together, and one says nothing of the other. A table that shares a dimension with an
// earlier one is not made from the counts again: when it is the earlier one, or a sum of it,
// it is read out of what was released; otherwise it is refused. The same acts must not be
// counted in two periods either: whoever calls keeps one length of period and freezes what
// was released.
//
// What is not claimed: a count of acts is not a count of people, and a caller who counts
// acts has to see to it that ten acts are not one person.
package smallcells
