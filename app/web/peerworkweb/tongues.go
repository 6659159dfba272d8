package peerworkweb

import (
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"portico/app/directory"
	"portico/app/peerwork"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// tongueField is one row of the languages in the form.
type tongueField struct {
	N string
	peerwork.Tongue
}

// tongueFields are the languages of a profile as rows, with two empty ones below. Words from
// before there were rows make none: she chooses them anew.
func tongueFields(words string) []tongueField {
	list, _ := peerwork.ReadTongues(words)
	rows := make([]tongueField, min(max(3, len(list)+2), peerwork.MostTongues))
	for i := range rows {
		rows[i].N = strconv.Itoa(i + 1)
		if i < len(list) {
			rows[i].Tongue = list[i]
		}
	}
	return rows
}

// typedTongues reads the rows in the stored form. A language without a level is kept as one
// that is wrong, so that the form comes back and nothing is guessed.
func typedTongues(c *fiber.Ctx) string {
	var words []string
	for n := range peerwork.MostTongues {
		row := strconv.Itoa(n + 1)
		tag, level := c.FormValue("language"+row), c.FormValue("level"+row)
		if tag == "" {
			continue
		}
		word := strings.Join(strings.Fields(tag), "") + ":" + strings.Join(strings.Fields(level), "")
		if c.FormValue("checks"+row) == "1" {
			word += ":checks"
		}
		words = append(words, word)
	}
	return strings.Join(words, " ")
}

// tongueName names a language in its own script.
func tongueName(tag string) string {
	switch name := request.LanguageName(tag); {
	case name != tag:
		return name
	case tag == "rom":
		return "Romani čhib"
	case tag == "bin":
		return "Ẹdo"
	}
	return directory.LanguageName(tag)
}

func tongueOptions(p *ui.Page) []ui.Option {
	list := []ui.Option{{Label: p.T("peerwork.choose")}}
	for _, tag := range peerwork.Tongues {
		list = append(list, ui.Option{Value: tag, Label: tongueName(tag), Lang: tag})
	}
	return list
}

// tongueWords are the languages of a profile in words, with what she can do in each.
func tongueWords(p *ui.Page, list []peerwork.Tongue) string {
	words := make([]string, len(list))
	for i, t := range list {
		words[i] = p.T("peerwork.tongue", "Language", isolated(tongueName(t.Tag)), "Level", word(p, levelWords, t.Level))
		if t.Checks {
			words[i] = p.T("peerwork.tongue.checks", "Language", isolated(tongueName(t.Tag)), "Level", word(p, levelWords, t.Level))
		}
	}
	return p.P.List(words)
}

// ownWords reports whether a field holds her words, which have a direction of their own; the
// others are filled with words of the page.
func ownWords(name string) bool { return name != "languages" && name != "training" }

// fieldText is what stands in a field as somebody reads it.
func fieldText(p *ui.Page, name, words string) string {
	switch name {
	case "languages":
		if list, ok := peerwork.ReadTongues(words); ok {
			return tongueWords(p, list)
		}
	case "training":
		if words != "" {
			return p.T("peerwork.training.shown")
		}
	}
	return words
}

// peopleOptions are the colleagues whom each field of persons can name.
func (a *Area) peopleOptions(c *fiber.Ctx, card peerwork.Card) (map[string][]ui.Option, error) {
	all := map[string][]ui.Option{}
	for _, name := range peerwork.Persons {
		people, err := a.work.Choices(c.UserContext(), request.Actor(c), name)
		if err != nil {
			return nil, err
		}
		list := []ui.Option{{Label: request.Printer(c).T("peerwork.person.none")}}
		now, there := card[name].Words, false
		for _, r := range people {
			list = append(list, ui.Option{Value: r.Handle, Label: r.Handle})
			there = there || r.Handle == now
		}
		if now != "" && !there {
			list = append(list, ui.Option{Value: now, Label: now})
		}
		all[name] = list
	}
	return all, nil
}
