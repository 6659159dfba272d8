package training_test

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"strings"
	"testing"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/training"
)

var badgeForm = training.BadgeForm{Origin: "https://portal.example", Issuer: "Portico", Lang: "en", Criteria: "All of it.", Name: "Anna"}

// file takes one of the two files of what she holds.
func (s *school) file(t *testing.T, who member.Actor, module string, kind training.BadgeKind, f training.BadgeForm) string {
	t.Helper()
	raw, err := s.training.BadgeFile(ctx, who, module, kind, f)
	must(t, err)
	return string(raw)
}

// payload checks a token by hand with the published keys and returns what it says.
func (s *school) payload(t *testing.T, token string) map[string]any {
	t.Helper()
	raw, err := s.training.KeySet(badgeForm.Origin)
	must(t, err)
	var set struct{ Keys []struct{ X string } }
	must(t, json.Unmarshal(raw, &set))
	key, err := base64.RawURLEncoding.DecodeString(set.Keys[0].X)
	must(t, err)
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		t.Fatalf("a token of %d parts", len(parts))
	}
	signature, err := base64.RawURLEncoding.DecodeString(parts[2])
	must(t, err)
	if !ed25519.Verify(key, []byte(parts[0]+"."+parts[1]), signature) {
		t.Fatal("the token does not check")
	}
	text, err := base64.RawURLEncoding.DecodeString(parts[1])
	must(t, err)
	var all map[string]any
	must(t, json.Unmarshal(text, &all))
	return all
}

func TestAFileSaysTheStatementAndItsNameAlone(t *testing.T) {
	s := newSchool(t)
	s.lasting(6)
	her := s.join(t)
	if _, err := s.training.BadgeFile(ctx, her, "walk", training.SignedFile, badgeForm); !fault.Is(err, fault.NotFound) {
		t.Errorf("a file of nothing: %v", err)
	}
	finish(t, s, her, "walk", "u1", "u2")
	held := s.made(t, her, "walk")
	token := s.file(t, her, "walk", training.SignedFile, badgeForm)
	said := s.payload(t, token)
	if said["validFrom"] != "2026-03-07T00:00:00Z" || said["validUntil"] != held.Ends+"T23:59:59Z" || said["name"] != "walk" {
		t.Errorf("it says %v", said)
	}
	readable := s.file(t, her, "walk", training.ReadableFile, badgeForm)
	for _, unsaid := range []string{held.Code, training.ShowCode(held.Code), her.Account.String()} {
		if strings.Contains(readable, unsaid) {
			t.Errorf("the file holds %s", unsaid)
		}
	}
	if !strings.Contains(readable, "Anna") || strings.Contains(s.everything(t), "Anna") {
		t.Error("the name is not in the file, or it is in the database")
	}
	nameless := badgeForm
	nameless.Name = ""
	if other := s.payload(t, s.file(t, her, "walk", training.SignedFile, nameless)); other["id"] != said["id"] {
		t.Error("two files of one statement have two ids: then taking it back misses one")
	}
	must(t, s.training.TakeBack(ctx, her, "walk"))
	if _, err := s.training.BadgeFile(ctx, her, "walk", training.SignedFile, badgeForm); !fault.Is(err, fault.NotFound) {
		t.Errorf("a file of what was taken back: %v", err)
	}
}

func TestTwoFilesOfOnePersonCannotBeTiedTogether(t *testing.T) {
	s := newSchool(t)
	her, nameless := s.join(t), badgeForm
	nameless.Name = ""
	finish(t, s, her, "walk", "u1", "u2")
	finish(t, s, her, "kitewords", "u1")
	var ids []map[string]bool
	for _, module := range []string{"walk", "kitewords"} {
		s.made(t, her, module)
		said := s.payload(t, s.file(t, her, module, training.SignedFile, nameless))
		ids = append(ids, map[string]bool{said["jti"].(string): true, said["sub"].(string): true})
	}
	must(t, s.training.TakeBack(ctx, her, "walk"))
	s.made(t, her, "walk")
	said := s.payload(t, s.file(t, her, "walk", training.SignedFile, nameless))
	ids = append(ids, map[string]bool{said["jti"].(string): true, said["sub"].(string): true})
	for i := range ids {
		if len(ids[i]) != 2 {
			t.Errorf("credential and subject have one id: %v", ids[i])
		}
		for j := range i {
			for id := range ids[i] {
				if ids[j][id] {
					t.Errorf("two statements of hers share %s", id)
				}
			}
		}
	}
}

func TestTheListHoldsExactlyWhatWasTakenBack(t *testing.T) {
	s := newSchool(t)
	listed := func() string {
		raw, err := s.training.RevokedList(ctx, badgeForm.Origin)
		must(t, err)
		return string(raw)
	}
	id := map[string]string{}
	for name, who := range map[string]member.Actor{"hers": s.join(t), "the peer's": s.peer, "the other's": s.other} {
		finish(t, s, who, "walk", "u1", "u2")
		held := s.made(t, who, "walk")
		id[name] = s.payload(t, s.file(t, who, "walk", training.SignedFile, badgeForm))["id"].(string)
		switch name {
		case "hers":
			must(t, s.training.TakeBack(ctx, who, "walk"))
		case "the peer's":
			must(t, s.training.Revoke(ctx, s.boss, s.hash(held.Code), training.ByMistake))
			must(t, s.training.AllowAnew(ctx, s.boss, s.hash(held.Code)))
		}
	}
	list := listed()
	if !strings.Contains(list, id["hers"]) || !strings.Contains(list, id["the peer's"]) || strings.Contains(list, id["the other's"]) {
		t.Errorf("the list is %s, the ids are %v", list, id)
	}
	for _, unsaid := range []string{"walk", "mistake", "2026"} {
		if strings.Contains(list, unsaid) {
			t.Errorf("the list says %s", unsaid)
		}
	}
}

func TestTheKeyIsFoundByItsIDAndSurvivesARestart(t *testing.T) {
	s := newSchool(t)
	set, err := s.training.KeySet(badgeForm.Origin)
	must(t, err)
	again, err := training.New(s.Store, s.Server, nil).KeySet(badgeForm.Origin)
	if err != nil || string(again) != string(set) {
		t.Errorf("after a restart the keys are %s, %v", again, err)
	}
	var keys struct{ Keys []struct{ Kid, X string } }
	must(t, json.Unmarshal(set, &keys))
	one, ok := s.training.Key(badgeForm.Origin, keys.Keys[0].Kid[strings.LastIndexByte(keys.Keys[0].Kid, '/')+1:])
	if !ok || !strings.Contains(string(one), keys.Keys[0].X) {
		t.Errorf("its id leads to %s, %v", one, ok)
	}
}
