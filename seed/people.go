package seed

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/pquerna/otp/totp"

	"portico/app/member"
)

// cards is the batch of invitations with which the members join, and visitors after them.
var cards = member.BatchForm{Label: "Cards for visitors", Most: 200, Days: 180}

// settleIn sets up the boards and brings the people in: the administrator by the first
// link, the team by links from those who may give them, the members by one invitation.
func (l *loader) settleIn(ctx context.Context) (Cast, error) {
	if err := l.setUpBoards(ctx); err != nil {
		return Cast{}, err
	}
	team, err := l.bringTeam(ctx)
	if err != nil {
		return Cast{}, err
	}
	if err := l.grantKeys(ctx); err != nil {
		return Cast{}, fmt.Errorf("hand the moderators' key on: %w", err)
	}
	l.clock.later(day)
	coordinator, err := l.holder(member.RoleCoordinator)
	if err != nil {
		return Cast{}, err
	}
	var cast Cast
	if _, cast.Invitation, err = l.people.Invite(ctx, coordinator, cards); err != nil {
		return Cast{}, fmt.Errorf("make invitations: %w", err)
	}
	for _, p := range l.world.People {
		one, isTeam := team[p.Name]
		if !isTeam {
			if one, err = l.join(ctx, p, cast.Invitation); err != nil {
				return Cast{}, fmt.Errorf("%s joins: %w", p.Name, err)
			}
		}
		cast.People = append(cast.People, one)
	}
	return cast, l.people.FlushUses(ctx)
}

func (l *loader) setUpBoards(ctx context.Context) error {
	return l.forum.SetUpBoards(ctx, l.world.boards())
}

// bringTeam gives everybody with a handle her roles: the first administrator, then the
// coordinators, then the others, each by somebody who may.
func (l *loader) bringTeam(ctx context.Context) (map[string]Person, error) {
	team := map[string]Person{}
	for _, step := range []member.Role{member.RoleAdmin, member.RoleCoordinator, ""} {
		for _, p := range l.world.People {
			_, here := team[p.Name]
			if here || p.Handle == "" || (step != "" && !slices.Contains(p.Roles, string(step))) {
				continue
			}
			l.clock.later(time.Hour)
			token, err := l.link(ctx, p, step)
			if err != nil {
				return nil, fmt.Errorf("a link for %s: %w", p.Name, err)
			}
			if team[p.Name], err = l.takeUp(ctx, p, token); err != nil {
				return nil, fmt.Errorf("%s takes up her roles: %w", p.Name, err)
			}
		}
	}
	return team, nil
}

// link makes the link that gives a person her roles.
func (l *loader) link(ctx context.Context, p personData, step member.Role) (string, error) {
	if len(l.actors) == 0 {
		return l.people.OfferFirstAdmin(ctx)
	}
	giver := member.RoleCoordinator
	if step != "" {
		giver = member.RoleAdmin
	}
	who, err := l.holder(giver)
	if err != nil {
		return "", err
	}
	roles := make([]member.Role, len(p.Roles))
	for i, r := range p.Roles {
		roles[i] = member.Role(r)
	}
	return l.people.OfferRoles(ctx, who, roles)
}

// takeUp follows a role link with the passphrase and the second factor that it proposes.
func (l *loader) takeUp(ctx context.Context, p personData, token string) (Person, error) {
	offer, err := l.people.ReadLink(ctx, token, "Portico")
	if err != nil {
		return Person{}, err
	}
	code, err := totp.GenerateCode(offer.Factor, l.clock.Now())
	if err != nil {
		return Person{}, err
	}
	in, err := l.people.TakeUp(ctx, token, member.RoleForm{
		Handle: p.Handle, Passphrase: offer.Passphrase, Code: code, Ticket: offer.Ticket,
	})
	if err != nil {
		return Person{}, err
	}
	one := Person{Name: p.Name, Lang: p.Lang, Handle: p.Handle, Passphrase: offer.Passphrase, TOTP: offer.Factor}
	for _, r := range in.Actor.Roles() {
		one.Roles = append(one.Roles, string(r))
	}
	if !slices.Equal(one.Roles, p.Roles) {
		return Person{}, fmt.Errorf("the link gave the roles %v, and the cast says %v", one.Roles, p.Roles)
	}
	return one, l.enter(ctx, p.Name, in)
}

// join makes a member with the invitation.
func (l *loader) join(ctx context.Context, p personData, code string) (Person, error) {
	l.clock.later(time.Hour)
	in, err := l.people.Join(ctx, member.JoinForm{Code: code, Adult: true, Rules: true, Device: member.NoTrace}, "")
	if err != nil {
		return Person{}, err
	}
	return Person{Name: p.Name, Roles: p.Roles, Lang: p.Lang, Key: in.Actor.NewKey}, l.enter(ctx, p.Name, in)
}

// enter keeps a person at hand and ends the session that her arrival opened, so that
// nobody's list of sessions begins with one that is not hers.
func (l *loader) enter(ctx context.Context, name string, in member.Opened) error {
	l.actors[name] = in.Actor
	return l.people.SignOut(ctx, in.Cookie)
}

// grantKeys hands the keys of the circles on from the one who founded each to all others.
func (l *loader) grantKeys(ctx context.Context) error {
	for _, circle := range []string{member.CircleModerators, member.CircleDuty} {
		if err := l.grantKey(ctx, circle); err != nil {
			return err
		}
	}
	return nil
}

func (l *loader) grantKey(ctx context.Context, circle string) error {
	for _, p := range l.world.People {
		who := l.actors[p.Name]
		holds, err := l.people.HoldsKey(ctx, who, circle)
		if err != nil {
			return err
		}
		if !holds {
			continue
		}
		waiting, err := l.people.WaitingForKey(ctx, who, circle)
		if err != nil {
			return err
		}
		for _, other := range waiting {
			if l.stillLearns(other.Handle) {
				continue
			}
			if err := l.people.GrantKey(ctx, who, circle, other.ID); err != nil {
				return err
			}
		}
		return nil
	}
	return errors.New("nobody holds the key of a circle: " + circle)
}

// holder is the first of the cast who has a role already.
func (l *loader) holder(role member.Role) (member.Actor, error) {
	for _, p := range l.world.People {
		if who := l.actors[p.Name]; who.Has(role) {
			return who, nil
		}
	}
	return member.Actor{}, fmt.Errorf("nobody in the cast has the role %q", role)
}

// stillLearns reports whether somebody is too new for the key of a circle.
func (l *loader) stillLearns(handle string) bool {
	for _, p := range l.world.People {
		if p.Handle == handle {
			return p.Learning
		}
	}
	return false
}
