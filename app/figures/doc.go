// Package figures is what funders and the group may know in numbers: counts of a whole month,
// from which everything small was taken out, given to somebody only after the people whom
// they are about have seen the very same numbers and agreed.
//
// Words: a *measure* is what is counted; each area counts its own, by the month, and says
// nothing else about it. A *table* is one measure in one month. A *release* is the wish to
// give a table to somebody; its *voices* are what the group said.
//
// Invariants. A table is counted once, at its finest, made fit to be read by package
// smallcells and frozen; every answer afterwards is read out of it, so that the same question
// has the same answer and two answers cannot be subtracted. True counts are kept nowhere.
// Only months that are over are counted. A measure of the community hides what is under ten;
// a measure of paid work is a total alone, of three people or more. A release opens when more
// than half of the peers and leaders want it and staff are less than half of those who spoke;
// until then, and after it was closed, nobody outside reads it. Whoever reads it outside needs
// its code, of which only a hash is kept, and no account. A voice is a tag: nobody reads who
// agreed and who did not.
package figures
