// Package payroll keeps what a payment needs and nobody else should know: the legal name of
// a peer worker, where her pay goes and, if she must give it, a tax number.
//
// Invariants: she types it herself and nobody does it for her; it is sealed for her, for the
// few who hold the payroll circle's key and for two of three people together; whoever does
// not hold that key, host, coordinator and administrator included, learns not even who has
// given details; each time somebody opens them, that stands in a log that she is shown, with
// who, when and what for; a bank account is taken only when its check digits are right.
package payroll
