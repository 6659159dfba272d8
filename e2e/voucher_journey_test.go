//go:build e2e

package e2e

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestAVoucherIsNeverCalledPay is a coordinator who writes a voucher in the place of Folake's
// contract: she is warned, says that she knows, and from then on no page calls it pay.
func TestAVoucherIsNeverCalledPay(t *testing.T) {
	for _, how := range []opts{{Script: true, Lang: "it", Width: 320}, {Script: false, Lang: "en", Width: 1280}} {
		t.Run(how.String(), func(t *testing.T) {
			p := serve(t)
			who := p.person(t, "Folake")
			visitor := p.journey(t, how)
			visitor.open("/peers")
			if now := visitor.cardOf("Juni"); !strings.Contains(now, visitor.words().T("peerwork.label.paid")) {
				visitor.stop("while she is paid, her card says %q", now)
			}

			lead := p.journey(t, how)
			lead.signsInAs(p.withRole(t, "coordinator"))
			lead.writesAVoucher(who)

			visitor.reload()
			now, words := visitor.cardOf("Juni"), visitor.words()
			if !strings.Contains(now, words.T("peerwork.work.voucher")) || strings.Contains(now, words.T("peerwork.label.paid")) {
				visitor.stop("her card says %q", now)
			}
			visitor.look("the peers")
			j := p.journey(t, how)
			j.signsInAs(who)
			for _, page := range []string{"/work/contract", "/work/profile", "/work"} {
				j.open(page)
				j.seesNot(j.words().T("peerwork.label.paid"))
				j.look("hers " + strings.ReplaceAll(page[1:], "/", " "))
			}
			j.open("/work/contract")
			j.sees(j.unpaid())
		})
	}
}

// cardOf is what the card of a peer says to this visitor.
func (j *journey) cardOf(name string) string {
	j.t.Helper()
	return ask(j, "the card of "+name, chromedp.Evaluate[string](fmt.Sprintf(
		`([...document.querySelectorAll("main .card")].find(c => c.innerText.includes(%q)) || {innerText: ""}).innerText`, name)))
}

// unpaid is the honest word for a voucher.
func (j *journey) unpaid() string {
	return j.words().T("peerwork.unpaid", "Kind", j.words().T("peerwork.work.voucher"))
}

// writesAVoucher writes one in the place of the contract that runs.
func (j *journey) writesAVoucher(who *person) {
	j.t.Helper()
	j.goesTo("/work/team")
	person := j.inTheRow(`main a[href^="/work/team/people/"]`, who.Handle)
	j.follow(person)
	j.press(`main a[href*="?instead="]`)
	j.choose("#kind", "voucher")
	j.paste("#from", j.today())
	j.paste("#hours", "4")
	j.paste("#amount", "40")
	j.choose("#unit", "month")
	j.choose("#currency", "EUR")
	j.press(`main form[action$="/contract"] button`)
	j.refused("known")
	j.sees(j.words().T("peerwork.known.warning"))
	if j.status != http.StatusUnprocessableEntity || j.value("#amount") != "40" || j.value("#kind") != "voucher" {
		j.stop("what she typed is gone: %q, %q", j.value("#kind"), j.value("#amount"))
	}
	j.look("a warning before a voucher")
	j.tick("#known")
	j.press(`main form[action$="/contract"] button`)
	j.sees(j.words().T("peerwork.contract.unpaid"))
	j.sees(j.words().T("peerwork.pay.warning"))
	j.sees(j.unpaid())
	j.seesNot(j.words().T("peerwork.label.paid"))
	j.look("a voucher is kept")
	j.open("/work/team")
	if row := j.text(`tr:has(a[href="` + person + `"])`); !strings.Contains(row, j.unpaid()) || strings.Contains(row, j.words().T("peerwork.label.paid")) {
		j.stop("the list of people says %q", row)
	}
	j.look("the people")
}
