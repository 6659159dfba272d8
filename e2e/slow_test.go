//go:build e2e

package e2e

import (
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// slowLine is the line of an old phone at the edge of a village: 256 kbit a second, and 400 ms
// until the first byte of each answer.
var slowLine = &network.Conditions{Latency: 400, DownloadThroughput: 256_000 / 8, UploadThroughput: 256_000 / 8, PacketReordering: false}

// readable is how long she may wait for the text, in milliseconds of that line.
const readable = 3000

// largest waits for the largest piece of text that the page has painted, and tells when it was
// painted and whether it lies in the main part.
const largest = `new Promise(done => new PerformanceObserver(list => {
	const last = list.getEntries().at(-1);
	done({At: Math.round(last.startTime), Main: !!(last.element && last.element.closest("main"))});
}).observe({type: "largest-contentful-paint", buffered: true}))`

func TestOnASlowLineTheTextIsThereWithinThreeSeconds(t *testing.T) {
	for _, how := range []opts{{Script: true, Lang: "en", Width: 320}, {Script: true, Lang: "ar", Width: 320}, {Script: true, Lang: "zh-Hans", Width: 320}} {
		t.Run(how.String(), func(t *testing.T) {
			p := serve(t)
			j := p.journey(t, how)
			talk := j.firstTalk("health")
			j.signsInAs(p.withRole(t, "peer"))
			j.open(learned)
			j.press(`main a[href*="/units/"]`)
			unit := j.path()
			j.do("a slow line", command(network.SetCacheDisabled, network.SetCacheDisabledParams{CacheDisabled: true}),
				command(network.EmulateNetworkConditionsByRule,
					network.EmulateNetworkConditionsByRuleParams{MatchedNetworkConditions: []*network.Conditions{slowLine}}))
			for _, path := range []string{talk, unit} {
				j.open(path) // nothing of it is kept from before
				painted := ask(j, "the text", chromedp.Evaluate[struct {
					At   int
					Main bool
				}](largest, chromedp.EvalAwaitPromise))
				t.Logf("%s: the text after %d ms", path, painted.At)
				if painted.At > readable || painted.At < int(slowLine.Latency) || !painted.Main {
					t.Errorf("%s on a slow line: %+v, want the main text between %v and %d ms", path, painted, slowLine.Latency, readable)
				}
			}
		})
	}
}
