package seed

import (
	"context"
	"encoding/binary"
	"slices"
	"time"

	"gorm.io/gorm"

	"portico/app/figures"
	"portico/app/forum"
	"portico/app/member"
	"portico/app/server"
	"portico/app/store"
	"portico/app/vault"
)

// funder is invented, and its name says so.
const funder = "Fondazione Esempio (invented)"

// planFigures plans two tables for an invented funder: one that the group agreed to, and one
// about which it is asked now. Both are of the last month that is over; they come at the end,
// when that month holds all that happens in it.
func (l *loader) planFigures() ([]event, error) {
	s := figures.New(l.store, server.CountedBy(server.Counters{
		Forum: l.forum, Desk: l.desk, Material: l.materials, Peerwork: l.work, Training: l.training, Supervision: l.supervision, Timesheet: l.hours, Members: l.people,
	}))
	now := l.ago(0)
	here := time.Date(now.Year(), now.Month()-1, 15, 12, 0, 0, 0, l.store.Zone)
	return []event{{here, func(ctx context.Context) error {
		if err := l.handOnCounting(ctx); err != nil {
			return about(err, "the key for counting people")
		}
		return about(l.inventPeople(ctx), "the people of a month")
	}}, {l.ago(0), func(ctx context.Context) error {
		if err := l.inventContacts(ctx, s.Months()[0]); err != nil {
			return about(err, "the contacts of a month")
		}
		contacts := figures.Form{Measure: "contacts", Split: figures.ByLanguage + "," + figures.ByKind, Month: s.Months()[0], Recipient: funder, Nonce: "contacts"}
		if err := l.release(ctx, s, contacts, true); err != nil {
			return about(err, "the figures on contacts")
		}
		hours := figures.Form{Measure: "hours", Month: s.Months()[0], Recipient: funder, Nonce: "hours"}
		return about(l.release(ctx, s, hours, false), "the figures on hours")
	}}}, nil
}

// invented are contacts of the month that is over, by language: how many talks were begun,
// and how many names answered. Some are enough to be shown and some are not.
var invented = []struct {
	lang           string
	talks, answers int
}{{"it", 16, 34}, {"ro", 12, 21}, {"en", 11, 18}, {"fr", 4, 13}, {"ar", 2, 6}, {"sq", 1, 3}}

// readers are how many people of the month read each language: whoever comes in is counted once.
var readers = []struct {
	lang   string
	people int
}{{"it", 21}, {"ro", 13}, {"en", 12}, {"fr", 11}, {"ar", 6}, {"sq", 2}}

// inventPeople lets people be there of whom nothing else is known.
func (l *loader) inventPeople(ctx context.Context) error {
	for _, in := range readers {
		for range in.people {
			who := member.Actor{Account: store.NewID(), Secrets: []vault.Secret{vault.NewSecret()}}
			if err := l.people.Present(ctx, who, in.lang); err != nil {
				return err
			}
		}
	}
	return nil
}

// handOnCounting lets the coordinator who holds the key for counting people give it to the others.
func (l *loader) handOnCounting(ctx context.Context) error {
	for _, who := range l.actors {
		if who.Role == nil || !who.Has(member.RoleCoordinator) {
			continue
		}
		waiting, err := l.people.WaitingForKey(ctx, who, member.CircleFigures)
		if err != nil {
			return err
		}
		for _, one := range waiting {
			if err := l.people.GrantKey(ctx, who, member.CircleFigures, one.ID); err != nil {
				return err
			}
		}
	}
	return nil
}

// inventContacts writes them in two statements, as talks that nobody is shown: the talks that
// people read here are too few for a table.
func (l *loader) inventContacts(ctx context.Context, month string) error {
	var topics []forum.Topic
	var posts []forum.Post
	for _, in := range invented {
		for i := range in.talks {
			t := forum.Topic{ID: store.NewID(), Board: "start", Title: "Invented for the figures", Lang: in.lang, State: forum.Archived, LastNo: 1, LastDay: month + "-15"}
			for no := 1; no == 1 || i == 0 && no <= in.answers+1; no++ {
				t.LastNo = no
				posts = append(posts, forum.Post{
					ID: store.NewID(), TopicID: t.ID, No: no, Tag: vault.Random(16), Body: "Invented.", HTML: "<p>Invented.</p>", Lang: in.lang, Day: t.LastDay,
					Version: 1, State: forum.Hidden, NonceHash: vault.Random(32), SearchID: int64(binary.BigEndian.Uint64(vault.Random(8)) >> 1),
				})
			}
			topics = append(topics, t)
		}
	}
	return l.store.Tx(ctx, func(tx *gorm.DB) error {
		if err := tx.WithContext(ctx).CreateInBatches(topics, 100).Error; err != nil {
			return err
		}
		return tx.WithContext(ctx).CreateInBatches(posts, 100).Error
	})
}

// release proposes a table; peers and leaders agree, one after the other, until it is settled.
func (l *loader) release(ctx context.Context, s *figures.Service, f figures.Form, settle bool) error {
	coordinator, err := l.colleague("Petra")
	if err != nil {
		return err
	}
	id, err := s.Propose(ctx, coordinator, f)
	if err != nil {
		return err
	}
	for _, name := range l.group() {
		v, err := s.Look(ctx, coordinator, id)
		if err != nil || v.State != figures.Asked {
			return err
		}
		if err := s.Say(ctx, l.actors[name], id, true); err != nil || !settle {
			return err
		}
	}
	return nil
}

// group lists the peers and leaders of the cast by name.
func (l *loader) group() (names []string) {
	seen := map[store.ID]bool{}
	for name, who := range l.actors {
		if who.Role != nil && who.Has(member.RolePeer, member.RoleLeader) && !seen[who.Role.ID] {
			seen[who.Role.ID] = true
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}
