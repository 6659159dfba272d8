// Package supervision is the rhythm in which a peer worker speaks with her supervisor: a
// relation that an agreement opens, entries about what was said, signatures, and what the
// organisation owes her when it does not happen.
//
// Words: a *relation* joins one peer and one supervisor; an *entry* is one conversation,
// written by the peer first; a *link* is a signature or a later addition in the chain of
// the relation.
//
// Three layers never mix. A *private reflection* lies in a box of its author alone. The
// *shared* words are sealed for the two people of the relation and for nobody else: no
// circle, no recovery, so that they are gone when both keys are lost. The *management view*
// reads only columns that are clear on purpose: day, minutes, rhythm, the number of open
// actions and their days; no verb for a coordinator opens anything.
//
// What is signed cannot change: the first signature freezes an entry, and what comes later
// is added with its day. Signatures and hashes cover the sealed box and not the words, so
// that a number from 0 to 5 is not guessed from a hash. They prove that nothing changed
// later, and not that this server was honest on the day.
package supervision
