package ui

// Again is what a form says when it is shown again, whatever stood in the way: nothing that
// was typed is lost.
type Again struct {
	Notice *Notice
	SignIn bool // her session is over
	Errs   []FieldError
	Found  []Found
	Refuse bool // what was found has to be mended; insisting is no way around it
	Danger bool // the words speak of somebody who may need help
	Insist bool // she has seen what was found and wants it as it is
}

// Found are the words that one screening rule speaks about, and what the rule is.
type Found struct {
	Rule, What string
	Words      []string
}
