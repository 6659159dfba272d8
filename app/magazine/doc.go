// Package magazine is the cycle of a magazine by and for people who do or did sex work: an
// issue begins with topics that anybody may put forward and want, a board of editors takes
// pieces, lays the issue out and publishes it, and what its readers miss opens the topics of
// the next one.
//
// Words: an *issue* is one number of the magazine; its *board* are people with roles, among
// them a leader and more leaders and peers than staff; a *topic* is what somebody would like
// to read; a *piece* is a text for the issue, written by anybody who is signed in or taken
// over from the published materials; *copies* say to which kind of place how many go.
//
// Invariants, besides the row-touch rule that package member quotes: no row of a community
// member holds an account. Who wants a topic, who wrote a piece and what a board member thinks
// of it are tags that only her live session computes, each with a purpose of its own. Whoever
// wrote a piece takes it back at any time, and its words are gone; a material's words stand in
// an issue only while the material may be read, and somebody's story only while she allows it
// for the magazine. What readers say holds nothing about them. No list names a place where
// people work.
package magazine
