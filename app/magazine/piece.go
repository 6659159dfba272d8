package magazine

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// PieceState is what became of a piece.
type PieceState string

// The states of a piece.
const (
	Waiting PieceState = "waiting"
	Taken   PieceState = "taken"
	Changed PieceState = "changed" // taken, with changes
	Later   PieceState = "later"   // not now
	Gone    PieceState = "gone"    // taken back; no word of it is left
)

// Piece is a text for an issue. Tag is its author's, and nobody's for one that was taken over.
type Piece struct {
	ID         store.ID `gorm:"primaryKey"`
	IssueID    store.ID
	Place      int // in the issue, from 1; 0 before it was taken
	Title      string
	Body       string // Markdown
	Sent       string // as its author wrote it
	Signed     string // the name that she chose for this piece, "" for none
	MaterialID store.ID
	Tag        store.Bytes
	State      PieceState
	Board      bool // somebody of the board wrote it
}

// TableName names the table.
func (Piece) TableName() string { return "magazine_pieces" }

// In reports whether a piece stands in the issue.
func (p Piece) In() bool { return p.State == Taken || p.State == Changed }

// Mark tells one state of a piece's words from another.
func (p Piece) Mark() string {
	sum := sha256.Sum256([]byte(p.Title + "\x00" + p.Body))
	return hex.EncodeToString(sum[:8])
}

// of reports whether a piece is hers.
func (p Piece) of(who member.Actor) bool {
	return who.SignedIn() && len(p.Tag) > 0 && slices.ContainsFunc(who.Tags(purposePiece, p.ID), func(tag []byte) bool { return string(tag) == string(p.Tag) })
}

// mostPieces is how many pieces of one issue are kept.
const mostPieces = 200

func piecesOf(ctx context.Context, db *gorm.DB, id store.ID) ([]Piece, error) {
	rows, err := gorm.G[Piece](db).Where("issue_id = ?", id).Order("place, id").Limit(mostPieces).Find(ctx)
	return rows, store.Translate(err)
}

// pieceOf finds a piece of an issue.
func pieceOf(ctx context.Context, db *gorm.DB, id, piece store.ID) (Piece, error) {
	p, err := gorm.G[Piece](db).Where("id = ? AND issue_id = ?", piece, id).First(ctx)
	return p, store.Translate(err)
}

// PieceForm is a text to send.
type PieceForm struct {
	Title, Body, Signed string
	Insist              bool
	Nonce               string
}

// Send gives the board a text for an issue that collects pieces. Nothing joins it to whoever
// wrote it but a tag that only she can compute; whoever of the board writes, writes so too.
func (s *Service) Send(ctx context.Context, who member.Actor, id store.ID, f PieceForm) (Receipt, error) {
	if !who.SignedIn() {
		return Receipt{}, signIn()
	}
	f.Title, f.Body, f.Signed = tidy(f.Title), tidyText(f.Body), tidy(f.Signed)
	receipt, stop := screen(true, f.Insist, f.Title, f.Body, f.Signed)
	receipt.ID = store.FormID("magazine piece", f.Nonce)
	err := s.store.Tx(ctx, func(tx *gorm.DB) error {
		i, err := find(ctx, tx, id)
		if err != nil {
			return err
		}
		switch i.State {
		case Topics, Stopped:
			return fault.Missing()
		case Layout, Published:
			return fault.New(fault.Refused, "magazine.pieces.over")
		}
		mend := asked("title", f.Title, 3, longestTitle)
		mend = append(mend, asked("body", f.Body, 40, longestBody)...)
		mend = append(mend, asked("signed", f.Signed, 0, longestSigned)...)
		if err := fault.Mended(mend); err != nil || stop {
			return err
		}
		p := Piece{ID: receipt.ID, IssueID: id, Title: f.Title, Body: f.Body, Sent: f.Body, Signed: f.Signed, State: Waiting, Tag: who.Tags(purposePiece, receipt.ID)[0]}
		if p.Board, err = onBoard(ctx, tx, who, id); err != nil {
			return err
		}
		return add(ctx, tx, p)
	})
	receipt.Stored = !stop
	return receipt, once(err)
}

func add(ctx context.Context, tx *gorm.DB, p Piece) error {
	n, err := gorm.G[Piece](tx).Where("issue_id = ? AND id <> ?", p.IssueID, p.ID).Count(ctx, "id")
	if err != nil {
		return err
	}
	if n >= mostPieces {
		return fault.New(fault.Refused, "magazine.pieces.full")
	}
	return gorm.G[Piece](tx).Create(ctx, &p)
}

// TakeOver puts a published material before the board as a piece. A story comes only with a
// consent for the magazine in the language of the issue.
func (s *Service) TakeOver(ctx context.Context, who member.Actor, id, material store.ID) error {
	on, err := onBoard(ctx, s.store.DB, who, id)
	if err == nil && !on {
		err = fault.Missing()
	}
	if err != nil {
		return err
	}
	i, err := find(ctx, s.store.DB, id)
	if err != nil {
		return err
	}
	text, err := s.texts.ForMagazine(ctx, material, i.Lang)
	if fault.Is(err, fault.NotFound) {
		return fault.Mend(fault.Field{Name: "material", Key: "magazine.material.refused"})
	}
	if err != nil {
		return err
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		i, err := edited(ctx, tx, who, id)
		if err != nil {
			return err
		}
		if i.State != Pieces {
			return notNow()
		}
		n, err := gorm.G[Piece](tx).Where("issue_id = ? AND material_id = ? AND state <> ?", id, material, Gone).Count(ctx, "id")
		if err != nil || n > 0 {
			return err
		}
		return add(ctx, tx, Piece{ID: store.NewID(), IssueID: id, Title: text.Title, Body: text.Body, Sent: text.Body, MaterialID: material, State: Waiting})
	})
}

// wipe takes every word of pieces away and leaves their places.
func wipe(ctx context.Context, tx *gorm.DB, which string, args ...any) error {
	_, err := gorm.G[Piece](tx).Where(which, args...).Select("Title", "Body", "Sent", "Signed", "State", "Tag").Updates(ctx, Piece{State: Gone})
	return err
}

// Forget takes the words of a material out of every issue, in the transaction that takes the
// material back.
func (s *Service) Forget(ctx context.Context, tx *gorm.DB, material store.ID) error {
	return wipe(ctx, tx, "material_id = ?", material)
}

// TakeBack is an author's own act, at any time: her words are gone from the issue and from
// the board, also after it was published.
func (s *Service) TakeBack(ctx context.Context, who member.Actor, id, piece store.ID) error {
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		p, err := pieceOf(ctx, tx, id, piece)
		if err == nil && !p.of(who) {
			err = fault.Missing()
		}
		if err != nil {
			return err
		}
		if _, err := gorm.G[Ballot](tx).Where("piece_id = ?", piece).Delete(ctx); err != nil {
			return err
		}
		return wipe(ctx, tx, "id = ?", piece)
	})
}
