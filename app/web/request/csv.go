package request

import (
	"bytes"
	"encoding/csv"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"
)

// SendCSV sends a table as a file with a neutral name. The header is in English for every
// language, because programs read it. No cell can be taken for a formula.
func SendCSV(c *fiber.Ctx, name string, header []string, rows [][]string) error {
	var out bytes.Buffer
	table := csv.NewWriter(&out)
	for _, row := range slices.Concat([][]string{header}, rows) {
		cells := make([]string, len(row))
		for i, cell := range row {
			cells[i] = harmless(cell)
		}
		if err := table.Write(cells); err != nil {
			return err
		}
	}
	table.Flush()
	if err := table.Error(); err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, "text/csv; charset=utf-8")
	c.Set(fiber.HeaderContentDisposition, `attachment; filename="`+name+`"`)
	return c.Send(out.Bytes())
}

// harmless keeps a spreadsheet from taking a text for a formula: words that somebody typed
// could begin like one.
func harmless(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r", rune(text[0])) {
		return "'" + text
	}
	return text
}
