package server_test

import (
	"context"
	"html"
	"strings"
	"testing"

	"github.com/pquerna/otp/totp"

	"portico/app/member"
	"portico/app/store"
)

// matrix is a house with one peer worker whose every field is known, and everybody who
// might read it.
type matrix struct {
	*house
	people map[string]member.Opened // by column
	fields []sealedField
	found  map[string]map[string]string // column, field, where
	ids    map[string][]string          // what stands in the variables of paths, by kind
	pages  int
}

func newMatrix(t *testing.T) *matrix {
	t.Helper()
	h := build(t)
	m := &matrix{house: h, people: map[string]member.Opened{"visitor": {}}, found: map[string]map[string]string{}, ids: map[string][]string{}}
	for column, name := range map[string]string{
		"member": "Amara", "mate": "Folake", "other peer": "Ornella", "leader": "Odile", "contact": "Celeste", "mediator": "Liridona",
		"supervisor": "Anouk", "other supervisor": "Samira", "moderator": "Marta", "payroll": "Petra",
	} {
		m.people[column] = h.enter(t, h.named(t, name))
	}
	boss := h.enter(t, h.named(t, "Rowan")).Actor
	m.arrive(t, boss, "owner", member.RolePeer)
	m.arrive(t, boss, "coordinator", member.RoleCoordinator)
	m.arrive(t, boss, "admin", member.RoleAdmin)
	return m
}

// arrive lets somebody new take up a role.
func (m *matrix) arrive(t *testing.T, boss member.Actor, column string, role member.Role) {
	t.Helper()
	token, err := m.Members.OfferRoles(context.Background(), boss, []member.Role{role})
	must(t, err)
	m.takeUp(t, column, token)
}

func (m *matrix) takeUp(t *testing.T, column, token string) {
	t.Helper()
	ctx := context.Background()
	offer, err := m.Members.ReadLink(ctx, token, "Portico")
	must(t, err)
	code, err := totp.GenerateCode(offer.Factor, m.time.Now())
	must(t, err)
	handle := "fern-" + strings.ReplaceAll(column, " ", "-")
	m.people[column], err = m.Members.TakeUp(ctx, token, member.RoleForm{Handle: handle, Passphrase: offer.Passphrase, Code: code, Ticket: offer.Ticket})
	must(t, err)
}

// later lets a coordinator come when everything is written: what was sealed before is not
// hers.
func (m *matrix) later(t *testing.T) {
	t.Helper()
	m.arrive(t, m.who("coordinator"), "late coordinator", member.RoleCoordinator)
}

func (m *matrix) who(column string) member.Actor { return m.people[column].Actor }

func (m *matrix) id(column string) store.ID { return m.people[column].Actor.Role.ID }

// say makes the word of a field: letters alone, so that nothing screens or splits it.
func (m *matrix) say(name string, readers ...string) string {
	n := len(m.fields)
	word := "zanthe" + string(rune('a'+n/26)) + string(rune('a'+n%26)) + "quil"
	m.fields = append(m.fields, sealedField{name: name, words: []string{word}, readers: readers})
	return word
}

// open marks the newest field as clear by decision.
func (m *matrix) open(why string) { m.fields[len(m.fields)-1].clear = why }

// number is a field whose value is a number or a name that somebody else chose.
func (m *matrix) number(name string, words []string, readers ...string) {
	for i := range words {
		words[i] = strings.ToLower(words[i])
	}
	m.fields = append(m.fields, sealedField{name: name, words: words, readers: readers})
}

func holds(text string, f sealedField) bool {
	for _, w := range f.words {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
}

// note looks for every field in an answer.
func (m *matrix) note(column, path, body string) {
	text := strings.ToLower(html.UnescapeString(body))
	text = strings.NewReplacer("\u202f", "", "\u00a0", " ", "\u2066", "", "\u2068", "", "\u2069", "").Replace(text)
	if m.found[column] == nil {
		m.found[column] = map[string]string{}
	}
	for _, f := range m.fields {
		if _, known := m.found[column][f.name]; !known && holds(text, f) {
			m.found[column][f.name] = path
		}
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// everyone is all columns but some.
func everyone(but ...string) []string {
	var list []string
	for _, c := range columns {
		skip := false
		for _, b := range but {
			skip = skip || b == c
		}
		if !skip {
			list = append(list, c)
		}
	}
	return list
}
