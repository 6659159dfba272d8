// Package hours says when somebody is there: it reads opening hours in the notation of
// OpenStreetMap, which the field's own open data uses, and answers whether a door or a
// telephone is open at a moment.
//
// What is read of that notation: "24/7"; rules separated by ";", of which a later one takes
// the place of an earlier one on the days that it names; rules added by ","; months
// ("Jun-Aug"), days of the year ("Dec 24-Jan 6"), days of the week ("Mo-Fr,Su"), public
// holidays ("PH"), times ("09:00-12:30,22:00-06:00"), "off", and after a rule the languages
// of those hours in quotation marks ("ro ar"). Everything else is refused with its place and
// never guessed, because a guessed hour sends somebody to a closed door at night.
//
// Invariants: times are those on the wall of the place, so that a line which opens at nine
// opens at nine in summer and in winter; hours over midnight belong to the day on which they
// begin; in the hour that a clock goes through twice a line is open both times; hours that a
// clock leaves out begin and end when it has jumped. Two rules never both open the same
// minute: that is a fault, because then one of them is wrong. The package imports nothing of
// ours and asks no clock.
package hours
