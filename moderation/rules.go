package moderation

// ruleID is the position of a rule in the table below.
type ruleID int

// The rules, in the order of the table.
const (
	rulePhone ruleID = iota
	ruleEmail
	ruleMessenger
	ruleLink
	ruleAddress
	ruleWorkplace
	rulePlate
	ruleCard
	ruleIBAN
	rulePrice
	ruleOffer
	ruleRecruitment
	ruleOuting
	ruleControl
	ruleThreat
	ruleViolence
	ruleSelfHarm
	ruleMinor
	ruleAbuseMinor
	ruleAbuseDox
	ruleWatched
)

// rule is what a rule id stands for. A group of phrases may raise the urgency or name another
// outcome of its own.
type rule struct {
	id      string
	outcome Outcome
	danger  bool
	urgency int
}

var rules = [...]rule{
	rulePhone:       {id: "phone", outcome: Warn},
	ruleEmail:       {id: "email", outcome: Warn},
	ruleMessenger:   {id: "messenger", outcome: Warn},
	ruleLink:        {id: "link", outcome: Publish},
	ruleAddress:     {id: "address", outcome: Warn},
	ruleWorkplace:   {id: "workplace", outcome: Warn},
	rulePlate:       {id: "plate", outcome: Warn},
	ruleCard:        {id: "card", outcome: Warn},
	ruleIBAN:        {id: "iban", outcome: Warn},
	rulePrice:       {id: "price", outcome: Hold},
	ruleOffer:       {id: "offer", outcome: Hold},
	ruleRecruitment: {id: "recruitment", outcome: Hold, urgency: Watch},
	ruleOuting:      {id: "outing", outcome: Hold, urgency: Watch},
	ruleControl:     {id: "danger.control", outcome: Hold, danger: true, urgency: Watch},
	ruleThreat:      {id: "danger.threat", outcome: Hold, danger: true, urgency: Watch},
	ruleViolence:    {id: "danger.violence", outcome: Hold, danger: true, urgency: Watch},
	ruleSelfHarm:    {id: "danger.self-harm", outcome: Hold, danger: true, urgency: ActNow},
	ruleMinor:       {id: "danger.minor", outcome: Hold, danger: true, urgency: ActNow},
	// Whoever offers or asks for a minor, or threatens to expose somebody, is not the person in
	// need of help: the text is refused, and the moderators hear of it.
	ruleAbuseMinor: {id: "abuse.minor", outcome: Refuse, urgency: ActNow},
	ruleAbuseDox:   {id: "abuse.exposure", outcome: Refuse, urgency: Watch},
	ruleWatched:    {id: "watched", outcome: Hold},
}

// Rules lists the ids of all rules, so that each can have its message.
func Rules() []string {
	ids := make([]string, len(rules))
	for i, r := range rules {
		ids[i] = r.id
	}
	return ids
}

// ruleByID finds the rule that a rule file names.
func ruleByID(id string) (ruleID, bool) {
	for i, r := range rules {
		if r.id == id {
			return ruleID(i), true
		}
	}
	return 0, false
}
