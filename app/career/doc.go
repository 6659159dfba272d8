// Package career is the way of a person through this work: what she can do, the talk that
// the organisation owes her every six months, the steps up with what was promised for each,
// and a way to speak about a conflict outside her own team.
//
// Skills are her words; only those whom she names read them, and a colleague says yes to one
// only when she is asked. A talk is sealed for the two who hold it and counts as held when
// she says so: a talk that is missed is the organisation's, never hers. Nothing here counts,
// scores or orders people.
//
// A note about a conflict goes to one contact who coordinates nothing here. Its row names
// the contact alone: the key lies in a box of whoever wrote it, so that neither a
// coordinator nor a copy of the database can say who wrote, and she can shred all of it.
package career
