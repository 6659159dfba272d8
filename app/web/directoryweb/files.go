package directoryweb

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/gofiber/fiber/v2"

	"portico/app/directory"
	"portico/app/fault"
	"portico/app/hsds"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// LargestFile is the largest file that the form takes, in bytes. What it holds stands in the
// page until she says yes, and grows threefold on its way back.
const LargestFile = 400 << 10

// JSON sends the whole directory as services of HSDS.
func (a *Area) JSON(c *fiber.Ctx) error {
	var records []hsds.Record
	if err := a.directory.Records(c.UserContext(), func(r hsds.Record) error { records = append(records, r); return nil }); err != nil {
		return err
	}
	var out bytes.Buffer
	next := func() (hsds.Record, bool, error) {
		if len(records) == 0 {
			return hsds.Record{}, false, nil
		}
		r := records[0]
		records = records[1:]
		return r, true, nil
	}
	if err := hsds.Write(&out, next); err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, "application/json; charset=utf-8")
	c.Set(fiber.HeaderContentDisposition, `attachment; filename="directory.json"`)
	return c.Send(out.Bytes())
}

// Everything sends the whole directory as a table with every column.
func (a *Area) Everything(c *fiber.Ctx) error {
	tags, err := a.directory.Tongues(c.UserContext())
	if err != nil {
		return err
	}
	var out bytes.Buffer
	table, err := hsds.NewTable(&out, tags)
	if err == nil {
		err = a.directory.Records(c.UserContext(), table.Add)
	}
	if err == nil {
		err = table.Close()
	}
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, "text/csv; charset=utf-8")
	c.Set(fiber.HeaderContentDisposition, `attachment; filename="directory-everything.csv"`)
	return c.Send(out.Bytes())
}

// filesPage is where a coordinator brings a file in: first to look, then to write.
type filesPage struct {
	*ui.Page
	Report *directory.TakenIn
	Again  string // the file, for the second step
	Notice *ui.Notice
	Errs   []ui.FieldError
}

// Files shows the ways out and in.
func (a *Area) Files(c *fiber.Ctx) error {
	if !tends(c) {
		return fault.Missing()
	}
	return a.kit.Send(c, fiber.StatusOK, filesView(a.filesPage(c)))
}

func (a *Area) filesPage(c *fiber.Ctx) filesPage {
	view := filesPage{Page: a.page(c)}
	view.Path = "/directory/files"
	return view
}

// TryFile looks at a file and says what it would do. Nothing is written or kept.
func (a *Area) TryFile(c *fiber.Ctx) error {
	if !tends(c) {
		return fault.Missing()
	}
	raw, err := sentFile(c)
	return a.takeIn(c, raw, err, true)
}

// TakeFile writes what she has seen.
func (a *Area) TakeFile(c *fiber.Ctx) error {
	if !tends(c) {
		return fault.Missing()
	}
	return a.takeIn(c, []byte(request.Typed(c, "file")), nil, false)
}

func (a *Area) takeIn(c *fiber.Ctx, raw []byte, err error, try bool) error {
	view := a.filesPage(c)
	if view.Notice = again(c, view.Page); view.Notice != nil {
		return a.kit.Send(c, fiber.StatusConflict, filesView(view))
	}
	if err == nil {
		var report directory.TakenIn
		report, err = a.directory.TakeIn(c.UserContext(), request.Actor(c), reader(raw), try)
		view.Report, view.Again = &report, string(raw)
	}
	if errs, ok := request.Mend(view.P, err); ok {
		view.Report, view.Errs = nil, errs
		return a.kit.Send(c, fiber.StatusUnprocessableEntity, filesView(view))
	}
	switch {
	case err != nil:
		return err
	case view.Report.Done:
		return a.kit.Go(c, "/directory", ui.Done, "directory.files.done")
	case view.Report.Wrong > 0:
		return a.kit.Send(c, fiber.StatusUnprocessableEntity, filesView(view))
	}
	return a.kit.Send(c, fiber.StatusOK, filesView(view))
}

// reader tells the two kinds of files apart by how they begin.
func reader(raw []byte) directory.Reader {
	return func(take func(int, hsds.Record, []hsds.Fault) error) error {
		if start := bytes.TrimSpace(bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf"))); len(start) > 0 && (start[0] == '[' || start[0] == '{') {
			return hsds.Read(bytes.NewReader(start), take)
		}
		_, err := hsds.ReadTable(bytes.NewReader(raw), take)
		return err
	}
}

// sentFile reads the file of the form. The name that her device gave it is never read.
func sentFile(c *fiber.Ctx) ([]byte, error) {
	header, err := c.FormFile("file")
	if err != nil {
		return nil, fault.Mend(fault.Field{Name: "file", Key: "directory.files.missing"})
	}
	file, err := header.Open()
	if err != nil {
		return nil, fault.Wrap(err, "open what was sent")
	}
	defer file.Close()
	raw, err := io.ReadAll(io.LimitReader(file, LargestFile+1))
	switch {
	case err != nil:
		return nil, fault.Wrap(err, "read what was sent")
	case len(raw) > LargestFile:
		return nil, fault.Mend(fault.Field{Name: "file", Key: "directory.files.large", Args: []any{"Most", LargestFile >> 10}})
	case len(raw) == 0:
		return nil, fault.Mend(fault.Field{Name: "file", Key: "directory.files.missing"})
	}
	return raw, nil
}

// faultWords say one fault.
func faultWords(p *ui.Page, f hsds.Fault) string {
	keys := map[string]string{
		hsds.Broken: "directory.files.fault.broken", hsds.Missing: "directory.files.fault.missing", hsds.Unknown: "directory.files.fault.unknown",
		hsds.Odd: "directory.files.fault.odd", hsds.Long: "directory.files.fault.long", hsds.Twice: "directory.files.fault.twice",
		hsds.Overlap: "directory.files.fault.overlap", hsds.Shelter: "directory.files.fault.shelter", hsds.TooMany: "directory.files.fault.toomany",
		hsds.Encoding: "directory.files.fault.encoding",
	}
	quoted := "\u2068" + strings.TrimSpace(f.Value) + "\u2069"
	return p.T("directory.files.fault", "Record", fmt.Sprint(f.Record), "Field", "\u2068"+f.Field+"\u2069", "What", p.T(keys[f.What], "Value", quoted))
}
