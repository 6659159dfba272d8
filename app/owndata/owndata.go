// Package owndata gathers what the portal can know is somebody's own, for her to take with
// her: rows that bear the number of her role account, rows that bear a mark which only her
// session computes, her boxes, and what is sealed for her.
//
// Invariants. It reads and never writes, so that nothing shows that she asked. Secrets, keys
// and codes are not in it: whoever gets the file must not be able to act in her place or to
// find out what she writes later. It asks the database which tables there are, and has a
// decision about each of them; what is not given is named with the reason. It reads across
// areas on purpose, because a list that every area keeps for itself is one that a new area
// forgets.
package owndata

import (
	"context"
	"maps"
	"slices"
	"strings"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// Service gathers. Its one verb reads.
type Service struct {
	store   *store.Store
	modules []string
}

// New makes the service. Modules are the addresses of those that ship: her progress and
// reflections lie in boxes that are named after them.
func New(s *store.Store, modules []string) *Service { return &Service{s, modules} }

// Row is one row by its columns. Numbers, marks and fingerprints are left out; sealed words
// stand opened under their column.
type Row map[string]any

// Table is what is hers in one table.
type Table struct {
	Name string `json:"table"`
	Rows []Row  `json:"rows"`
}

// Kept is a table from which nothing is given.
type Kept struct {
	Name string `json:"table"`
	Why  string `json:"why"` // nobody, unlinked, secret, inside or others
}

// Data is everything.
type Data struct {
	Day       string         `json:"day"`
	Tables    []Table        `json:"tables"`
	Boxes     map[string]any `json:"boxes"`
	Questions [][]string     `json:"questions"` // asked privately, with the answers
	Left      []Kept         `json:"not_given"`
}

// gathering is one run: the schema, and the raw rows that were found by table.
type gathering struct {
	db      *gorm.DB
	who     member.Actor
	columns map[string][]string
	raw     map[string][]map[string]any
}

// Of gathers what is hers.
func (s *Service) Of(ctx context.Context, who member.Actor) (Data, error) {
	if !who.SignedIn() {
		return Data{}, fault.New(fault.SignIn, "error.signin")
	}
	g, err := s.begin(ctx, who)
	if err != nil {
		return Data{}, err
	}
	data := Data{Day: s.store.Today()}
	for _, table := range slices.Sorted(maps.Keys(g.columns)) {
		r, known := sheet[table]
		if !known || r.why != "" {
			data.Left = append(data.Left, Kept{table, string(r.why)})
			continue
		}
		if err := g.find(ctx, table); err != nil {
			return Data{}, err
		}
		rows, err := g.readable(ctx, table)
		if err != nil {
			return Data{}, err
		}
		if len(rows) > 0 {
			data.Tables = append(data.Tables, Table{table, rows})
		}
	}
	if data.Boxes, data.Questions, err = s.boxes(ctx, g); err != nil {
		return Data{}, err
	}
	return data, nil
}

func (s *Service) begin(ctx context.Context, who member.Actor) (*gathering, error) {
	columns, err := s.store.Columns(ctx)
	if err != nil {
		return nil, err
	}
	g := &gathering{db: s.store.DB, who: who, columns: map[string][]string{}, raw: map[string][]map[string]any{}}
	for _, c := range columns {
		g.columns[c.Table] = append(g.columns[c.Table], c.Name)
	}
	return g, nil
}

// find reads the rows of a table that are hers, once.
func (g *gathering) find(ctx context.Context, table string) error {
	if _, done := g.raw[table]; done {
		return nil
	}
	g.raw[table] = []map[string]any{}
	r := sheet[table]
	for _, m := range r.marks {
		if err := g.marked(ctx, table, m); err != nil {
			return err
		}
	}
	if g.who.Role != nil && len(r.her) > 0 {
		var where []string
		var args []any
		for _, column := range r.her {
			where, args = append(where, column+" = ?"), append(args, g.who.Role.ID)
		}
		if err := g.add(ctx, table, strings.Join(where, " OR "), args...); err != nil {
			return err
		}
	}
	if r.of == nil {
		return nil
	}
	if err := g.find(ctx, r.of.table); err != nil {
		return err
	}
	var keys [][]byte
	for _, row := range g.raw[r.of.table] {
		if key, ok := row[r.of.key].([]byte); ok {
			keys = append(keys, key)
		}
	}
	for batch := range slices.Chunk(keys, 400) {
		if err := g.add(ctx, table, r.of.column+" IN ?", batch); err != nil {
			return err
		}
	}
	return nil
}

func (g *gathering) add(ctx context.Context, table, where string, args ...any) error {
	var rows []map[string]any
	if err := g.db.WithContext(ctx).Table(table).Where(where, args...).Find(&rows).Error; err != nil {
		return store.Translate(err)
	}
	g.raw[table] = append(g.raw[table], rows...)
	return nil
}

// marked finds rows by marks: hers for every scope that the table has, as deleting does.
func (g *gathering) marked(ctx context.Context, table string, m mark) error {
	var scopes []map[string]any
	if err := g.db.WithContext(ctx).Table(table).Distinct(m.scope).Find(&scopes).Error; err != nil {
		return store.Translate(err)
	}
	var tags [][]byte
	for _, row := range scopes {
		scope, ok := row[m.scope].([]byte)
		if text, isText := row[m.scope].(string); isText {
			scope, ok = []byte(text), true
		}
		if !ok {
			continue
		}
		for _, s := range g.who.Secrets {
			tags = append(tags, s.Tag(m.purpose, scope))
		}
	}
	for batch := range slices.Chunk(tags, 400) {
		if err := g.add(ctx, table, "tag IN ?", batch); err != nil {
			return err
		}
	}
	return nil
}

// readable opens what is sealed for her and leaves out what nobody can read.
func (g *gathering) readable(ctx context.Context, table string) ([]Row, error) {
	var ids []store.ID
	for _, row := range g.raw[table] {
		for column, value := range row {
			if raw, ok := value.([]byte); ok && len(raw) == len(store.ID{}) && strings.HasSuffix(column, "_id") {
				ids = append(ids, store.ID(raw))
			}
		}
	}
	words, err := member.OpenAllForRole(ctx, g.db, g.who, ids)
	if err != nil {
		return nil, err
	}
	rows := make([]Row, 0, len(g.raw[table]))
	for _, raw := range g.raw[table] {
		row := Row{}
		for column, value := range raw {
			switch v := value.(type) {
			case []byte:
				if len(v) == len(store.ID{}) && words[store.ID(v)] != "" {
					row[strings.TrimSuffix(column, "_id")] = words[store.ID(v)]
				}
			case nil:
			default:
				if column != "toks" && column != "html" {
					row[column] = v
				}
			}
		}
		rows = append(rows, row)
	}
	return rows, nil
}
