// Package markup turns the small Markdown that people write into safe HTML: paragraphs,
// lists, emphasis, quotes, headings where the host writes, and links.
//
// HTML that somebody types is words like any other and is shown as typed: it is never
// parsed, so that no words are lost, and a sanitiser goes over the result.
// Links to other sites lead through the warning page, because a click tells the other site
// where the reader comes from. Pictures are dropped. Two versions of a text can be compared
// word by word. The package imports nothing of ours.
package markup

import (
	"bytes"
	"net/url"
	"strings"

	"github.com/microcosm-cc/bluemonday"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// WarningPath is the page that stands between a post and another site.
const WarningPath = "/link?to="

var (
	postPolicy = policy("p", "br", "strong", "em", "ul", "ol", "li", "blockquote", "code")
	pagePolicy = policy("p", "br", "strong", "em", "ul", "ol", "li", "blockquote", "code", "h2", "h3", "hr")
	engine     = goldmark.New(goldmark.WithParser(words()))
)

// words is the usual parser without HTML and without link definitions, which would take
// what somebody wrote out of sight, and without blocks of code: a few spaces before a line
// are no reason to push it off a small screen.
func words() parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(
			util.Prioritized(parser.NewSetextHeadingParser(), 100),
			util.Prioritized(parser.NewThematicBreakParser(), 200),
			util.Prioritized(parser.NewListParser(), 300),
			util.Prioritized(parser.NewListItemParser(), 400),
			util.Prioritized(parser.NewATXHeadingParser(), 600),
			util.Prioritized(parser.NewBlockquoteParser(), 800),
			util.Prioritized(paragraphs{parser.NewParagraphParser()}, 1000),
		),
		parser.WithInlineParsers(
			util.Prioritized(parser.NewCodeSpanParser(), 100),
			util.Prioritized(parser.NewLinkParser(), 200),
			util.Prioritized(parser.NewAutoLinkParser(), 300),
			util.Prioritized(parser.NewEmphasisParser(), 500),
		),
		parser.WithASTTransformers(util.Prioritized(linkWarner{}, 100), util.Prioritized(shallow{}, 200)),
	)
}

// paragraphs take lines that begin with spaces as well.
type paragraphs struct{ parser.BlockParser }

// CanAcceptIndentedLine is asked by the parser.
func (paragraphs) CanAcceptIndentedLine() bool { return true }

func policy(elements ...string) *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements(elements...)
	p.AllowAttrs("href").OnElements("a")
	p.AllowAttrs("start").Matching(bluemonday.Integer).OnElements("ol")
	p.AllowRelativeURLs(true)
	p.RequireNoReferrerOnLinks(true)
	return p
}

// Post renders what a person wrote in the forum. Headings become plain paragraphs.
func Post(source string) string { return render(source, postPolicy) }

// Page renders a page that the host or the project wrote; headings below the first level stay.
func Page(source string) string { return render(source, pagePolicy) }

func render(source string, p *bluemonday.Policy) string {
	var out bytes.Buffer
	if err := engine.Convert([]byte(source), &out); err != nil {
		// Convert fails only when the writer does; a buffer does not. Escaped text is the safe answer.
		return p.Sanitize(source)
	}
	return inOrder(strings.TrimSpace(p.Sanitize(out.String())))
}

// linkWarner sends links to other sites through the warning page and takes pictures out.
type linkWarner struct{}

// Transform is called by the parser with the finished tree.
func (linkWarner) Transform(doc *ast.Document, reader text.Reader, _ parser.Context) {
	var pictures []ast.Node
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch node := n.(type) {
		case *ast.Link:
			node.Destination = []byte(destination(string(node.Destination)))
			node.Title = nil
		case *ast.AutoLink:
			link := ast.NewLink()
			link.Destination = []byte(destination(string(node.URL(reader.Source()))))
			label := ast.NewString(node.Label(reader.Source()))
			link.AppendChild(link, label)
			node.Parent().ReplaceChild(node.Parent(), node, link)
		case *ast.Image:
			pictures = append(pictures, n)
		}
		return ast.WalkContinue, nil
	})
	for _, n := range pictures {
		n.Parent().RemoveChild(n.Parent(), n)
	}
}

// destination keeps addresses of this portal and wraps web addresses; anything else leads nowhere.
func destination(raw string) string {
	if strings.HasPrefix(raw, "/") && !strings.HasPrefix(raw, "//") {
		return raw
	}
	u, err := url.Parse(raw)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" {
		return "#"
	}
	return WarningPath + url.QueryEscape(raw)
}
