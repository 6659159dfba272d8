package material

import (
	"context"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
	"portico/moderation"
)

// Translations is whoever keeps a material's other languages.
type Translations interface {
	// SourceChanged gives the text that is to be translated, inside tx. It is called when a
	// material enters translation, so also whenever a later version is decided.
	SourceChanged(ctx context.Context, tx *gorm.DB, doc store.ID, source Source) error
	// Languages lists the languages that may be shown to readers: those a person has approved.
	Languages(ctx context.Context, doc store.ID) ([]Language, error)
	// Text is the approved text in one language, as Markdown whose first line is "# title".
	Text(ctx context.Context, doc store.ID, lang string) (string, error)
}

// Shelf is what a keeper of translations may know as well: the languages of many materials
// in one question, so that the library costs the same whatever it holds.
type Shelf interface {
	LanguagesOf(ctx context.Context, docs []store.ID) (map[store.ID][]Language, error)
}

// Source is a text to be translated: Markdown whose first line is "# title".
type Source struct {
	Kind, Lang, Text string
	Critical         bool // whoever checks it does not check it alone
}

// Language is one language in which a material may be read.
type Language struct {
	Lang, Day string
	Title     string // of the text in this language; "" when it is not known
	CheckedBy string // a public handle
	Machine   bool   // drafted with a machine and checked by that person
	Stale     bool   // the source has changed since
	ReadBy    int    // people of the community who read it before others did
	Shipped   bool   // its words came with the program, and nobody here has approved them
}

// Service holds the verbs of co-design. Each exported verb is one transaction.
type Service struct {
	store *store.Store
	texts Translations
	also  []OnWithdrawal
}

// New makes the service; texts may be nil where nobody keeps other languages. What else
// keeps words of a material is told, with also, when it is taken back.
func New(s *store.Store, texts Translations, also ...OnWithdrawal) *Service {
	return &Service{s, texts, also}
}

// Receipt says what became of words that somebody sent.
type Receipt struct {
	ID     store.ID
	Stored bool // false when the author has to look at the findings first
	// Verdict holds the exact words that screening found, for the author alone.
	Verdict moderation.Verdict
}

// readers say who will read what is screened.
type readers bool

// What everybody signed in reads has no moderator between, so a warning there has to be
// mended; what only the group reads may be sent all the same.
const (
	theGroup    readers = false
	everyMember readers = true
)

// screen looks at words before anything is stored. They go back into the form and into no
// table.
func screen(who readers, insist bool, texts ...string) (r Receipt, stop bool) {
	r.Verdict.Outcome = moderation.Publish
	for _, text := range texts {
		// Each field alone: the last number of one and the first word of the next say nothing together.
		v := moderation.Screen(text, nil, nil)
		if v.Outcome.Worse(r.Verdict.Outcome) {
			r.Verdict.Outcome = v.Outcome
		}
		r.Verdict.Findings = append(r.Verdict.Findings, v.Findings...)
		r.Verdict.Danger, r.Verdict.Urgency = r.Verdict.Danger || v.Danger, max(r.Verdict.Urgency, v.Urgency)
	}
	switch {
	case r.Verdict.Outcome == moderation.Refuse:
		return r, true
	case r.Verdict.Outcome.Worse(moderation.Publish):
		return r, who == everyMember || !insist
	}
	return r, false
}

func signIn() *fault.Error { return fault.New(fault.SignIn, "error.signin") }

// once treats the same form sent again as done.
func once(err error) error {
	if store.IsDuplicate(err) {
		return nil
	}
	return err
}

// find loads a material; who may see it is for the caller to say.
func find(ctx context.Context, db *gorm.DB, id store.ID) (Material, error) {
	m, err := gorm.G[Material](db).Where("id = ?", id).First(ctx)
	return m, store.Translate(err)
}

// hold loads a material for a change: whoever changes the same one waits until this
// transaction ends. Only what moves the material itself needs it.
func hold(ctx context.Context, tx *gorm.DB, id store.ID) (Material, error) {
	if err := tx.WithContext(ctx).Exec("UPDATE materials SET version = version WHERE id = ?", id).Error; err != nil {
		return Material{}, err
	}
	return find(ctx, tx, id)
}

// mine holds a material of whose group she is; any other does not exist for her.
func mine(ctx context.Context, tx *gorm.DB, who member.Actor, id store.ID) (Material, error) {
	m, err := hold(ctx, tx, id)
	if err != nil {
		return m, err
	}
	in, err := inGroup(ctx, tx, who, id)
	if err == nil && !in {
		err = fault.Missing()
	}
	return m, err
}

// move writes the next state of a material that was held.
func move(ctx context.Context, tx *gorm.DB, m Material, to State) error {
	n, err := gorm.G[Material](tx).Where("id = ? AND state = ?", m.ID, m.State).Update(ctx, "state", to)
	if err == nil && n == 0 {
		return fault.New(fault.Conflict, "error.changed")
	}
	return err
}

// dayIn reports whether text is a day between two others, both included.
// tagOf is her tag for a purpose, and whether one of hers is there already: she may have
// had another key when she did it.
func tagOf[T any](ctx context.Context, db *gorm.DB, tags [][]byte, column string, scope store.ID) (tag []byte, known bool, err error) {
	n, err := gorm.G[T](db).Where(column+" = ? AND tag IN ?", scope, tags).Count(ctx, "tag")
	return tags[0], n > 0, store.Translate(err)
}

// The purposes of tags. One value never serves two purposes.
const (
	purposeWant  = "material"
	purposeVoice = "survey"
	purposeVote  = "vote"
)

// counted is what a question over many rows answers for one.
type counted struct {
	ID store.ID
	N  int
}

func (s *Service) count(ctx context.Context, question string, args ...any) (map[store.ID]int, error) {
	var rows []counted
	if err := s.store.DB.WithContext(ctx).Raw(question, args...).Scan(&rows).Error; err != nil {
		return nil, store.Translate(err)
	}
	found := map[store.ID]int{}
	for _, row := range rows {
		found[row.ID] = row.N
	}
	return found, nil
}
