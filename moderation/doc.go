// Package moderation reads a text before anybody else does and says what should happen to it:
// publish it, warn its author, hold it for a moderator, or refuse it. It finds what could expose
// a person (phone numbers, addresses, handles, plates, cards), what recruits or sells, and what
// says that somebody may need help now.
//
// How a text travels: normal.go folds it into plain runes that remember where they came from;
// word.go cuts words. Then, sentence by sentence, lookup.go, and han.go for Chinese, find what the rule
// files know about each word, and match.go tries the phrases of rules/*.toml that may start there.
// digits.go, phone.go, card.go, contact.go, link.go and place.go look at shapes that no list of
// words can name; watch.go adds the host's own terms.
//
// How the rules are made: rulefile.go reads rules/*.toml, phrase.go compiles phrases, and pattern.go
// fills the patterns, which all languages share, with the lists of each. anchor.go chooses the word at
// which matching starts; guard.go and marks.go spare most of the trying.
//
// Invariants:
//   - Pure: no clock, no network, no file but the embedded rules. The same text, languages and
//     terms give the same verdict.
//   - Every finding points at the original text: Text == text[Start:End], on rune boundaries.
//   - A person who may need help is never refused. When a danger rule speaks, the outcome is at
//     most Hold, whatever else the text says.
//   - Danger phrases of all languages always apply, because people in danger do not choose the
//     language of a page. Other phrases follow the languages asked for; none asked means all.
//   - Talk about the work, clients, condoms, law, police and safety publishes. The rules look for
//     who, where and how to reach somebody, not for subjects.
//   - Public help lines are never taken for somebody's phone number.
//   - Time grows with the length of the text only; no pattern can run away.
//   - Nothing that was written is kept: the memory in which a text was read is wiped afterwards.
//     What stays between calls is the compiled rules and the host's last list of watched terms.
//
// The rules are phrases, so they hear what is said in the ways they know, and much that is told in a
// roundabout way slips past them: reports and people stay needed. testdata holds what a careful
// moderator would say about each text, and testdata/unheard what the rules do not hear yet; whoever
// meets a sentence that went wrong adds it there first, and then a phrase.
package moderation
