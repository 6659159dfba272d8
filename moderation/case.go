package moderation

// Case is what the forum puts before the moderators: which post, where, and why.
type Case struct {
	Kind    string // "look" for a post that waits, "report" for one that somebody reported
	Post    [16]byte
	Board   string
	Lang    string
	Urgency int      // as in Verdict
	Reasons []string // rule ids, or the report's reason code
}

// The kinds of cases.
const (
	Look   = "look"
	Report = "report"
)
