package directoryweb

// Keys are the messages of all kinds and needs.
func Keys() (keys []string) {
	for _, family := range []map[string]string{kindKeys, needKeys} {
		for _, key := range family {
			keys = append(keys, key)
		}
	}
	return keys
}
