package moderation

import "strings"

// findLinks looks for addresses on the web. An ordinary link is noted and publishes; one to a
// messenger, a shortener or an advert site warns, since it leads to a person.
func (pg *page) findLinks() {
	g := pg.glyphs
	after := 0
	for _, sign := range pg.signs {
		i := int(sign)
		if i < after || g[i].r == '@' || g[i].taken {
			continue
		}
		if g[i].r == ':' && i+2 < len(g) && g[i+1].r == '/' && g[i+2].r == '/' {
			from := i
			for from > 0 && g[from-1].class == latin {
				from--
			}
			after = pg.linkFrom(from, i+3, true) + 1
		} else if g[i].r == '.' && i > 0 && i+1 < len(g) && hostLetter(g[i-1]) && hostLetter(g[i+1]) {
			from := i
			for from > 0 && hostRune(g[from-1]) {
				from--
			}
			after = pg.linkFrom(from, from, false) + 1
		}
	}
	pg.findHiddenLinks()
}

func hostLetter(g glyph) bool { return g.class == latin || g.class == digit }

// linkFrom reads a link whose host begins at glyph host, and returns the glyph to go on from.
func (pg *page) linkFrom(from, host int, scheme bool) int {
	g := pg.glyphs
	end := host
	for end < len(g) && hostRune(g[end]) {
		end++
	}
	for end > host && !hostLetter(g[end-1]) {
		end--
	}
	name := runesOf(g[host:end])
	top := pg.wordAt(end - 1)
	if end == host || !scheme && !strings.HasPrefix(name, "www.") && (top < 0 || pg.words[top].roles&roleTop == 0) {
		return max(end, host)
	}
	stop := end
	if stop < len(g) && (g[stop].r == '/' || g[stop].r == '?' || g[stop].r == '#' || g[stop].r == ':') {
		for stop < len(g) && g[stop].class != blank {
			stop++
		}
	}
	for stop > end && strings.ContainsRune(".,;:!?)]}\"'»”", g[stop-1].r) {
		stop--
	}
	pg.take(ruleLink, int(g[from].from), int(g[stop-1].to))
	if pg.book.leadsToPerson(name) {
		pg.found[len(pg.found)-1].outcome = Warn
	}
	return stop - 1
}

func runesOf(g []glyph) string {
	var s strings.Builder
	for _, x := range g {
		s.WriteRune(x.r)
	}
	return s.String()
}

// leadsToPerson says whether a host, or what it is part of, is on the list, or calls itself an
// escort site.
func (b *book) leadsToPerson(host string) bool {
	if strings.Contains(host, "escort") {
		return true
	}
	for {
		if b.domains[host] {
			return true
		}
		_, rest, ok := strings.Cut(host, ".")
		if !ok {
			return false
		}
		host = rest
	}
}

// findHiddenLinks looks for hosts of the list whose dot is spelled or stands apart:
// "t punto me / rosa", "bit . ly".
func (pg *page) findHiddenLinks() {
	for next := range pg.withRole(roleTop) {
		top := &pg.words[next]
		i := pg.beforeDot(next)
		if i < 0 {
			continue
		}
		w := &pg.words[i]
		dot, blanks, spelled, _ := pg.dotAfter(i)
		if !dot || !blanks || w.han || w.digits || pg.glyphs[w.first].taken {
			continue
		}
		ends := !spelled && pg.glyphs[w.last].r == '.' // "I like t. Me too" is a sentence
		host := runesOf(pg.glyphs[w.first:w.last]) + "." + runesOf(pg.glyphs[top.first:top.last])
		if !ends && pg.book.domains[host] {
			pg.take(ruleLink, int(w.from), int(top.to))
			pg.found[len(pg.found)-1].outcome = Warn
		}
	}
}

// beforeDot returns the word before word i, or before the words for a dot that stand there.
func (pg *page) beforeDot(i int) int {
	for i--; i >= 0 && pg.words[i].roles&roleDot != 0; i-- {
	}
	return i
}
