// Package magazineweb is the pages of the magazine: its issues for everybody, on the screen,
// on paper and as words alone; the vote about topics and the way to send a piece for whoever
// is signed in; and the room of an issue's board.
//
// It decides nothing that the area decides. What must hold: words that somebody typed are
// never lost, whatever became of the form; before each button stands who will read; an issue
// is shown with its own language and direction, whatever the page's are; the title of every
// page is the same and neutral.
package magazineweb

import (
	"slices"

	"github.com/gofiber/fiber/v2"

	"portico/app/magazine"
	"portico/app/store"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// Area holds the handlers.
type Area struct {
	kit *request.Kit
	mag *magazine.Service
}

// New makes the area.
func New(kit *request.Kit, m *magazine.Service) *Area { return &Area{kit, m} }

const (
	place = "read" // the main area that these pages belong to
	home  = "/magazine"
	room  = "/room"
)

// page starts a page of the area; all have the same title. A form on it may be sent without
// a session as well.
func (a *Area) page(c *fiber.Ctx) *ui.Page {
	a.kit.NeedPreToken(c)
	return a.kit.Page(c, request.Printer(c).T("material.title"), place)
}

// pairOf reads the number of an issue and of what stands below it.
func pairOf(c *fiber.Ctx, name string) (id, below store.ID, err error) {
	if id, err = request.IDAt(c, "id"); err == nil {
		below, err = request.IDAt(c, name)
	}
	return id, below, err
}

func pathOf(id store.ID, rest string) string { return home + "/" + id.String() + rest }

func piecePath(p magazine.Piece, rest string) string {
	return pathOf(p.IssueID, "/pieces/"+p.ID.String()+rest)
}

// langs are the languages in which people may write: more than the interface speaks.
var langs = []string{"en", "it", "fr", "es", "pt-BR", "ro", "sq", "ru", "uk", "bg", "zh-Hans", "ar", "pcm"}

// dir is the direction of a text in a language.
func (a *Area) dir(lang string) string { return a.kit.Bundle.Printer(lang).Dir }

// origin is the public address of this portal, or the one that this browser used.
func (a *Area) origin(c *fiber.Ctx) string {
	if a.kit.Config.Origin != "" {
		return a.kit.Config.Origin
	}
	return c.BaseURL()
}

// do is the handler of a button below an issue: one verb, and where it leads.
func (a *Area) do(c *fiber.Ctx, name string, verb func(id, below store.ID) error, to, message string) error {
	id, below, err := pairOf(c, name)
	if err == nil {
		err = verb(id, below)
	}
	if err != nil {
		return err
	}
	return a.kit.Go(c, pathOf(id, to), ui.Done, message)
}

// isolated keeps a name from turning the sentence around it.
func isolated(text string) string { return "\u2068" + text + "\u2069" }

// Keys stand here whole, so that a message without a use shows up.
var (
	stateWords = map[magazine.State]string{
		magazine.Topics: "magazine.state.topics", magazine.Pieces: "magazine.state.pieces", magazine.Layout: "magazine.state.layout",
		magazine.Published: "magazine.state.published", magazine.Stopped: "magazine.state.stopped",
	}
	pieceWords = map[magazine.PieceState]string{
		magazine.Waiting: "magazine.piece.waiting", magazine.Taken: "magazine.piece.taken", magazine.Changed: "magazine.piece.changed",
		magazine.Later: "magazine.piece.later", magazine.Gone: "magazine.piece.gone",
	}
	choiceWords = map[magazine.PieceState]string{
		magazine.Taken: "magazine.choice.taken", magazine.Changed: "magazine.choice.changed", magazine.Later: "magazine.choice.later",
	}
	placeWords = map[string]string{
		"clinic": "material.place.clinic", "street": "material.place.street", "shelter": "material.place.shelter", "drop-in": "material.place.drop-in",
		"office": "material.place.office", "event": "material.place.event", "other": "material.place.other",
	}
)

func word[K comparable](p *ui.Page, words map[K]string, code K) string {
	if key, ok := words[code]; ok {
		return p.T(key)
	}
	return ""
}

// options are codes with their words, in the order of the codes.
func options[K ~string](p *ui.Page, codes []K, words map[K]string) []ui.Option {
	all := make([]ui.Option, len(codes))
	for i, code := range codes {
		all[i] = ui.Option{Value: string(code), Label: word(p, words, code)}
	}
	return all
}

func langOptions() []ui.Option {
	all := make([]ui.Option, len(langs))
	for i, tag := range langs {
		all[i] = ui.Option{Value: tag, Label: request.LanguageName(tag), Lang: tag}
	}
	return all
}

func known(lang string) string {
	if slices.Contains(langs, lang) {
		return lang
	}
	return ""
}
