//go:build e2e

package e2e

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// What a first visit may cost.
const (
	firstVisitRequests = 5
	firstVisitBytes    = 60 * 1024
)

// journey is one person's way through the portal, in a private window.
type journey struct {
	t       *testing.T
	how     opts
	base    string
	leaving []string // where she may go when she leaves
	ctx     context.Context
	traffic *traffic
	status  int // of the last page opened or pressed for
	visit   int // number of the request with which that page began
	taken   int // pictures so far
}

// journey opens a private window on the portal: no cookie, nothing in the cache.
func (p *portal) journey(t *testing.T, how opts) *journey {
	t.Helper()
	return newJourney(t, p.base, []string{p.exit, p.exited}, how)
}

func newJourney(t *testing.T, base string, leaving []string, how opts) *journey {
	t.Helper()
	parent, err := browser()
	if err != nil {
		t.Fatal(err)
	}
	j := &journey{t: t, how: how, base: base, leaving: leaving, traffic: newTraffic()}
	ctx, cancel := chromedp.NewContext(parent, chromedp.WithNewBrowserContext())
	j.ctx = ctx
	t.Cleanup(cancel)
	t.Cleanup(j.judge)
	if err := j.prepare(); err != nil {
		t.Fatalf("a new window: %v", err)
	}
	return j
}

// prepare makes the window what the options say, before it has seen any page.
func (j *journey) prepare() error {
	if err := chromedp.Do(j.ctx); err != nil { // opens the tab, bound to the whole test
		return err
	}
	if err := chromedp.Listen(j.ctx, j.traffic.hear); err != nil {
		return err
	}
	width, height := j.how.screen()
	return chromedp.Do(j.ctx,
		command(network.Enable, network.EnableParams{}),
		command(log.Enable, cdp.Empty{}),
		command(network.SetExtraHTTPHeaders, network.SetExtraHTTPHeadersParams{
			Headers: network.Headers{"Accept-Language": j.how.lang()}}),
		command(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !j.how.Script}),
		chromedp.EmulateViewport(width, height),
	)
}

// command makes an action of a protocol command whose answer does not matter.
func command[P, R any](cmd cdp.Command[P, R], params P) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, cmd, params)
		return err
	})
}

// judge ends every journey: what the browser was asked for, and what it complained about.
func (j *journey) judge() {
	for _, fault := range j.traffic.faults(j.base, j.leaving) {
		j.t.Error(fault)
	}
}

// open goes to an address of the portal, such as "/talk", and wants a page that exists.
func (j *journey) open(path string) {
	j.t.Helper()
	j.openAs(path, 200)
}

// openAs goes to an address and wants this status; 404 is how what she may not see looks.
func (j *journey) openAs(path string, status int) {
	j.t.Helper()
	j.visit = j.traffic.count()
	answer := ask(j, "open "+path, chromedp.NavigateResponse(j.base+path))
	j.arrived(answer)
	if j.status != status {
		j.stop("open %s answered %d, want %d", path, j.status, status)
	}
}

// press clicks a link or a button and waits until the next page has loaded. The status of
// that page is in j.status: a form that has to be mended answers 422.
func (j *journey) press(selector string) {
	j.t.Helper()
	j.reach(selector)
	j.visit = j.traffic.count()
	ctx, cancel := context.WithTimeout(j.ctx, ceiling)
	defer cancel()
	answer, err := chromedp.RunResponse(ctx, chromedp.Click(chromedp.CSS(selector)))
	if err != nil {
		j.stop("press %s: %v", selector, err)
	}
	j.arrived(answer)
}

func (j *journey) arrived(answer *network.Response) {
	j.status = 0
	if answer != nil {
		j.status = int(answer.Status)
	}
}

// back goes back in the history, as the browser's own button does.
func (j *journey) back() {
	j.t.Helper()
	j.visit = j.traffic.count()
	j.do("back", chromedp.NavigateBack())
}

// reload loads the page again.
func (j *journey) reload() {
	j.t.Helper()
	j.visit = j.traffic.count()
	j.do("reload", chromedp.Reload())
}

// click clicks what leads to no other page: a check box, a summary, a script's button.
func (j *journey) click(selector string) {
	j.t.Helper()
	j.reach(selector)
	j.do("click "+selector, chromedp.Click(chromedp.CSS(selector)))
}

// reach scrolls to what she wants to touch, so that no bar of the page lies over it.
func (j *journey) reach(selector string) {
	j.t.Helper()
	j.wait(selector)
	scroll := fmt.Sprintf("document.querySelector(%q).scrollIntoView({block: 'center', behavior: 'instant'}), true", selector)
	ask(j, "reach "+selector, chromedp.Evaluate[bool](scroll))
}

// fill types a text into a field, in place of what is there.
func (j *journey) fill(selector, text string) {
	j.t.Helper()
	// chromedp.Clear refuses a text area that holds nothing, so the field is emptied by its value.
	j.wait(selector)
	ask(j, "empty "+selector, chromedp.Evaluate[string](fmt.Sprintf("document.querySelector(%q).value = ''", selector)))
	if len(text) <= longestTyped {
		j.do("fill "+selector, chromedp.SendKeys(chromedp.CSS(selector), text))
		return
	}
	j.do("fill "+selector, chromedp.Focus(chromedp.CSS(selector)),
		command(input.InsertText, input.InsertTextParams{Text: text}))
}

// longestTyped is the length in bytes up to which a text is typed key by key. A longer one is
// written in one stroke, as the keyboards of phones write words: key by key it takes seconds.
const longestTyped = 24

// choose picks an option of a select by its value.
func (j *journey) choose(selector, value string) {
	j.t.Helper()
	j.do("choose "+selector, chromedp.SetValue(chromedp.CSS(selector), value))
	if got := j.value(selector); got != value {
		j.stop("choose %s: it has no option %q", selector, value)
	}
}

// keys sends keys to the page, such as "\t" or kb.Escape, as a hand on the keyboard.
func (j *journey) keys(keys string) {
	j.t.Helper()
	j.do("keys", chromedp.KeyEvent(keys))
}

// wait waits until an element is there and visible.
func (j *journey) wait(selector string) {
	j.t.Helper()
	j.do("wait for "+selector, chromedp.WaitVisible(chromedp.CSS(selector)))
}

// waitGone waits until the first such element is hidden or there is none.
func (j *journey) waitGone(selector string) {
	j.t.Helper()
	gone := fmt.Sprintf("(e => !e || !e.checkVisibility())(document.querySelector(%q))", selector)
	ask(j, "wait for the end of "+selector, chromedp.Poll[bool](gone, chromedp.WithPollingTimeout(ceiling)))
}

// waitPath waits until the window stands at an address, for a page that goes by itself.
func (j *journey) waitPath(path string) {
	j.t.Helper()
	j.waitAddress(j.base + path)
}

// waitAddress waits until the window stands at an address anywhere, after a page went by itself.
func (j *journey) waitAddress(address string) {
	j.t.Helper()
	j.do("wait for the address "+address, chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		changes := chromedp.Events(ctx, page.FrameNavigated) // before the look, so that none is missed
		if at, err := chromedp.Location()(ctx, target); err != nil || at == address {
			return err
		}
		for change, err := range changes {
			if err != nil || change.Frame.URL == address {
				return err
			}
		}
		return ctx.Err()
	}), chromedp.WaitReady(chromedp.CSS("body")))
}

// text returns the visible text of the first element, without the space around it.
func (j *journey) text(selector string) string {
	j.t.Helper()
	return strings.TrimSpace(ask(j, "text of "+selector, chromedp.Text(chromedp.CSS(selector))))
}

// value returns what stands in a field.
func (j *journey) value(selector string) string {
	j.t.Helper()
	return ask(j, "value of "+selector, chromedp.Value(chromedp.CSS(selector)))
}

// attr returns an attribute of the first element, or "".
func (j *journey) attr(selector, name string) string {
	j.t.Helper()
	return ask(j, name+" of "+selector, chromedp.AttributeValue(chromedp.CSS(selector), name, chromedp.AtLeast(1))).Value
}

// count returns how many elements there are now; it does not wait.
func (j *journey) count(selector string) int {
	j.t.Helper()
	return len(ask(j, "count "+selector, chromedp.QueryNodeIDs(chromedp.CSSAll(selector), chromedp.AtLeast(0))))
}

// exists reports whether there is such an element now; it does not wait.
func (j *journey) exists(selector string) bool {
	j.t.Helper()
	return j.count(selector) > 0
}

// sees wants a text to stand on the page where she can read it. It asks once: a node that
// is found first and read afterwards may be that of the page before.
func (j *journey) sees(text string) {
	j.t.Helper()
	if !strings.Contains(ask(j, "the words of the page", chromedp.Evaluate[string](`document.body.innerText`)), text) {
		j.stop("the page does not say %q", text)
	}
}

// seesNot wants a text to stand nowhere on the page, not even hidden in its source.
func (j *journey) seesNot(text string) {
	j.t.Helper()
	if strings.Contains(j.html(), text) {
		j.stop("the page holds %q", text)
	}
}

// html returns the whole page as the browser holds it.
func (j *journey) html() string {
	j.t.Helper()
	return ask(j, "the page", chromedp.Evaluate[string](`document.documentElement.outerHTML`))
}

// title returns what stands in the tab.
func (j *journey) title() string {
	j.t.Helper()
	return ask(j, "title", chromedp.Title())
}

// path returns the address without the host, such as "/talk?after=3".
func (j *journey) path() string {
	j.t.Helper()
	at, err := url.Parse(j.address())
	if err != nil {
		j.stop("address: %v", err)
	}
	return at.RequestURI()
}

// address returns the whole address, for a window that has left the portal.
func (j *journey) address() string {
	j.t.Helper()
	return ask(j, "address", chromedp.Location())
}

// cookies returns the cookies that the browser holds for the portal, by name.
func (j *journey) cookies() map[string]*network.Cookie {
	j.t.Helper()
	found := map[string]*network.Cookie{}
	answer := ask(j, "cookies", func(ctx context.Context, target *chromedp.Target) (network.GetCookiesResult, error) {
		return cdp.Call(ctx, target, network.GetCookies, network.GetCookiesParams{URLs: []string{j.base + "/"}})
	})
	for _, c := range answer.Cookies {
		found[c.Name] = c
	}
	return found
}

// requests returns what the browser asked for since the last open, press, back or reload,
// once all of it has arrived.
func (j *journey) requests() []request {
	j.t.Helper()
	ctx, cancel := context.WithTimeout(j.ctx, ceiling)
	defer cancel()
	all, err := j.traffic.settled(ctx, j.visit)
	if err != nil {
		j.stop("requests: %v", err)
	}
	return all
}

// firstVisit opens an address in a window that has seen nothing, and holds it to the
// budget of a first visit. Call it before any other step.
func (j *journey) firstVisit(path string) {
	j.t.Helper()
	if j.traffic.count() != 0 {
		j.stop("firstVisit comes too late: the window has seen a page")
	}
	j.open(path)
	bytes, all := 0, j.requests()
	for _, r := range all {
		bytes += r.Bytes
	}
	if len(all) > firstVisitRequests || bytes > firstVisitBytes {
		j.t.Errorf("the first visit of %s costs %d requests and %d bytes, more than %d and %d: %+v",
			path, len(all), bytes, firstVisitRequests, firstVisitBytes, all)
	}
}

// do runs actions and ends the test when one fails.
func (j *journey) do(what string, actions ...chromedp.Action[chromedp.Void]) {
	j.t.Helper()
	ask(j, what, chromedp.Steps(actions...))
}

// ask runs an action for its answer and ends the test when it fails.
func ask[T any](j *journey, what string, action chromedp.Action[T]) T {
	j.t.Helper()
	ctx, cancel := context.WithTimeout(j.ctx, ceiling)
	defer cancel()
	answer, err := chromedp.Run(ctx, action)
	if err != nil {
		j.stop("%s: %v", what, err)
	}
	return answer
}

// stop ends the test with what she sees at this moment.
func (j *journey) stop(format string, args ...any) {
	j.t.Helper()
	said := fmt.Sprintf(format, args...)
	ctx, cancel := context.WithTimeout(j.ctx, ceiling)
	defer cancel()
	at, _ := chromedp.Run(ctx, chromedp.Location())
	body, _ := chromedp.Run(ctx, chromedp.Evaluate[string](`document.body ? document.body.innerText : ""`))
	if png, err := chromedp.Run(ctx, chromedp.FullScreenshot(100)); err == nil {
		folder := filepath.Join("pictures", slug(j.t.Name()))
		_ = os.MkdirAll(folder, 0o755)
		_ = os.WriteFile(filepath.Join(folder, "99-stopped.png"), png, 0o644)
	}
	j.t.Fatalf("%s\nat %s (%s), status %d:\n%s", said, at, j.how, j.status, body)
}
