package bench

import (
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"portico/app/markup"
	"portico/app/search"
	"portico/content"
	"portico/moderation"
)

// sentence is one real sentence with what the verbs would derive from it, so that ten
// million posts are put together without reading each anew.
type sentence struct {
	text string
	html string // as it stands inside a paragraph
	toks string
}

// tongue is a language of the community with its sentences.
type tongue struct {
	lang      string
	script    string
	share     int // of a hundred topics
	sentences []sentence
	titles    []sentence // short enough for the title of a talk
	caught    []string   // what screening stops at, for measuring it
}

// spoken are the languages of the community: six scripts, as people bring them.
var spoken = []tongue{
	{lang: "en", script: "Latin", share: 20},
	{lang: "it", script: "Latin", share: 16},
	{lang: "fr", script: "Latin", share: 10},
	{lang: "es", script: "Latin", share: 8},
	{lang: "uk", script: "Cyrillic", share: 10},
	{lang: "ru", script: "Cyrillic", share: 8},
	{lang: "ar", script: "Arabic", share: 14},
	{lang: "zh-Hans", script: "Han", share: 8},
	{lang: "el", script: "Greek", share: 3},
	{lang: "th", script: "Thai", share: 3},
}

// corpus is all that the community says.
type corpus struct{ tongues []tongue }

// readCorpus takes sentences from what the portal ships, and everyday ones for the scripts
// that nothing is shipped in. Sentences that screening stops at are left out: what it does
// with them is measured elsewhere.
func readCorpus() (corpus, error) {
	modules, err := content.Modules()
	if err != nil {
		return corpus{}, err
	}
	c := corpus{tongues: slices.Clone(spoken)}
	for i := range c.tongues {
		t := &c.tongues[i]
		for _, text := range shipped(modules, t.lang) {
			t.take(text)
		}
		for _, text := range everyday[t.lang] {
			t.take(text)
		}
	}
	return c, nil
}

// shipped lists the texts of a language, in a fixed order.
func shipped(modules []content.Module, lang string) []string {
	var texts []string
	for _, m := range modules {
		text, ok := m.Texts[lang]
		if !ok {
			continue
		}
		for _, u := range text.Units {
			texts = append(texts, u.Body)
		}
	}
	for _, name := range []string{"about", "exit", "safety", "rules"} {
		if text, ok := content.Page(name, lang); ok && text.Lang == lang {
			texts = append(texts, text.Body)
		}
	}
	return texts
}

var (
	beginning = regexp.MustCompile(`^[\s#>*+\-]*(\d+\.\s+)?`)
	ending    = regexp.MustCompile(`[.!?؟。！？]+(\s+|$|["”»])|[。！？]`)
	marked    = regexp.MustCompile(`[\[\]<>|_*` + "`" + `#&"'@/\\~:;=+{}()-]|\d`)
)

// Lengths of a sentence, in characters.
const (
	shortestSentence = 8
	longestSentence  = 220
	longestTitle     = 70
)

// take cuts a text into sentences. What Markdown would change is left out, so that the HTML
// of a post is that of its sentences side by side.
func (t *tongue) take(text string) {
	for line := range strings.SplitSeq(text, "\n") {
		line = strings.TrimSpace(beginning.ReplaceAllString(line, ""))
		for len(line) > 0 {
			end := len(line)
			if at := ending.FindStringIndex(line); at != nil {
				end = at[1]
			}
			t.add(strings.TrimSpace(line[:end]))
			line = strings.TrimSpace(line[end:])
		}
	}
}

func (t *tongue) add(text string) {
	n := utf8.RuneCountInString(text)
	if n < shortestSentence || n > longestSentence || marked.MatchString(text) {
		return
	}
	if moderation.Screen(text, []string{t.lang}, nil).Outcome != moderation.Publish {
		t.caught = append(t.caught, text)
		return
	}
	html := strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(markup.Post(text)), "<p>"), "</p>")
	s := sentence{text: text, html: html, toks: search.Tokens(text)}
	if s.toks == "" || strings.Contains(html, "<") {
		return
	}
	t.sentences = append(t.sentences, s)
	if n <= longestTitle {
		t.titles = append(t.titles, s)
	}
}

// tongueFor draws the language of a talk.
func (c corpus) tongueFor(draw uint64) *tongue {
	left := int(draw % 100)
	for i := range c.tongues {
		if left -= c.tongues[i].share; left < 0 {
			return &c.tongues[i]
		}
	}
	return &c.tongues[0]
}

// of finds a language.
func (c corpus) of(lang string) *tongue {
	for i := range c.tongues {
		if c.tongues[i].lang == lang {
			return &c.tongues[i]
		}
	}
	return nil
}

// words are what is derived from the words of one post.
type words struct{ body, html, toks string }

// compose draws a post of one to three sentences; a first post is found by its title too.
func (t *tongue) compose(r *rand.Rand, title sentence) words {
	n := 1 + r.IntN(3)
	var body, html, toks strings.Builder
	html.WriteString("<p>")
	toks.WriteString(title.toks)
	for i := range n {
		s := t.sentences[r.IntN(len(t.sentences))]
		if i > 0 {
			body.WriteByte(' ')
			html.WriteByte(' ')
		}
		if toks.Len() > 0 {
			toks.WriteByte(' ')
		}
		body.WriteString(s.text)
		html.WriteString(s.html)
		toks.WriteString(s.toks)
	}
	html.WriteString("</p>")
	return words{body.String(), html.String(), toks.String()}
}
