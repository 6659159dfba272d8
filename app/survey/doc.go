// Package survey asks the community a few questions: what people need, how a service was, what
// they think of a plan.
//
// Words: whoever *asks* is a leader or a coordinator. A survey is a draft, then open, then
// *ended*, when its answers have been counted, and *closed* when the people who asked have said
// what they did with it.
//
// Invariants: nobody's name, account or other answers stand beside an answer, and answers of one
// person to two questions are not joined; a member answers once, which a tag of her live session
// shows and nothing else; nobody sees a number before the end; at the end each question becomes
// one table without small cells, once, and the single answers and the tags are deleted; free
// words are sealed for the people who ask and go after half a year; a survey is closed only with
// words about what was done. Every language has the same questions with the same answers.
package survey
