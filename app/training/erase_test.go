package training_test

import (
	"testing"

	"github.com/pquerna/otp/totp"

	"portico/app/member"
	"portico/app/training"
)

const phrase = "a long passphrase of many words"

// takeUp makes a person with a role as the portal does.
func takeUp(t *testing.T, s *school, people *member.Service, handle string) member.Actor {
	t.Helper()
	token, err := people.OfferRoles(ctx, s.boss, []member.Role{member.RolePeer})
	must(t, err)
	shown, err := people.ReadLink(ctx, token, "Portico")
	must(t, err)
	code, err := totp.GenerateCode(shown.Factor, s.Time.Now())
	must(t, err)
	opened, err := people.TakeUp(ctx, token, member.RoleForm{Handle: handle, Passphrase: phrase, Code: code, Ticket: shown.Ticket})
	must(t, err)
	return opened.Actor
}

func TestDeletingAnAccountTakesItsLearningAlong(t *testing.T) {
	s := newSchool(t)
	people := member.New(s.Store, s.Server, member.Options{Salt: s.Salt, OpenJoin: true})
	people.OnDelete(s.training.Erase)
	opened, err := people.Join(ctx, member.JoinForm{Adult: true, Rules: true}, "here")
	must(t, err)
	her, peer := opened.Actor, takeUp(t, s, people, "pilaster")
	before := s.count(t, "boxes")
	finish(t, s, her, "kitewords", "u1")
	must(t, s.training.Reflect(ctx, her, "kitewords", "words"))
	if s.count(t, "boxes") != before+2 {
		t.Fatal("the boxes were not made")
	}
	must(t, people.DeleteAccount(ctx, her, member.Again{Key: her.NewKey, Client: "here"}, false))
	if n := s.count(t, "boxes"); n != before {
		t.Errorf("%d boxes are left of her", n-before)
	}
	finish(t, s, peer, "walk", "u1", "u2")
	must(t, s.training.Reflect(ctx, peer, "walk", "words"))
	must(t, s.training.Waive(ctx, s.boss, training.WaiverForm{Person: peer.Role.ID, Module: "kitewords", Reason: training.Teaches}))
	must(t, people.DeleteAccount(ctx, peer, member.Again{Key: phrase, Client: "here"}, false))
	if s.count(t, "training_units") != 0 || s.count(t, "training_waivers") != 0 || s.count(t, "boxes") != before {
		t.Error("units, waivers or boxes of a peer who left are still there")
	}
	if got, err := s.training.Finished(ctx, peer.Role.ID, "2026-01-01", "2026-12-31"); err != nil || len(got) != 1 {
		t.Errorf("the hours that were paid are gone: %v, %v", got, err)
	}
}
