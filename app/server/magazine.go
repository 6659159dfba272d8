package server

import (
	"context"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/magazine"
	"portico/app/material"
	"portico/app/store"
)

// magazineTexts let an issue take published materials over: the two areas do not know each
// other.
type magazineTexts struct{ by *material.Service }

// ForMagazine is a text in the language of an issue, where it may stand in the magazine.
func (m magazineTexts) ForMagazine(ctx context.Context, id store.ID, lang string) (magazine.Text, error) {
	r, err := m.by.ReadFor(ctx, id, material.InMagazine, [2]string{lang, lang})
	if err == nil && r.Instead {
		err = fault.New(fault.NotFound, "error.missing")
	}
	return magazine.Text{Title: r.Title, Body: r.Body}, err
}

// Offered lists the first page of the library in a language.
func (m magazineTexts) Offered(ctx context.Context, lang string) ([]magazine.Offer, error) {
	list, _, err := m.by.Library(ctx, material.Filter{Lang: lang})
	offers := make([]magazine.Offer, len(list))
	for i, r := range list {
		title, _ := r.Named(lang)
		offers[i] = magazine.Offer{ID: r.ID, Title: title}
	}
	return offers, err
}

// forgetInMagazine takes a material's words out of every issue when it is taken back.
func (s *Server) forgetInMagazine(ctx context.Context, tx *gorm.DB, id store.ID) error {
	return s.Magazine.Forget(ctx, tx, id)
}
