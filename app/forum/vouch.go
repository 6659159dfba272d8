package forum

import (
	"context"
	"slices"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// AskIn puts a candidate's code before a group. She tells the code to two people of the
// group herself; nobody is asked by us. Asking again makes the code before worthless.
func (s *Service) AskIn(ctx context.Context, who member.Actor, slug string, code []byte) error {
	if !who.SignedIn() {
		return fault.New(fault.SignIn, "error.signin")
	}
	group, err := s.Group(ctx, who, slug, "en")
	if err != nil {
		return err
	}
	switch group.Standing {
	case Inside:
		return fault.New(fault.Refused, "forum.group.in.already")
	case PutOut:
		return fault.New(fault.Refused, "forum.group.out")
	}
	tags := boardTags(who, slug)
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		if err := s.dropCodes(ctx, tx, slug, tags); err != nil {
			return err
		}
		return gorm.G[BoardCode](tx).Create(ctx, &BoardCode{CodeHash: code, Board: slug, Tag: tags[0], Ends: s.store.DayAfter(CodeDays)})
	})
}

// dropCodes deletes the codes of one candidate with the signs that were given for them.
func (s *Service) dropCodes(ctx context.Context, tx *gorm.DB, slug string, tags [][]byte) error {
	if err := tx.Exec("DELETE FROM vouches WHERE code_hash IN (SELECT code_hash FROM board_codes WHERE board = ? AND tag IN ?)", slug, tags).Error; err != nil {
		return err
	}
	_, err := gorm.G[BoardCode](tx).Where("board = ? AND tag IN ?", slug, tags).Delete(ctx)
	return err
}

// CodeDid says what entering a code did.
type CodeDid string

// What entering a code can do.
const (
	Vouched  CodeDid = "vouched"  // the first of two signs
	Admitted CodeDid = "admitted" // the second: the candidate is in, and both signs are gone
	Entered  CodeDid = "entered"  // a starter code let her in
)

// WrongCode is the message of a code that fits nothing, for whoever counts wrong tries.
const WrongCode = "forum.group.code.wrong"

func codeFault(key string) error { return fault.Mend(fault.Field{Name: "code", Key: key}) }

// UseCode is the one field for codes on a group's page: a member gives her sign for a
// candidate, anybody else comes in with a starter code.
func (s *Service) UseCode(ctx context.Context, who member.Actor, slug string, code []byte) (did CodeDid, err error) {
	if !who.SignedIn() {
		return "", fault.New(fault.SignIn, "error.signin")
	}
	group, err := s.Group(ctx, who, slug, "en")
	if err != nil {
		return "", err
	}
	if group.Archived {
		return "", fault.New(fault.Refused, "forum.board.closed")
	}
	err = s.store.Tx(ctx, func(tx *gorm.DB) error {
		v, err := look(ctx, tx, who)
		if err != nil {
			return err
		}
		if slices.Contains(v.out, slug) {
			return fault.New(fault.Refused, "forum.group.out")
		}
		row, err := s.lockCode(ctx, tx, slug, code)
		if err != nil {
			return err
		}
		inside := slices.Contains(v.groups, slug)
		switch {
		case len(row.Tag) > 0 && hasTag(boardTags(who, slug), row.Tag):
			return codeFault("forum.group.code.own")
		case len(row.Tag) > 0 && inside:
			did, err = s.vouch(ctx, tx, who, row)
		case len(row.Tag) == 0 && !inside:
			did, err = s.enterGroup(ctx, tx, who, row)
		default:
			return codeFault(WrongCode)
		}
		return err
	})
	if err != nil {
		return "", err
	}
	return did, nil
}

// lockCode finds a code that still works and keeps it for this transaction, so that two
// people who enter it in the same moment count as two.
func (s *Service) lockCode(ctx context.Context, tx *gorm.DB, slug string, code []byte) (BoardCode, error) {
	var rows []BoardCode
	err := tx.WithContext(ctx).Raw("UPDATE board_codes SET ends = ends WHERE code_hash = ? AND board = ? RETURNING *", code, slug).Scan(&rows).Error
	if err != nil {
		return BoardCode{}, err
	}
	if len(rows) == 0 {
		return BoardCode{}, codeFault(WrongCode)
	}
	if rows[0].Ends < s.store.Today() {
		return BoardCode{}, codeFault("forum.group.code.old")
	}
	return rows[0], nil
}

// vouch gives one sign. At the second one of another person the candidate's row is made,
// and nothing of the signs or the code stays.
func (s *Service) vouch(ctx context.Context, tx *gorm.DB, who member.Actor, code BoardCode) (CodeDid, error) {
	tags := vouchTags(who, code.CodeHash)
	signs, err := gorm.G[Vouch](tx).Where("code_hash = ?", code.CodeHash).Find(ctx)
	if err != nil {
		return "", err
	}
	if slices.ContainsFunc(signs, func(sign Vouch) bool { return hasTag(tags, sign.Tag) }) {
		return "", codeFault("forum.group.code.twice")
	}
	if len(signs)+1 < VouchesNeeded {
		return Vouched, gorm.G[Vouch](tx).Create(ctx, &Vouch{CodeHash: code.CodeHash, Tag: tags[0]})
	}
	if _, err := gorm.G[Vouch](tx).Where("code_hash = ?", code.CodeHash).Delete(ctx); err != nil {
		return "", err
	}
	return Admitted, s.admit(ctx, tx, code, code.Tag)
}

// enterGroup uses a starter code up.
func (s *Service) enterGroup(ctx context.Context, tx *gorm.DB, who member.Actor, code BoardCode) (CodeDid, error) {
	n, err := membersOf(ctx, tx, code.Board)
	if err != nil {
		return "", err
	}
	if n >= FewMembers {
		return "", codeFault("forum.group.code.full")
	}
	tags := boardTags(who, code.Board)
	if err := s.dropCodes(ctx, tx, code.Board, tags); err != nil {
		return "", err
	}
	return Entered, s.admit(ctx, tx, code, tags[0])
}

// admit makes a member and takes the code away.
func (s *Service) admit(ctx context.Context, tx *gorm.DB, code BoardCode, tag []byte) error {
	if _, err := gorm.G[BoardCode](tx).Where("code_hash = ?", code.CodeHash).Delete(ctx); err != nil {
		return err
	}
	return tx.WithContext(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&BoardMember{Board: code.Board, Tag: tag}).Error
}

// LeaveGroup takes somebody out of a group, or takes her question to come in back. What she
// wrote there stays until she deletes it.
func (s *Service) LeaveGroup(ctx context.Context, who member.Actor, slug string) error {
	if !who.SignedIn() {
		return fault.New(fault.SignIn, "error.signin")
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error { return s.forgetIn(ctx, tx, who, slug) })
}

func (s *Service) forgetIn(ctx context.Context, tx *gorm.DB, who member.Actor, slug string) error {
	tags := boardTags(who, slug)
	if err := s.dropCodes(ctx, tx, slug, tags); err != nil {
		return err
	}
	if _, err := gorm.G[BoardClosing](tx).Where("board = ? AND tag IN ?", slug, closeTags(who, slug)).Delete(ctx); err != nil {
		return err
	}
	_, err := gorm.G[BoardMember](tx).Where("board = ? AND tag IN ?", slug, tags).Delete(ctx)
	return err
}

// eraseGroups takes her out of every group when she deletes her account, with the signs
// that she gave for others and that still wait.
func (s *Service) eraseGroups(ctx context.Context, tx *gorm.DB, who member.Actor) error {
	groups, err := gorm.G[Board](tx).Where("audience = ?", Group).Find(ctx)
	if err != nil {
		return err
	}
	for _, g := range groups {
		if err := s.forgetIn(ctx, tx, who, g.Slug); err != nil {
			return err
		}
	}
	codes, err := gorm.G[BoardCode](tx).Select("code_hash").Where("tag IS NOT NULL").Find(ctx)
	if err != nil {
		return err
	}
	for _, code := range codes {
		if _, err := gorm.G[Vouch](tx).Where("code_hash = ? AND tag IN ?", code.CodeHash, vouchTags(who, code.CodeHash)).Delete(ctx); err != nil {
			return err
		}
	}
	return nil
}

// MyWordsIn lists her own posts on one board, newest day first: somebody whom a group put
// out can still take her words away.
func (s *Service) MyWordsIn(ctx context.Context, who member.Actor, slug string) ([]Post, error) {
	if !who.SignedIn() {
		return nil, nil
	}
	trail, err := member.Trail(ctx, s.store.DB, who)
	if err != nil {
		return nil, err
	}
	var mine []Post
	for batch := range slices.Chunk(trail, 400) {
		topics, err := gorm.G[Topic](s.store.DB).Select("id").Where("board = ? AND id IN ?", slug, batch).Find(ctx)
		if err != nil {
			return nil, store.Translate(err)
		}
		var tags [][]byte
		for _, topic := range topics {
			tags = append(tags, who.Tags(purposeTopic, topic.ID)...)
		}
		posts, err := gorm.G[Post](s.store.DB).Where("tag IN ?", tags).Order("day DESC, id").Limit(200).Find(ctx)
		if err != nil {
			return nil, store.Translate(err)
		}
		mine = append(mine, posts...)
	}
	return mine, nil
}
