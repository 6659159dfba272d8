package ui

import "portico/app/fault"

// ErrorWords gives the heading and the text of an error page for a kind of fault. The
// text of a fault that has a message of its own is better than this one; this one is
// what stands where there is none.
func ErrorWords(p *Page, kind fault.Kind) (heading, text string) {
	switch kind {
	case fault.NotFound:
		return p.T("error.missing.title"), p.T("error.missing")
	case fault.Conflict:
		return p.T("error.changed.title"), p.T("error.changed")
	case fault.Refused:
		return p.T("error.refused.title"), p.T("error.refused")
	case fault.SignIn, fault.KeyAgain:
		return p.T("error.signin.title"), p.T("error.signin")
	case fault.Wait:
		return p.T("error.wait.title"), p.T("error.wait")
	case fault.Busy:
		return p.T("error.busy.title"), p.T("error.busy")
	case fault.Invalid:
		return p.T("error.internal.title"), p.T("error.mend")
	}
	return p.T("error.internal.title"), p.T("error.internal")
}

// LargeWords is what an error page says when more was sent than is taken.
func LargeWords(p *Page) (heading, text string) {
	return p.T("error.large.title"), p.T("error.large")
}

// StaleWords is what an error page says when a form was too old or not ours.
func StaleWords(p *Page) (heading, text string) {
	return p.T("error.stale.title"), p.T("error.stale")
}

// HomeAction is the way on that every error page can offer.
func HomeAction(p *Page) Action {
	return Action{Kind: Secondary, Word: p.T("error.home"), Icon: "home", Href: "/"}
}
