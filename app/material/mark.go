package material

import (
	"context"
	"strings"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// Subjects are what a text may be about and harm with if one sentence of it is wrong. Two
// people other than the author check each translation of such a text.
var Subjects = []string{"health", "law", "emergency"}

// About reports whether a material is about a subject.
func (m Material) About(subject string) bool {
	return len(onlyOf(strings.Fields(m.Subjects), []string{subject})) > 0
}

// Critical reports whether a wrong sentence in it may harm somebody.
func (m Material) Critical() bool { return m.Subjects != "" }

// source is what translators get of a version.
func (m Material) source(v Version) Source {
	return Source{Kind: string(m.Kind), Lang: m.Lang, Text: v.Markdown(), Critical: m.Critical()}
}

// Mark says what a material is about. Translators learn it at once, also of a text that
// they have already.
func (s *Service) Mark(ctx context.Context, who member.Actor, id store.ID, subjects []string) error {
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		m, err := mine(ctx, tx, who, id)
		if err != nil {
			return err
		}
		if m.State == Archived {
			return fault.New(fault.Conflict, "material.step.not-now")
		}
		m.Subjects = strings.Join(onlyOf(Subjects, subjects), " ")
		if _, err := gorm.G[Material](tx).Where("id = ?", id).Update(ctx, "subjects", m.Subjects); err != nil {
			return err
		}
		if m.DecidedVersion == 0 || s.texts == nil {
			return nil
		}
		v, err := versionOf(ctx, tx, id, m.DecidedVersion)
		if err != nil {
			return err
		}
		return s.texts.SourceChanged(ctx, tx, id, m.source(v))
	})
}
