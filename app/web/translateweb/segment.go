package translateweb

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/store"
	"portico/app/translate"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// segmentPage is one segment and its form.
type segmentPage struct {
	*ui.Page
	ui.Again
	translate.Detail
	Lang  string
	Words string // in the field
	Other string // what somebody else saved meanwhile, "" when nobody did
	Asked bool   // the form came back because somebody was faster
}

// Segment shows one segment.
func (a *Area) Segment(c *fiber.Ctx) error {
	return a.sendSegment(c, fiber.StatusOK, request.Whole(c.Params("n")), nil)
}

func (a *Area) sendSegment(c *fiber.Ctx, status, n int, change func(*segmentPage)) error {
	doc, err := docOf(c)
	if err != nil {
		return err
	}
	view := segmentPage{Page: a.page(c), Lang: c.Params("lang")}
	if view.Detail, err = a.tr.Segment(c.UserContext(), request.Actor(c), doc, view.Lang, n); err != nil {
		return err
	}
	view.Words, view.Path = view.Line.Target.Words, segmentPath(doc, view.Lang, n)
	if change != nil {
		change(&view)
	}
	return a.kit.Send(c, status, segmentView(view))
}

// markOf reads which version of which segment a form is about.
func markOf(c *fiber.Ctx) (translate.Mark, error) {
	id, ok := store.ParseID(c.FormValue("segment"))
	if !ok {
		return translate.Mark{}, fault.Missing()
	}
	return translate.Mark{Segment: id, Lang: c.Params("lang"), Version: request.Whole(c.FormValue("version"))}, nil
}

// keptPage holds words that have no place any more, or no session.
type keptPage struct {
	*ui.Page
	ui.Again
	Action, Lang, Segment, Version, Words string
}

// Save keeps somebody's words. Nothing that she typed is lost: when somebody else was
// faster she sees both texts, with her own in the field.
func (a *Area) Save(c *fiber.Ctx) error {
	doc, err := docOf(c)
	if err != nil {
		return err
	}
	page, lang, words := a.page(c), c.Params("lang"), request.Typed(c, "words")
	kept := keptPage{Page: page, Action: segmentPath(doc, lang, request.Whole(c.Params("n"))), Lang: lang,
		Segment: c.FormValue("segment"), Version: c.FormValue("version"), Words: words}
	status, back, err := request.StoppedTeam(c, page)
	if err != nil {
		return err
	}
	if kept.Again = back; back.SignIn {
		return a.kit.Send(c, status, keptView(kept))
	}
	mark, err := markOf(c)
	if err != nil {
		return err
	}
	n, err := a.tr.Find(c.UserContext(), request.Actor(c), doc, mark.Segment)
	if fault.Is(err, fault.NotFound) {
		// Who may not see the language hears that it does not exist; who may, gets her words back.
		if _, err := a.tr.Sheet(c.UserContext(), request.Actor(c), doc, lang, 1); err != nil {
			return err
		}
		kept.Notice, kept.Action = &ui.Notice{Tone: ui.Due, Text: page.T("translate.segment.gone")}, ""
		return a.kit.Send(c, fiber.StatusConflict, keptView(kept))
	}
	if err != nil {
		return err
	}
	if status == 0 {
		if err = a.tr.Save(c.UserContext(), request.Actor(c), doc, mark, words); err == nil {
			return a.kit.Go(c, segmentPath(doc, lang, n), ui.Done, "translate.saved")
		}
		if status, err = request.Refused(page, &back, err); err != nil {
			return err
		}
	}
	return a.sendSegment(c, status, n, func(v *segmentPage) {
		v.Again, v.Words = back, words
		if v.Line.Target.Version != mark.Version {
			v.Asked, v.Other = true, v.Line.Target.Words
		}
	})
}

// Review says that a segment is right.
func (a *Area) Review(c *fiber.Ctx) error {
	return a.actOn(c, "translate.reviewed", func(doc store.ID, m translate.Mark) error {
		if c.FormValue("denies") == "1" {
			return a.tr.ReviewDenial(c.UserContext(), request.Actor(c), doc, m)
		}
		return a.tr.Review(c.UserContext(), request.Actor(c), doc, m)
	})
}

// Back asks the second machine what a translation says.
func (a *Area) Back(c *fiber.Ctx) error {
	return a.actOn(c, "translate.back.asked", func(doc store.ID, m translate.Mark) error {
		return a.tr.AskBack(c.UserContext(), request.Actor(c), doc, m)
	})
}

// Use takes words from the memory.
func (a *Area) Use(c *fiber.Ctx) error {
	match, ok := store.ParseID(c.FormValue("match"))
	if !ok {
		return fault.Missing()
	}
	return a.actOn(c, "translate.used", func(doc store.ID, m translate.Mark) error {
		return a.tr.UseMatch(c.UserContext(), request.Actor(c), doc, m, match)
	})
}

// actOn does something with a segment and shows it again.
func (a *Area) actOn(c *fiber.Ctx, done string, do func(store.ID, translate.Mark) error) error {
	doc, err := docOf(c)
	if err != nil {
		return err
	}
	mark, err := markOf(c)
	if err != nil {
		return err
	}
	n, err := a.tr.Find(c.UserContext(), request.Actor(c), doc, mark.Segment)
	if err != nil {
		return err
	}
	if err = do(doc, mark); err == nil {
		return a.kit.Go(c, segmentPath(doc, mark.Lang, n), ui.Done, done)
	}
	var back ui.Again
	status, err := request.Refused(a.page(c), &back, err)
	if err != nil {
		return err
	}
	return a.sendSegment(c, status, n, func(v *segmentPage) { v.Again = back })
}

func (v segmentPage) version() string { return strconv.Itoa(v.Line.Target.Version) }

func (v segmentPage) action() string { return segmentPath(v.Doc.ID, v.Lang, v.Line.N) }

// backPage is the page of the language on which this segment stands.
func (v segmentPage) backPage() string {
	path := sheetPath(v.Doc.ID, v.Lang)
	if page := (v.Line.N-1)/20 + 1; page > 1 {
		path += "?page=" + strconv.Itoa(page)
	}
	return path
}

// findings are the words of what blocks a review, or of what is advice alone.
func (v segmentPage) findings(fails bool) []string {
	var list []string
	for _, f := range v.Findings {
		if f.Fails == fails {
			list = append(list, findingWords(v.Page, f))
		}
	}
	return list
}

// unsaved reports whether she has words in the field that are not kept. Then there is no
// button that would leave them behind.
func (v segmentPage) unsaved() bool { return v.Words != v.Line.Target.Words }

// mayBeRight reports whether it makes sense to speak of reviewing at all.
func (v segmentPage) mayBeRight() bool {
	return v.Line.Target.State != translate.Empty && (v.Line.Target.State != translate.Reviewed || v.Line.Target.Reviews < v.Doc.Readers())
}
