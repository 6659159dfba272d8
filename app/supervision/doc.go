// Package supervision is the rhythm in which people who work here speak about their work:
// a relation that an agreement opens, entries about what was said, signatures, and what the
// organisation owes them when it does not happen.
//
// Words: a *relation* joins people, each as a *peer*, whose own work it is about, or as a
// *supervisor*; a supervisor is the peer in her own supervision. An *entry* is one
// conversation: a *talk* of two, written by the peer first, or the *minutes* of a sitting of
// several, written by whoever led it. A *link* is a signature or a later addition in the
// chain of the relation.
//
// Three layers never mix. A *private reflection* lies in a box of its author alone. The
// *shared* words are sealed for the people who are part of the relation on that day and for
// nobody else: no circle, no recovery, so that they are gone when all keys are lost. The
// *management view* reads only columns that are clear on purpose: day, minutes, rhythm, who
// was there, the number of open actions and their days; no verb for a coordinator opens
// anything.
//
// Who reads follows from what she signed. The agreement names the keys of those with whom a
// relation begins, and whoever comes later is named by the signature of somebody who is in
// it: a row that is written into the table makes no reader. A newcomer reads nothing from
// before, a leaver nothing later, and a supervisor is given what was before only by an act
// of the peer. What somebody opens that another wrote is logged and shown to the writer.
//
// What is signed cannot change: the first signature freezes an entry, and what comes later
// is added with its day. An entry is closed when everybody who was there has spoken, or
// cannot any more. Signatures and hashes cover the sealed box and not the words, so that a
// number from 0 to 5 is not guessed from a hash. They prove that nothing changed later, and
// not that this server was honest on the day.
package supervision
