package privacy_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"maps"
	"math"
	"os"
	"slices"
	"sort"
	"testing"

	"portico/app/store/storetest"
)

// moved is what one transaction wrote: per table the keys of the rows that are new or changed.
type moved map[string][]string

// watched are the tables whose rows the attacker follows from transaction to transaction.
// Role accounts are not among them: badge posts name them openly.
var watched = map[string]string{"accounts": "id", "boxes": "addr", "sessions": "id", "invite_batches": "id", "posts": "id"}

// writtenTogether joins by transaction: a post beside a row of a person, or one row of a
// person beside posts in two topics.
func (w *world) writtenTogether(all []moved) (found []string) {
	truth := w.authorOf()
	topicsOf := map[string]map[int]bool{}
	posts := 0
	for _, m := range all {
		for _, id := range m["posts"] {
			a, ok := truth[id]
			if !ok {
				continue
			}
			posts++
			for _, table := range personal {
				for _, key := range m[table] {
					if table != "boxes" {
						found = append(found, "a post is written together with a row of "+table)
					}
					if topicsOf[key] == nil {
						topicsOf[key] = map[int]bool{}
					}
					topicsOf[key][a.topic] = true
				}
			}
		}
	}
	if posts < len(w.acts) {
		found = append(found, fmt.Sprintf("the attacker saw %d of %d posts being written: the reading of transactions does not work", posts, len(w.acts)))
	}
	for _, topics := range topicsOf {
		if len(topics) > 1 {
			found = append(found, "one row is written together with posts in two topics")
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// pages are SQLite's pages as they lie in the file, before the acts that are watched. On
// PostgreSQL every row version names its transaction, so nothing is needed before.
func pages(t *testing.T, w *world) map[uint32][]byte {
	t.Helper()
	if storetest.Postgres() {
		return nil
	}
	raw, err := os.ReadFile(w.Address.SQLite)
	if err != nil {
		t.Fatal(err)
	}
	size := pageSize(raw)
	found := map[uint32][]byte{}
	for n := 0; (n+1)*size <= len(raw); n++ {
		found[uint32(n+1)] = raw[n*size : (n+1)*size]
	}
	return found
}

func pageSize(file []byte) int {
	if n := int(binary.BigEndian.Uint16(file[16:18])); n != 1 {
		return n
	}
	return 65536
}

// transactions reads what each transaction since then wrote.
func transactions(t *testing.T, w *world, before map[uint32][]byte) []moved {
	t.Helper()
	if storetest.Postgres() {
		return rowVersions(t, w)
	}
	keys := map[string][]string{}
	for table, rows := range dump(t, w) {
		if column, ok := watched[table]; ok {
			for _, r := range rows {
				keys[table] = append(keys[table], r[column])
			}
		}
	}
	return walTransactions(t, w, before, keys)
}

// walTransactions parses the write-ahead log: frames of pages, the last of each
// transaction marked. A row counts as written when its key is new on a page or the bytes
// after the key differ from the page before.
func walTransactions(t *testing.T, w *world, at map[uint32][]byte, keys map[string][]string) (all []moved) {
	t.Helper()
	wal, err := os.ReadFile(w.Address.SQLite + "-wal")
	if err != nil {
		t.Fatal(err)
	}
	if len(wal) < 32 {
		t.Fatal("the write-ahead log is empty: nothing to attack")
	}
	size := int(binary.BigEndian.Uint32(wal[8:12]))
	salt := wal[16:24]
	at = maps.Clone(at)
	fresh := map[uint32][]byte{}
	for pos := 32; pos+24+size <= len(wal); pos += 24 + size {
		frame := wal[pos : pos+24]
		if !bytes.Equal(frame[8:16], salt) {
			break
		}
		fresh[binary.BigEndian.Uint32(frame[:4])] = wal[pos+24 : pos+24+size]
		if binary.BigEndian.Uint32(frame[4:8]) == 0 {
			continue
		}
		all = append(all, changes(at, fresh, keys))
		maps.Copy(at, fresh)
		fresh = map[uint32][]byte{}
	}
	return all
}

// changes finds the rows that a transaction's pages hold and that the pages before did not
// hold in the same words. Of the pages now only the live cells count: where SQLite moves
// rows about, the free room of a page keeps worn copies that nobody wrote just now.
func changes(before, fresh map[uint32][]byte, keys map[string][]string) moved {
	var old []byte
	var now [][]byte
	for n, page := range fresh {
		old = append(old, before[n]...)
		now = append(now, cells(n, page)...)
	}
	m := moved{}
	for table, list := range keys {
		for _, key := range list {
			written := func(cell []byte) bool {
				record := recordAt(cell, key, span[table])
				return record != nil && !bytes.Contains(old, record)
			}
			if slices.ContainsFunc(now, written) {
				m[table] = append(m[table], key)
			}
		}
	}
	return m
}

// cells are the rows that a page of a tree names in its list of cells, each up to where the
// next one begins. Any other page is one piece: nothing says where its rows begin.
// Source: the file format of SQLite, "B-tree Pages".
func cells(number uint32, page []byte) [][]byte {
	head := 0
	if number == 1 {
		head = 100
	}
	list := head + 8
	switch page[head] {
	case 0x02, 0x05:
		list += 4
	case 0x0a, 0x0d:
	default:
		return [][]byte{page}
	}
	var starts []int
	for i := range int(binary.BigEndian.Uint16(page[head+3:])) {
		starts = append(starts, int(binary.BigEndian.Uint16(page[list+2*i:])))
	}
	slices.Sort(starts)
	var found [][]byte
	for i, start := range starts {
		end := len(page)
		if i+1 < len(starts) {
			end = starts[i+1]
		}
		if start >= end {
			return [][]byte{page} // an overflow page whose first byte looks like a tree's
		}
		found = append(found, page[start:end])
	}
	return found
}

// span is how many bytes after its key still belong to a row of each table: enough to see
// a change, never so many that the neighbour's bytes are read.
var span = map[string]int{"accounts": 200, "boxes": 200, "sessions": 200, "invite_batches": 90, "posts": 32}

// recordAt returns the bytes of a row from its key on.
func recordAt(page []byte, key string, span int) []byte {
	i := bytes.Index(page, []byte(key))
	if i < 0 {
		return nil
	}
	return page[i:min(len(page), i+span)]
}

// rowVersions reads PostgreSQL's pages with pageinspect: every version of every row, dead
// ones too, with the number of the transaction that wrote it.
func rowVersions(t *testing.T, w *world) []moved {
	t.Helper()
	if err := w.DB.DB.Exec("CREATE EXTENSION IF NOT EXISTS pageinspect").Error; err != nil {
		t.Fatal(err)
	}
	by := map[int64]moved{}
	for table := range watched {
		type version struct {
			Xmin int64
			Data []byte
		}
		var versions []version
		err := w.DB.DB.Raw(`SELECT i.t_xmin::text::bigint AS xmin, i.t_data AS data
			FROM generate_series(0, pg_relation_size(?) / 8192 - 1) AS n, heap_page_items(get_raw_page(?, n::int)) AS i
			WHERE i.t_data IS NOT NULL`, table, table).Scan(&versions).Error
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range versions {
			if len(v.Data) < 17 || v.Data[0]&1 == 0 {
				continue
			}
			length := int(v.Data[0]>>1) - 1
			if by[v.Xmin] == nil {
				by[v.Xmin] = moved{}
			}
			by[v.Xmin][table] = append(by[v.Xmin][table], string(v.Data[1:1+length]))
		}
	}
	all := make([]moved, 0, len(by))
	for _, xmin := range slices.Sorted(maps.Keys(by)) {
		all = append(all, by[xmin])
	}
	return all
}

// rawFiles is everything on disk that belongs to the database, for canaries.
func rawFiles(t *testing.T, w *world) string {
	t.Helper()
	if storetest.Postgres() {
		return ""
	}
	text := ""
	for _, suffix := range []string{"", "-wal"} {
		raw, err := os.ReadFile(w.Address.SQLite + suffix)
		if err != nil {
			t.Fatal(err)
		}
		text += string(raw)
	}
	return text
}

// features are the numbers that stand beside each post, by its id.
func features(t *testing.T, w *world) map[string]map[string]float64 {
	t.Helper()
	query := "SELECT id, search_id AS f1, 0 AS f2, 0 AS f3 FROM posts ORDER BY id"
	names := []string{"posts.search_id"}
	if storetest.Postgres() {
		query = "SELECT id, search_id AS f1, xmin::text::bigint AS f2, ((ctid::text::point)[0] * 1000 + (ctid::text::point)[1])::bigint AS f3 FROM posts"
		names = []string{"posts.search_id", "xmin", "ctid"}
	}
	var rows []struct {
		ID         []byte
		F1, F2, F3 float64
	}
	if err := w.DB.DB.Raw(query).Scan(&rows).Error; err != nil {
		t.Fatal(err)
	}
	found := map[string]map[string]float64{}
	for i, r := range rows {
		for f, name := range names {
			if found[name] == nil {
				found[name] = map[string]float64{}
			}
			found[name][string(r.ID)] = []float64{r.F1, r.F2, r.F3}[f]
		}
		if !storetest.Postgres() {
			if found["place in the file"] == nil {
				found["place in the file"] = map[string]float64{}
			}
			found["place in the file"][string(r.ID)] = float64(i)
		}
	}
	return found
}

func rank(values []float64) []float64 {
	order := make([]int, len(values))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(a, b int) bool { return values[order[a]] < values[order[b]] })
	ranks := make([]float64, len(values))
	for place, i := range order {
		ranks[i] = float64(place)
	}
	for i := range values { // equal values share the rank of the first, so that a constant feature says nothing
		for j := range values {
			if values[j] == values[i] && ranks[j] < ranks[i] {
				ranks[i] = ranks[j]
			}
		}
	}
	return ranks
}

func correlation(a, b []float64) float64 {
	var ma, mb, ab, aa, bb float64
	n := float64(len(a))
	for i := range a {
		ma, mb = ma+a[i]/n, mb+b[i]/n
	}
	for i := range a {
		ab, aa, bb = ab+(a[i]-ma)*(b[i]-mb), aa+(a[i]-ma)*(a[i]-ma), bb+(b[i]-mb)*(b[i]-mb)
	}
	if aa == 0 || bb == 0 {
		return 0
	}
	return ab / math.Sqrt(aa*bb)
}

// closeness is how often a pair of posts of one person in two topics lies closer together
// than a pair of two persons: one half means that the feature says nothing.
func closeness(values []float64, acts []act) float64 {
	var same, different []float64
	for i := range values {
		for j := range i {
			if acts[i].topic == acts[j].topic {
				continue
			}
			gap := math.Abs(values[i] - values[j])
			if acts[i].person == acts[j].person {
				same = append(same, gap)
			} else {
				different = append(different, gap)
			}
		}
	}
	won := 0.0
	for _, s := range same {
		for _, d := range different {
			switch {
			case s < d:
				won++
			case s == d:
				won += 0.5
			}
		}
	}
	return won / float64(len(same)*len(different))
}
