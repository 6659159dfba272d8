package i18n

import (
	"fmt"
	"sort"
	"strconv"
	"strings"
)

// Match returns the complete language that meets a wish exactly or by its base language
// ("it-CH" is met by "it"), or "" when none does. No language ever stands in for another, but
// where the host's own table says so.
func (b *Bundle) Match(wish string) string {
	wish = strings.TrimSpace(wish)
	if tag := b.exactly(wish); tag != "" {
		return tag
	}
	if tag, ok := b.fallback[strings.ToLower(wish)]; ok {
		return tag
	}
	return b.fallback[baseOf(wish)]
}

// exactly is Match without the host's table.
func (b *Bundle) exactly(wish string) string {
	for _, l := range b.languages {
		if strings.EqualFold(l.Tag, wish) {
			return l.Tag
		}
	}
	base := baseOf(wish)
	if base == "" {
		return ""
	}
	for _, l := range b.languages {
		if baseOf(l.Tag) == base && !otherScript(wish) {
			return l.Tag
		}
	}
	return ""
}

// Negotiate picks the language of a visitor: the first explicit wish that can be met
// (address, cookie, preferences, in this order), then the browser's own list, then the host's default.
func (b *Bundle) Negotiate(explicit []string, acceptLanguage, host string) string {
	for _, wish := range explicit {
		if tag := b.Match(wish); tag != "" {
			return tag
		}
	}
	for _, wish := range acceptList(acceptLanguage) {
		if tag := b.Match(wish); tag != "" {
			return tag
		}
	}
	if tag := b.Match(host); tag != "" {
		return tag
	}
	return b.languages[0].Tag
}

// StandIn lets languages of the menu answer for languages that are not in it, by the host's own
// table: base language to the tag that answers. A language of the menu is never replaced, and
// a tag that is not in the menu is an error.
func (b *Bundle) StandIn(table map[string]string) error {
	b.fallback = map[string]string{}
	for missing, tag := range table {
		missing, tag = strings.ToLower(strings.TrimSpace(missing)), strings.TrimSpace(tag)
		if missing == "" || b.exactly(tag) == "" {
			return fmt.Errorf("%q cannot answer for %q: it is not in the menu", tag, missing)
		}
		if b.exactly(missing) != "" {
			return fmt.Errorf("%q needs no other language: it is in the menu", missing)
		}
		b.fallback[missing] = b.exactly(tag)
	}
	return nil
}

// otherScript is true for Chinese in traditional script, which a reader of simplified
// script may read badly and did not ask for.
func otherScript(wish string) bool {
	w := strings.ToLower(wish)
	return strings.HasPrefix(w, "zh-hant") || w == "zh-tw" || w == "zh-hk" || w == "zh-mo"
}

func baseOf(tag string) string {
	base, _, _ := strings.Cut(strings.ToLower(tag), "-")
	return base
}

// acceptList reads an Accept-Language header, best first, at most ten entries.
func acceptList(header string) []string {
	type wish struct {
		tag     string
		quality float64
	}
	var wishes []wish
	for i, part := range strings.Split(header, ",") {
		if i == 10 {
			break
		}
		tag, params, _ := strings.Cut(strings.TrimSpace(part), ";")
		q := 1.0
		if v, ok := strings.CutPrefix(strings.TrimSpace(params), "q="); ok {
			if f, err := strconv.ParseFloat(v, 64); err == nil {
				q = f
			}
		}
		if tag = strings.TrimSpace(tag); tag != "" && tag != "*" && q > 0 {
			wishes = append(wishes, wish{tag, q})
		}
	}
	sort.SliceStable(wishes, func(i, j int) bool { return wishes[i].quality > wishes[j].quality })
	tags := make([]string, len(wishes))
	for i, w := range wishes {
		tags[i] = w.tag
	}
	return tags
}
