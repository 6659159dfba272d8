package server_test

import (
	"bytes"
	"context"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"gorm.io/gorm"

	"portico/app/material"
)

// livesInLaterAreas lets people write where forms take only what fits: the magazine, the
// good-practice library, figures, and a voice under a text. The walk through every form sends the
// same words everywhere, which these would refuse.
func (h *house) livesInLaterAreas(t *testing.T) {
	t.Helper()
	for _, one := range []struct {
		path   string
		fields map[string]string
	}{
		{"/magazine/:id/topics", map[string]string{"words": canary + " of a topic"}},
		{"/magazine/:id/send", map[string]string{"title": canary + " of a piece", "body": strings.Repeat(canary+" in a piece. ", 4), "signed": canary}},
		{"/practices/:id/correct", map[string]string{"words": canary + " in a correction"}},
		{"/practices/interviews/new/:form", map[string]string{"name": canary + " of an organisation", "country": "IT", "language": "it"}},
		{"/figures/new/:form", map[string]string{"measure": "materials", "split": "", "month": h.Figures.Months()[0], "recipient": canary + " of a funder", "nonce": "egress"}},
	} {
		h.time.advance(61 * time.Second)
		who := h.fresh(t, one.path)
		form := url.Values{"token": {who.Actor.Token.FormToken()}, "insist": {"1"}}
		for field, value := range one.fields {
			form.Set(field, value)
		}
		path := strings.ReplaceAll(h.real(t, one.path, who.Actor), ":form", strings.Repeat("0", 31)+"1")
		if a := h.ask(t, http.MethodPost, path, who.Cookie, form); a.status != http.StatusSeeOther {
			t.Errorf("%s answers %d", path, a.status)
		}
	}
	h.readsAloud(t)
	for _, place := range []string{
		"magazine_topics WHERE words", "magazine_pieces WHERE title", "magazine_pieces WHERE body", "practice_corrections WHERE words", "practice_interviews WHERE name",
		"material_recordings WHERE alias", "figure_releases WHERE recipient",
	} {
		var n int64
		if err := h.Store.DB.Raw("SELECT COUNT(*) FROM "+place+" LIKE ?", "%"+canary+"%").Scan(&n).Error; err != nil || n == 0 {
			t.Errorf("nobody wrote in %s: %d, %v", place, n, err)
		}
	}
}

// readsAloud sends a voice with a name to a published text, and opens every page around it.
func (h *house) readsAloud(t *testing.T) {
	t.Helper()
	ctx := context.Background()
	known, err := gorm.G[material.Recording](h.Store.DB).Select("id, material_id, lang").First(ctx)
	if err != nil {
		t.Fatal("nobody of the demonstration reads aloud: ", err)
	}
	file, err := os.ReadFile("../recording/testdata/voice.ogg")
	if err != nil {
		t.Fatal(err)
	}
	who := h.fresh(t, "/read")
	path := "/read/" + known.MaterialID.String()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("recording", canary+".ogg")
	if err == nil {
		_, err = part.Write(file)
	}
	for _, field := range [][2]string{{"token", who.Actor.Token.FormToken()}, {"language", known.Lang}, {"credit", "alias"}, {"alias", canary}, {"agreed", "1"}} {
		if err == nil {
			err = form.WriteField(field[0], field[1])
		}
	}
	if err == nil {
		err = form.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	req := httptest.NewRequest(http.MethodPost, path+"/audio", &body)
	req.Header.Set("Content-Type", form.FormDataContentType())
	req.Header.Set("Sec-Fetch-Site", "same-origin")
	req.Header.Set("Cookie", "__Host-portico="+who.Cookie)
	if a := h.send(t, req); a.status != http.StatusSeeOther {
		t.Errorf("a voice answers %d: %.300s", a.status, a.body)
	}
	for _, page := range []string{path, path + "/audio", path + "/audio/" + known.ID.String()} {
		if a := h.ask(t, http.MethodGet, page, who.Cookie, nil); a.status != http.StatusOK {
			t.Errorf("%s answers %d", page, a.status)
		}
	}
}
