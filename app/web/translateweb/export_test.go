package translateweb

import "portico/app/translate"

// Family is a list of codes with their messages.
type Family struct {
	Codes []string
	Words map[string]string
}

// Families are all codes that have messages.
func Families() []Family {
	return []Family{
		{[]string{translate.Empty, translate.Machine, translate.Edited, translate.Reviewed, translate.Stale}, stateWords},
		{[]string{translate.Working, translate.Waiting, translate.Approved}, languageStates},
		{[]string{translate.Machine, translate.Edited, translate.Reviewed}, actWords},
		{translate.Troubles, troubleWords},
		{translate.Understandings, understoodWords},
		{[]string{translate.FromPerson, translate.FromMemory, translate.FromFile}, originWords},
	}
}

// Unfit are the words for a draft that did not pass a check.
func Unfit(check string) string { return unfitWords[check] }
