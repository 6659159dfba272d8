//go:build e2e

package e2e

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"os"
	"os/exec"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"
)

// opts say how a person comes: with script or without, in which language, on which screen.
type opts struct {
	Script bool
	Lang   string // what her browser asks for; "" is English
	Width  int    // 320 is a small phone (320 × 640); anything else is 1280 × 800
}

func (o opts) String() string {
	script := "without script"
	if o.Script {
		script = "with script"
	}
	return fmt.Sprintf("%s %s %d", o.lang(), script, o.width())
}

func (o opts) lang() string {
	if o.Lang == "" {
		return "en"
	}
	return o.Lang
}

func (o opts) width() int {
	if o.Width == 320 {
		return 320
	}
	return 1280
}

// screen is the size of her window.
func (o opts) screen() (width, height int64) {
	if o.width() == 320 {
		return 320, 640
	}
	return 1280, 800
}

// ways are four journeys in which every pair of the three choices meets once.
var ways = []opts{
	{Script: true, Lang: "en", Width: 1280},
	{Script: false, Lang: "en", Width: 320},
	{Script: true, Lang: "ar", Width: 320},
	{Script: false, Lang: "ar", Width: 1280},
}

// opposite is the way that differs in all three choices.
func (o opts) opposite() opts {
	other := opts{Script: !o.Script, Lang: "ar", Width: 320}
	if o.Lang == "ar" {
		other.Lang = "en"
	}
	if o.Width == 320 {
		other.Width = 1280
	}
	return other
}

// waysOf are the ways of one journey: two that differ in everything, so that each meets both
// languages, both screens, script and its absence. Which two depends on the name, and all the
// journeys together meet every combination. Where PORTICO_LONG is set a journey goes four ways.
func waysOf(name string) []opts {
	if os.Getenv("PORTICO_LONG") != "" {
		return ways
	}
	h := fnv.New32a()
	_, _ = h.Write([]byte(name)) // it never fails
	first := ways[h.Sum32()%uint32(len(ways))]
	return []opts{first, first.opposite()}
}

// eachWay runs a journey in its ways, as subtests.
func eachWay(t *testing.T, run func(t *testing.T, how opts)) {
	for _, how := range waysOf(t.Name()) {
		t.Run(how.String(), func(t *testing.T) { run(t, how) })
	}
}

// browser is the one Chromium of this process; each journey has a private window in it.
var browser = sync.OnceValues(func() (context.Context, error) {
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil && path == "" {
			path = found
		}
	}
	if path == "" {
		return nil, errors.New("Chromium is missing: sh e2e/test.sh installs it")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("lang", "en"), chromedp.Flag("force-color-profile", "srgb"),
		// A page that comes back out of memory fires no load event and is another target; every
		// page of the portal is no-store, so what is left out is no way of real people.
		chromedp.Flag("disable-features", "Translate,BlinkGenPropertyTrees,BackForwardCache"))
	if os.Getuid() == 0 {
		options = append(options, chromedp.NoSandbox) // Chromium's sandbox refuses root
	}
	allocator, _ := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, _ := chromedp.NewContext(allocator)
	started = ctx
	return ctx, chromedp.Do(ctx) // starts it, without a timeout that would end it
})

// started is the context of the browser once it runs.
var started context.Context

func closeBrowser() {
	if started != nil {
		_ = chromedp.Cancel(started)
	}
}
