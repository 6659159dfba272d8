package directory

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm"

	"portico/app/hours"
	"portico/app/search"
	"portico/app/store"
	"portico/content"
)

// Edition is the row by which every server sees that the directory has changed.
type Edition struct {
	ID      int `gorm:"primaryKey"` // always 1
	Version int64
}

// TableName names the table.
func (Edition) TableName() string { return "directory_state" }

// changed counts the version up, in the transaction that changes an entry.
func changed(ctx context.Context, tx *gorm.DB) error {
	return tx.WithContext(ctx).Exec("UPDATE directory_state SET version = version + 1 WHERE id = 1").Error
}

// index is the whole directory in memory, as far as search asks: a question touches a few
// lists of bits and then reads one page of rows, however many entries there are. It is made
// anew when the version of the table has changed, and never altered.
type index struct {
	version int64
	ids     []string // in the order of the list
	at      map[string]int
	named   map[string][]int // by the folded name
	words   []string         // of every entry and every code, sorted
	holders []holder         // per word, which entries have it
	country map[string]set
	kind    map[string]set
	lang    map[string]set // without script and country
	need    map[string]set
	free    set
	anon    set
	papers  set // that ask for none
	hours   []hours.Hours
	towns   map[string]bool // the words of towns
	where   []string        // country of each entry
}

// holder is which entries have a word: those whose own words hold it, one by one, because most
// words stand in few; and all with a code that is looked for by it.
type holder struct {
	entries []int32
	codes   []set
}

// line is what the index reads of an entry.
type line struct {
	ID, Kind, Country, City, Languages, Needs, Hours, Opening, Toks string
	Free, Anonymous, NoPapers                                       Answer
	Place                                                           []byte
}

// index returns the directory as it is now. One caller builds, the others wait for it.
func (s *Service) index(ctx context.Context) (*index, error) {
	var now Edition
	if err := s.store.DB.WithContext(ctx).Where("id = 1").Take(&now).Error; err != nil {
		return nil, store.Translate(err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.held != nil && s.held.version == now.Version {
		return s.held, nil
	}
	rows, err := s.store.DB.WithContext(ctx).Raw(`SELECT id, kind, country, city, languages, needs, hours, opening, toks, free, anonymous, no_papers, place
		FROM directory_entries ORDER BY place`).Rows()
	if err != nil {
		return nil, store.Translate(err)
	}
	defer rows.Close()
	b := newBuilder(now.Version)
	for rows.Next() {
		var l line
		if err := rows.Scan(&l.ID, &l.Kind, &l.Country, &l.City, &l.Languages, &l.Needs, &l.Hours, &l.Opening, &l.Toks, &l.Free, &l.Anonymous, &l.NoPapers, &l.Place); err != nil {
			return nil, store.Translate(err)
		}
		b.add(l)
	}
	if err := rows.Err(); err != nil {
		return nil, store.Translate(err)
	}
	s.held = b.done()
	return s.held, nil
}

// builder collects lines; sets are made when their number is known.
type builder struct {
	index
	posts              map[string][]int32 // entries of each word
	codes              map[string][]int32 // entries of each code, under "need violence"
	free, anon, papers []int32
	timetables         map[string]hours.Hours
}

func newBuilder(version int64) *builder {
	return &builder{
		index: index{version: version, at: map[string]int{}, named: map[string][]int{}, towns: map[string]bool{}},
		posts: map[string][]int32{}, codes: map[string][]int32{}, timetables: map[string]hours.Hours{},
	}
}

func (b *builder) add(l line) {
	n := int32(len(b.ids))
	b.ids, b.where, b.at[l.ID] = append(b.ids, l.ID), append(b.where, l.Country), int(n)
	name, _, _ := strings.Cut(string(l.Place), "\x00")
	b.named[name] = append(b.named[name], int(n))
	b.hours = append(b.hours, b.timetable(l.Opening, l.Hours))
	for token := range strings.FieldsSeq(l.Toks) {
		if p := b.posts[token]; len(p) == 0 || p[len(p)-1] != n {
			b.posts[token] = append(p, n)
		}
	}
	b.code("country", l.Country, n)
	b.code("kind", l.Kind, n)
	if l.City != "" {
		b.code("city", l.City, n)
	}
	for tag := range strings.FieldsSeq(l.Languages) {
		b.code("lang", base(tag), n)
	}
	for need := range strings.FieldsSeq(l.Needs) {
		b.code("need", need, n)
	}
	for _, a := range []struct {
		is   Answer
		list *[]int32
	}{{l.Free, &b.free}, {l.Anonymous, &b.anon}, {l.NoPapers, &b.papers}} {
		if a.is == Yes {
			*a.list = append(*a.list, n)
		}
	}
}

// code notes an entry under a code once.
func (b *builder) code(kind, code string, n int32) {
	key := kind + " " + code
	if p := b.codes[key]; len(p) == 0 || p[len(p)-1] != n {
		b.codes[key] = append(p, n)
	}
}

// timetable reads hours once for all entries that have the same.
func (b *builder) timetable(opening, code string) hours.Hours {
	text := timetable(opening, code)
	if h, ok := b.timetables[text]; ok {
		return h
	}
	h, _ := hours.Read(text) // what cannot be read is not known
	b.timetables[text] = h
	return h
}

// timetable is the opening hours of an entry in the notation of package hours, "" where they
// are only known in words.
func timetable(opening, code string) string {
	if opening == "" && code == "24h" {
		return "24/7"
	}
	return opening
}

// done makes the sets and sorts the words.
func (b *builder) done() *index {
	x := b.index
	x.free, x.anon, x.papers = b.made(b.free), b.made(b.anon), b.made(b.papers)
	x.country, x.kind, x.lang, x.need = map[string]set{}, map[string]set{}, map[string]set{}, map[string]set{}
	kept := map[string]map[string]set{"country": x.country, "kind": x.kind, "lang": x.lang, "need": x.need}
	by := map[string]*holder{}
	for token, entries := range b.posts {
		by[token] = &holder{entries: entries}
	}
	for key, entries := range b.codes {
		kind, code, _ := strings.Cut(key, " ")
		all := b.made(entries)
		if kept[kind] != nil {
			kept[kind][code] = all
		}
		for token := range strings.FieldsSeq(codeTokens(kind, code)) {
			if kind == "city" {
				x.towns[token] = true
			}
			if by[token] == nil {
				by[token] = &holder{}
			}
			by[token].codes = append(by[token].codes, all)
		}
	}
	x.words = slices.Sorted(maps.Keys(by))
	for _, token := range x.words {
		x.holders = append(x.holders, *by[token])
	}
	return &x
}

// made is a set of the entries of a list.
func (b *builder) made(entries []int32) set {
	s := newSet(len(b.ids))
	for _, i := range entries {
		s.add(int(i))
	}
	return s
}

// codeTokens are the words under which people look for a code, in every language.
func codeTokens(kind, code string) string {
	return remembered("tokens "+kind+" "+code, func() string {
		words := ""
		switch kind {
		case "country":
			words = content.CountryWords(code)
		case "kind":
			words = kindWords[code]
		case "lang":
			words = languageWords(code)
		case "need":
			words = needWords[code]
		case "city":
			words = code + " " + cityWords[code]
		}
		return search.Tokens(words)
	})
}

// matching is every entry that has a word, or one that begins like it. The name of a town
// means that town: who asks for Roma does not ask for Romanian.
func (x *index) matching(t search.Term) set {
	all := newSet(len(x.ids))
	if t.Prefix && x.towns[t.Word] {
		t = search.Term{Text: t.Word}
	}
	from, _ := slices.BinarySearch(x.words, t.Text)
	for i := from; i < len(x.words); i++ {
		if x.words[i] != t.Text && (!t.Prefix || !strings.HasPrefix(x.words[i], t.Text)) {
			break
		}
		for _, n := range x.holders[i].entries {
			all.add(int(n))
		}
		for _, code := range x.holders[i].codes {
			all.or(code)
		}
	}
	return all
}

// windowsOf makes the window of a question ready for the zone of every country.
func (x *index) windowsOf(from, to time.Time, home *time.Location) map[string]hours.Window {
	windows := map[string]hours.Window{}
	for code := range x.country {
		windows[code] = hours.NewWindow(from, to, zoneOf(code, home))
	}
	return windows
}
