package trainingweb

import (
	"io"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/markup"
	"portico/app/training"
	"portico/app/web/request"
	"portico/app/web/ui"
	"portico/content"
)

// shelfPage is what ships, what was brought, and the form to bring a module.
type shelfPage struct {
	*ui.Page
	ui.Again
	Modules     []content.Module // what learners see now
	Titles      map[string]title
	Rows        []training.ShelfRow
	Faults      []string
	Coordinates bool
}

// Shelf shows which modules there are and which were brought.
func (a *Area) Shelf(c *fiber.Ctx) error {
	view, err := a.shelf(c)
	if err != nil {
		return err
	}
	return a.kit.Send(c, fiber.StatusOK, shelfView(view))
}

func (a *Area) shelf(c *fiber.Ctx) (view shelfPage, err error) {
	who := request.Actor(c)
	view = shelfPage{Page: a.page(c), Coordinates: coordinates(who)}
	if view.Rows, err = a.training.Shelf(c.UserContext(), who); err != nil {
		return view, err
	}
	view.Modules, err = a.training.Modules(c.UserContext())
	view.Titles = titlesOf(view.Modules, view.P.Tag)
	return view, err
}

// Bring takes a packed module, and names every fault with file and line.
func (a *Area) Bring(c *fiber.Ctx) error {
	view, err := a.shelf(c)
	if err != nil {
		return err
	}
	raw, err := sent(c)
	brought := training.Brought{}
	if err == nil {
		brought, err = a.training.Bring(c.UserContext(), request.Actor(c), raw)
	}
	if err != nil {
		status, rest := request.Refused(view.Page, &view.Again, err)
		if rest != nil {
			return rest
		}
		return a.kit.Send(c, status, shelfView(view))
	}
	if view.Faults = brought.Faults; len(view.Faults) > 0 {
		view.Errs = []ui.FieldError{{Field: "file", Text: view.N("learn.shelf.faults", len(view.Faults))}}
		return a.kit.Send(c, fiber.StatusUnprocessableEntity, shelfView(view))
	}
	return a.kit.Go(c, draftPath(brought.Slug, brought.Version), ui.Done, "learn.shelf.brought")
}

// LargestSent is the largest packed module that a form takes, in bytes: a whole module of
// words in all languages is a tenth of it, and every connection may send as much.
const LargestSent = 4 << 20

// sent reads the file of the form; none at all is an empty one. The name that her device
// gave it is never read.
func sent(c *fiber.Ctx) ([]byte, error) {
	header, err := c.FormFile("file")
	if err != nil {
		return nil, nil
	}
	file, err := header.Open()
	if err != nil {
		return nil, fault.Wrap(err, "open what was sent")
	}
	defer file.Close()
	raw, err := io.ReadAll(io.LimitReader(file, LargestSent+1))
	if err == nil && len(raw) > LargestSent {
		return nil, fault.Mend(fault.Field{Name: "file", Key: "learn.shelf.large", Args: []any{"Most", LargestSent >> 20}})
	}
	return raw, fault.Wrap(err, "read what was sent")
}

func draftPath(slug string, version int) string {
	return "/learn/shelf/" + slug + "/" + strconv.Itoa(version)
}

// previewPage is a whole module on two pages, with everything that is right and every word
// that is said to an answer.
type previewPage struct {
	*ui.Page
	Module      content.Module
	Text        content.ModuleText
	Dir         string
	Draft       bool
	Coordinates bool
	Asks        bool // the page of what is asked; the other is what is read
}

// path is where this half of the module stands.
func (v previewPage) path() string {
	if v.Asks {
		return draftPath(v.Module.Slug, v.Module.Version) + "/questions"
	}
	return draftPath(v.Module.Slug, v.Module.Version)
}

// Preview shows what is read in a module, as it would be learned.
func (a *Area) Preview(c *fiber.Ctx) error { return a.preview(c, false) }

// PreviewQuestions shows what is asked in it.
func (a *Area) PreviewQuestions(c *fiber.Ctx) error { return a.preview(c, true) }

func (a *Area) preview(c *fiber.Ctx, asks bool) error {
	who, page := request.Actor(c), a.page(c)
	slug, version := c.Params("module"), request.Whole(c.Params("version"))
	m, err := a.training.Preview(c.UserContext(), who, slug, version)
	if err != nil {
		return err
	}
	rows, err := a.training.Shelf(c.UserContext(), who)
	if err != nil {
		return err
	}
	lang := page.P.Tag
	if wish := c.Query("in"); wish != "" {
		lang = wish
	}
	view := previewPage{Page: page, Module: m, Text: m.In(lang), Coordinates: coordinates(who), Asks: asks}
	view.Dir = a.dir(view.Text)
	for _, row := range rows {
		view.Draft = view.Draft || row.Slug == slug && row.Version == version && row.State == training.ShelfDraft
	}
	return a.kit.Send(c, fiber.StatusOK, previewView(view))
}

// html renders Markdown of the previewed module.
func html(text string) string { return markup.Page(text) }

// OpenDraft lets everybody learn with a draft.
func (a *Area) OpenDraft(c *fiber.Ctx) error {
	err := a.training.Open(c.UserContext(), request.Actor(c), c.Params("module"), request.Whole(c.Params("version")))
	if err != nil {
		return err
	}
	return a.kit.Go(c, "/learn/shelf", ui.Done, "learn.shelf.opened")
}

// DropDraft takes a draft away.
func (a *Area) DropDraft(c *fiber.Ctx) error {
	err := a.training.Drop(c.UserContext(), request.Actor(c), c.Params("module"), request.Whole(c.Params("version")))
	if err != nil {
		return err
	}
	return a.kit.Go(c, "/learn/shelf", ui.Done, "learn.shelf.dropped")
}

// Packed hands on a whole module as one file that another Portico takes unchanged.
func (a *Area) Packed(c *fiber.Ctx) error {
	m, err := a.training.Preview(c.UserContext(), request.Actor(c), c.Params("module"), request.Whole(c.Params("version")))
	if err != nil {
		return err
	}
	raw, err := m.Pack()
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, "application/zip")
	c.Set(fiber.HeaderContentDisposition, `attachment; filename="module.zip"`)
	return c.Send(raw)
}
