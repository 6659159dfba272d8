package request

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/recording"
	"portico/app/store"
)

// Sound is a recording to send: its number, which changes with every recording, its type, its
// size in bytes, and where its parts come from.
type Sound struct {
	ID   store.ID
	Type string
	Size int
	Part func(from, n int) ([]byte, error)
}

// SentFile reads the file of a form, one byte more than may be kept at most; none at all is
// an empty one. The name that her device gave it is never read.
func SentFile(c *fiber.Ctx, name string, most int64) ([]byte, error) {
	header, err := c.FormFile(name)
	if err != nil {
		return nil, nil
	}
	file, err := header.Open()
	if err != nil {
		return nil, fault.Wrap(err, "open what was sent")
	}
	defer func() { _ = file.Close() }()
	bytes, err := io.ReadAll(io.LimitReader(file, most+1))
	return bytes, fault.Wrap(err, "read what was sent")
}

// atOnce is the most that one answer to a player holds, in bytes: on a slow line a longer
// answer would be cut off, and a player asks for the next part by itself.
const atOnce = 1 << 20

// SendSound sends a recording, or the part of it that a player asks for. Nothing of it stays
// with the browser, as no page does.
func SendSound(c *fiber.Ctx, s Sound) error {
	tag := `"` + s.ID.String() + `"`
	c.Set(fiber.HeaderAcceptRanges, "bytes")
	c.Set(fiber.HeaderETag, tag)
	if c.Query("keep") != "" {
		c.Set(fiber.HeaderContentDisposition, `attachment; filename="audio`+recording.Ending(s.Type)+`"`)
	}
	from, n, status := 0, s.Size, fiber.StatusOK
	if since := c.Get(fiber.HeaderIfRange); since == "" || since == tag {
		from, n, status = wanted(c.Get(fiber.HeaderRange), s.Size)
	}
	switch status {
	case fiber.StatusRequestedRangeNotSatisfiable:
		c.Set(fiber.HeaderContentRange, fmt.Sprintf("bytes */%d", s.Size))
		return c.SendStatus(status)
	case fiber.StatusPartialContent:
		c.Set(fiber.HeaderContentRange, fmt.Sprintf("bytes %d-%d/%d", from, from+n-1, s.Size))
	}
	part, err := s.Part(from, n)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, s.Type)
	return c.Status(status).Send(part)
}

// wanted reads which part of a file somebody asks for. What is no such question, or asks
// for several parts, gets the whole file.
func wanted(question string, size int) (from, n, status int) {
	first, last, ok := strings.Cut(strings.TrimPrefix(question, "bytes="), "-")
	if !strings.HasPrefix(question, "bytes=") || !ok || strings.Contains(question, ",") {
		return 0, size, fiber.StatusOK
	}
	from, badFirst := strconv.Atoi(first)
	to, badLast := strconv.Atoi(last)
	switch {
	case first == "" && badLast == nil && to >= 0: // so many at the end
		if to == 0 {
			return 0, 0, fiber.StatusRequestedRangeNotSatisfiable
		}
		from, to = max(0, size-to), size-1
	case badFirst != nil || from < 0 || last != "" && (badLast != nil || to < from):
		return 0, size, fiber.StatusOK
	case last == "" || to >= size:
		to = size - 1
	}
	if from >= size {
		return 0, 0, fiber.StatusRequestedRangeNotSatisfiable
	}
	return from, min(to-from+1, atOnce), fiber.StatusPartialContent
}
