package server

import (
	"context"
	"slices"
	"strings"

	"portico/app/material"
	"portico/app/web/noticeweb"
	"portico/app/web/ui"
)

// onRights is the subject of texts that somebody in danger may want on paper.
const onRights = "law"

// rightsCards are the published texts about rights, each in her language where it has that.
func rightsCards(m *material.Service) noticeweb.Cards {
	return func(ctx context.Context, lang string) ([]ui.Link, error) {
		list, _, err := m.Library(ctx, material.Filter{})
		if err != nil {
			return nil, err
		}
		var cards []ui.Link
		for _, r := range list {
			if !slices.Contains(strings.Fields(r.Subjects), onRights) {
				continue
			}
			title, in := r.Named(lang)
			cards = append(cards, ui.Link{Word: title, Href: "/read/" + r.ID.String() + "/print?sheet=pocket&text=" + in})
		}
		return cards, nil
	}
}
