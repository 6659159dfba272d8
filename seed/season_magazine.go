package seed

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"portico/app/fault"
	"portico/app/magazine"
	"portico/app/material"
	"portico/app/member"
	"portico/app/store"
)

// issueData is an issue of the magazine, as far as it has come. Days count back from the
// present, "closes" forward from the beginning, and "month" counts months from the present.
type issueData struct {
	Title, Lang, By   string
	DaysAgo           int `toml:"days_ago"`
	Closes, Month     int
	Board             []string
	Topics            []topicData `toml:"topic"`
	Collected         int         // days ago; 0 for not yet
	Pieces            []pieceData `toml:"piece"`
	LaidOut           int         `toml:"laid_out"`
	Greeting, Imprint string
	Copies            []copiesData
	Published         int
	Said              []feedbackData

	id store.ID
}

// topicData is a topic with who wants it. Words of the last issue's readers are topics
// already: without By only the wants are given.
type topicData struct {
	By, Words string
	Wants     []string
	DaysAgo   int `toml:"days_ago"`
}

// pieceData is a piece that somebody sent, or a material by its title, with what the board
// thinks of it.
type pieceData struct {
	By, Title, Body, Signed string
	Material                string
	DaysAgo                 int `toml:"days_ago"`
	Opinions                []ballotData
	Edited                  string // the body with the changes, "" for none
	EditedBy                string `toml:"edited_by"`

	id store.ID
}

type copiesData struct {
	Place  string
	Copies int
}

// recordingData is somebody who reads a material aloud, from a file of this folder.
type recordingData struct {
	Material, Lang, File, By, Alias string
	HeardBy                         string `toml:"heard_by"`
	DaysAgo                         int    `toml:"days_ago"`
}

// planMagazine plans the issues of the magazine, and who reads materials aloud.
func (l *loader) planMagazine() ([]event, error) {
	var events []event
	add := func(days int, by string, do deed) {
		events = append(events, event{l.ago(days), func(ctx context.Context) error {
			who, err := l.actor(by)
			if err == nil {
				err = do(ctx, who)
			}
			return about(err, "%s and the magazine", by)
		}})
	}
	for _, d := range l.world.Issues {
		l.planIssue(d, add)
	}
	for _, d := range l.world.Recordings {
		l.planRecording(d, add)
	}
	return events, nil
}

func (l *loader) planIssue(d *issueData, add func(int, string, deed)) {
	month := l.ago(0).AddDate(0, d.Month, 1-l.ago(0).Day()).Format("2006-01")
	add(d.DaysAgo, d.By, func(ctx context.Context, who member.Actor) (err error) {
		d.id, err = l.magazine.Begin(ctx, who, magazine.IssueForm{Title: d.Title, Month: month, Lang: d.Lang, Closes: l.store.DayAfter(d.Closes)})
		for _, name := range d.Board {
			if err == nil {
				err = l.invite(ctx, who, d.id, name)
			}
		}
		return err
	})
	for _, t := range d.Topics {
		l.planTopic(d, t, add)
	}
	move := func(days int, to magazine.State) {
		if days > 0 {
			add(days, d.By, func(ctx context.Context, who member.Actor) error { return l.magazine.Move(ctx, who, d.id, to) })
		}
	}
	move(d.Collected, magazine.Pieces)
	for i := range d.Pieces {
		l.planPiece(d, &d.Pieces[i], add)
	}
	move(d.LaidOut, magazine.Layout)
	if d.LaidOut > 0 {
		add(d.LaidOut, d.By, func(ctx context.Context, who member.Actor) error {
			err := l.magazine.Words(ctx, who, d.id, magazine.WordsForm{Title: d.Title, Greeting: d.Greeting, Imprint: d.Imprint})
			for _, c := range d.Copies {
				if err == nil {
					err = l.magazine.AddCopies(ctx, who, d.id, c.Place, c.Copies, "")
				}
			}
			return err
		})
	}
	move(d.Published, magazine.Published)
	for _, one := range d.Said {
		add(one.DaysAgo, d.By, func(ctx context.Context, _ member.Actor) error {
			r, err := l.magazine.Say(ctx, d.id, magazine.SaidForm{Useful: one.Useful, Plain: one.Plain, Missing: one.Missing})
			return stored(r.Stored, r.Verdict, err)
		})
	}
}

func (l *loader) invite(ctx context.Context, who member.Actor, id store.ID, name string) error {
	her, err := l.colleague(name)
	if err == nil {
		err = l.magazine.Invite(ctx, who, id, her.Role.Handle)
	}
	return err
}

func (l *loader) planTopic(d *issueData, t topicData, add func(int, string, deed)) {
	var id store.ID
	if t.By != "" {
		add(t.DaysAgo, t.By, func(ctx context.Context, who member.Actor) error {
			r, err := l.magazine.Propose(ctx, who, d.id, t.Words, "")
			id = r.ID
			return stored(r.Stored, r.Verdict, err)
		})
	}
	for _, name := range t.Wants {
		add(t.DaysAgo, name, func(ctx context.Context, who member.Actor) error {
			if id.IsZero() {
				o, err := l.magazine.Open(ctx, who, d.id)
				if err != nil {
					return err
				}
				at := slices.IndexFunc(o.Topics, func(one magazine.TopicLine) bool { return one.Words == t.Words })
				if at < 0 {
					return fmt.Errorf("no reader missed %q", t.Words)
				}
				id = o.Topics[at].ID
			}
			return l.magazine.Want(ctx, who, d.id, id)
		})
	}
}

func (l *loader) planPiece(d *issueData, p *pieceData, add func(int, string, deed)) {
	add(p.DaysAgo, p.By, func(ctx context.Context, who member.Actor) error {
		if p.Material != "" {
			return l.takeOver(ctx, who, d, p)
		}
		r, err := l.magazine.Send(ctx, who, d.id, magazine.PieceForm{Title: p.Title, Body: p.Body, Signed: p.Signed})
		p.id = r.ID
		return stored(r.Stored, r.Verdict, err)
	})
	for _, o := range p.Opinions {
		add(o.DaysAgo, o.By, func(ctx context.Context, who member.Actor) error {
			return l.magazine.Opine(ctx, who, d.id, p.id, magazine.OpinionForm{Choice: magazine.PieceState(o.Choice), Words: o.Words})
		})
	}
	if p.Edited != "" {
		add(p.Opinions[len(p.Opinions)-1].DaysAgo, p.EditedBy, func(ctx context.Context, who member.Actor) error {
			v, err := l.magazine.Piece(ctx, who, d.id, p.id)
			if err == nil {
				err = l.magazine.Edit(ctx, who, d.id, p.id, magazine.EditForm{Title: p.Title, Body: p.Edited, Mark: v.Mark()})
			}
			return err
		})
	}
}

// takeOver puts a material before the board, and finds the piece that it became.
func (l *loader) takeOver(ctx context.Context, who member.Actor, d *issueData, p *pieceData) error {
	at := slices.IndexFunc(l.world.Materials, func(m *materialData) bool { return m.Title == p.Material })
	if at < 0 {
		return fmt.Errorf("no material is called %q", p.Material)
	}
	if err := l.magazine.TakeOver(ctx, who, d.id, l.world.Materials[at].id); err != nil {
		return err
	}
	room, err := l.magazine.Room(ctx, who, d.id)
	for _, one := range room.Pieces {
		if one.MaterialID == l.world.Materials[at].id {
			p.id = one.ID
		}
	}
	return err
}

func (l *loader) planRecording(d recordingData, add func(int, string, deed)) {
	add(d.DaysAgo, d.By, func(ctx context.Context, who member.Actor) error {
		at := slices.IndexFunc(l.world.Materials, func(m *materialData) bool { return m.Title == d.Material })
		if at < 0 {
			return fmt.Errorf("no material is called %q", d.Material)
		}
		file, err := files.ReadFile("world/recordings/" + d.File)
		if err != nil {
			return err
		}
		id := l.world.Materials[at].id
		err = l.materials.SendRecording(ctx, who, id, material.RecordingForm{Lang: d.Lang, Credit: material.ByAlias, Alias: d.Alias, Agreed: true, File: file})
		if err != nil || d.HeardBy == "" {
			return err
		}
		second, err := l.actor(d.HeardBy)
		if err != nil {
			return err
		}
		studio, err := l.materials.Studio(ctx, second, id, d.Lang)
		for _, r := range studio.Recordings {
			if r.MayHear {
				err = errors.Join(err, l.materials.Listened(ctx, second, id, r.ID))
			}
		}
		return err
	})
}

// takenOver lets an issue take materials over, as the server does.
type takenOver struct{ by *material.Service }

// ForMagazine is a text in the language of an issue.
func (o takenOver) ForMagazine(ctx context.Context, id store.ID, lang string) (magazine.Text, error) {
	r, err := o.by.ReadFor(ctx, id, material.InMagazine, [2]string{lang, lang})
	if err == nil && r.Instead {
		err = fault.New(fault.NotFound, "error.missing")
	}
	return magazine.Text{Title: r.Title, Body: r.Body}, err
}

// Offered is empty: the demonstration knows what it takes.
func (takenOver) Offered(context.Context, string) ([]magazine.Offer, error) { return nil, nil }
