//go:build e2e

package e2e

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"portico/content"
)

// invented is a code that has the form of one.
const invented = "AB2D-EF3G-HJ4K-MN5P-QR6S"

// holders are the names that stand on these papers.
var holders = map[string]string{"en": "Ffion Ravenscroft", "ar": "ليلى الشهبندر"}

func TestARealARevokedAndAnInventedCode(t *testing.T) {
	eachWay(t, func(t *testing.T, how opts) {
		p := serve(t)
		her := p.journey(t, how)
		module := her.hasFinished(p, func(content.Module) bool { return true })
		code := her.makesAStatement(module)
		name := holders[how.lang()]
		her.putsItOnPaper(code, name)

		anybody := p.journey(t, how.other())
		anybody.checks(invented, 422, "learn.verify.unknown")
		anybody.look("code invented")
		anybody.checks(misread(code), 200, "learn.verify.found")
		anybody.seesNot(name)
		anybody.look("code real")

		coordinator := p.journey(t, how.other())
		coordinator.signsInAs(p.withRole(t, "coordinator"))
		coordinator.revokes(code)
		anybody.checks(code, 200, "learn.verify.back")
		anybody.look("code revoked")
		her.open("/learn/" + module.Slug + "/statement")
		her.sees(her.words().T("learn.statement.revoked"))
		her.seesNot(`action="/learn/` + module.Slug + `/statement/make"`)
		her.look("statement revoked")

		coordinator.fill("#code", code)
		coordinator.press(`main button[value="allow"]`)
		coordinator.sees(coordinator.words().T("learn.allow.done"))
		fresh := her.makesAStatement(module)
		if fresh == code {
			her.stop("the new statement has the old code")
		}
		her.click("details.more summary")
		her.look("statement to take back")
		her.press(`main form[action$="/statement/back"] button`)
		her.sees(her.words().T("learn.statement.gone"))
		anybody.checks(fresh, 200, "learn.verify.back")
		p.holdsNot(t, name, code, strings.ReplaceAll(code, "-", ""))
	})
}

// hasFinished signs in somebody of the demonstration who has finished a module of the kind
// that is wanted, and returns that module. The list says who has something behind her.
func (j *journey) hasFinished(p *portal, fits func(content.Module) bool) content.Module {
	j.t.Helper()
	all, err := content.Modules()
	if err != nil {
		j.t.Fatal(err)
	}
	for _, who := range p.cast.People {
		if who.Handle == "" {
			continue
		}
		j.signsInAs(who)
		j.open("/learn")
		for _, m := range all {
			settled := fmt.Sprintf(`main .row:has(a[href="/learn/%s"]) .badge.verified`, m.Slug)
			if !fits(m) || !j.exists(settled) {
				continue
			}
			j.open("/learn/" + m.Slug)
			if j.exists(fmt.Sprintf(`main a[href="/learn/%s/statement"]`, m.Slug)) {
				return m
			}
			j.open("/learn")
		}
		j.leaves()
		j.press(sendButton)
	}
	j.stop("nobody of the demonstration has finished such a module")
	return content.Module{}
}

// makesAStatement makes one about a finished module and returns its code.
func (j *journey) makesAStatement(m content.Module) (code string) {
	j.t.Helper()
	j.open("/learn/" + m.Slug + "/statement")
	j.look("statement to make")
	j.press(`main form[action$="/statement/make"] button`)
	j.sees(j.words().T("learn.statement.made"))
	code = j.text(".certificate strong bdi")
	if !regexp.MustCompile(`^([0-9A-HJKMNP-TV-Z]{4}-){4}[0-9A-HJKMNP-TV-Z]{4}$`).MatchString(code) {
		j.stop("the code is %q", code)
	}
	j.look("statement made")
	j.reload()
	if again := j.text(".certificate strong bdi"); again != code {
		j.stop("seen again, the code is %q", again)
	}
	return code
}

// putsItOnPaper puts a name on the sheet and finds it on this one answer alone.
func (j *journey) putsItOnPaper(code, name string) {
	j.t.Helper()
	at := j.path()
	j.fill("#name", name)
	j.press(`main button[value="page"]`)
	if paper := j.text(".certificate"); !strings.Contains(paper, name) || !strings.Contains(paper, code) || !strings.Contains(paper, j.base+"/learn/verify") {
		j.stop("the paper says %q", paper)
	}
	j.look("statement with a name")
	j.onPaper("statement on paper", ".certificate")
	j.open(at)
	j.seesNot(name)
}

// checks types a code where anybody may.
func (j *journey) checks(code string, status int, finding string) {
	j.t.Helper()
	j.open("/learn")
	j.follow("/learn/verify")
	j.fill("#code", code)
	j.press(sendButton)
	if j.status != status {
		j.stop("checking %s answered %d, want %d", code, j.status, status)
	}
	j.sees(j.words().T(finding))
}

// misread is a code as somebody types it who reads letters where figures stand.
func misread(code string) string {
	return strings.NewReplacer("0", "o", "1", "l", "V", "u", "-", " ").Replace(code)
}

// revokes takes a statement back as a coordinator.
func (j *journey) revokes(code string) {
	j.t.Helper()
	j.open("/learn/team")
	j.follow("/learn/team/statements")
	j.look("statement to revoke")
	j.fill("#code", code)
	j.tick(`input[name="reason"][value="passed"]`)
	j.press(`main button[value="revoke"]`)
	j.sees(j.words().T("learn.revoke.done"))
}
