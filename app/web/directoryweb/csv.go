package directoryweb

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"portico/app/directory"
	"portico/app/web/request"
)

// columns are the header of the open data file. Other programs rely on them.
var columns = []string{"id", "name", "kind", "country", "city", "languages", "what", "verified_on"}

// CSV sends the whole directory as open data. What an entry does is in the language of the
// reader, in English where it is missing there.
func (a *Area) CSV(c *fiber.Ctx) error {
	entries, err := a.directory.All(c.UserContext())
	if err != nil {
		return err
	}
	lang := request.Printer(c).Tag
	rows := make([][]string, len(entries))
	for i, e := range entries {
		rows[i] = row(e, lang)
	}
	return request.SendCSV(c, "directory.csv", columns, rows)
}

func row(e directory.Entry, lang string) []string {
	what, _ := e.What.In(lang)
	day := ""
	if e.VerifiedOn != nil {
		day = *e.VerifiedOn
	}
	return []string{e.ID, e.Name, e.Kind, e.Country, e.City, strings.Join(e.LanguageTags(), ";"), what, day}
}
