// Package e2e drives the real program with a real browser, as a person would.
//
// The journeys carry the build tag e2e; sh e2e/test.sh runs them, or by hand, after npm ci
// in this folder:
//
//	go test -tags e2e -count=1 ./e2e/...
//
// A journey opens a portal of its own, with the demonstration people in a fresh database,
// and walks through it:
//
//	func TestAMemberAnswers(t *testing.T) {
//		eachWay(t, func(t *testing.T, how opts) {
//			p := serve(t)
//			j := p.journey(t, how)
//			j.open("/talk")
//			j.look("boards")
//			j.fill("textarea[name=text]", "I went there too.")
//			j.press("form.answer button")
//			j.sees("I went there too.")
//		})
//	}
//
// What holds in every journey, without asking for it: no request goes to another host
// (leaving by the Exit button is the one exception), the browser's console reports no
// refused script or style and no exception, no answer is a server error, and the program
// stops on SIGTERM with exit code 0. look keeps a picture in pictures/<journey>/ (not where CI=true) and holds
// the page to what every page must be; with script on it also runs axe-core.
//
// Helpers wait for conditions, never for a time; only a ceiling ends a wait that would
// never end. A helper that cannot do its step ends the test with the page's address, its
// text and a picture.
//
// The files: portal_test.go starts and stops the program, browser_test.go starts Chromium,
// harness_test.go is the journey, look_test.go and axe_test.go judge a page, traffic_test.go
// listens to the browser, files_test.go reads what the program keeps on disk,
// house_test.go proves that the harness itself can fail,
// people_journey_test.go holds what people do in many journeys (come in, write, answer, go),
// and each journey has a file of its own.
package e2e
