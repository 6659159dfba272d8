package static_test

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// tokens reads the custom properties with a colour out of the rules of one mode.
func tokens(css string) map[string]string {
	found := map[string]string{}
	for _, m := range regexp.MustCompile(`--([a-z]+):(#[0-9a-f]{6})`).FindAllStringSubmatch(css, -1) {
		found[m[1]] = m[2]
	}
	return found
}

func modes(t *testing.T) map[string]map[string]string {
	t.Helper()
	body, _, _ := get(t, load(t), "portico.css")
	css, _, _ := strings.Cut(string(body), "@layer base{")
	light, dark, ok := strings.Cut(css, "@media (prefers-color-scheme:dark)")
	if !ok {
		t.Fatal("the stylesheet has no dark mode")
	}
	return map[string]map[string]string{"light": tokens(light), "dark": tokens(dark)}
}

// luminance is the relative luminance of WCAG 2.2.
func luminance(t *testing.T, hex string) float64 {
	t.Helper()
	n, err := strconv.ParseUint(strings.TrimPrefix(hex, "#"), 16, 32)
	if err != nil {
		t.Fatalf("colour %q: %v", hex, err)
	}
	part := func(shift uint) float64 {
		c := float64(n>>shift&0xff) / 255
		if c <= 0.04045 {
			return c / 12.92
		}
		return math.Pow((c+0.055)/1.055, 2.4)
	}
	return 0.2126*part(16) + 0.7152*part(8) + 0.0722*part(0)
}

func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	la, lb := luminance(t, a), luminance(t, b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

func TestTheTokensAreThoseOfTheDesign(t *testing.T) {
	want := map[string]map[string]string{
		"light": {"paper": "#fbf8f3", "stone": "#f1ebe1", "line": "#d9cfc0", "ink": "#25211c", "quiet": "#5d554b", "terracotta": "#a4452a", "olive": "#556b2f", "ochre": "#8a5a00", "brick": "#9b1c1c"},
		"dark":  {"paper": "#191715", "stone": "#23201d", "line": "#3a352f", "ink": "#f2ece3", "quiet": "#b9afa2", "terracotta": "#e59a7d", "olive": "#a9c07a", "ochre": "#e3b45a", "brick": "#f19a9a"},
	}
	got := modes(t)
	for mode, names := range want {
		for name, colour := range names {
			if got[mode][name] != colour {
				t.Errorf("%s %s is %q; want %q", mode, name, got[mode][name], colour)
			}
		}
	}
}

func TestEveryPairOfColoursThatMeetsHasItsContrast(t *testing.T) {
	pairs := []struct {
		front, back string
		least       float64
	}{
		{"ink", "paper", 7}, {"ink", "stone", 7},
		{"quiet", "paper", 4.5}, {"quiet", "stone", 4.5}, // also borders of fields, where 3 would do
		{"terracotta", "paper", 4.5}, {"terracotta", "stone", 4.5},
		{"olive", "paper", 4.5}, {"olive", "stone", 4.5},
		{"ochre", "paper", 4.5}, {"ochre", "stone", 4.5},
		{"brick", "paper", 4.5}, {"brick", "stone", 4.5},
		{"paper", "ink", 7}, // Exit, and a button under the pointer
	}
	for mode, colours := range modes(t) {
		for _, pair := range pairs {
			if got := contrast(t, colours[pair.front], colours[pair.back]); got < pair.least {
				t.Errorf("%s: %s on %s is %.2f; at least %.1f", mode, pair.front, pair.back, got, pair.least)
			}
		}
	}
}
