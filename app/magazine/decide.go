package magazine

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// Ballot is what somebody of the board thinks of a piece, by a tag. Words are for the author:
// which changes, or why not now.
type Ballot struct {
	PieceID store.ID `gorm:"primaryKey"`
	Tag     []byte   `gorm:"primaryKey"`
	Choice  PieceState
	Staff   bool
	Words   string
}

// TableName names the table.
func (Ballot) TableName() string { return "magazine_ballots" }

// Choices in the order of pages.
var Choices = []PieceState{Taken, Changed, Later}

// OpinionForm is what she thinks of a piece.
type OpinionForm struct {
	Choice PieceState
	Words  string
}

// Opine gives her opinion of a piece, or another one in its place. The piece is decided when
// more than half of the board think the same, and staff are less than half of those who said
// so. About her own piece she says nothing.
func (s *Service) Opine(ctx context.Context, who member.Actor, id, piece store.ID, f OpinionForm) error {
	f.Words = tidyText(f.Words)
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		i, err := edited(ctx, tx, who, id)
		if err != nil {
			return err
		}
		p, err := pieceOf(ctx, tx, id, piece)
		if err != nil {
			return err
		}
		switch {
		case p.of(who):
			return fault.New(fault.Refused, "magazine.piece.own")
		case i.State != Pieces || p.State != Waiting:
			return fault.New(fault.Refused, "magazine.piece.decided")
		}
		if err := checkOpinion(f); err != nil {
			return err
		}
		tags := who.Tags(purposeBallot, piece)
		if _, err := gorm.G[Ballot](tx).Where("piece_id = ? AND tag IN ?", piece, tags).Delete(ctx); err != nil {
			return err
		}
		if err := gorm.G[Ballot](tx).Create(ctx, &Ballot{piece, tags[0], f.Choice, isStaff(who.Roles()), f.Words}); err != nil {
			return err
		}
		return settle(ctx, tx, p)
	})
}

func checkOpinion(f OpinionForm) error {
	if !slices.Contains(Choices, f.Choice) {
		return fault.Mend(fault.Field{Name: "choice", Key: "magazine.choice.missing"})
	}
	least := 0
	if f.Choice != Taken {
		least = 3 // she is owed the reason
	}
	return fault.Mended(asked("words", f.Words, least, longestWords))
}

// tally is how the opinions on a piece stand.
type tally struct{ Taken, Changed, Later, Staff, Voted, People int }

// outcome says what they come to; Waiting while they do not.
func (t tally) outcome() PieceState {
	need, yes := t.People/2+1, t.Taken+t.Changed
	few := t.Staff*2 < t.Voted
	switch {
	case yes >= need && few && t.Changed >= t.Taken:
		return Changed
	case yes >= need && few:
		return Taken
	case t.Later >= need && few, t.Voted >= t.People:
		return Later
	}
	return Waiting
}

func tallyOf(ctx context.Context, db *gorm.DB, p Piece) (tally, []Ballot, error) {
	var t tally
	board, err := boardOf(ctx, db, p.IssueID)
	if err != nil {
		return t, nil, err
	}
	if t.People = len(board); p.Board {
		t.People = max(1, t.People-1) // its author says nothing
	}
	ballots, err := gorm.G[Ballot](db).Where("piece_id = ?", p.ID).Order("tag").Find(ctx)
	for _, b := range ballots {
		t.Voted++
		if b.Staff {
			t.Staff++
		}
		switch b.Choice {
		case Taken:
			t.Taken++
		case Changed:
			t.Changed++
		default:
			t.Later++
		}
	}
	return t, ballots, store.Translate(err)
}

// settle writes what the board came to; a piece that is taken goes to the end of the issue.
func settle(ctx context.Context, tx *gorm.DB, p Piece) error {
	t, _, err := tallyOf(ctx, tx, p)
	if err != nil {
		return err
	}
	if p.State = t.outcome(); p.State == Waiting {
		return nil
	}
	if p.In() {
		all, err := piecesOf(ctx, tx, p.IssueID)
		if err != nil {
			return err
		}
		for _, one := range all {
			p.Place = max(p.Place, one.Place)
		}
		p.Place++
	}
	_, err = gorm.G[Piece](tx).Where("id = ?", p.ID).Select("State", "Place").Updates(ctx, p)
	return err
}

// EditForm is a piece with the changes that the board asked for. Mark is that of the words
// they were made from.
type EditForm struct{ Title, Body, Mark string }

// Edit writes the changes into a piece that was taken with changes. Its author reads both
// texts, and may take hers back. When somebody else changed it in between, it is a Conflict
// that loses nothing.
func (s *Service) Edit(ctx context.Context, who member.Actor, id, piece store.ID, f EditForm) error {
	f.Title, f.Body = tidy(f.Title), tidyText(f.Body)
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		i, err := edited(ctx, tx, who, id)
		if err != nil {
			return err
		}
		p, err := pieceOf(ctx, tx, id, piece)
		if err != nil {
			return err
		}
		if p.State != Changed || i.State != Pieces && i.State != Layout {
			return notNow()
		}
		mend := asked("title", f.Title, 3, longestTitle)
		if err := fault.Mended(append(mend, asked("body", f.Body, 40, longestBody)...)); err != nil {
			return err
		}
		switch {
		case p.Title == f.Title && p.Body == f.Body:
			return nil
		case p.Mark() != f.Mark:
			return fault.New(fault.Conflict, "magazine.piece.stale")
		}
		_, err = gorm.G[Piece](tx).Where("id = ?", piece).Select("Title", "Body").Updates(ctx, Piece{Title: f.Title, Body: f.Body})
		return err
	})
}

// Shift moves a piece one place up or down in the issue.
func (s *Service) Shift(ctx context.Context, who member.Actor, id, piece store.ID, up bool) error {
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		i, err := edited(ctx, tx, who, id)
		if err != nil {
			return err
		}
		if i.State != Pieces && i.State != Layout {
			return notNow()
		}
		all, err := piecesOf(ctx, tx, id)
		if err != nil {
			return err
		}
		all = slices.DeleteFunc(all, func(p Piece) bool { return !p.In() })
		at := slices.IndexFunc(all, func(p Piece) bool { return p.ID == piece })
		if at < 0 {
			return fault.Missing()
		}
		to := at + 1
		if up {
			to = at - 1
		}
		if to < 0 || to >= len(all) {
			return nil
		}
		for _, swap := range [][2]int{{at, to}, {to, at}} {
			if _, err := gorm.G[Piece](tx).Where("id = ?", all[swap[0]].ID).Update(ctx, "place", all[swap[1]].Place); err != nil {
				return err
			}
		}
		return nil
	})
}
