package payrollweb

// Keys are the messages of codes, for the test that each exists.
func Keys() (all []string) {
	for _, words := range []map[string]string{methodWords, purposeWords} {
		for _, key := range words {
			all = append(all, key)
		}
	}
	return all
}
