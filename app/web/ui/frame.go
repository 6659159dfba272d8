package ui

import (
	"net/url"

	"github.com/a-h/templ"

	"portico/app/i18n"
)

// languagesHref leads to the language menu, which leads back to this page.
func languagesHref(p *Page) templ.SafeURL {
	if p.Path == "" {
		return "/languages"
	}
	return templ.SafeURL("/languages?next=" + url.QueryEscape(p.Path))
}

// languageName is the name of the page's language in its own script.
func languageName(p *Page) string { return i18n.Describe(p.P.Tag).Name }

// currentPage marks the link that leads to where the person already is.
func currentPage(current bool) templ.Attributes {
	if !current {
		return templ.Attributes{}
	}
	return templ.Attributes{"aria-current": "page"}
}

// fallback is written out by hand because it is what remains when no component can be
// drawn: it must not depend on messages, templates or files.
const fallback = `<!DOCTYPE html>
<html lang="en" dir="ltr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>Portico</title></head>
<body><form method="post" action="/exit"><button type="submit">Exit</button></form>
<h1>Portico</h1>
<p>Something went wrong on our side. Please try again in a minute.</p>
<p lang="it">Qualcosa non ha funzionato da parte nostra. Riprova tra un minuto.</p>
<p lang="fr">Quelque chose n’a pas marché de notre côté. Réessayez dans une minute.</p>
<p lang="ar" dir="rtl">حدث خلل من جهتنا. حاولي مرة أخرى بعد دقيقة.</p>
<p><a href="/">Portico</a></p></body></html>
`

// PlainFallback is the page for the moment when drawing a page has failed. It is ready
// before anything can go wrong and stands in a few languages because none can be chosen.
func PlainFallback() []byte { return []byte(fallback) }
