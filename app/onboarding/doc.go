// Package onboarding is how people come into the work: what an organisation says in public
// about it, somebody's interest and her path, the secret vote of peers or the panel, the
// offer, the appeal, leaving, and the title that a group chooses for itself.
//
// There are three modes. In a membership the peers vote against published criteria; for
// employment a panel with at least one peer reads; a consultation has no vote and no duty,
// and nothing in it is ever overdue.
//
// Invariants: a candidacy names a role account or nobody, never a member account. Words are
// sealed for whom the page names. Who has voted and what was voted lie in two tables that
// nothing joins, and nobody sees a count before the vote is over. A vote names the version
// of the criteria that it is about, and versions are never changed. An appeal is looked at
// by a coordinator who did not open the vote. Stopping needs no reason; half a year after a
// path has ended only figures are left of it.
package onboarding
