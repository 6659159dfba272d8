package magazine

import (
	"context"
	"regexp"
	"strings"
	"unicode/utf8"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
	"portico/moderation"
)

// Texts is whoever keeps the materials that an issue may take over.
type Texts interface {
	// ForMagazine is a published text that may stand in the magazine in a language. What is
	// not published, or is a story that she did not allow there, does not exist.
	ForMagazine(ctx context.Context, material store.ID, lang string) (Text, error)
	// Offered lists what is published in a language.
	Offered(ctx context.Context, lang string) ([]Offer, error)
}

// Text is a material's words in one language; Body is Markdown.
type Text struct{ Title, Body string }

// Offer is a material that an issue may take over.
type Offer struct {
	ID    store.ID
	Title string
}

// Service holds the verbs of the magazine. Each exported verb is one transaction.
type Service struct {
	store *store.Store
	texts Texts
}

// New makes the service.
func New(s *store.Store, texts Texts) *Service { return &Service{s, texts} }

// Receipt says what became of words that somebody sent.
type Receipt struct {
	ID      store.ID
	Stored  bool               // false when the author has to look at the findings first
	Verdict moderation.Verdict // the exact words that screening found, for the author alone
}

// screen looks at words before anything is stored. Where nobody reads them before everybody
// does, a warning has to be mended; otherwise she may send them all the same.
func screen(first bool, insist bool, texts ...string) (r Receipt, stop bool) {
	r.Verdict.Outcome = moderation.Publish
	for _, text := range texts {
		v := moderation.Screen(text, nil, nil)
		if v.Outcome.Worse(r.Verdict.Outcome) {
			r.Verdict.Outcome = v.Outcome
		}
		r.Verdict.Findings = append(r.Verdict.Findings, v.Findings...)
		r.Verdict.Danger, r.Verdict.Urgency = r.Verdict.Danger || v.Danger, max(r.Verdict.Urgency, v.Urgency)
	}
	if r.Verdict.Outcome == moderation.Refuse {
		return r, true
	}
	return r, r.Verdict.Outcome.Worse(moderation.Publish) && (!first || !insist)
}

func signIn() *fault.Error { return fault.New(fault.SignIn, "error.signin") }

func notNow() *fault.Error { return fault.New(fault.Conflict, "magazine.not-now") }

// once treats the same form sent again as done.
func once(err error) error {
	if store.IsDuplicate(err) {
		return nil
	}
	return err
}

// The limits of what people type, in characters, and of lists.
const (
	longestTitle  = 120
	longestTopic  = 120
	longestWords  = 2000
	longestBody   = 12_000
	longestSigned = 60
	mostAtOnce    = 500
)

var language = regexp.MustCompile(`^[a-z]{2,3}(-[A-Za-z]{2,4})?$`)

func tidy(text string) string { return strings.Join(strings.Fields(text), " ") }

func tidyText(text string) string { return strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n")) }

// asked checks the length of a field: least 0 lets it be empty.
func asked(name, text string, least, most int) []fault.Field {
	switch n := utf8.RuneCountInString(text); {
	case n < least && n == 0:
		return []fault.Field{{Name: name, Key: "magazine.field.empty"}}
	case n < least:
		return []fault.Field{{Name: name, Key: "magazine.field.short", Args: []any{"Least", least}}}
	case n > most:
		return []fault.Field{{Name: name, Key: "magazine.field.long", Args: []any{"Most", most}}}
	}
	return nil
}

// The purposes of tags. One value never serves two purposes.
const (
	purposeWant   = "magazine topic"
	purposePiece  = "magazine piece"
	purposeBallot = "magazine board"
)

// find loads an issue; who may see it is for the caller to say.
func find(ctx context.Context, db *gorm.DB, id store.ID) (Issue, error) {
	i, err := gorm.G[Issue](db).Where("id = ?", id).First(ctx)
	return i, store.Translate(err)
}

// edited holds an issue of whose board she is, so that whoever changes the same one waits;
// any other does not exist for her.
func edited(ctx context.Context, tx *gorm.DB, who member.Actor, id store.ID) (Issue, error) {
	if err := tx.WithContext(ctx).Exec("UPDATE magazine_issues SET number = number WHERE id = ?", id).Error; err != nil {
		return Issue{}, err
	}
	i, err := find(ctx, tx, id)
	if err != nil {
		return i, err
	}
	on, err := onBoard(ctx, tx, who, id)
	if err == nil && !on {
		err = fault.Missing()
	}
	return i, err
}
