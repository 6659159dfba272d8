package memberweb

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/owndata"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// Explain says in her language what a table is; "" where nobody has explained it.
type Explain func(p *ui.Page, table string) string

// DataFrom connects the pages with what gathers her own data.
func (a *Area) DataFrom(own *owndata.Service, explain Explain) *Area {
	a.own, a.explain = own, explain
	return a
}

// DataForm says what is in the file, what is not, and asks for the key: whoever holds her
// open phone shall not carry everything away.
func (a *Area) DataForm(c *fiber.Ctx) error { return a.askKey(c, "/me/data", dataComponent) }

// Data sends the file. It is made while she waits and is kept nowhere; its name is neutral,
// because it will lie among her downloads.
func (a *Area) Data(c *fiber.Ctx) error {
	ctx, who := c.UserContext(), request.Actor(c)
	if err := a.kit.Members.Sure(ctx, who, keyAgain(c)); err != nil {
		return a.refuse(c, "/me/data", err, dataComponent)
	}
	data, err := a.own.Of(ctx, who)
	if err != nil {
		return err
	}
	sessions, err := a.kit.Members.Sessions(ctx, who)
	if err != nil {
		return err
	}
	view := filePage{Page: a.kit.Page(c, request.Printer(c).T("own.title"), ""), Data: data, Explain: a.explain}
	for _, s := range sessions {
		if s.Label != "" {
			view.Devices = append(view.Devices, s.Label)
		}
	}
	raw, err := json.MarshalIndent(map[string]any{"data": data, "devices": view.Devices}, "", " ")
	if err != nil {
		return fault.Wrap(err, "write her data")
	}
	var page bytes.Buffer
	if err := fileComponent(view).Render(ctx, &page); err != nil {
		return fault.Wrap(err, "write her data as a page")
	}
	packed, err := pack(map[string][]byte{"data.json": raw, "read.html": page.Bytes()})
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, "application/zip")
	c.Set(fiber.HeaderContentDisposition, `attachment; filename="file.zip"`)
	return c.Status(http.StatusOK).Send(packed)
}

// pack makes a ZIP without times: the hour at which she asked is nobody's business.
func pack(files map[string][]byte) ([]byte, error) {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		f, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate})
		if err != nil {
			return nil, fault.Wrap(err, "pack her data")
		}
		if _, err := f.Write(files[name]); err != nil {
			return nil, fault.Wrap(err, "pack her data")
		}
	}
	if err := w.Close(); err != nil {
		return nil, fault.Wrap(err, "pack her data")
	}
	return out.Bytes(), nil
}

// filePage is the page in the file, for reading without any program.
type filePage struct {
	*ui.Page
	Data    owndata.Data
	Devices []string
	Explain Explain
}

// line is one field of a row for reading.
type line struct{ name, words string }

// lines are the fields of a row in the order of their names, without empty ones.
func lines(row owndata.Row) []line {
	var all []line
	for _, name := range slices.Sorted(maps.Keys(row)) {
		if words := strings.TrimSpace(fmt.Sprint(row[name])); words != "" {
			all = append(all, line{name, words})
		}
	}
	return all
}

// boxLines are her boxes for reading.
func boxLines(boxes map[string]any) []line {
	var all []line
	for _, name := range slices.Sorted(maps.Keys(boxes)) {
		raw, err := json.Marshal(boxes[name])
		if err == nil {
			all = append(all, line{name, string(raw)})
		}
	}
	return all
}

// whyNot says why nothing of a table is given.
func whyNot(p *ui.Page, why string) string {
	switch why {
	case "nobody":
		return p.T("own.why.nobody")
	case "unlinked":
		return p.T("own.why.unlinked")
	case "secret":
		return p.T("own.why.secret")
	case "inside":
		return p.T("own.why.inside")
	}
	return p.T("own.why.others")
}
