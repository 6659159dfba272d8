package store

import (
	"context"
	"slices"
	"strings"
	"sync"

	"gorm.io/gorm"
)

// Reads are the tables that one request has read, each with the scope inside which it was
// read, or "" where any row may have been. A page that is kept is dropped by these.
type Reads struct {
	mu  sync.Mutex
	all []Read
}

// Read is one table, and the scope inside which it was read.
type Read struct{ Table, Scope string }

// All lists what was read.
func (r *Reads) All() []Read {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.all)
}

func (r *Reads) add(read Read) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !slices.Contains(r.all, read) {
		r.all = append(r.all, read)
	}
}

type readsKey struct{}

type narrowKey struct{}

// narrowed are tables of which a context reads rows of one scope only.
type narrowed struct {
	scope  string
	tables []string
}

// Watched makes a context whose reading is remembered.
func Watched(ctx context.Context) (context.Context, *Reads) {
	reads := &Reads{}
	return context.WithValue(ctx, readsKey{}, reads), reads
}

// Narrow says that what is read of these tables under the new context are rows of one scope:
// those of one talk, or the topics of one board. Verbs that write name the same scope with
// Within, and only what they touch is drawn anew.
func Narrow(ctx context.Context, scope string, tables ...string) context.Context {
	if ctx.Value(readsKey{}) == nil {
		return ctx
	}
	return context.WithValue(ctx, narrowKey{}, narrowed{scope, tables})
}

// noteReads registers the witness of reading.
func noteReads(db *gorm.DB) error {
	note := func(db *gorm.DB) {
		reads, ok := db.Statement.Context.Value(readsKey{}).(*Reads)
		if !ok {
			return
		}
		scope, _ := db.Statement.Context.Value(narrowKey{}).(narrowed)
		for _, table := range readBy(db.Statement.SQL.String()) {
			if slices.Contains(scope.tables, table) {
				reads.add(Read{table, scope.scope})
			} else {
				reads.add(Read{Table: table})
			}
		}
	}
	if err := db.Callback().Query().After("gorm:query").Register("portico:reads", note); err != nil {
		return err
	}
	return db.Callback().Row().After("gorm:row").Register("portico:reads", note)
}

// readBy names the tables behind every FROM and JOIN of a statement. A word in a quoted value
// may be taken for a table, which drops a page too often and never too seldom: values stand
// beside our statements and not inside them.
func readBy(query string) []string {
	var tables []string
	for rest := query; rest != ""; {
		var w string
		w, rest = word(strings.TrimLeft(rest, "(,) \t\r\n"))
		if !strings.EqualFold(w, "FROM") && !strings.EqualFold(w, "JOIN") {
			continue
		}
		for {
			name, after := word(rest)
			if name == "" || strings.HasPrefix(after, "(") && name == "" {
				break
			}
			tables = append(tables, bareName(strings.TrimRight(name, ",);")))
			// FROM a, b: the second name follows a comma.
			if !strings.HasSuffix(name, ",") {
				break
			}
			rest = after
		}
	}
	return tables
}
