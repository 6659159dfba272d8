// Package practice is the good-practice library: fact sheets of what organisations do with
// peers, against violence and for rights, with the criteria by which the field calls a
// practice good, and the interviews by which new sheets come in.
//
// Words: a *practice* is one fact sheet; it is *shipped* when it came with the program. Its
// *standing* follows from three mandatory and eight preferential criteria and from nothing
// else. An *interview* is a sheet that the team is writing, step by step, with the questions
// of a guide; a second person reads it before it becomes a practice. A *correction* is what
// anybody, also without a key, says is wrong.
//
// Invariants: unknown is not no, and what nobody knows is never counted for or against; the
// criteria are about a practice and never about a person; nobody checks her own interview;
// loading shipped sheets never changes what people here changed or checked; no sheet names
// a person; a correction carries nothing of who sent it and its words go when it is settled;
// of an interview only the sheet stays once it is public.
package practice
