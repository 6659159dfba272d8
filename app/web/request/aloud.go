package request

import "strings"

// spokenPages are the pages that somebody may need to hear rather than read: where she comes in,
// says yes, leaves, and finds help. The names are those of package aloud.
var spokenPages = map[string]string{
	"/join": "join", "/exit": "exit", "/help": "help", "/help/now": "now", "/notices": "notices", "/safety": "safety", "/rules": "rules",
}

// spokenAt is the name of the page at an address, "" for one that nobody reads aloud.
func spokenAt(path string) string {
	path, _, _ = strings.Cut(path, "?")
	switch {
	case strings.HasPrefix(path, "/help/now/"):
		return "now"
	case strings.HasPrefix(path, "/read/") && strings.HasSuffix(path, "/story"):
		return "consent"
	}
	return spokenPages[path]
}
