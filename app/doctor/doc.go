// Package doctor looks at one server as its host would, if the host were an engineer: clock,
// keys, address, proxy, disk, memory, database, schema and backups.
//
// Each check has two halves. Looking gathers facts and may touch the machine; judging turns
// facts into findings and touches nothing, so that every judgement has a test that fails.
//
// Invariants: nothing of what is looked at is changed, apart from a small file in each folder
// that is written, forced to the disk and removed; nothing leaves the machine, apart from one
// request to the portal's own public address; no finding quotes anybody's words, a key or a
// password.
package doctor
