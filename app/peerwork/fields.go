package peerwork

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/search"
	"portico/app/store"
)

// Sources are what other areas know of a profile. Each may be nil: then the profile goes
// without it.
type Sources struct {
	Titles   Titles
	Training Training
	Towns    Towns
}

// Titles knows the title that the peers of an organisation chose together, "" for none.
type Titles interface {
	Title(ctx context.Context, organisation store.ID, lang string) (string, error)
}

// Training knows whether somebody has the base training of a role behind her.
type Training interface {
	Active(ctx context.Context, person store.ID, role member.Role) (bool, error)
}

// Towns knows names of towns, which are finer than a profile may be.
type Towns interface {
	Towns(ctx context.Context) ([]string, error)
}

// With names the sources. It is for wiring, before the first request.
func (s *Service) With(from Sources) *Service {
	s.from = from
	return s
}

// Levels of a language, from few words to the first language.
var Levels = []string{"some", "good", "fluent", "first"}

// Tongues are the languages that a profile can name, in the order of pages.
var Tongues = []string{"en", "it", "fr", "es", "pt", "pt-BR", "ro", "sq", "bg", "uk", "ru", "pl", "hu", "sr", "tr", "el", "de", "nl", "ar", "zh", "th", "tl", "hi", "ur", "bn",
	"pcm", "yo", "ig", "ha", "bin", "wo", "ti", "am", "so", "sw", "ln", "fa", "ka", "rom"}

// MostTongues is how many languages one profile names at most.
const MostTongues = 8

// Tongue is a language that she speaks.
type Tongue struct {
	Tag    string
	Level  string
	Checks bool // she can check a translation into it
}

// WriteTongues is the stored form of languages; an empty list is no words.
func WriteTongues(list []Tongue) string {
	words := make([]string, len(list))
	for i, t := range list {
		words[i] = t.Tag + ":" + t.Level
		if t.Checks {
			words[i] += ":checks"
		}
	}
	return strings.Join(words, " ")
}

// ReadTongues reads the stored form; ok is false for words that are no such list, as they
// were written freely before there was one.
func ReadTongues(words string) (list []Tongue, ok bool) {
	for _, word := range strings.Fields(words) {
		parts := strings.Split(word, ":")
		if len(parts) < 2 || len(parts) > 3 || len(parts) == 3 && parts[2] != "checks" || !slices.Contains(Tongues, parts[0]) || !slices.Contains(Levels, parts[1]) {
			return nil, false
		}
		list = append(list, Tongue{parts[0], parts[1], len(parts) == 3})
	}
	return list, true
}

// personFields are filled with the handle of a colleague, whom only the team may see.
var personFields = map[string][]member.Role{
	"pair": {member.RolePeer}, "mentor": {member.RolePeer, member.RoleLeader, member.RoleCoordinator, member.RoleSupervisor}, "supervisor": {member.RoleSupervisor},
}

// Persons are the fields that name a colleague, in the order of pages.
var Persons = []string{"pair", "mentor", "supervisor"}

// trainingShown stands in the training field where she lets it be seen: what is shown is
// read at that moment and never kept.
const trainingShown = "shown"

// The longest words of a field where they are fewer than LongestWords.
const (
	longestTitle  = 80
	longestRegion = 200
)

// checkFields looks at what needs more than the form itself.
func (s *Service) checkFields(ctx context.Context, who member.Actor, card, before Card) error {
	var mend []fault.Field
	list, ok := ReadTongues(card["languages"].Words)
	switch {
	case !ok || len(list) > MostTongues:
		mend = append(mend, fault.Field{Name: "language1", Key: "peerwork.tongues.wrong", Args: []any{"Most", MostTongues}})
	case doubled(list):
		mend = append(mend, fault.Field{Name: "language1", Key: "peerwork.tongues.twice"})
	}
	finer, err := s.finer(ctx, card["regions"].Words)
	if err != nil {
		return err
	}
	if finer {
		mend = append(mend, fault.Field{Name: "regions", Key: "peerwork.regions.finer"})
	}
	for _, name := range Fields {
		roles, person := personFields[name]
		if !person {
			continue
		}
		if wide(card[name].Audience) {
			mend = append(mend, fault.Field{Name: "for-" + name, Key: "peerwork.person.team"})
		}
		known, err := s.knows(ctx, who, card[name].Words, roles)
		if err != nil {
			return err
		}
		if !known && card[name].Words != before[name].Words {
			mend = append(mend, fault.Field{Name: name, Key: "peerwork.person.unknown"})
		}
	}
	return fault.Mended(mend)
}

func doubled(list []Tongue) bool {
	for i, t := range list {
		if slices.ContainsFunc(list[:i], func(o Tongue) bool { return o.Tag == t.Tag }) {
			return true
		}
	}
	return false
}

// Choices are the colleagues whom a field of persons can name, but who is in low profile.
func (s *Service) Choices(ctx context.Context, who member.Actor, field string) ([]member.RoleAccount, error) {
	if !isPeer(who) {
		return nil, fault.Missing()
	}
	people, err := member.ShownColleagues(ctx, s.store.DB, who, nil, personFields[field]...)
	return slices.DeleteFunc(people, func(p member.RoleAccount) bool { return p.ID == who.Role.ID }), err
}

func (s *Service) knows(ctx context.Context, who member.Actor, handle string, roles []member.Role) (bool, error) {
	if handle == "" {
		return true, nil
	}
	people, err := member.ShownColleagues(ctx, s.store.DB, who, nil, roles...)
	return slices.ContainsFunc(people, func(p member.RoleAccount) bool { return p.Handle == handle && p.ID != who.Role.ID }), err
}

// streetWords say that what follows is an address, in the languages of the pages.
var streetWords = regexp.MustCompile(`(?i)(^|[^\p{L}])(street|road|avenue|square|lane|via|viale|vicolo|piazza|piazzale|corso|quartiere|rue|ruelle|boulevard|impasse|quai|quartier|calle|plaza|strada|straße|strasse|platz|hotel|hôtel|albergo|شارع|ساحة|ميدان|حي|زقاق|فندق)([^\p{L}]|$)`)

// finer reports whether words about a region name something finer: a number, a street, or a
// town of the directory. What is never stored cannot be found.
func (s *Service) finer(ctx context.Context, words string) (bool, error) {
	if strings.IndexFunc(words, unicode.IsDigit) >= 0 || streetWords.MatchString(words) {
		return true, nil
	}
	if s.from.Towns == nil || words == "" {
		return false, nil
	}
	towns, err := s.from.Towns.Towns(ctx)
	padded := search.Padded(words)
	return slices.ContainsFunc(towns, func(town string) bool {
		name := search.Padded(town)
		return strings.TrimSpace(name) != "" && strings.Contains(padded, name)
	}), err
}
