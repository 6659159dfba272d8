// Package hsds writes and reads the entries of a directory in the two forms in which other
// directories speak: the JSON of the Human Services Data Specification, version 3, of Open
// Referral, and a plain table in CSV.
//
// Invariants. What is written and read again is the same, field by field: what the
// specification has no place for stands in its attributes, under names that begin with
// "portico:". Identifiers of the JSON are computed from the entry's own, so that the same
// entry has the same identifier in every file of every instance. A cell that a table program
// would take for a formula is written with an apostrophe before it, and read without. Files
// of others are read as far as they say something that an entry has; a street address is
// never among it. Reading goes record by record and holds one at a time, so that a file may
// be large; a fault names its record and what is wrong with it and never ends the reading,
// except where the file itself is broken. The package imports nothing of ours.
package hsds
