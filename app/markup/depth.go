package markup

import (
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// deepest is how many quotes and lists may stand in each other. More of them would push the
// words off a small screen, and browsers give up on pages that are thousands deep.
const deepest = 6

// shallow takes quotes and lists that lie deeper out of the tree; what is in them moves up
// and stays in its order.
type shallow struct{}

// Transform is called by the parser with the finished tree.
func (shallow) Transform(doc *ast.Document, _ text.Reader, _ parser.Context) {
	depth, drowned := 0, []ast.Node{}
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if n.Kind() != ast.KindBlockquote && n.Kind() != ast.KindList {
			return ast.WalkContinue, nil
		}
		if !entering {
			depth--
			return ast.WalkContinue, nil
		}
		if depth++; depth > deepest {
			drowned = append(drowned, n)
		}
		return ast.WalkContinue, nil
	})
	for _, n := range drowned {
		var items []ast.Node
		for item := n.FirstChild(); item != nil && n.Kind() == ast.KindList; item = item.NextSibling() {
			items = append(items, item)
		}
		for _, item := range items {
			unwrap(item)
		}
		unwrap(n)
	}
}

// unwrap puts the children of a node in its place.
func unwrap(n ast.Node) {
	parent := n.Parent()
	for child := n.FirstChild(); child != nil; child = n.FirstChild() {
		parent.InsertBefore(parent, n, child)
	}
	parent.RemoveChild(parent, n)
}
