package moderation

import (
	"cmp"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/BurntSushi/toml"
)

//go:embed rules/*.toml
var ruleFiles embed.FS

// everyLanguage is the rule file whose words and phrases belong to no language.
const everyLanguage = "all"

// role is what a word can be used for, besides standing in a phrase.
type role uint32

const (
	roleAt          role = 1 << iota // "at" in a spelled e-mail address
	roleDot                          // "dot"
	roleProvider                     // a mail provider
	roleTop                          // a top-level domain
	roleMessenger                    // a messenger or network with handles
	rolePhone                        // announces a phone number
	rolePlate                        // announces a plate
	roleUnit                         // makes the number before it an amount
	roleStreet                       // begins the name of a street: "via"
	roleStreetMark                   // the same, only before a marked number: "strada ... nr. 5"
	roleStreetAfter                  // ends the name of a street: "street"
	roleNumberMark                   // "nr.", between a street and its number
	roleStop                         // cannot stand in the name of a street
	roleAnd                          // between the words of a number
	roleThen                         // between the parts of a number that is told in parts
)

var roleNames = map[string]role{
	"at": roleAt, "dot": roleDot, "provider": roleProvider, "top": roleTop, "messenger": roleMessenger,
	"phone": rolePhone, "plate": rolePlate, "unit": roleUnit, "street": roleStreet,
	"street-mark": roleStreetMark, "street-after": roleStreetAfter, "number-mark": roleNumberMark,
	"stop": roleStop, "and": roleAnd, "then": roleThen,
}

// ofOneLanguage are the roles that would mislead in another language: "via" is a street in
// Italian and a way of travelling in English.
const ofOneLanguage = roleStreet | roleStreetMark | roleStreetAfter | roleStop

// languageSet is a set of the languages that have a rule file.
type languageSet uint32

const allLanguages = ^languageSet(0)

func (s languageSet) has(spoken languageSet) bool { return s&spoken != 0 }

// book is the compiled rules. It is built once and never changes.
type book struct {
	languages []string
	table     atomTable
	atoms     []atom
	han       hanTree
	phrases   []phrase
	starts    []start // where phrases start, by the atom of their anchor
	domains   map[string]bool
	helpLines map[string]bool
	strict    map[string]bool // shapes of plates that need no announcement
	announced map[string]bool // shapes of plates that do
}

// atom is what the rule files say about one word or beginning.
type atom struct {
	starts   span        // where phrases start at it, in book.starts
	calls    guardSet    // the guards that it calls
	anywhere role        // in any language
	roles    role        // in every language
	local    []localRole // in some
	number   int16       // the value of a number word, or -1
}

// localRole is what a word can be used for in some languages.
type localRole struct {
	langs languageSet
	roles role
}

// rolesIn says what the word can be used for in the languages of a page.
func (a *atom) rolesIn(spoken languageSet) role {
	if spoken == allLanguages {
		return a.anywhere
	}
	r := a.roles
	for _, l := range a.local {
		if l.langs.has(spoken) {
			r |= l.roles
		}
	}
	return r
}

// ruleFile is one file of rules/ as it is written.
type ruleFile struct {
	Words     map[string][]string
	Numbers   map[string][]string
	Roles     map[string][]string
	Phrases   []phraseGroup
	Patterns  []phraseGroup       // phrases of lists that every language fills on its own
	Domains   []string            // links to messengers, shorteners and advert sites
	HelpLines []string            `toml:"help-lines"`
	Plates    map[string][]string // "strict" and "announced"
}

// rulebook compiles the embedded rules on first use. They are part of the program, so a fault
// in them is a fault of the program.
var rulebook = sync.OnceValue(func() *book {
	b, err := compileRules(ruleFiles)
	if err != nil {
		panic("moderation: " + err.Error())
	}
	return b
})

// builder compiles rule files into a book.
type builder struct {
	book       *book
	words      map[string][]string // of the language at hand
	everywhere map[string][]string
	index      map[uint64]atomID
	names      map[uint64]string // to see two words that share a hash
	patterns   []phraseGroup
	reach      int32 // of a gap, in the file at hand
}

func compileRules(files fs.FS) (*book, error) {
	names, err := fs.Glob(files, "rules/*.toml")
	if err != nil {
		return nil, err
	}
	slices.SortFunc(names, byLanguage)
	b := &builder{
		book: &book{domains: map[string]bool{}, helpLines: map[string]bool{}, strict: map[string]bool{}, announced: map[string]bool{},
			atoms: []atom{anyNumber: {number: -1}, anyCapital: {number: -1}}},
		everywhere: map[string][]string{}, index: map[uint64]atomID{}, names: map[uint64]string{},
	}
	for i, name := range names {
		lang, langs := languageOf(name), allLanguages
		if lang != everyLanguage {
			if !slices.Contains(b.book.languages, lang) {
				b.book.languages = append(b.book.languages, lang)
				b.words = map[string][]string{}
			}
			langs = 1 << (len(b.book.languages) - 1)
		}
		if err := b.file(files, name, langs); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		if last := i+1 == len(names) || languageOf(names[i+1]) != lang; last && lang != everyLanguage {
			if err := b.phraseGroups(b.filled(), langs); err != nil {
				return nil, fmt.Errorf("the patterns in %s: %w", lang, err)
			}
		}
	}
	b.book.table = newAtomTable(b.index)
	if b.book.han, err = newHanTree(b.names, b.index); err != nil {
		return nil, err
	}
	b.book.setAnchors()
	return b.book, nil
}

// languageOf tells the language of a rule file: it.toml and it.danger.toml are Italian.
func languageOf(name string) string {
	lang, _, _ := strings.Cut(path.Base(name), ".")
	return lang
}

// byLanguage puts what belongs to no language first, and the main file of a language before its
// others, which use its lists.
func byLanguage(a, b string) int {
	la, lb := languageOf(a), languageOf(b)
	if la != lb && (la == everyLanguage || lb == everyLanguage) {
		if la == everyLanguage {
			return -1
		}
		return 1
	}
	return cmp.Or(cmp.Compare(la, lb), cmp.Compare(len(a), len(b)))
}

// file reads one rule file into the book.
func (b *builder) file(files fs.FS, name string, langs languageSet) error {
	var rf ruleFile
	meta, err := toml.DecodeFS(files, name, &rf)
	if err != nil {
		return err
	}
	if extra := meta.Undecoded(); len(extra) > 0 {
		return fmt.Errorf("%v is not known", extra[0])
	}
	if languageOf(name) == everyLanguage {
		maps.Copy(b.everywhere, rf.Words)
		b.patterns = append(b.patterns, rf.Patterns...)
	} else {
		maps.Copy(b.words, rf.Words)
	}
	b.reach = 3
	if languageOf(name) == "zh-Hans" {
		b.reach = 6 // a Han character counts as a word
	}
	b.lists(&rf)
	if err := b.numbers(rf.Numbers); err != nil {
		return err
	}
	if err := b.roles(rf.Roles, langs); err != nil {
		return err
	}
	return b.phraseGroups(rf.Phrases, langs)
}

// lists reads the plain lists, which most languages leave to the common file.
func (b *builder) lists(rf *ruleFile) {
	for _, d := range rf.Domains {
		b.book.domains[d] = true
	}
	for _, n := range rf.HelpLines {
		b.book.helpLines[strings.ReplaceAll(n, " ", "")] = true
	}
	for _, s := range rf.Plates["strict"] {
		b.book.strict[s] = true
	}
	for _, s := range rf.Plates["announced"] {
		b.book.announced[s] = true
	}
}

// numbers reads the number words of a file. A number of two words, as in "quatre-vingt", becomes
// a phrase.
func (b *builder) numbers(list map[string][]string) error {
	for key, words := range list {
		value, err := strconv.ParseInt(key, 10, 16)
		if err != nil {
			return err
		}
		for _, w := range words {
			for _, c := range readChoices(w) {
				atoms := b.choiceAtoms(c)
				if len(atoms) != 1 {
					return fmt.Errorf("the number %q is not one word", w)
				}
				b.book.atoms[atoms[0]].number = int16(value)
			}
		}
	}
	return nil
}

// roles gives words their roles; several words together become a phrase that does so.
func (b *builder) roles(list map[string][]string, langs languageSet) error {
	for name, words := range list {
		r, ok := roleNames[name]
		if !ok {
			return fmt.Errorf("the role %q is not known", name)
		}
		held := langs
		if r&ofOneLanguage == 0 {
			held = allLanguages
		}
		for _, w := range words {
			for _, c := range readChoices(w) {
				atoms := b.choiceAtoms(c)
				if len(atoms) == 1 {
					a := &b.book.atoms[atoms[0]]
					a.anywhere |= r
					if held == allLanguages {
						a.roles |= r
					} else {
						a.local = append(a.local, localRole{held, r})
					}
					continue
				}
				if err := b.compile(&group{role: r, langs: held}, strings.Join(c.words, "_")); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// phraseGroups compiles phrases.
func (b *builder) phraseGroups(entries []phraseGroup, langs languageSet) error {
	var faults []error
	for _, entry := range entries {
		id, ok := ruleByID(entry.Rule)
		if !ok {
			return fmt.Errorf("the rule %q is not known", entry.Rule)
		}
		g := group{rule: id, outcome: rules[id].outcome, urgency: max(rules[id].urgency, entry.Urgency), langs: langs}
		if entry.Outcome != "" {
			g.outcome = entry.Outcome
		}
		// Whoever is in danger is heard in any language, and so is whoever is one.
		if rules[id].danger || rules[id].outcome == Refuse {
			g.langs = allLanguages
		}
		except := g
		except.except = true
		for _, line := range entry.Match {
			faults = append(faults, b.compile(&g, line))
		}
		for _, line := range entry.Except {
			faults = append(faults, b.compile(&except, line))
		}
	}
	return errors.Join(faults...)
}

// atom numbers a folded word, or the words that begin with it.
func (b *builder) atom(word string, begins bool) atomID {
	key, name := hashWord([]rune(word)), word
	if begins {
		key, name = key^beginsSalt, word+"*"
	}
	if id, ok := b.index[key]; ok {
		if b.names[key] != name {
			panic(fmt.Sprintf("moderation: %q and %q share a hash", name, b.names[key]))
		}
		return id
	}
	id := atomID(len(b.book.atoms))
	b.book.atoms = append(b.book.atoms, atom{number: -1})
	b.index[key], b.names[key] = id, name
	return id
}

// languageSet turns language tags into a set; none, or none that has a file, means all.
func (b *book) languageSet(tags []string) languageSet {
	var s languageSet
	for _, tag := range tags {
		if i := slices.Index(b.languages, tag); i >= 0 {
			s |= 1 << i
		}
	}
	if s == 0 {
		return allLanguages
	}
	return s
}
