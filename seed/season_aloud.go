package seed

import (
	"context"
	"fmt"

	"portico/app/aloud"
)

// planAloud plans the page of joining read aloud by one of the cast, and heard by a second.
func (l *loader) planAloud() ([]event, error) {
	file, err := files.ReadFile("world/recordings/phone.ogg")
	if err != nil {
		return nil, fmt.Errorf("read a recording: %w", err)
	}
	return []event{{l.ago(9), func(ctx context.Context) error {
		reads, listens, err := l.withRoles("Liridona", "Folake")
		if err != nil {
			return err
		}
		err = l.aloud.Send(ctx, reads, aloud.Form{Page: "join", Lang: "en", Langs: []string{"en"}, Agreed: true, File: file})
		if err != nil {
			return about(err, "read a page aloud")
		}
		lines, err := l.aloud.Studio(ctx, listens)
		if err == nil {
			err = l.aloud.Heard(ctx, listens, lines[0].ID)
		}
		return about(err, "listen to a page")
	}}}, nil
}
