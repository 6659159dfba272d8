package onboarding

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// Round is one search of a group for its own title in one language: proposals first, then a
// secret vote.
type Round struct {
	ID             store.ID `gorm:"primaryKey"`
	OrganisationID store.ID
	Lang           string
	Number         int
	State          string
	OpenedDay      *string
	ClosesDay      *string
	ClosedDay      *string
	Chosen         string
}

// TableName names the table.
func (Round) TableName() string { return "title_rounds" }

// Proposal is a title that somebody proposed. Who did stands nowhere.
type Proposal struct {
	ID      store.ID `gorm:"primaryKey"`
	RoundID store.ID
	Words   string
}

// TableName names the table.
func (Proposal) TableName() string { return "title_proposals" }

// The states of a round.
const (
	Gathering   = "gathering"
	TitleOpen   = "open"
	TitleChosen = "chosen"
	TitleNone   = "none" // too few voted, or two were even
)

const (
	longestTitle  = 60
	mostProposals = 12
	purposeTitle  = "title vote"
)

// Titles are the titles that groups chose: another area asks for the default of a profile.
// It is "" where the group has chosen none in that language.
func (s *Service) Title(ctx context.Context, organisation store.ID, lang string) (string, error) {
	rows, err := gorm.G[Round](s.store.DB).Where("organisation_id = ? AND lang = ? AND state = ?", organisation, lang, TitleChosen).Order("number DESC").Limit(1).Find(ctx)
	if err != nil || len(rows) == 0 {
		return "", store.Translate(err)
	}
	return rows[0].Chosen, nil
}

// seat finds where a peer works; without a place she has no say in a title.
func (s *Service) seat(ctx context.Context, db *gorm.DB, who member.Actor) (store.ID, error) {
	if !isPeer(who) {
		return store.ID{}, fault.Missing()
	}
	at, err := s.orgs.Of(ctx, db, who.Role.ID)
	if err == nil && at.IsZero() {
		err = fault.New(fault.Refused, "joining.title.nowhere")
	}
	return at, err
}

// round finds the newest round of a language, or none.
func round(ctx context.Context, db *gorm.DB, organisation store.ID, lang string) (Round, error) {
	rows, err := gorm.G[Round](db).Where("organisation_id = ? AND lang = ?", organisation, lang).Order("number DESC").Limit(1).Find(ctx)
	if err != nil || len(rows) == 0 {
		return Round{}, store.Translate(err)
	}
	return rows[0], nil
}

// ProposeTitle proposes a title in a language. The first proposal begins a round.
func (s *Service) ProposeTitle(ctx context.Context, who member.Actor, lang, text string) (Receipt, error) {
	text = tidy(text)
	mend := asked("title", text, 2, longestTitle)
	if !slices.Contains(Langs, lang) {
		mend = append(mend, fault.Field{Name: "lang", Key: "joining.lang.missing"})
	}
	if _, err := s.seat(ctx, s.store.DB, who); err != nil {
		return Receipt{}, err
	}
	if err := fault.Mended(mend); err != nil {
		return Receipt{}, err
	}
	receipt, stop := screen(false, true, text)
	if stop {
		return receipt, nil
	}
	receipt.Stored = true
	err := s.store.Tx(ctx, func(tx *gorm.DB) error {
		at, err := s.seat(ctx, tx, who)
		if err != nil {
			return err
		}
		now, err := round(ctx, tx, at, lang)
		if err != nil {
			return err
		}
		if now.State == TitleOpen {
			return fault.New(fault.Conflict, "joining.title.voting")
		}
		if now.State != Gathering {
			now = Round{ID: store.NewID(), OrganisationID: at, Lang: lang, Number: now.Number + 1, State: Gathering}
			if err := gorm.G[Round](tx).Create(ctx, &now); err != nil {
				return err
			}
		}
		all, err := gorm.G[Proposal](tx).Where("round_id = ?", now.ID).Find(ctx)
		if err != nil {
			return err
		}
		if len(all) >= mostProposals {
			return fault.New(fault.Refused, "joining.title.many", "Most", mostProposals)
		}
		return gorm.G[Proposal](tx).Create(ctx, &Proposal{store.NewID(), now.ID, text})
	})
	if store.IsDuplicate(err) {
		err = fault.Mend(fault.Field{Name: "title", Key: "joining.title.there"})
	}
	return receipt, err
}

// OpenTitleVote ends the proposals and lets the peers choose until a day.
func (s *Service) OpenTitleVote(ctx context.Context, who member.Actor, id store.ID, closes string) error {
	if !store.DayIn(closes, s.store.DayAfter(1), s.store.DayAfter(longestVote)) {
		return fault.Mend(fault.Field{Name: "closes", Key: "joining.vote.range", Args: []any{"Most", longestVote}})
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		r, err := s.titleRound(ctx, tx, who, id)
		if err != nil {
			return err
		}
		if r.State != Gathering {
			return changed()
		}
		n, err := gorm.G[Proposal](tx).Where("round_id = ?", id).Count(ctx, "id")
		if err != nil {
			return err
		}
		if n < 2 {
			return fault.New(fault.Refused, "joining.title.few")
		}
		today := s.store.Today()
		r.State, r.OpenedDay, r.ClosesDay = TitleOpen, &today, &closes
		_, err = gorm.G[Round](tx).Where("id = ?", id).Select("State", "OpenedDay", "ClosesDay").Updates(ctx, r)
		return err
	})
}

// titleRound finds a round of her own group and locks it.
func (s *Service) titleRound(ctx context.Context, tx *gorm.DB, who member.Actor, id store.ID) (Round, error) {
	at, err := s.seat(ctx, tx, who)
	if err != nil {
		return Round{}, err
	}
	if _, err := gorm.G[Round](tx).Where("id = ?", id).Update(ctx, "id", id); err != nil {
		return Round{}, err
	}
	r, err := gorm.G[Round](tx).Where("id = ? AND organisation_id = ?", id, at).First(ctx)
	return r, store.Translate(err)
}

// VoteTitle chooses one of the proposals, once and in secret.
func (s *Service) VoteTitle(ctx context.Context, who member.Actor, id, proposal store.ID) error {
	if err := s.closeTitles(ctx); err != nil {
		return err
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		r, err := s.titleRound(ctx, tx, who, id)
		if err != nil {
			return err
		}
		if r.State != TitleOpen {
			return fault.New(fault.Conflict, "joining.title.over")
		}
		n, err := gorm.G[Proposal](tx).Where("id = ? AND round_id = ?", proposal, id).Count(ctx, "id")
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.Mend(fault.Field{Name: "proposal", Key: "joining.vote.missing"})
		}
		tags := who.Tags(purposeTitle, id)
		voted, err := gorm.G[Ballot](tx).Where("vote_id = ? AND tag IN ?", id, tags).Count(ctx, "tag")
		if err != nil {
			return err
		}
		if voted > 0 {
			return fault.New(fault.Conflict, "joining.vote.once")
		}
		if err := gorm.G[Ballot](tx).Create(ctx, &Ballot{VoteID: id, Tag: tags[0]}); err != nil {
			return err
		}
		if err := gorm.G[Choice](tx).Create(ctx, &Choice{ID: store.NewID(), VoteID: id, Choice: proposal.String()}); err != nil {
			return err
		}
		return s.settleTitle(ctx, tx, r)
	})
}

// closeTitles closes the votes about titles whose day is over.
func (s *Service) closeTitles(ctx context.Context) error {
	due, err := gorm.G[Round](s.store.DB).Where("state = ? AND closes_day < ?", TitleOpen, s.store.Today()).Limit(mostAtOnce).Find(ctx)
	if err != nil {
		return store.Translate(err)
	}
	for _, r := range due {
		if err := s.store.Tx(ctx, func(tx *gorm.DB) error { return s.settleTitle(ctx, tx, r) }); err != nil {
			return err
		}
	}
	return nil
}

// settleTitle counts when all have voted or the day is over. The title with the most votes
// is chosen when half of the peers voted and no other is even with it.
func (s *Service) settleTitle(ctx context.Context, tx *gorm.DB, r Round) error {
	peers, err := s.peersOf(ctx, tx, r.OrganisationID)
	if err != nil {
		return err
	}
	choices, err := gorm.G[Choice](tx).Where("vote_id = ?", r.ID).Find(ctx)
	if err != nil {
		return err
	}
	if r.State != TitleOpen || len(choices) < len(peers) && *r.ClosesDay >= s.store.Today() {
		return nil
	}
	counts := map[string]int{}
	for _, c := range choices {
		counts[c.Choice]++
	}
	best, even := "", false
	for proposal, n := range counts {
		switch {
		case best == "" || n > counts[best]:
			best, even = proposal, false
		case n == counts[best]:
			even = true
		}
	}
	today := s.store.Today()
	r.State, r.ClosedDay = TitleNone, &today
	if best != "" && !even && len(choices)*2 >= len(peers) {
		id, _ := store.ParseID(best)
		chosen, err := gorm.G[Proposal](tx).Where("id = ?", id).First(ctx)
		if err != nil {
			return err
		}
		r.State, r.Chosen = TitleChosen, chosen.Words
	}
	_, err = gorm.G[Round](tx).Where("id = ? AND state = ?", r.ID, TitleOpen).Select("State", "ClosedDay", "Chosen").Updates(ctx, r)
	return err
}

// RoundView is a round as a peer of the group sees it.
type RoundView struct {
	Round
	Proposals []Proposal
	Voted     bool // she has
}

// Rounds lists the newest round of each language of her group.
func (s *Service) Rounds(ctx context.Context, who member.Actor) ([]RoundView, error) {
	at, err := s.seat(ctx, s.store.DB, who)
	if err != nil {
		return nil, err
	}
	var list []RoundView
	for _, lang := range Langs {
		r, err := round(ctx, s.store.DB, at, lang)
		if err != nil {
			return nil, err
		}
		if r.ID.IsZero() {
			continue
		}
		v := RoundView{Round: r}
		if v.Proposals, err = gorm.G[Proposal](s.store.DB).Where("round_id = ?", r.ID).Order("id").Find(ctx); err != nil {
			return nil, store.Translate(err)
		}
		n, err := gorm.G[Ballot](s.store.DB).Where("vote_id = ? AND tag IN ?", r.ID, who.Tags(purposeTitle, r.ID)).Count(ctx, "tag")
		if err != nil {
			return nil, store.Translate(err)
		}
		v.Voted = n > 0
		list = append(list, v)
	}
	return list, nil
}
