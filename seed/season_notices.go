package seed

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"portico/app/notice"
	"portico/app/store"
)

// noticeData is what somebody tells without an account, with a moderator's answer where she
// has given one. The code that would open it is shown to nobody.
type noticeData struct {
	Country, Region, Kind, Wish, Lang, Words string

	By, Reply string // "" while nobody has answered
	DaysAgo   int    `toml:"days_ago"`
	Answered  int    // days ago
}

// tipData is a warning, and who read it second: "" while that is still to come.
type tipData struct {
	Country, Region, Kind, By, Reader string

	Title, Text map[string]string
	DaysAgo     int `toml:"days_ago"`
	Shown       int // days ago
}

// planNotices plans what people tell, what moderators answer, and the warnings.
func (l *loader) planNotices() ([]event, error) {
	var events []event
	for _, d := range l.world.Notices {
		nonce := store.NewID().String()
		events = append(events, event{l.ago(d.DaysAgo), func(ctx context.Context) error {
			code := l.people.LongCode("notice", nonce+"|"+d.Words)
			_, err := l.notices.Tell(ctx, notice.Telling{
				Country: d.Country, Region: d.Region, Kind: d.Kind, Wish: d.Wish, Lang: d.Lang, Words: d.Words, Nonce: nonce,
			}, notice.Code{Hash: code.Hash, Key: l.people.CodeKey("notice", code.Shown)})
			return about(err, "tell of %s", d.Kind)
		}})
		if d.By != "" {
			events = append(events, event{l.ago(d.Answered), func(ctx context.Context) error {
				return about(l.answerNotice(ctx, d, store.FormID("notice", nonce)), "answer what was told of %s", d.Kind)
			}})
		}
	}
	for _, d := range l.world.Tips {
		events = append(events, event{l.ago(d.DaysAgo), func(ctx context.Context) error {
			return about(l.writeTip(ctx, d), "warn of %s", d.Kind)
		}})
		if d.Reader != "" {
			events = append(events, event{l.ago(d.Shown), func(ctx context.Context) error {
				return about(l.showTip(ctx, d), "show the warning of %s", d.Kind)
			}})
		}
	}
	return events, nil
}

func (l *loader) answerNotice(ctx context.Context, d noticeData, id store.ID) error {
	by, err := l.colleague(d.By)
	if err != nil {
		return err
	}
	if err := l.notices.Claim(ctx, by, id); err != nil {
		return err
	}
	if err := l.notices.Answer(ctx, by, id, notice.Reply{Words: d.Reply, Nonce: store.NewID().String()}); err != nil {
		return err
	}
	return l.notices.Release(ctx, by, id)
}

// nonce makes the number of a tip of what it is called, so that its second reader finds it.
func (d tipData) nonce() string { return "demonstration " + d.Title["en"] }

func (l *loader) writeTip(ctx context.Context, d tipData) error {
	by, err := l.colleague(d.By)
	if err != nil {
		return err
	}
	langs := slices.Sorted(maps.Keys(d.Title))
	form := notice.TipForm{Nonce: d.nonce(), Country: d.Country, Region: d.Region, Kind: d.Kind}
	for _, lang := range langs {
		form.Lang, form.Title, form.Words = lang, d.Title[lang], d.Text[lang]
		verdict, err := l.notices.Write(ctx, by, form, langs)
		if err != nil {
			return err
		}
		if len(verdict.Findings) > 0 {
			return fmt.Errorf("screening stops at %q", verdict.Findings[0].Text)
		}
		form.ID = store.FormID("tip", d.nonce())
	}
	return nil
}

func (l *loader) showTip(ctx context.Context, d tipData) error {
	by, err := l.colleague(d.Reader)
	if err != nil {
		return err
	}
	for lang, title := range d.Title {
		text := notice.TipText{Title: title, Body: d.Text[lang]}
		if err := l.notices.Show(ctx, by, store.FormID("tip", d.nonce()), lang, text.Mark()); err != nil {
			return err
		}
	}
	return nil
}
