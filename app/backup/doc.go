// Package backup takes everything out of a database and puts it back: into a file that only
// keys kept elsewhere open, out of such a file, and from one engine to the other.
//
// A backup is one stream: a line that says what it is, with the server's secrets; for each
// table a line with its columns and a line per row; at the end the number of rows and a
// checksum of each table. It is packed by gzip and sealed by age for at least two people on
// the way out, so that nothing of it is ever written in clear.
//
// Invariants: the tables are learned from the database itself, so that none is forgotten; all
// rows are of one moment, also while the server writes; rows stand in the order of their keys,
// which are random, and carry nothing of how a database keeps them, neither its order of
// writing nor what was deleted; a file that is damaged in one place is refused whole, and then
// nothing is written; what people deleted after a backup stays deleted when it is restored.
package backup
