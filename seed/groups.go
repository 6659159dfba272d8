package seed

import (
	"context"
	"fmt"
	"time"

	"portico/app/forum"
	"portico/app/member"
)

// groupData is a group that lets people in by vouching. Key makes its address, the same in
// every demonstration. Members come in one a day, after the host has set it up.
type groupData struct {
	Key, Name, Purpose, Lang, Host, Asks string
	DaysAgo                              int `toml:"days_ago"`
	Members                              []string
	Talks                                []*talkData `toml:"talk"`

	slug string
}

// groupCode is the purpose of a group's codes, as pages use it.
const groupCode = "group"

// planGroups plans how groups come to be, who comes in, and what is talked about there.
func (l *loader) planGroups() ([]event, error) {
	var events []event
	for _, g := range l.world.Groups {
		if len(g.Members) < forum.FewMembers || g.DaysAgo <= len(g.Members)+1 {
			return nil, fmt.Errorf("the group %q has too few members or too little time", g.Name)
		}
		var codes []member.Code
		events = append(events, event{l.ago(g.DaysAgo), func(ctx context.Context) (err error) {
			codes, err = l.setUpGroup(ctx, g)
			return about(err, "set up the group %q", g.Name)
		}})
		for i, name := range g.Members {
			events = append(events, event{l.ago(g.DaysAgo - 1 - i), func(ctx context.Context) error {
				if i < forum.StarterCodes {
					return about(l.useCode(ctx, g, name, codes[i], forum.Entered), "%s comes into %q", name, g.Name)
				}
				return about(l.letIn(ctx, g, name, g.Members[:i]), "%s is let into %q", name, g.Name)
			}})
		}
		if g.Asks != "" {
			events = append(events, event{l.ago(1), func(ctx context.Context) error {
				return about(l.letIn(ctx, g, g.Asks, g.Members[:1]), "%s asks to come into %q", g.Asks, g.Name)
			}})
		}
		for _, t := range g.Talks {
			if t.DaysAgo < 2 || t.DaysAgo >= g.DaysAgo-len(g.Members) {
				return nil, fmt.Errorf("%q begins before all of %q are there", t.Title, g.Name)
			}
			events = append(events, l.planTalk(t)...)
		}
	}
	return events, nil
}

func (l *loader) setUpGroup(ctx context.Context, g *groupData) ([]member.Code, error) {
	host, err := l.colleague(g.Host)
	if err != nil {
		return nil, err
	}
	codes, hashes := make([]member.Code, forum.StarterCodes), make([][]byte, forum.StarterCodes)
	for i := range codes {
		codes[i] = l.people.NewCode(groupCode)
		hashes[i] = codes[i].Hash
	}
	g.slug, err = l.forum.SetUpGroup(ctx, host, forum.NewGroup{Name: g.Name, Purpose: g.Purpose, Lang: g.Lang, Nonce: g.Key}, hashes)
	for _, t := range g.Talks {
		t.Board = g.slug
	}
	return codes, err
}

// letIn lets somebody show her code to two of those who are in, or to one when there is no
// more; then it waits.
func (l *loader) letIn(ctx context.Context, g *groupData, name string, inside []string) error {
	who, err := l.actor(name)
	if err != nil {
		return err
	}
	code := l.people.NewCode(groupCode)
	if err := l.forum.AskIn(ctx, who, g.slug, code.Hash); err != nil {
		return err
	}
	did := forum.Vouched
	for _, voucher := range inside[max(0, len(inside)-forum.VouchesNeeded):] {
		l.clock.later(time.Hour)
		if err := l.useCode(ctx, g, voucher, code, did); err != nil {
			return err
		}
		did = forum.Admitted
	}
	return nil
}

func (l *loader) useCode(ctx context.Context, g *groupData, name string, code member.Code, want forum.CodeDid) error {
	who, err := l.actor(name)
	if err != nil {
		return err
	}
	did, err := l.forum.UseCode(ctx, who, g.slug, code.Hash)
	if err == nil && did != want {
		err = fmt.Errorf("the code of %s did %q, want %q", name, did, want)
	}
	return err
}

// allTalks are those of every board and of every group.
func (l *loader) allTalks() []*talkData {
	all := append([]*talkData{}, l.world.Talks...)
	for _, g := range l.world.Groups {
		all = append(all, g.Talks...)
	}
	return all
}
