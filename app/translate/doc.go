// Package translate brings the texts of co-designed materials into other languages: cut
// into segments, translated by people with the help of a memory, a glossary and, where the
// host turned it on, a machine's draft.
//
// No sentence is published that only one person or only a machine has seen: each segment is
// reviewed by somebody who is not its last editor, and a language by somebody who did not
// write all of it herself. Both are checked on the numbers of accounts, in the transaction.
//
// When a source changes, only the touched segments become stale. What is published keeps
// the last reviewed words of each segment until the new ones are reviewed.
//
// The machine sees segments of materials, their neighbours and terms of the glossary, and
// nothing else. It is called by durable jobs and never while somebody waits; whatever goes
// wrong leaves the segments as they were, and what a person has written is never
// overwritten by it.
package translate
