package directoryweb

import (
	"bytes"
	"encoding/csv"
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
	var out bytes.Buffer
	table := csv.NewWriter(&out)
	if err := table.Write(columns); err != nil {
		return err
	}
	for _, e := range entries {
		if err := table.Write(row(e, request.Printer(c).Tag)); err != nil {
			return err
		}
	}
	table.Flush()
	if err := table.Error(); err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, "text/csv; charset=utf-8")
	c.Set(fiber.HeaderContentDisposition, `attachment; filename="directory.csv"`)
	return c.Send(out.Bytes())
}

func row(e directory.Entry, lang string) []string {
	what, _ := e.What.In(lang)
	day := ""
	if e.VerifiedOn != nil {
		day = *e.VerifiedOn
	}
	fields := []string{e.ID, e.Name, e.Kind, e.Country, e.City, strings.Join(e.LanguageTags(), ";"), what, day}
	for i := range fields {
		fields[i] = harmless(fields[i])
	}
	return fields
}

// harmless keeps a spreadsheet from taking a text for a formula: a coordinator's words
// could begin like one.
func harmless(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r", rune(text[0])) {
		return "'" + text
	}
	return text
}
