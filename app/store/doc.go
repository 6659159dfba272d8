// Package store opens the database, brings its schema up to date and runs transactions.
//
// Both engines are equal: SQLite is the embedded default, PostgreSQL serves many. The
// migrations are SQL files per engine with the same names; the tests hold the two schemas
// to one another. A database that is newer than the program is refused, and so is one
// that was made with other secrets: starting would lock everybody out for ever.
//
// Invariants: Tx is the only way to write; driver errors become faults here, once;
// nothing is logged with its values (a slow statement would print a person's tags).
package store
