// Package training is what people learn here: who has read which unit, answered the quiz,
// finished a module, and the statement that she can print about it.
//
// There are two kinds of learner and one set of verbs. A *person with a role* learns as
// part of paid work: the units she has done and the module she has finished are rows under
// her role account, by day, so that the hours count and a coordinator sees who is where. A
// *plain member* learns for herself: all of it lies in a box at an address that only her
// secret computes, and no row says that anybody learned anything.
//
// Invariants. What somebody chose in a quiz and what she wrote as a reflection lie in boxes
// for both kinds: nobody but she reads them, and nobody sees how often she tried. A box and
// a row under a role account are never written in one transaction, because that would tie
// the two compartments of a person together. A done unit is kept by its id, so that a new
// version of a module takes nothing away.
//
// A statement that somebody carries away is a row of module, version and day under the
// fingerprint of its random code. Nobody's name, account or tag is beside it, and the code
// itself lies in her box alone; so a stolen database leads from no paper to a person, and
// the paper still checks when her account is gone. The name that she puts on a paper or in
// a file is on that one answer and nowhere else.
package training
