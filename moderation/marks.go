package moderation

// marks sums up a set of atoms in two small tables of bits: two sets that do not meet in both share
// no atom. Each word has its marks, and so has each place in a phrase, so that most words are turned
// away by a comparison before anybody walks through lists.
type marks struct{ a, b uint64 }

// A word that the rule files do not know has one mark all the same, and a place where any word may
// stand has all of them.
var (
	leastMarks = markOf(0)
	everyMark  = marks{^uint64(0), ^uint64(0)}
)

func markOf(a atomID) marks {
	return marks{1 << (uint32(a) % 64), 1 << (uint32(a) / 64 % 64)}
}

// markOfHan is the mark of a Han character, whether or not the rule files know it alone.
func markOfHan(r rune) marks { return markOf(atomID(r)) }

func (m marks) with(other marks) marks { return marks{m.a | other.a, m.b | other.b} }

func (m marks) meets(other marks) bool { return m.a&other.a != 0 && m.b&other.b != 0 }

// setMarks notes with what words an element can begin and end.
func (e *element) setMarks() {
	if e.kind == kindAny {
		e.first, e.last = everyMark, everyMark
	}
	for _, a := range e.atoms {
		e.first, e.last = e.first.with(markOf(a)), e.last.with(markOf(a))
	}
	for _, run := range e.runs {
		e.first, e.last = e.first.with(markOf(run[0])), e.last.with(markOf(run[len(run)-1]))
	}
	for _, h := range e.han {
		e.first, e.last = e.first.with(markOf(h.atom)), e.last.with(markOfHan(h.end))
	}
}

// setGapMarks notes of each gap what words must come right after it, and right before it.
func setGapMarks(elements []element) {
	for i := range elements {
		if elements[i].kind == kindGap {
			elements[i].first, elements[i].last = needAfter(elements, i), needBefore(elements, i)
		}
	}
}

// needAfter tells what a word after element i must have for the phrase to go on, or nothing if
// nothing is known: the phrase ends there, or something else may come in between.
func needAfter(elements []element, i int) marks {
	var need marks
	for i++; i < len(elements) && elements[i].kind != kindGap; i++ {
		if need = need.with(elements[i].first); !elements[i].optional {
			return need
		}
	}
	return marks{}
}

// needBefore tells the same of the word before element i.
func needBefore(elements []element, i int) marks {
	var need marks
	for i--; i >= 0 && elements[i].kind != kindGap; i-- {
		if need = need.with(elements[i].last); !elements[i].optional {
			return need
		}
	}
	return marks{}
}

// goesOn says whether the word after word i, in its sentence, has what is needed.
func (pg *page) goesOn(i int, need *marks) bool {
	i++
	return need.a == 0 || i < len(pg.words) && !pg.words[i].breaks && pg.words[i].marks.meets(*need)
}

// comesFrom says whether the word before word i, in its sentence, has what is needed.
func (pg *page) comesFrom(i int, need *marks) bool {
	return need.a == 0 || i > 0 && !pg.words[i].breaks && pg.words[i-1].marks.meets(*need)
}
