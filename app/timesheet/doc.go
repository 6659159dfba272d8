// Package timesheet is the hours of peer workers: her week, what a coordinator decides line
// by line, what is paid, and which months are locked.
//
// A week is hers until she closes it. Then each line goes its own way: it is approved, or
// cut with a reason that she may dispute until a day, and it is paid once. A dispute freezes
// its own line and nothing else of the week. How a week stands is never written down: it is
// read from its lines, so that the two cannot differ.
//
// Whoever decides or pays is never the one who is paid; that is checked on the numbers of
// accounts, in the transaction. A line gets its payment by one conditional statement, and a
// payment is the sum of its lines: no path pays twice. Minutes, days and references are
// clear; notes, reasons, disputes and amounts are sealed for her and the coordinators.
//
// Verbs lock the row of the week first and then those of the months, oldest first. What was
// handed in stays for its legal term under numbers alone.
package timesheet
