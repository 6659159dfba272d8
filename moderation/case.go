package moderation

// Case is what the forum puts before the moderators: which post, where, and why.
type Case struct {
	Kind    string // one of the kinds below
	Post    [16]byte
	Board   string
	Lang    string
	Urgency int      // as in Verdict
	Reasons []string // rule ids, or the report's reason code
}

// The kinds of cases.
const (
	Look   = "look"   // a post that waits
	Report = "report" // one that somebody reported
	Second = "second" // a pause or a shut account that needs a second person
	Appeal = "appeal" // its author asks another moderator to look again
)
