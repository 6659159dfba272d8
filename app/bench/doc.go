// Package bench measures how fast and how large a Portico server is: it builds a community
// of the wanted size in a database of its own, starts the real program beside it, drives it
// over loopback as browsers do, and prints what came out beside its reference points from
// the same run. It measures and does not judge: a target that is missed is said, and is no
// error; an answer that is wrong is one.
//
// Words: a *path* is one line of the table of targets; a *round* is one measured stretch of
// a path, and rounds of a path and of its reference alternate, so that whatever else the
// machine does falls on both. A *seat* is a member with a live session. A *lot* is a part of
// the community that is built in one go.
//
// Invariants: the folder and the database that a run makes are gone when it ends; a database
// that holds anything is refused; no limit of the server is switched off, there are only
// enough people; the load asks for what browsers ask for and looks at what it gets. Texts
// and numbers follow from a fixed seed; sessions and keys are drawn, because a key that can
// be computed is none.
package bench
