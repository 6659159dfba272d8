// Package peerwork is the working side of peer workers: which organisation they work with,
// what of a profile is shown to whom, the risk of being shown, and contracts.
//
// Exposure is a decision. A profile starts hidden: its words are sealed for her alone, and
// the rows that others read exist only while they may. More than the team sees her only
// with a risk assessment that is not past its day, with her consent for each use, and when
// two people say so: she and a coordinator. One switch takes everything away at once.
//
// Pay is honest. "Paid" stands only where a contract with an amount runs today; the one
// clear fact for it is written in the transaction that saves the contract. Contracts and
// risks are sealed for her and the coordinators of that day.
package peerwork
