// Package translate brings the texts of co-designed materials into other languages: cut
// into segments, translated by people with the help of a memory, a glossary and, where the
// host turned it on, a machine's draft.
//
// No sentence is published that only one person or only a machine has seen: each segment is
// reviewed by somebody who is not its last editor, and a language by somebody who did not
// write all of it herself. Both are checked on the numbers of accounts, in the transaction.
// What may harm somebody if it is wrong is reviewed by two, neither of them its author.
//
// When a source changes, only the touched segments become stale. What is published keeps
// the last reviewed words of each segment until the new ones are reviewed.
//
// Names that stay as they are do so byte for byte. What the group of a text decided about
// its words goes before the glossary, in that text alone.
//
// The machine sees segments of materials, their neighbours, terms of the glossary and words
// of the text's group, and nothing else; a second one sees the translation that it is to translate back. Each
// question is in the log before it leaves, as a fingerprint and a size, never as words. A
// machine is called by durable jobs and never while somebody waits; whatever goes wrong
// leaves the segments as they were, a draft that loses a number, a link or a mark is not
// taken over, and what a person has written is never overwritten.
package translate
