// Package vault is all of Portico's cryptography: the server's secrets file, the member
// key and what is derived from it, boxes at addresses that only their owner computes,
// tags, sessions, and records sealed for named readers.
//
// Words: a *key* is the 20 digits a member signs in with; a *secret* is 32 random bytes
// that her sealed account holds; a *box* is a small sealed row; a *tag* is what a post
// carries in place of an author; a *circle* is a group of readers with one key pair.
//
// Invariants: no primitive of our own (x/crypto and the standard library only); every
// use of a secret names its purpose, so that no two tables ever hold the same value for
// one person; every box is padded to a step, so that its length says little; sealed
// records bind kind, id and schema, so that two of them cannot be swapped.
// The package does no IO except for the secrets file, and imports nothing of ours.
package vault
