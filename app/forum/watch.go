package forum

import (
	"context"
	"errors"

	"portico/app/member"
	"portico/app/store"
	"portico/moderation"
)

// Languages are those that a talk can be in. They are more than the interface speaks,
// because people may talk in a language before its messages are translated.
var Languages = []string{"en", "it", "fr", "es", "pt-BR", "ro", "sq", "ru", "uk", "bg", "zh-Hans", "ar", "pcm"}

// screenedText is what screening reads of a post: of a first one its title as well.
func screenedText(title, warning, body string) string {
	if title == "" {
		return body
	}
	return title + "\n" + warning + "\n" + body
}

// spokenIn is the language in which rules and watched terms listen. A form that names none
// is heard in all of them: leaving the field out must not be a way around.
func spokenIn(lang string) []string {
	if lang == "" {
		return nil
	}
	return []string{lang}
}

// find marks in a post and its title what screening stops at.
func (b *Brought) find(terms []moderation.Term) {
	b.Findings = moderation.Screen(b.Body, spokenIn(b.Lang), terms).Findings
	if b.No == 1 {
		b.InTitle = moderation.Screen(b.Topic.Title, spokenIn(b.Lang), terms).Findings
		b.InWarning = moderation.Screen(b.Topic.Warning, spokenIn(b.Lang), terms).Findings
	}
}

// How far a dry run looks.
const (
	mostTried    = 10_000
	triedAtOnce  = 500
	mostExamples = 20
)

// errEnough ends the reading of posts.
var errEnough = errors.New("enough posts were read")

// triedPost is what a dry run reads of a post.
type triedPost struct {
	ID             store.ID
	Lang           string
	Day            string
	Body           string
	Title, Warning string // of a first post
}

// Try says which of the shown posts since a day a new term would have found, newest first.
// It reads what any member can read: never a group's words, never what is sealed, never
// what waits or was hidden.
func (s *Service) Try(ctx context.Context, who member.Actor, term moderation.Term, since string) (moderation.Trial, error) {
	var trial moderation.Trial
	if !who.Has(member.RoleModerator) {
		return trial, notFound()
	}
	list := []moderation.Term{term}
	err := s.eachShown(ctx, term.Language, since, func(p triedPost) error {
		if trial.Looked == mostTried {
			trial.Cut = true
			return errEnough
		}
		trial.Looked++
		text := screenedText(p.Title, p.Warning, p.Body)
		v := moderation.Screen(text, spokenIn(p.Lang), list)
		if !moderation.Watches(v) {
			return nil
		}
		trial.Found++
		if len(trial.Examples) < mostExamples {
			e := moderation.ExampleOf(text, v)
			e.Post, e.Lang = p.ID, p.Lang
			trial.Examples = append(trial.Examples, e)
		}
		return nil
	})
	if errors.Is(err, errEnough) {
		err = nil
	}
	return trial, err
}

// eachShown visits the shown posts of the boards that all members read, newest day first.
func (s *Service) eachShown(ctx context.Context, lang, since string, visit func(triedPost) error) error {
	day, id := "9999", store.ID{}
	for {
		var posts []triedPost
		q := s.store.DB.WithContext(ctx).Table("posts p").Joins("JOIN topics t ON t.id = p.topic_id").
			Select("p.id, p.lang, p.body, p.day, CASE WHEN p.no = 1 THEN t.title ELSE '' END AS title, CASE WHEN p.no = 1 THEN t.warning ELSE '' END AS warning").
			Where("p.state = ? AND p.day >= ? AND (p.day < ? OR (p.day = ? AND p.id < ?))", Shown, since, day, day, id).
			Where("t.board IN (SELECT slug FROM boards WHERE audience IN ?)", []Audience{Public, Members})
		if lang != "" {
			q = q.Where("p.lang = ?", lang)
		}
		if err := q.Order("p.day DESC, p.id DESC").Limit(triedAtOnce).Scan(&posts).Error; err != nil {
			return store.Translate(err)
		}
		for _, p := range posts {
			if err := visit(p); err != nil {
				return err
			}
			day, id = p.Day, p.ID
		}
		if len(posts) < triedAtOnce {
			return nil
		}
	}
}
