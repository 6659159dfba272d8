//go:build e2e

package e2e

import (
	"fmt"
	"strings"

	"github.com/chromedp/chromedp"
)

// stops is what the page says of a walk over it with the keyboard: the places where the key Tab
// stops, whatever a mouse can press and no key can, and stops that nobody sees.
type stops struct {
	Order              []string // what is read at each stop, first to last
	Unreachable, Blind []string
	Backwards          []string // a stop that stands before the one before it, in the order of reading
}

// walkAll walks as the key Tab does: in the order of the page, because no page gives an order of
// its own. It focuses each stop as a key would and looks whether it can be seen there.
const walkAll = `(() => {
	const name = e => (e.getAttribute("aria-label") || (e.labels && e.labels[0] && e.labels[0].textContent) || e.textContent || e.name || "").trim().replace(/\s+/g, " ").slice(0, 40);
	const seen = e => e.checkVisibility({visibilityProperty: true}) && !e.closest("details:not([open]) > :not(summary)");
	const can = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, audio[controls], [tabindex]")]
		.filter(e => seen(e) && !e.disabled && e.tabIndex >= 0);
	const out = {Order: [], Unreachable: [], Blind: [], Backwards: []};
	for (const e of document.querySelectorAll("[onclick], [role=button], [role=link], label")) {
		const target = e.matches("label") ? e.control : e;
		if (target && seen(e) && !target.disabled && target.type !== "hidden" && target.tabIndex < 0) out.Unreachable.push(name(e));
	}
	let last = null;
	for (const e of can) {
		if (e.tabIndex > 0) out.Backwards.push("tabindex " + e.tabIndex + ": " + name(e));
		e.focus({preventScroll: true});
		if (document.activeElement !== e) { out.Unreachable.push(name(e)); continue; }
		const s = getComputedStyle(e), r = e.getBoundingClientRect();
		if (e.matches(":focus-visible") && s.outlineStyle === "none" && s.boxShadow === "none" && !e.matches("audio, main")) out.Blind.push("no outline: " + name(e));
		if (r.width < 1 || r.height < 1) out.Blind.push("no size: " + name(e));
		// Whoever uses a screen reader hears the page in its order; who sees it must meet the stops in the same one.
		if (last && last.main && e.closest("main") && r.bottom + scrollY < last.top - 40 && r.left < last.right && r.right > last.left && !e.closest("aside, nav")) out.Backwards.push(name(e) + " stands above " + last.name);
		last = {top: r.top + scrollY, left: r.left, right: r.right, name: name(e), main: !!e.closest("main")};
		out.Order.push(name(e));
	}
	document.activeElement.blur();
	scrollTo(0, 0);
	return out;
})()`

// byKeyboard wants every stop of a page to be reached, seen and in the order of reading, and
// Exit to be the first of them.
func (j *journey) byKeyboard(s sheet) {
	j.t.Helper()
	where := fmt.Sprintf("%s (%s) as %q in %s", s.Route, s.Path, s.Who, j.how.lang())
	w := ask(j, "walk", chromedp.Evaluate[stops](walkAll))
	if exit := j.words().T("frame.exit"); len(w.Order) < 3 || w.Order[0] != exit {
		j.t.Errorf("%s: the first stop is not Exit: %v", where, w.Order[:min(3, len(w.Order))])
	}
	for what, found := range map[string][]string{"no key reaches": w.Unreachable, "nobody sees the stop": w.Blind, "out of order": w.Backwards} {
		if len(found) > 0 {
			j.t.Errorf("%s: %s:\n\t%s", where, what, strings.Join(found, "\n\t"))
		}
	}
}
