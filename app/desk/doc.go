// Package desk is the moderators' desk: one queue of posts that wait and of reports, claims
// so that two people never do the same, and decisions that the author reads in her own
// language.
//
// Invariants: a queue row keeps the minute only while it waits and is deleted at the
// decision; what stays is reason, day and how long it waited, as a bucket. "Kept" leaves no
// row at all but a monthly count, because a durable first look would join a newcomer's
// posts. A decision hangs on the voice, never on a person. Members learn the role that
// decided, never who. Every decision is audited by its ids, without words.
//
// The desk also keeps what it decides by: the words that this host watches, and the house
// rules, of which every decided version stays readable.
package desk
