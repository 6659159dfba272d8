package request

import (
	"strings"
	"testing"

	"portico/app/forum"
	"portico/app/i18n"
	"portico/app/member"
	"portico/moderation"
)

func TestEveryCodeHasItsWords(t *testing.T) {
	bundle, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	p := bundle.Printer("en")
	roles := []string{string(member.RoleMember), string(member.RoleCandidate)}
	for _, r := range member.GivenRoles {
		roles = append(roles, string(r))
	}
	rules := append(moderation.Rules(), forum.FirstLook, forum.WithPicture)
	for _, family := range []struct {
		name  string
		codes []string
		words map[string]string
	}{
		{"reason", forum.Reasons, reasonWords},
		{"reason hint", forum.Reasons, reasonHints},
		{"reason why", forum.Reasons, reasonWhys},
		{"rule", rules, ruleWords},
		{"rule why", rules, ruleWhys},
		{"role", roles, roleWords},
	} {
		for _, code := range family.codes {
			key, ok := family.words[code]
			if !ok {
				t.Errorf("%s %q has no words", family.name, code)
				continue
			}
			if text := p.T(key); text == "" || strings.HasPrefix(text, "[") {
				t.Errorf("%s %q: the message %s is missing", family.name, code, key)
			}
		}
		if len(family.words) != len(family.codes) {
			t.Errorf("%s: %d words for %d codes; one of them is of no use", family.name, len(family.words), len(family.codes))
		}
	}
}

func TestAnUnknownCodeNeverShowsItself(t *testing.T) {
	bundle, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	p := bundle.Printer("en")
	for _, text := range []string{ReasonWord(p, "x-9"), ReasonHint(p, "x-9"), ReasonWhy(p, "x-9"), RuleWord(p, "x-9"), RuleWhy(p, "x-9"), RoleWord(p, "x-9")} {
		if text == "" || strings.Contains(text, "x-9") || strings.HasPrefix(text, "[") {
			t.Errorf("got %q", text)
		}
	}
}
