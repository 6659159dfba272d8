package trainingweb

import (
	"strconv"
	"strings"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"portico/app/markup"
	"portico/app/training"
	"portico/app/web/request"
	"portico/app/web/static"
	"portico/app/web/ui"
	"portico/content"
)

// The pages that a phone keeps are made for it: the module, and nothing about who reads it.
// They lie under one address beside the ordinary ones, so that the worker on the phone finds
// the copy of a page by its address alone.
const keptHome = "/learn/offline"

func keptPath(slug, more string) string { return keptHome + "/" + slug + more }

// keptModule is the copies of one module in one language, by the end of their address.
type keptModule struct {
	pages map[string]request.Copy
	order []string
	size  int // of all, as they travel, in bytes
}

// keepOffer is what the page of a module says about keeping it.
type keepOffer struct {
	KB     int    // all that is loaded, when nothing of it is there yet
	Pages  string // the addresses of its copies
	Common string // the addresses of what all modules share
	Key    string // changes with the words
}

// offer is nil where nothing is ever kept.
func (a *Area) offer(c *fiber.Ctx, l lesson) (*keepOffer, error) {
	if !training.Keeps(request.Actor(c)) {
		return nil, nil
	}
	k, err := a.kept(c, l.Module)
	if err != nil {
		return nil, err
	}
	o := &keepOffer{Key: l.P.Tag + " " + strconv.Itoa(l.Module.Version)}
	var pages []string
	for _, more := range k.order {
		pages = append(pages, keptPath(l.Slug, more))
	}
	common, size := []string{keptHome}, k.size
	for _, name := range []string{"portico.css", "portico.js", "offline.js", "icon.svg"} {
		href := a.kit.Static.Href(name)
		_, small, _, _ := a.kit.Static.Get(strings.TrimPrefix(href, static.Prefix))
		common, size = append(common, href), size+len(small)
	}
	o.Pages, o.Common, o.KB = strings.Join(pages, " "), strings.Join(common, " "), (size+1023)/1024
	return o, nil
}

// kept draws the copies of a module once for each language and version.
func (a *Area) kept(c *fiber.Ctx, m content.Module) (keptModule, error) {
	lang := request.Printer(c).Tag
	key := m.Slug + "/" + lang + "/" + strconv.Itoa(m.Version)
	if known, ok := a.copies.Load(key); ok {
		return known.(keptModule), nil
	}
	k := keptModule{pages: map[string]request.Copy{}}
	add := func(more string, view func(lesson) templ.Component) error {
		copied, err := request.NewCopy(c, view(a.keptLesson(c, m, more)))
		k.pages[more], k.order, k.size = copied, append(k.order, more), k.size+len(copied.Small)
		return err
	}
	err := add("", keptModuleView)
	for place, u := range m.In(lang).Units {
		if err == nil {
			err = add("/units/"+u.ID, func(l lesson) templ.Component {
				return keptUnitView(unitPage{lesson: l, Unit: u, Place: place, HTML: a.body(l, u)})
			})
		}
	}
	if err == nil {
		err = add("/quiz", func(l lesson) templ.Component { return keptQuizView(quizPage{lesson: l}) })
	}
	if err == nil && len(m.In(lang).Scenario.Scenes) > 0 {
		err = add("/story", keptStoryView)
	}
	if err != nil {
		return keptModule{}, err
	}
	a.copies.Store(key, k)
	return k, nil
}

// keptLesson is a module without anybody's progress.
func (a *Area) keptLesson(c *fiber.Ctx, m content.Module, more string) lesson {
	l := lesson{Page: a.kit.KeptPage(c, "learn.title", keptPath(m.Slug, more)), Slug: m.Slug}
	l.Text = m.In(l.P.Tag)
	l.Module, l.Dir = m, a.dir(l.Text)
	return l
}

// sceneHTML is the words of one scene.
func sceneHTML(scene content.Scene) string { return markup.Page(scene.Text) }

// Kept sends the copy of a page. A device that leaves no trace finds none.
func (a *Area) Kept(c *fiber.Ctx) error {
	if !training.Keeps(request.Actor(c)) {
		return notFound()
	}
	all, err := a.training.Modules(c.UserContext())
	if err != nil {
		return err
	}
	slug := c.Params("module")
	for _, m := range all {
		if m.Slug != slug {
			continue
		}
		k, err := a.kept(c, m)
		if err != nil {
			return err
		}
		if page, ok := k.pages[strings.TrimRight(strings.TrimPrefix(c.Path(), keptPath(slug, "")), "/")]; ok {
			return page.Send(c)
		}
	}
	return notFound()
}

// KeptHome is the page of what is on this phone, which it shows also in place of what it has not.
func (a *Area) KeptHome(c *fiber.Ctx) error {
	if !training.Keeps(request.Actor(c)) {
		return c.Redirect("/learn", fiber.StatusSeeOther)
	}
	page, err := request.NewCopy(c, keptHomeView(a.kit.KeptPage(c, "learn.title", keptHome)))
	if err != nil {
		return err
	}
	return page.Send(c)
}

// Worker sends the script that answers from the phone. It must lie beside what it serves,
// and its address must stay: the browser asks there for a newer one.
func (a *Area) Worker(c *fiber.Ctx) error {
	body, small, kind, ok := a.kit.Static.Get(strings.TrimPrefix(a.kit.Static.Href("worker.js"), static.Prefix))
	if !ok {
		return notFound()
	}
	c.Set("Service-Worker-Allowed", "/learn")
	if err := (request.Copy{Body: body, Small: small}).Send(c); err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, kind)
	return nil
}

// Live tells the script on her phone whose answers it may send, and with which token. To a
// device that leaves no trace it says nothing.
func (a *Area) Live(c *fiber.Ctx) error {
	who := request.Actor(c)
	if !training.Keeps(who) {
		return c.SendStatus(fiber.StatusNoContent)
	}
	phone, err := a.training.Phone(c.UserContext(), who)
	if err != nil {
		return err
	}
	return c.JSON(struct {
		Token string `json:"token"`
		training.Phone
	}{request.FormToken(c), phone})
}

// TakeLater takes what waited on her phone. Done says that all of it counts; a precondition
// that failed, that some of it came too late and was left out. Both end the waiting, and
// nothing else does.
func (a *Area) TakeLater(c *fiber.Ctx) error {
	all, err := a.training.Modules(c.UserContext())
	if err != nil {
		return err
	}
	later := training.Later{
		ID: c.FormValue("sent"), Holder: c.FormValue("holder"), Base: request.Whole(c.FormValue("base")),
		Module: c.Params("module"), Unit: c.FormValue("unit"),
	}
	for _, m := range all {
		if m.Slug == later.Module && later.Unit == "" {
			later.Answers = filled(c, m.In("en").Questions)
		}
	}
	whole, err := a.training.TakeLater(c.UserContext(), request.Actor(c), later)
	switch {
	case err != nil:
		return err
	case !whole:
		return c.SendStatus(fiber.StatusPreconditionFailed)
	}
	return c.SendStatus(fiber.StatusNoContent)
}

// light sends a page of hers in few bytes. A page that holds the token of her forms may be
// pressed together only when nothing that somebody else can choose is in it, or its length
// would tell the token to who makes her open addresses and watches the line. So the page
// forgets what stood behind its address.
func (a *Area) light(c *fiber.Ctx, p *ui.Page, view templ.Component) error {
	p.Path = c.Path()
	page, err := request.NewCopy(c, view)
	if err != nil {
		return err
	}
	return page.Send(c)
}
