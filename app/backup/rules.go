package backup

// left are tables that a backup does not take: whoever restores it must find nobody signed in.
var left = []string{"sessions"}

// claims are columns that say which running server or which person works on a row just now.
// After a restore nobody does. What may be NULL becomes NULL, text becomes empty.
var claims = map[string][]string{
	"queue_items": {"claimed_by", "claimed_until"},
	"notices":     {"claimed_by", "claimed_until"},
	"jobs":        {"held_until"},
}

// renewed are columns that sessions must match: a restore draws them anew, so that a session
// which somewhere survived opens nothing.
var renewed = map[string]string{"accounts": "gen", "role_accounts": "gen"}

// born are tables that the migrations themselves fill. A database with rows in no other table
// is empty, and their rows give way to those of the backup.
var born = []string{"directory_state"}

// derived builds SQLite's word indexes, which are no tables to copy, from the rows they index.
// On PostgreSQL the same index belongs to its table and follows by itself.
var derived = map[string]string{
	"post_words": "INSERT INTO post_words (rowid, toks) SELECT search_id, toks FROM posts WHERE state = 'shown'",
}

// hanging are references that the schema does not declare, because the row they point to may
// go before them. What hangs on an erased row is not restored either.
var hanging = map[string][]link{
	"reactions":     {{"post_id", "posts"}},
	"post_pictures": {{"post_id", "posts"}},
	"reports":       {{"post_id", "posts"}},
	"queue_items":   {{"post_id", "posts"}},
}

// owned are columns with the number of a sealed record that belongs to the row alone: when
// the row is not restored, the record goes too.
var owned = map[string]string{"reports": "note_id", "decisions": "appeal_note_id", "question_parts": "sealed_id"}
