package moderation

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// In Chinese a character is a word and most words have several, with nothing to tell where they
// begin. The words of the rule files therefore stand in a tree, which is walked from each character.

// hanTree is the tree. Its roots lie by their character, the branches in an open-addressing table.
type hanTree struct {
	roots    []hanRoot
	branches []hanBranch
	nodes    int32
}

// hanRoot is what the rule files know about a character that can begin a word.
type hanRoot struct {
	atom atomID // of the character alone, or 0
	to   int32  // the node of the longer words, or 0
	next uint64 // a bit for each character that can come second, several of which share one
}

// hanBranch leads from a node over a character to another node.
type hanBranch struct {
	key  uint64 // the node and the character
	to   int32  // 0: no longer word begins so
	atom atomID // of the word that ends here, or 0
}

// The Han characters that people write lie here; Unicode keeps rare ones elsewhere, and a rule file
// that has one does not compile.
const (
	hanBegin = 0x4E00
	hanEnd   = 0xA000
)

func branchKey(node int32, r rune) uint64 { return uint64(node)<<21 | uint64(r) }

func bitOfHan(r rune) uint64 { return 1 << (uint32(r) % 64) }

// root finds what is known about a character, or nil.
func (t *hanTree) root(r rune) *hanRoot {
	if r < hanBegin || r >= hanEnd {
		return nil
	}
	return &t.roots[r-hanBegin]
}

// branch finds the place of a branch, or the empty one where it would be.
func (t *hanTree) branch(node int32, r rune) *hanBranch {
	key, mask := branchKey(node, r), uint64(len(t.branches)-1)
	for i := key * hashPrime >> 40 & mask; ; i = (i + 1) & mask {
		if b := &t.branches[i]; b.key == key || b.key == 0 {
			return b
		}
	}
}

// newHanTree grows the tree from all atoms that are written in Han characters.
func newHanTree(names map[uint64]string, index map[uint64]atomID) (hanTree, error) {
	letters := 0
	for _, name := range names {
		if isHan(name) {
			letters += utf8.RuneCountInString(name)
		}
	}
	size := 64
	for size < letters*2 {
		size *= 2
	}
	t := hanTree{roots: make([]hanRoot, hanEnd-hanBegin), branches: make([]hanBranch, size)}
	for key, name := range names {
		if isHan(name) && !t.grow([]rune(name), index[key]) {
			return t, fmt.Errorf("%q begins with a character that is too rare", name)
		}
	}
	return t, nil
}

// isHan says whether a name, as the builder keeps it, is a Han character or a word of several.
func isHan(name string) bool {
	r, _ := utf8.DecodeRuneInString(name)
	return classOf(r) == han && !strings.HasSuffix(name, "*")
}

// grow adds a word, unless it begins with a character that has no place.
func (t *hanTree) grow(word []rune, a atomID) bool {
	root := t.root(word[0])
	if root == nil {
		return false
	}
	if len(word) == 1 {
		root.atom = a
		return true
	}
	root.next |= bitOfHan(word[1])
	var b *hanBranch
	for to, i := &root.to, 1; i < len(word); to, i = &b.to, i+1 {
		if *to == 0 {
			t.nodes++
			*to = t.nodes
		}
		b = t.branch(*to, word[i])
		b.key = branchKey(*to, word[i])
	}
	b.atom = a
	return true
}

// addHanAtoms learns the atoms of a Han character and of the words of several that begin with it.
// Signs between the characters do not matter, since people put them there to hide a word.
func (pg *page) addHanAtoms(i int) {
	w := &pg.words[i]
	r := pg.glyphs[w.first].r
	w.marks = w.marks.with(markOfHan(r))
	if pg.watching != nil {
		pg.watch(hashStep(hashSeed, r), i)
	}
	root := pg.book.han.root(r)
	if root == nil {
		return
	}
	if root.atom != 0 {
		pg.learn(i, root.atom)
	}
	if i+1 == len(pg.words) || root.next&bitOfHan(pg.glyphs[pg.words[i+1].first].r) == 0 {
		return
	}
	to := root.to
	for k := i + 1; to != 0 && k < len(pg.words) && pg.words[k].han && !pg.words[k].breaks; k++ {
		b := pg.book.han.branch(to, pg.glyphs[pg.words[k].first].r)
		if to = b.to; b.atom != 0 {
			pg.learn(i, b.atom)
			w.hanWords = true
		}
	}
}
