package server_test

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"testing"

	"portico/app/config"
	"portico/app/forum"
)

// TestPicturesExistOnlyWhereTheHostAllowsThem sends one, as a browser does, with the host's
// switch on and off.
func TestPicturesExistOnlyWhereTheHostAllowsThem(t *testing.T) {
	for name, allowed := range map[string]bool{"allowed": true, "not allowed": false} {
		t.Run(name, func(t *testing.T) {
			h := build(t, func(c *config.Config) { c.Images = allowed })
			who := h.enter(t, h.person(t, "member"))
			talk, err := h.Forum.StartTalk(context.Background(), who.Actor, "start", forum.Draft{Title: "A lamp", Body: "It stands by my bed.", Lang: "en"})
			if err != nil {
				t.Fatal(err)
			}
			path := "/posts/" + talk.Post.String() + "/picture"
			var body bytes.Buffer
			form := multipart.NewWriter(&body)
			file, err := form.CreateFormFile("picture", "Valentina.png")
			if err == nil {
				err = png.Encode(file, image.NewGray(image.Rect(0, 0, 12, 12)))
			}
			for field, value := range map[string]string{"token": who.Actor.Token.FormToken(), "shows": "A lamp by a bed"} {
				if err == nil {
					err = form.WriteField(field, value)
				}
			}
			if err == nil {
				err = form.Close()
			}
			if err != nil {
				t.Fatal(err)
			}
			req := httptest.NewRequest(http.MethodPost, path, &body)
			req.Header.Set("Content-Type", form.FormDataContentType())
			req.Header.Set("Sec-Fetch-Site", "same-origin")
			req.Header.Set("Cookie", "__Host-portico="+who.Cookie)
			sent := h.send(t, req)
			shown := h.ask(t, http.MethodGet, path, who.Cookie, nil)
			if allowed && (sent.status != http.StatusSeeOther || shown.status != http.StatusOK || len(shown.body) < 50) {
				t.Errorf("sending answers %d, the picture %d", sent.status, shown.status)
			}
			if !allowed && (sent.status == http.StatusSeeOther || shown.status != http.StatusNotFound) {
				t.Errorf("sending answers %d, the picture %d", sent.status, shown.status)
			}
		})
	}
}
