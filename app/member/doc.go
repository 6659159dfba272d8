// Package member knows who is asking: accounts and their keys, web sessions, boxes,
// invitation batches, people with roles, and the circles that read sealed records.
//
// The row-touch rule, which the whole schema serves and a trigger probe holds:
// A transaction of a community member writes only rows that are public (topic counters),
// new (post, search row, trail box) or belong to that one topic (voice, topic box). No row
// is touched by two actions of one person in different topics unless actions of others
// touch it as well.
//
// So the account row is written only at joining, changing the key and deleting. What is
// hers (topics, follows, drafts, preferences) lies in boxes at addresses that only her
// secret computes. A post carries a tag and never an account.
//
// People with roles have a second compartment with keys of its own. A 20-digit key never
// opens a role, a member account is never converted, and no row links the two: the member
// compartment of a person with roles is found by a value that only her passphrase gives.
package member
