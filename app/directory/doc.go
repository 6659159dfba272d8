// Package directory is the list of organisations, services, networks, agreements and help
// lines: what each does, for whom, in which languages, and whether somebody has checked it.
//
// Words: an entry is *shipped* when it came with the program, and *checked* when a
// coordinator asked and said so on a day. A check is good for a year; after that, and
// before any, the entry shows as not checked. A *correction* is what anybody, also without
// a key, suggests about an entry; only coordinators read it, and its words are deleted when
// one of them has settled it.
//
// Invariants: loading shipped entries never changes what a coordinator checked or changed;
// no entry has a field for the address of a place to stay; no row names a person except the
// coordinator who checked, by her role account, and pages do not show her. What is not
// known stays empty and is said to be unknown.
package directory
