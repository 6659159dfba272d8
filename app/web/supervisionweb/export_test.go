package supervisionweb

import "portico/app/supervision"

// Keys are the messages for all codes.
func Keys() (keys []string) {
	for _, words := range []map[string]string{modeWords, topicWords, ownerWords, stateWords, relationWords} {
		for _, key := range words {
			keys = append(keys, key)
		}
	}
	for _, key := range kindWords {
		keys = append(keys, key)
	}
	for _, key := range verdictWords {
		keys = append(keys, key)
	}
	return keys
}

// Gaps are the codes without words.
func Gaps() (gaps []string) {
	for _, family := range []struct {
		codes []string
		words map[string]string
	}{{supervision.Modes, modeWords}, {supervision.Topics, topicWords}, {supervision.Owners, ownerWords}} {
		for _, code := range family.codes {
			if family.words[code] == "" {
				gaps = append(gaps, code)
			}
		}
	}
	for _, kind := range supervision.Kinds {
		if kindWords[kind] == "" {
			gaps = append(gaps, string(kind))
		}
	}
	return gaps
}
