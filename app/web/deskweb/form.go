package deskweb

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"portico/app/desk"
	"portico/app/forum"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// mostMasked bounds the words that one decision takes out.
const mostMasked = 50

// usualPause is what the form proposes for a pause, in days.
const usualPause = "7"

// form is the form of a decision: what was typed, and what the page offers.
type form struct {
	sent                               bool // it came back: show what was typed
	action, reason, words, days, other string
	mask                               []string

	again  bool // her claim is over: the button takes the item again first
	notice *ui.Notice
	errs   []ui.FieldError

	actions, reasons []ui.Option
	found            []offered
	why              string // the sentence for the chosen reason
}

// offered is a word that can be taken out with one tick.
type offered struct {
	text, what string
	chosen     bool
}

func readForm(c *fiber.Ctx) form {
	f := form{
		sent: true, action: c.FormValue("action"), reason: c.FormValue("reason"), words: oneBreak(c.FormValue("words")),
		days: strings.TrimSpace(c.FormValue("days")), other: oneBreak(c.FormValue("other")), again: c.FormValue("again") != "",
	}
	for _, raw := range c.Request().PostArgs().PeekMulti("mask") {
		if word := oneBreak(string(raw)); strings.TrimSpace(word) != "" && len(f.mask) < mostMasked {
			f.mask = append(f.mask, word)
		}
	}
	return f
}

// oneBreak undoes what a browser does to line breaks, so that a word that goes over two
// lines is still the word of the post.
func oneBreak(text string) string { return strings.ReplaceAll(text, "\r\n", "\n") }

// masked lists all words to take out, longest first, so that a short one does not break a
// longer one that holds it.
func (f form) masked() []string {
	words := slices.Clone(f.mask)
	for line := range strings.SplitSeq(f.other, "\n") {
		if line = strings.TrimSpace(line); line != "" && !slices.Contains(words, line) && len(words) < mostMasked {
			words = append(words, line)
		}
	}
	slices.SortStableFunc(words, func(a, b string) int { return cmp.Compare(len(b), len(a)) })
	return words
}

// pause reads the number of days in the digits of any script that people here type; 0 is
// no number.
func (f form) pause() int {
	ascii := strings.Map(func(r rune) rune {
		for _, zero := range []rune{'٠', '۰'} {
			if r >= zero && r <= zero+9 {
				return '0' + r - zero
			}
		}
		return r
	}, f.days)
	n, err := strconv.Atoi(ascii)
	if err != nil {
		return 0
	}
	return n
}

// offer fills in what the page of an item can offer for its form.
func offer(p *ui.Page, v view) form {
	f := v.form
	f.actions = actionOptions(p, v.post.State == forum.Shown, len(v.post.Tag) == 0)
	for _, w := range foundWords(v.post.Findings) {
		f.found = append(f.found, offered{w.text, request.RuleWord(p.P, w.rule), slices.Contains(f.mask, w.text)})
	}
	f.again = f.sent && v.taken == ""
	return common(p, f)
}

// offerAlone fills in the form where the post cannot be shown, because nobody is signed in:
// only what was sent comes back.
func offerAlone(p *ui.Page, f form) form {
	f.actions = actionOptions(p, false, false)
	for _, word := range f.mask {
		f.found = append(f.found, offered{word, "", true})
	}
	f.again = false
	return common(p, f)
}

func common(p *ui.Page, f form) form {
	f.reasons = []ui.Option{{Value: "", Label: p.T("desk.reason.choose")}}
	for _, code := range forum.Reasons {
		f.reasons = append(f.reasons, ui.Option{Value: code, Label: request.ReasonWord(p.P, code)})
		if code == f.reason {
			f.why = authorReads(p, code)
		}
	}
	if !f.sent {
		f.days = usualPause
	}
	return f
}

// authorReads is the sentence that the author gets for a reason, in the language of the page.
func authorReads(p *ui.Page, code string) string {
	return p.T("desk.preview", "Rule", request.ReasonWord(p.P, code), "Why", request.ReasonWhy(p.P, code))
}

// actionOptions lists the actions with what each leads to. A post that somebody with a role
// signed openly has no voice that could be paused.
func actionOptions(p *ui.Page, shown, badge bool) []ui.Option {
	keep := ui.Option{Value: string(desk.Keep), Label: p.T("desk.keep.held"), Hint: p.T("desk.keep.held.hint")}
	if shown {
		keep.Label, keep.Hint = p.T("desk.keep.shown"), p.T("desk.keep.shown.hint")
	}
	options := []ui.Option{
		keep,
		{Value: string(desk.Mask), Label: p.T("desk.mask"), Hint: p.T("desk.mask.hint")},
		{Value: string(desk.Hide), Label: p.T("desk.hide"), Hint: p.T("desk.hide.hint")},
		{Value: string(desk.Remove), Label: p.T("desk.remove"), Hint: p.T("desk.remove.hint")},
		{Value: string(desk.Close), Label: p.T("desk.close"), Hint: p.T("desk.close.hint")},
	}
	if !badge {
		options = append(options, ui.Option{Value: string(desk.Pause), Label: p.T("desk.pause"), Hint: p.T("desk.pause.hint")},
			ui.Option{Value: string(desk.Shut), Label: p.T("desk.shut"), Hint: p.T("desk.shut.hint")})
	}
	return options
}
