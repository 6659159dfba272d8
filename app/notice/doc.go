// Package notice is for what somebody went through and wants to tell: violence, threats,
// robbery, bad treatment by an office. She tells it without an account, and moderators make of
// it tips that keep others safe and identify nobody.
//
// Words: a *notice* is what one person told, with everything said about it since, a *part* at a
// time. A *step* is something that goes on from a notice to somebody else, such as an
// organisation or the police; it is offered, never done. A *tip* is a warning for everybody,
// written anew by the team, in one or several languages.
//
// Invariants: nothing joins a notice to an account or a session, also when she is signed in;
// she comes back with a code of which only a keyed hash is kept; her words are sealed for the
// moderators and for that code; place is a region at most and time is a day; one moderator at a
// time answers a notice; the risks of telling an office stand before her before any step, and
// without her yes there is none; Portico itself sends nothing to anybody; a tip knows no notice,
// and no tip is shown before a second moderator has read it. Everything goes after a time.
package notice
