package seed

import (
	"context"

	"portico/app/material"
	"portico/app/member"
	"portico/app/store"
)

// deed is something that one of the cast does.
type deed = func(context.Context, member.Actor) error

func (l *loader) idea(d *materialData) deed {
	return func(ctx context.Context, who member.Actor) error {
		receipt, err := l.materials.Propose(ctx, who, material.IdeaForm{
			Kind: material.Kind(d.Kind), Title: d.Title, Purpose: d.Purpose, Audience: d.Audience, Lang: d.Lang, Sign: d.Sign,
		})
		d.id = receipt.ID
		return stored(receipt.Stored, receipt.Verdict, err)
	}
}

// takeUpIdea makes a leader take an idea up and bring its group together.
func (l *loader) takeUpIdea(d *materialData) deed {
	return func(ctx context.Context, who member.Actor) error {
		err := l.materials.TakeUp(ctx, who, d.id)
		for _, name := range d.Group {
			if err != nil {
				return err
			}
			var other member.Actor
			if other, err = l.colleague(name); err == nil {
				err = l.materials.Invite(ctx, who, d.id, other.Role.Handle)
			}
		}
		return err
	}
}

// writeVersion saves a text over the one before it.
func (l *loader) writeVersion(d *materialData, i int) deed {
	v := d.Versions[i]
	if v.Title == "" {
		v.Title = d.Title
	}
	return func(ctx context.Context, who member.Actor) error {
		_, err := l.materials.Save(ctx, who, d.id, material.VersionForm{Title: v.Title, Body: v.Body, Note: v.Note, Base: i})
		return err
	}
}

// consult opens a consultation; questions with a scale come before those for words.
func (l *loader) consult(d *materialData, c consultData) deed {
	f := material.ConsultForm{Least: c.Least, NotAsked: c.NotAsked}
	for _, words := range c.Scales {
		f.Questions = append(f.Questions, material.Question{Kind: material.Scale, Words: words})
	}
	for _, words := range c.Words {
		f.Questions = append(f.Questions, material.Question{Kind: material.Words, Words: words})
	}
	return func(ctx context.Context, who member.Actor) error {
		f.ClosesDay = l.store.DayAfter(c.Closes)
		return l.materials.Consult(ctx, who, d.id, f)
	}
}

func (l *loader) answerSurvey(d *materialData, c consultData, s saidData) deed {
	var f material.SayForm
	for i, n := range s.Scales {
		f.Replies = append(f.Replies, material.Reply{Number: i + 1, Scale: n})
	}
	for i, words := range s.Words {
		f.Replies = append(f.Replies, material.Reply{Number: len(c.Scales) + i + 1, Words: words})
	}
	return func(ctx context.Context, who member.Actor) error {
		receipt, err := l.materials.Say(ctx, who, d.id, f)
		return stored(receipt.Stored, receipt.Verdict, err)
	}
}

func (l *loader) suggest(d *materialData, s suggestionData, made *store.ID) deed {
	return func(ctx context.Context, who member.Actor) error {
		receipt, err := l.materials.Suggest(ctx, who, d.id, material.SuggestionForm{Version: s.Version, Part: s.Part, Wanted: s.Wanted, Why: s.Why})
		*made = receipt.ID
		return stored(receipt.Stored, receipt.Verdict, err)
	}
}

func (l *loader) answerSuggestion(d *materialData, s suggestionData, made *store.ID) deed {
	return func(ctx context.Context, who member.Actor) error {
		return l.materials.Answer(ctx, who, d.id, *made, material.AnswerForm{State: s.State, Words: s.Answer})
	}
}

func (l *loader) vote(d *materialData, b ballotData) deed {
	return func(ctx context.Context, who member.Actor) error {
		return l.materials.Vote(ctx, who, d.id, material.VoteForm{Choice: b.Choice, Words: b.Words})
	}
}

// planReaders plans the publication, who is named there, and what readers say.
func (l *loader) planReaders(d *materialData, add func(int, string, deed)) (events []event) {
	if d.Published > 0 {
		add(d.Published, d.Leader, func(ctx context.Context, who member.Actor) error {
			return l.materials.Publish(ctx, who, d.id, material.UsualReview)
		})
	}
	if d.Reopened > 0 {
		add(d.Reopened, d.Leader, func(ctx context.Context, who member.Actor) error { return l.materials.Reopen(ctx, who, d.id) })
	}
	for _, c := range d.Credits {
		f := material.CreditForm{Credit: material.ByHandle}
		if c.Alias != "" {
			f = material.CreditForm{Credit: material.ByAlias, Alias: c.Alias}
		}
		add(c.DaysAgo, c.Person, func(ctx context.Context, who member.Actor) error { return l.materials.Name(ctx, who, d.id, f) })
	}
	for _, one := range d.Feedback {
		events = append(events, event{l.ago(one.DaysAgo), func(ctx context.Context) error {
			receipt, err := l.materials.GiveFeedback(ctx, d.id, material.FeedbackForm{
				Lang: one.Lang, Useful: one.Useful, Plain: one.Plain, Missing: one.Missing,
			})
			return about(stored(receipt.Stored, receipt.Verdict, err), "a reader of %q", d.Title)
		}})
	}
	return events
}
