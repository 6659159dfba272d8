//go:build e2e

package e2e

import (
	"net/http"
	"strings"
)

// becomesAColleague is what comes after her yes, until the pair work that makes her a peer.
func (g *group) becomesAColleague() {
	lead := g.lead
	lead.open(g.path)
	for range 3 { // the contract, the introduction, the training
		lead.finishesStep("")
	}
	lead.plans(g.path, g.person(g.t, "Folake"))
	lead.sees(lead.words().T("joining.pair.gives"))
	lead.finishesStep("")
	lead.sees(lead.words().T("joining.state.here"))
	lead.look("she works here")

	j := g.her
	j.open("/my-path")
	j.leaves()
	j.press(sendButton)
	j.signsInAs(g.fresh)
	j.open("/work/contract")
	j.sees(j.words().T("peerwork.contract.nothing"))
	j.look("no contract yet")
}

const keepContract = `main form[action$="/contract"] button`

// hasAContract is her contract, its text in two parts, and what she says about each.
func (g *group) hasAContract() {
	lead := g.lead
	lead.goesTo("/work/team")
	person := lead.inTheRow(`main a[href^="/work/team/people/"]`, g.fresh.Handle)
	lead.follow(person)
	lead.look("a colleague without a contract")
	lead.writesContracts()
	lead.writesTheText()
	text := g.her.isExplainedOnePart()

	lead.open(person)
	lead.press(`main a[href^="/work/team/texts/"]`)
	lead.sees(employed.mediator)
	lead.sees(employed.question)
	lead.look("what she asks")
	theirs := lead.path()
	lead.press(`main a[href*="?answer="]`)
	lead.paste("#answer", " ")
	lead.press(sendButton)
	lead.refused("answer")
	lead.paste("#answer", employed.reassured)
	lead.press(sendButton)
	lead.sees(lead.words().T("peerwork.answer.done"))
	lead.look("she is answered")
	if lead.exists(`main form[action$="/explained"]`) {
		lead.stop("a coordinator could tick for her")
	}
	g.her.open(text)
	g.her.sees(employed.reassured)
	g.her.look("her answer")
	other := g.signedIn(g.person(g.t, "Hayat"))
	other.openAs(text, http.StatusNotFound)
	other.openAs(theirs, http.StatusNotFound)
}

// writesContracts keeps her contract and one beside it, which is refused as long as nobody
// says that it stands beside the first.
func (j *journey) writesContracts() {
	j.t.Helper()
	fill := func(kind, from, to, funding string) {
		j.choose("#kind", kind)
		j.paste("#from", from)
		j.paste("#to", to)
		j.paste("#hours", "20")
		j.paste("#amount", "16,20")
		j.choose("#unit", "hour")
		j.choose("#currency", "EUR")
		j.paste("#funding", funding)
	}
	fill("fixed", j.today(), j.dayAfter(365), employed.funding)
	j.press(keepContract)
	j.sees(j.words().T("peerwork.contract.kept"))
	j.sees(j.words().T("peerwork.label.paid"))
	j.look("her contract")

	fill("fee", j.dayAfter(30), j.dayAfter(60), employed.other)
	j.press(keepContract)
	j.refused("from")
	j.sees(j.words().T("peerwork.overlap", "Day", j.words().Day(j.today())))
	if j.value("#kind") != "fee" || j.value("#funding") != employed.other || j.value("#to") != j.dayAfter(60) {
		j.stop("what was typed is gone: %q, %q, %q", j.value("#kind"), j.value("#funding"), j.value("#to"))
	}
	j.look("two contracts on one day")
	j.tick("#additional")
	j.press(keepContract)
	j.sees(j.words().T("peerwork.contract.kept"))
	j.sees(j.words().T("peerwork.contract.additional"))
	j.look("a contract beside another")
}

// writesTheText keeps the text of the first contract in Italian, in two parts.
func (j *journey) writesTheText() {
	j.t.Helper()
	j.follow(j.inTheRow(`main .card a[href^="/work/team/contracts/"]`, employed.funding))
	j.look("the text of a contract")
	words := "## Quanto\n\n" + employed.pay + "\n\n## Quando stai male\n\n" + employed.leave
	j.paste("#words", words)
	j.press(sendButton)
	j.refused("lang")
	if got := strings.ReplaceAll(j.value("#words"), "\r\n", "\n"); got != words {
		j.stop("the text came back as %q", got)
	}
	j.look("a text without its language")
	j.choose("#lang", "it")
	j.press(sendButton)
	j.sees(j.words().T("peerwork.text.kept"))
}

// isExplainedOnePart ticks the first part, once she has said by whom it was explained, and
// asks about the second. It returns the address of her text.
func (j *journey) isExplainedOnePart() (text string) {
	j.t.Helper()
	j.goesTo("/work")
	j.follow("/work/contract")
	j.sees(employed.funding)
	j.look("her own contract")
	j.press(`main a[href^="/work/contract/texts/"]`)
	text = j.path()
	j.sees(employed.pay)
	j.sees(employed.leave)
	j.sees(j.words().T("peerwork.text.progress", "Done", 0, "All", 2))
	if lang := j.attr("main .prose", "lang"); lang != "it" {
		j.stop("her contract is in %q", lang)
	}
	j.look("her text")
	j.follow(text + "/parts/1")
	j.seesNot(employed.leave)
	j.press(button("/explained"))
	j.refused("by")
	j.look("explained by nobody")
	j.paste("#by", employed.mediator)
	j.press(button("/explained"))
	j.sees(j.words().T("peerwork.explained.done"))
	j.sees(j.words().T("peerwork.text.progress", "Done", 1, "All", 2))
	j.look("one part is explained")
	j.follow(text + "/parts/2")
	j.paste("#question", employed.question)
	j.press(button("/question"))
	j.sees(j.words().T("peerwork.question.done"))
	j.sees(j.words().T("peerwork.question.waits"))
	j.sees(j.words().T("peerwork.text.progress", "Done", 1, "All", 2))
	j.look("her question waits")
	return text
}
