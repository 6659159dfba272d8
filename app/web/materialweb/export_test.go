package materialweb

// Keys are the messages for all codes.
func Keys() []string { return keys() }

// Panels cuts a text for the small pages of a pocket sheet.
func Panels(title, body string) [][]string { return panels(body) }
