package training

import (
	"context"
	"errors"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
)

// MakeStatement makes a statement about a module that she has finished, and keeps its code
// in a box of hers. While she holds one that counts for the same completion she gets that
// one again. Who had one taken back by a coordinator makes no new one for that completion,
// until a coordinator allows it or she has gone through the module again: otherwise taking
// back would mean nothing. Nothing but her own box says that it was hers.
//
// It is three transactions at most, on purpose. A row of the table and a box written in one
// would lie side by side in a copy of the database; and because a person with a role has
// finished the module in a row under her name, on the same day, that would lead from her
// name to a box of her other compartment. The row comes first: if the server stops between
// the two, a row is left over whose code nobody has.
func (s *Service) MakeStatement(ctx context.Context, who member.Actor, slug string) error {
	p, err := s.Progress(ctx, who, slug)
	if err != nil {
		return err
	}
	if p.Done == nil {
		return notFound()
	}
	mine, err := s.papers(ctx, who, slug)
	if err != nil {
		return err
	}
	held, err := s.held(ctx, mine)
	if err != nil {
		return err
	}
	row := StatementRow{Module: slug, Version: p.Done.Version, Day: p.Done.Day, Ends: ends(p.Done.Day, p.Module.RefreshMonths), State: Counts}
	same := held.Version == row.Version && held.Day == row.Day
	switch {
	case row.statement(s.store.Today()).State == Expired:
		return fault.New(fault.Refused, "learn.statement.refresh")
	case same && held.State == Revoked:
		return fault.New(fault.Refused, "learn.statement.revoked")
	case same && held.State == Counts:
		return nil
	}
	return s.keepStatement(ctx, who, mine.newest(), row)
}

// keepStatement draws a code and writes the row and then the box. When another session of
// hers was faster, its code stays and this row goes.
func (s *Service) keepStatement(ctx context.Context, who member.Actor, before string, row StatementRow) error {
	code := newCode()
	row.CodeHash = s.codeHash(code)
	if err := s.store.Tx(ctx, func(tx *gorm.DB) error { return gorm.G[StatementRow](tx).Create(ctx, &row) }); err != nil {
		return err
	}
	faster := false
	err := s.store.Tx(ctx, func(tx *gorm.DB) error {
		return member.ChangeBox(ctx, tx, s.store.Clock, who, papersName(row.Module), func(mine *papers) {
			if faster = mine.newest() != before; !faster {
				mine.Codes = append([]string{code}, mine.Codes[:min(len(mine.Codes), mostPapers-1)]...)
			}
		})
	})
	if err == nil && !faster {
		return nil
	}
	return errors.Join(err, s.store.Tx(ctx, func(tx *gorm.DB) error {
		_, err := gorm.G[StatementRow](tx).Where("code_hash = ?", row.CodeHash).Delete(ctx)
		return err
	}))
}
