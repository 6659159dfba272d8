// Package material is the co-design of what people read: from an idea that anybody may
// have, over a draft with suggestions and a consultation, to a vote, a publication and
// what readers say about it.
//
// Words: a *material* is one leaflet, card, guide or the like; a *version* is its whole
// text at one time; the *group* is the people with roles who write and decide it; a
// *suggestion* asks for a change of one passage; a *voice* is somebody who answered a
// consultation; a *ballot* says that somebody voted, a *vote* what was chosen.
//
// Power is shared: a group needs a leader, staff are a minority when a vote opens and among
// the votes that count, every suggestion is answered before a vote, and whoever was not
// asked is written down with the reason. What was published stays readable until the next
// version is published.
//
// A *story* tells what somebody lived. Nothing of it is shown, asked about or printed without
// a *consent* for that use and language that holds today, and whoever has its code or keeps
// it with her key takes it back at any time, in every language and with every word.
//
// Invariants, besides the row-touch rule that package member quotes: no row of a community
// member holds an account; a want and a voice are tags that only her live session computes,
// with a purpose of their own; what she wrote is not joined to her tag, and a vote not to
// its ballot; times are days; feedback of readers holds nothing about them. What somebody
// may not see does not exist for her.
package material
