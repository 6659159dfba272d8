package material

import (
	"context"
	"strings"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/markup"
	"portico/app/member"
	"portico/app/store"
)

// Version is the whole text of a material at one time. It never changes.
type Version struct {
	MaterialID store.ID `gorm:"primaryKey"`
	Number     int      `gorm:"primaryKey"`
	Base       int      // the version that it was made from
	Title      string
	Body       string   // Markdown
	Note       string   // what changed
	WrittenBy  store.ID // nobody once she has left
	Day        string
}

// TableName names the table.
func (Version) TableName() string { return "material_versions" }

// Markdown is the text with its title as the first line.
func (v Version) Markdown() string { return "# " + v.Title + "\n\n" + v.Body }

// Parts are the passages of a text, numbered from one, as suggestions name them.
func Parts(body string) []string {
	var parts []string
	for _, block := range strings.Split(tidyText(body), "\n\n") {
		if block = strings.Trim(block, "\n"); strings.TrimSpace(block) != "" {
			parts = append(parts, block)
		}
	}
	return parts
}

// VersionForm is a text to keep, with the version that it was made from.
type VersionForm struct {
	Title, Body, Note string
	Base              int
}

// Saved says what became of a version. Standing is the version that stands when somebody
// else saved in between.
type Saved struct {
	Number   int
	Standing Version
}

// Save keeps a text as the next version. When somebody saved in between it is a Conflict
// that loses nothing: both texts are there for the page to show.
func (s *Service) Save(ctx context.Context, who member.Actor, id store.ID, f VersionForm) (Saved, error) {
	f.Title, f.Body, f.Note = tidy(f.Title), tidyText(f.Body), tidy(f.Note)
	var out Saved
	err := s.store.Tx(ctx, func(tx *gorm.DB) error {
		m, err := mine(ctx, tx, who, id)
		if err != nil {
			return err
		}
		mend := asked("title", f.Title, 3, longestTitle)
		mend = append(mend, asked("body", f.Body, 1, longestBody)...)
		mend = append(mend, asked("note", f.Note, 0, longestShort)...)
		if err := fault.Mended(mend); err != nil {
			return err
		}
		if m.State != Drafting && m.State != Consulting {
			return fault.New(fault.Conflict, "material.text.fixed")
		}
		if m.Version > 0 {
			if out.Standing, err = versionOf(ctx, tx, id, m.Version); err != nil {
				return err
			}
		}
		if f.Base != m.Version {
			if out.Standing.Title == f.Title && out.Standing.Body == f.Body {
				out.Number = m.Version // the same form again
				return nil
			}
			return fault.New(fault.Conflict, "material.text.stale")
		}
		out.Number = m.Version + 1
		v := Version{MaterialID: id, Number: out.Number, Base: f.Base, Title: f.Title, Body: f.Body, Note: f.Note, WrittenBy: who.Role.ID, Day: s.store.Today()}
		if err := gorm.G[Version](tx).Create(ctx, &v); err != nil {
			return err
		}
		// Until something is published the material is called what its text is called; after
		// that its name follows what readers see.
		if m.PublishedVersion > 0 {
			f.Title = m.Title
		}
		_, err = gorm.G[Material](tx).Where("id = ?", id).Select("Version", "Title").Updates(ctx, Material{Version: out.Number, Title: f.Title})
		return err
	})
	return out, err
}

func versionOf(ctx context.Context, db *gorm.DB, id store.ID, number int) (Version, error) {
	v, err := gorm.G[Version](db).Where("material_id = ? AND number = ?", id, number).First(ctx)
	return v, store.Translate(err)
}

// VersionLine is a version in a list, without its text.
type VersionLine struct {
	Number  int
	Note    string
	Day     string
	Handle  string
	Words   string // title
	Decided bool
}

// versionLines lists the versions of a material, newest first.
func versionLines(ctx context.Context, db *gorm.DB, m Material) ([]VersionLine, error) {
	rows, err := gorm.G[Version](db).Select("number", "note", "day", "written_by", "title").Where("material_id = ?", m.ID).Order("number DESC").Limit(mostAtOnce).Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	var people []store.ID
	for _, v := range rows {
		people = append(people, v.WrittenBy)
	}
	handles, err := member.Handles(ctx, db, people)
	if err != nil {
		return nil, err
	}
	lines := make([]VersionLine, len(rows))
	for i, v := range rows {
		lines[i] = VersionLine{v.Number, v.Note, v.Day, handles[v.WrittenBy], v.Title, v.Number == m.DecidedVersion}
	}
	return lines, nil
}

// Change is two versions and what differs.
type Change struct {
	Material
	From, To Version
	Pieces   []markup.Piece
	Titles   []markup.Piece
}

// Compare shows what changed between two versions, to the group.
func (s *Service) Compare(ctx context.Context, who member.Actor, id store.ID, from, to int) (Change, error) {
	var c Change
	in, err := inGroup(ctx, s.store.DB, who, id)
	if err != nil {
		return c, err
	}
	if !in {
		return c, fault.Missing()
	}
	if c.Material, err = find(ctx, s.store.DB, id); err != nil {
		return c, err
	}
	if from > to {
		from, to = to, from
	}
	if c.From, err = versionOf(ctx, s.store.DB, id, from); err != nil {
		return c, err
	}
	if c.To, err = versionOf(ctx, s.store.DB, id, to); err != nil {
		return c, err
	}
	c.Pieces, c.Titles = markup.Differences(c.From.Body, c.To.Body), markup.Differences(c.From.Title, c.To.Title)
	return c, nil
}
