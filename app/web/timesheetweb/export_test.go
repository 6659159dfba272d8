package timesheetweb

import "portico/app/timesheet"

// Family is a list of codes with their messages.
type Family struct {
	Codes []string
	Words map[string]string
}

// Families are all codes that have messages.
func Families() []Family {
	return []Family{
		{timesheet.Kinds, kindWords},
		{[]string{timesheet.Open, timesheet.Closed, timesheet.Approved, timesheet.Cut, timesheet.Disputed, timesheet.Settled, timesheet.Paid, timesheet.Done}, stateWords},
	}
}
