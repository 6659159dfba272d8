package translate

import (
	"context"
	"log/slog"
	"slices"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
	"portico/locales"
)

// Service holds the verbs of translation. Each exported verb is one transaction.
type Service struct {
	store   *store.Store
	log     *slog.Logger
	machine *Settings // nil when the host has not turned a machine on
	groups  Groups    // nil where no group decides on words
}

// New makes the service. Without settings there is no machine, and no page speaks of one.
func New(s *store.Store, log *slog.Logger, machine *Settings) *Service {
	return &Service{store: s, log: log, machine: machine}
}

// Targets are the languages into which a document may be translated, in menu order.
func Targets() []string { return slices.Concat(locales.Complete, locales.Planned) }

// works reports whether somebody takes part in translating. For everybody else none of this
// exists.
func works(who member.Actor) bool {
	return who.Role != nil && who.Has(member.RoleMediator, member.RoleLeader, member.RolePeer, member.RoleCoordinator)
}

// Works reports whether somebody has the list of texts.
func (s *Service) Works(who member.Actor) bool { return works(who) }

// opens reports whether somebody may open a language of a document.
func opens(who member.Actor) bool {
	return who.Role != nil && who.Has(member.RoleMediator, member.RoleLeader, member.RoleCoordinator)
}

// mediates reports whether somebody may ask the machine.
func mediates(who member.Actor) bool { return who.Role != nil && who.Has(member.RoleMediator) }

// tendsTerms reports whether somebody looks after the glossary.
func tendsTerms(who member.Actor) bool {
	return who.Role != nil && who.Has(member.RoleMediator, member.RoleCoordinator)
}

// checks reports whether somebody may review a language: a mediator, or a peer or leader who
// says that she can check it.
func checks(ctx context.Context, db *gorm.DB, who member.Actor, lang string) (bool, error) {
	if mediates(who) {
		return true, nil
	}
	if who.Role == nil || !who.Has(member.RolePeer, member.RoleLeader) {
		return false, nil
	}
	n, err := gorm.G[ReaderRow](db).Where("role_account_id = ? AND lang = ?", who.Role.ID, lang).Count(ctx, "lang")
	return n > 0, store.Translate(err)
}

// documentIn finds a document.
func documentIn(ctx context.Context, db *gorm.DB, id store.ID) (DocumentRow, error) {
	rows, err := gorm.G[DocumentRow](db).Where("id = ?", id).Limit(1).Find(ctx)
	if err != nil {
		return DocumentRow{}, store.Translate(err)
	}
	if len(rows) == 0 {
		return DocumentRow{}, fault.Missing()
	}
	return rows[0], nil
}

func languageIn(ctx context.Context, db *gorm.DB, doc store.ID, lang string) (LanguageRow, error) {
	rows, err := gorm.G[LanguageRow](db).Where("document_id = ? AND lang = ?", doc, lang).Limit(1).Find(ctx)
	if err != nil {
		return LanguageRow{}, store.Translate(err)
	}
	if len(rows) == 0 {
		return LanguageRow{}, fault.Missing()
	}
	return rows[0], nil
}

// hold locks a language of a document for this transaction, so that what is counted over
// its segments is still true when it is written.
func hold(ctx context.Context, tx *gorm.DB, doc store.ID, lang string) (LanguageRow, error) {
	n, err := gorm.G[LanguageRow](tx).Where("document_id = ? AND lang = ?", doc, lang).Update(ctx, "lang", lang)
	if err != nil {
		return LanguageRow{}, err
	}
	if n == 0 {
		return LanguageRow{}, fault.Missing()
	}
	return languageIn(ctx, tx, doc, lang)
}

// ReaderLanguages are the languages that somebody says she can check.
func (s *Service) ReaderLanguages(ctx context.Context, who member.Actor) ([]string, error) {
	if !works(who) {
		return nil, fault.Missing()
	}
	rows, err := gorm.G[ReaderRow](s.store.DB).Where("role_account_id = ?", who.Role.ID).Order("lang").Find(ctx)
	langs := make([]string, len(rows))
	for i, r := range rows {
		langs[i] = r.Lang
	}
	return langs, store.Translate(err)
}

// SayLanguages writes down which languages she can check, in the place of what she said
// before. What is no language here is passed over.
func (s *Service) SayLanguages(ctx context.Context, who member.Actor, langs []string) error {
	if !works(who) {
		return fault.Missing()
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		if _, err := gorm.G[ReaderRow](tx).Where("role_account_id = ?", who.Role.ID).Delete(ctx); err != nil {
			return err
		}
		for _, lang := range Targets() {
			if !slices.Contains(langs, lang) {
				continue
			}
			if err := gorm.G[ReaderRow](tx).Create(ctx, &ReaderRow{who.Role.ID, lang}); err != nil {
				return err
			}
		}
		return nil
	})
}

// Erase forgets somebody who leaves: what she wrote and approved stays, as the work of a
// person with this language.
func (s *Service) Erase(ctx context.Context, tx *gorm.DB, who member.Actor, _ bool) error {
	if who.Role == nil {
		return nil
	}
	if _, err := gorm.G[ReaderRow](tx).Where("role_account_id = ?", who.Role.ID).Delete(ctx); err != nil {
		return err
	}
	if _, err := gorm.G[Spent](tx).Where("role_account_id = ?", who.Role.ID).Delete(ctx); err != nil {
		return err
	}
	for _, statement := range []string{
		"UPDATE translate_history SET by_id = NULL WHERE by_id = ?",
		"UPDATE translate_targets SET editor_id = NULL WHERE editor_id = ?",
		"UPDATE translate_targets SET reviewer_id = NULL WHERE reviewer_id = ?",
		"UPDATE translate_languages SET approved_by = NULL WHERE approved_by = ?",
		"UPDATE translate_batches SET asked_by = NULL WHERE asked_by = ?",
		"UPDATE translate_backs SET asked_by = NULL WHERE asked_by = ?",
		"UPDATE translate_egress SET asked_by = NULL WHERE asked_by = ?",
	} {
		if err := tx.WithContext(ctx).Exec(statement, who.Role.ID).Error; err != nil {
			return err
		}
	}
	return nil
}
