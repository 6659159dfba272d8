//go:build e2e

package e2e

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"sort"
	"testing"
)

// marks are what Lighthouse gives, of a hundred.
type marks struct{ Accessibility, Practices, Performance int }

// wanted is the least that each of the pages gets on the phone of Lighthouse's own setting.
var wanted = marks{100, 100, 98}

// TestLighthouseFindsNothingToMend lets Lighthouse (npm) judge the pages that people open most,
// as on a phone; the median of three runs counts.
func TestLighthouseFindsNothingToMend(t *testing.T) {
	tool := "node_modules/lighthouse/cli/index.js"
	chromium, err := exec.LookPath("chromium")
	if err == nil {
		err = exist(tool)
	}
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	p := serve(t)
	j := p.journey(t, opts{Script: true})
	talk := j.firstTalk("health")
	j.signsInAs(p.withRole(t, "peer"))
	j.open(learned)
	j.press(`main a[href*="/units/"]`)
	unit, cookie := j.path(), "__Host-portico="+j.cookies()["__Host-portico"].Value
	for _, page := range []struct{ name, path, cookie string }{
		{"home", "/", ""}, {"forum", "/forum", ""}, {"a talk", talk, ""}, {"a module", learned, cookie}, {"a unit", unit, cookie},
		{"library", "/read", ""}, {"directory", "/directory", ""},
	} {
		t.Run(page.name, func(t *testing.T) {
			var runs []marks
			for len(runs) < 3 && !settled(runs) {
				runs = append(runs, lighthouse(t, tool, chromium, p.base+page.path, page.cookie))
			}
			got := median(runs)
			t.Logf("%s: %+v of %v", page.name, got, runs)
			if got.Accessibility < wanted.Accessibility || got.Practices < wanted.Practices || got.Performance < wanted.Performance {
				t.Errorf("%s gets %+v, want %+v at least", page.path, got, wanted)
			}
		})
	}
}

// settled says that a third run could not change the median: two are good already.
func settled(runs []marks) bool {
	good := 0
	for _, m := range runs {
		if m.Accessibility >= wanted.Accessibility && m.Practices >= wanted.Practices && m.Performance >= wanted.Performance {
			good++
		}
	}
	return good == 2
}

func median(runs []marks) marks {
	middle := func(of func(marks) int) int {
		var all []int
		for _, m := range runs {
			all = append(all, of(m))
		}
		sort.Ints(all)
		return all[len(all)/2]
	}
	return marks{middle(func(m marks) int { return m.Accessibility }), middle(func(m marks) int { return m.Practices }), middle(func(m marks) int { return m.Performance })}
}

// lighthouse runs it once.
func lighthouse(t *testing.T, tool, chromium, address, cookie string) marks {
	t.Helper()
	args := []string{tool, address, "--quiet", "--output=json", "--only-categories=accessibility,best-practices,performance", "--no-enable-error-reporting",
		"--chrome-flags=--headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage --disable-background-networking --disable-component-update --disable-sync --disable-quic --no-first-run"}
	if cookie != "" {
		args = append(args, fmt.Sprintf(`--extra-headers={"Cookie": %q}`, cookie))
	}
	cmd := exec.CommandContext(t.Context(), "node", args...)
	cmd.Env = append(os.Environ(), "CHROME_PATH="+chromium)
	said, err := cmd.Output()
	if err != nil {
		t.Fatalf("lighthouse: %v\n%s", err, said)
	}
	var report struct {
		FinalURL   string `json:"finalDisplayedUrl"`
		Categories map[string]struct {
			Score *float64 `json:"score"`
			Refs  []struct {
				ID     string  `json:"id"`
				Weight float64 `json:"weight"`
			} `json:"auditRefs"`
		} `json:"categories"`
		Audits map[string]struct {
			Title string   `json:"title"`
			Score *float64 `json:"score"`
		} `json:"audits"`
	}
	if err := json.Unmarshal(said, &report); err != nil {
		t.Fatal(err)
	}
	if report.FinalURL != address {
		t.Fatalf("it judged %s instead of %s", report.FinalURL, address)
	}
	mark := func(category string) int {
		c := report.Categories[category]
		if c.Score == nil {
			t.Fatalf("%s has no mark", category)
		}
		for _, ref := range c.Refs {
			if a := report.Audits[ref.ID]; ref.Weight > 0 && a.Score != nil && *a.Score < 0.9 {
				t.Logf("%s: %s (%.2f)", category, a.Title, *a.Score)
			}
		}
		return int(*c.Score*100 + 0.5)
	}
	return marks{mark("accessibility"), mark("best-practices"), mark("performance")}
}
