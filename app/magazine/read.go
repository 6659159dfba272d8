package magazine

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// Issues lists what somebody may see of the magazine, newest first: everybody what is
// published, whoever is signed in what collects topics or pieces, and a board its own.
func (s *Service) Issues(ctx context.Context, who member.Actor) ([]Issue, error) {
	rows, err := gorm.G[Issue](s.store.DB).Order("number DESC").Limit(mostAtOnce).Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	var mine []store.ID
	if who.Role != nil {
		boards, err := gorm.G[Editor](s.store.DB).Where("role_account_id = ?", who.Role.ID).Find(ctx)
		if err != nil {
			return nil, store.Translate(err)
		}
		for _, b := range boards {
			mine = append(mine, b.IssueID)
		}
	}
	return slices.DeleteFunc(rows, func(i Issue) bool {
		open := i.State == Published || who.SignedIn() && (i.State == Topics || i.State == Pieces)
		return !open && !slices.Contains(mine, i.ID)
	}), nil
}

// MayBegin reports whether she may begin an issue.
func MayBegin(who member.Actor) bool { return heads(who) }

// Reading is an issue as everybody reads it.
type Reading struct {
	Issue
	Pieces []Piece // in their order, with their words
	Gone   int     // pieces that were taken back since it was laid out
	Copies int
}

// Read returns a published issue, or one that is being laid out to its board.
func (s *Service) Read(ctx context.Context, who member.Actor, id store.ID) (Reading, error) {
	i, err := find(ctx, s.store.DB, id)
	if err != nil {
		return Reading{}, err
	}
	if i.State != Published {
		on, err := onBoard(ctx, s.store.DB, who, id)
		if err == nil && (!on || i.State != Layout) {
			err = fault.Missing()
		}
		if err != nil {
			return Reading{}, err
		}
	}
	r := Reading{Issue: i}
	pieces, err := piecesOf(ctx, s.store.DB, id)
	if err != nil {
		return r, err
	}
	for _, p := range pieces {
		shown, err := s.shown(ctx, i, p)
		if err != nil {
			return r, err
		}
		switch {
		case shown:
			r.Pieces = append(r.Pieces, p)
		case p.Place > 0:
			r.Gone++
		}
	}
	_, r.Copies, err = copiesOf(ctx, s.store.DB, id)
	return r, err
}

// shown reports whether a piece may be read: it was taken, and where its words are a
// material's, that one may still stand in the magazine.
func (s *Service) shown(ctx context.Context, i Issue, p Piece) (bool, error) {
	if !p.In() || p.MaterialID.IsZero() {
		return p.In(), nil
	}
	_, err := s.texts.ForMagazine(ctx, p.MaterialID, i.Lang)
	if fault.Is(err, fault.NotFound) {
		return false, nil
	}
	return err == nil, err
}

// Open is an issue that collects topics or pieces, as everybody signed in sees it.
type Open struct {
	Issue
	Voting bool
	Topics []TopicLine
	Hers   []Piece // pieces that she sent
	Board  bool    // she is of the board
}

// Open shows an issue that is being made. To whoever is not signed in it does not exist.
func (s *Service) Open(ctx context.Context, who member.Actor, id store.ID) (o Open, err error) {
	if !who.SignedIn() {
		return o, fault.Missing()
	}
	if o.Issue, err = find(ctx, s.store.DB, id); err != nil {
		return o, err
	}
	if o.Board, err = onBoard(ctx, s.store.DB, who, id); err != nil {
		return o, err
	}
	pieces, err := piecesOf(ctx, s.store.DB, id)
	if err != nil {
		return o, err
	}
	for _, p := range pieces {
		if p.of(who) {
			o.Hers = append(o.Hers, p)
		}
	}
	if o.State == Stopped || o.State == Layout && !o.Board && len(o.Hers) == 0 {
		return Open{}, fault.Missing()
	}
	o.Voting = o.Issue.Voting(s.store.Today())
	o.Topics, err = topicLines(ctx, s.store.DB, who, id)
	return o, err
}

// Seen is one piece as its author or the board sees it.
type Seen struct {
	Piece
	Issue   Issue
	Mine    bool
	Board   bool     // she is of the board
	Voted   int      // opinions so far
	People  int      // who give one
	Said    bool     // she has given hers
	Words   []string // for the author, once it is decided
	MayEdit bool
}

// Piece shows one piece to its author and to the board; for anybody else it does not exist.
func (s *Service) Piece(ctx context.Context, who member.Actor, id, piece store.ID) (v Seen, err error) {
	if v.Piece, err = pieceOf(ctx, s.store.DB, id, piece); err != nil {
		return v, err
	}
	if v.Board, err = onBoard(ctx, s.store.DB, who, id); err != nil {
		return v, err
	}
	if v.Mine = v.of(who); !v.Mine && !v.Board || v.State == Gone {
		return Seen{}, fault.Missing()
	}
	if v.Issue, err = find(ctx, s.store.DB, id); err != nil {
		return v, err
	}
	t, ballots, err := tallyOf(ctx, s.store.DB, v.Piece)
	if err != nil {
		return v, err
	}
	v.Voted, v.People = t.Voted, t.People
	tags := who.Tags(purposeBallot, piece)
	for _, b := range ballots {
		v.Said = v.Said || slices.ContainsFunc(tags, func(tag []byte) bool { return string(tag) == string(b.Tag) })
		if v.State != Waiting && b.Words != "" && (b.Choice == v.State || v.In() && b.Choice == Changed) {
			v.Words = append(v.Words, b.Words)
		}
	}
	v.MayEdit = v.Board && v.State == Changed && (v.Issue.State == Pieces || v.Issue.State == Layout)
	return v, nil
}

// Room is an issue as its board works on it.
type Room struct {
	Issue
	People []BoardPerson
	Topics []TopicLine
	Pieces []Piece
	Offers []Offer // materials that may be taken over
	Steps  map[State]bool
	Heads  bool
	Said   ReadersSaid // about this issue
	Copies int
	Voting bool
}

// ReadersSaid is what readers said about an issue.
type ReadersSaid struct {
	UsefulYes, UsefulNo, PlainYes, PlainNo int
	Missing                                []string
}

// Room shows an issue to its board; for anybody else it does not exist.
func (s *Service) Room(ctx context.Context, who member.Actor, id store.ID) (r Room, err error) {
	db := s.store.DB
	on, err := onBoard(ctx, db, who, id)
	if err == nil && !on {
		err = fault.Missing()
	}
	if err != nil {
		return r, err
	}
	if r.Issue, err = find(ctx, db, id); err != nil {
		return r, err
	}
	if r.People, err = boardOf(ctx, db, id); err != nil {
		return r, err
	}
	if r.Topics, err = topicLines(ctx, db, who, id); err != nil {
		return r, err
	}
	if r.Pieces, err = piecesOf(ctx, db, id); err != nil {
		return r, err
	}
	if r.State == Pieces {
		if r.Offers, err = s.texts.Offered(ctx, r.Lang); err != nil {
			return r, err
		}
	}
	if r.Said, err = readersSaid(ctx, db, id); err != nil {
		return r, err
	}
	r.Steps, r.Heads, r.Voting = map[State]bool{}, heads(who), r.Issue.Voting(s.store.Today())
	for _, state := range States {
		r.Steps[state] = r.May(who, state)
	}
	_, r.Copies, err = copiesOf(ctx, db, id)
	return r, err
}

func readersSaid(ctx context.Context, db *gorm.DB, id store.ID) (said ReadersSaid, err error) {
	rows, err := gorm.G[Said](db).Where("issue_id = ?", id).Order("id").Limit(mostSaid).Find(ctx)
	count := func(answer string, yes, no *int) {
		switch answer {
		case "yes":
			*yes++
		case "no":
			*no++
		}
	}
	for _, r := range rows {
		count(r.Useful, &said.UsefulYes, &said.UsefulNo)
		count(r.Plain, &said.PlainYes, &said.PlainNo)
		if r.Missing != "" && len(said.Missing) < 100 {
			said.Missing = append(said.Missing, r.Missing)
		}
	}
	return said, store.Translate(err)
}
