package supervision

// CheckInsOf reckons the early check-ins of a relation that opened on a day.
func CheckInsOf(opened string, held []string, today string) []CheckIn {
	return checkIns(opened, held, today)
}

// Sat is a conversation of so many minutes on a day.
type Sat struct {
	Day     string
	Minutes int
}

// BalanceOf reckons a promise against conversations that count for it.
func BalanceOf(q Requirement, joined string, sat []Sat, today string) Balance {
	var list []attended
	for _, one := range sat {
		list = append(list, attended{Day: one.Day, Minutes: one.Minutes})
	}
	return balance(q, joined, list, today)
}
