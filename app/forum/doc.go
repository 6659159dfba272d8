// Package forum is the anonymous forum: boards, topics and posts that carry a tag in place
// of an author, a name per topic, search, groups that let people in by vouching, questions
// to the peers alone, and what the moderators' desk does to posts.
//
// Words: a *voice* is the pair of topic and tag with its drawn name; marks (pause, upheld
// report, closed, put out of a group) stay on the voice, and a person's live session reads
// the marks of all her voices before each write. A *badge post* is signed openly by a
// person with a role and has no tag; the same person's anonymous posts have only a tag, so
// nothing joins the two. A *group* is a board that only its own people see; they let others
// in by giving their sign for a code, and nothing of that stays; they write its words, and
// two of them can close its room. A *question* is sealed to the peers on duty.
//
// Invariants, besides the row-touch rule that package member quotes: no row holds an
// account; times are days; deleting removes the row and its search words; what this person
// may not see does not exist for her. A board's texts are readable in a stolen database,
// also a group's, and every page that takes text says who will read it. A question's words
// are not: its rows hold language, urgency, day and state.
package forum
