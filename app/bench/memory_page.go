package bench

import (
	"context"
	"fmt"
	"net"
	"os"
	"time"

	"github.com/gofiber/fiber/v2"
)

// ServePage is the reference point of the public page: a bare Fiber handler that sends the
// bytes of a file from memory, in a process of its own, until ctx ends. Packed says that the
// bytes are compressed. It says where it serves as the portal does.
func ServePage(ctx context.Context, file string, packed bool) error {
	body, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	app := fiber.New(fiber.Config{DisableStartupMessage: true, ReadTimeout: 20 * time.Second, WriteTimeout: 20 * time.Second, IdleTimeout: time.Minute})
	app.Get("/", func(c *fiber.Ctx) error {
		c.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
		if packed {
			c.Set(fiber.HeaderContentEncoding, "gzip")
		}
		c.Response().SetBodyRaw(body)
		return nil
	})
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	served := make(chan error, 1)
	go func() { served <- app.Listener(listener) }()
	fmt.Printf("A page from memory at http://%s\n", listener.Addr())
	select {
	case err = <-served:
	case <-ctx.Done():
		err = app.ShutdownWithTimeout(5 * time.Second)
	}
	return err
}
