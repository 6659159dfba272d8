// Package privacy holds no code, only the tests of what Portico promises across areas: the
// row-touch rule, watched by triggers in the database, and the join test, in which an
// attacker gets the real files and must not join two topics, a post to an account, or an
// account to an invitation. Each of these tests also plants the leaks that it looks for,
// because a test that cannot fail proves nothing.
package privacy
