package training

import (
	"context"
	"encoding/base64"
	"maps"
	"slices"
	"strconv"
	"strings"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/content"
)

// A phone that is hers keeps modules to read without net, and what she answers meanwhile
// waits on it. It may be sent twice, late, or after she did something else elsewhere. So
// each piece has a sign of its own and is taken once; and the box counts her acts, so that
// what she did later with net is never overwritten by what she answered before. No clock is
// asked: those of phones go wrong.

// holderPurpose is the purpose of the tag that binds what waits on a phone to its writer.
const holderPurpose = "learn phone"

// mostSent is how many signs of taken pieces a box remembers. A phone sends one after the
// other and begins the next only when it knows of the one before.
const mostSent = 40

// touch says by which of her acts an answer or a unit came to be as it is.
type touch struct {
	Turn  int    `json:"turn"`
	Phone string `json:"phone,omitempty"` // the phone that sent it later; "" for an act with net
	Piece int    `json:"piece,omitempty"` // its number on that phone
}

// sent is a piece that was taken.
type sent struct {
	ID   string `json:"id"`
	Left bool   `json:"left,omitempty"` // part of it was left out, because a later act counts
}

// Phone is what a phone of hers has to know before it keeps and sends anything.
type Phone struct {
	// Holder is the same for one person and means nothing to anybody else.
	Holder string `json:"holder"`
	// Turns count her acts in each module so far.
	Turns map[string]int `json:"turns"`
}

// Later is something that she did without net.
type Later struct {
	ID     string // "phone.number"; the phone's part is random, the number rises
	Holder string // who wrote it, as Phone said then
	Base   int    // her acts in the module of which the phone knew then
	Module string
	Unit   string // the unit that she read; "" for answers
	Answers
}

// Keeps reports whether this device may keep anything for her.
func Keeps(who member.Actor) bool {
	return who.SignedIn() && who.Role == nil && who.Device == member.Mine
}

// Phone tells a phone of hers what it has to know.
func (s *Service) Phone(ctx context.Context, who member.Actor) (Phone, error) {
	if !Keeps(who) {
		return Phone{}, notFound()
	}
	all, err := s.modules(ctx, s.store.DB)
	if err != nil {
		return Phone{}, err
	}
	names, slugs := make([]string, len(all)), map[string]string{}
	for i, m := range all {
		names[i] = boxName(m.Slug)
		slugs[names[i]] = m.Slug
	}
	boxes, err := member.ReadBoxes[kept](ctx, s.store.DB, who, names)
	if err != nil {
		return Phone{}, err
	}
	p := Phone{Holder: holder(who), Turns: map[string]int{}}
	for name, box := range boxes {
		if box.Turn > 0 {
			p.Turns[slugs[name]] = box.Turn
		}
	}
	return p, nil
}

// holder is taken from her oldest secret, because that one stays when she changes her key.
func holder(who member.Actor) string {
	oldest := who.Secrets[len(who.Secrets)-1]
	return base64.RawURLEncoding.EncodeToString(oldest.Tag(holderPurpose, nil))
}

// TakeLater takes what she did without net, once however often it is sent. It reports
// whether all of it counts: what a later act of hers has overtaken, and what the module no
// longer has, is left out. What somebody else wrote on this phone does not exist for her.
func (s *Service) TakeLater(ctx context.Context, who member.Actor, l Later) (whole bool, err error) {
	phone, piece, ok := pieceOf(l.ID)
	m, err := s.learner(ctx, who, l.Module)
	switch {
	case err != nil:
		return false, err
	case !Keeps(who) || l.Holder != holder(who):
		return false, notFound()
	case !ok:
		return false, fault.New(fault.Invalid, "learn.quiz.odd")
	}
	// Her earlier answers are not on the phone, so a blank says nothing.
	l.Chosen = maps.Clone(l.Chosen)
	maps.DeleteFunc(l.Chosen, func(_ string, words []string) bool { return len(words) == 0 })
	chosen, marks, err := checkAnswers(m.In("en").Questions, l.Answers)
	if err != nil {
		return false, err
	}
	err = s.store.Tx(ctx, func(tx *gorm.DB) error {
		return member.ChangeBox(ctx, tx, s.store.Clock, who, boxName(l.Module), func(k *kept) {
			if at := slices.IndexFunc(k.Sent, func(one sent) bool { return one.ID == l.ID }); at >= 0 {
				whole = !k.Sent[at].Left
				return
			}
			late := lateness{base: l.Base, phone: phone, piece: piece}
			if l.Unit != "" {
				whole = k.read(m, l.Unit, late)
			} else {
				whole = k.answered(chosen, marks, late)
			}
			k.Sent = append(k.Sent, sent{ID: l.ID, Left: !whole})
			k.Sent = k.Sent[max(0, len(k.Sent)-mostSent):]
		})
	})
	return whole, err
}

// pieceOf takes a sign apart.
func pieceOf(id string) (phone string, piece int, ok bool) {
	phone, number, _ := strings.Cut(id, ".")
	piece, err := strconv.Atoi(number)
	return phone, piece, err == nil && piece > 0 && len(phone) == 32 && strings.Trim(phone, "0123456789abcdef") == ""
}

// lateness is when a piece was written: after which of her acts, on which phone.
type lateness struct {
	base  int
	phone string
	piece int
}

// over reports whether a piece comes after an act, and whether the act is hers from the
// same phone, so that she loses nothing by it.
func (l lateness) over(act touch) (after, same bool) {
	same = act.Phone == l.phone
	return act.Turn <= l.base || same && act.Piece < l.piece, same
}

// read notes a unit that she read without net.
func (k *kept) read(m content.Module, unit string, late lateness) (whole bool) {
	if _, _, ok := m.In("en").Unit(unit); !ok {
		return false
	}
	if k.Units[unit] > 0 {
		return true
	}
	after, same := late.over(k.Touched[unitKey(unit)])
	if after {
		k.setUnit(unit, m.Version)
		k.touched(unitKey(unit), touch{Phone: late.phone, Piece: late.piece})
	}
	return after || same
}

// answered notes what she answered without net, question by question.
func (k *kept) answered(chosen map[string][]string, marks map[string]string, late lateness) (whole bool) {
	whole = true
	for id, mark := range marks {
		if k.has(id, chosen, mark) {
			continue
		}
		after, same := late.over(k.Touched[questionKey(id)])
		if after {
			k.setAnswer(id, chosen, mark)
			k.touched(questionKey(id), touch{Phone: late.phone, Piece: late.piece})
		}
		whole = whole && (after || same)
	}
	return whole
}

// answer notes what she answered with net.
func (k *kept) answer(chosen map[string][]string, marks map[string]string) {
	for id, mark := range marks {
		if !k.has(id, chosen, mark) {
			k.touched(questionKey(id), touch{})
		}
		k.setAnswer(id, chosen, mark)
	}
}

// has reports whether an answer is there already. A blank that was one before says nothing,
// whatever the question was.
func (k *kept) has(id string, chosen map[string][]string, mark string) bool {
	if words, told := chosen[id]; told {
		return slices.Equal(k.Answers[id], words) && (len(words) == 0 || k.Marks[id] == mark)
	}
	return k.Marks[id] == mark
}

// setAnswer keeps one answer. A question that is another one now, and to which the words are
// none, keeps the answer before and is asked again because of its mark.
func (k *kept) setAnswer(id string, chosen map[string][]string, mark string) {
	if k.Answers == nil {
		k.Answers = map[string][]string{}
	}
	if k.Marks == nil {
		k.Marks = map[string]string{}
	}
	if words, told := chosen[id]; told {
		k.Answers[id] = words
	}
	k.Marks[id] = mark
}

func (k *kept) setUnit(unit string, version int) {
	if k.Units == nil {
		k.Units = map[string]int{}
	}
	k.Units[unit] = version
}

// anew lets no answer from before count in a module that she goes through anew.
func (k *kept) anew(m content.Module) {
	for _, q := range m.In("en").Questions {
		k.touched(questionKey(q.ID), touch{})
	}
}

// touched counts an act.
func (k *kept) touched(key string, act touch) {
	if k.Touched == nil {
		k.Touched = map[string]touch{}
	}
	k.Turn++
	act.Turn = k.Turn
	k.Touched[key] = act
}

func questionKey(id string) string { return "q/" + id }

func unitKey(id string) string { return "u/" + id }
