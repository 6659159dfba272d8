package storetest

import (
	"context"
	"testing"

	"github.com/pquerna/otp/totp"

	"portico/app/member"
)

// TakeUp lets somebody take up the role of a link, as she does on its page: with the
// passphrase that is proposed and a code of her second factor. It returns what she was
// shown too, for tests in which she signs in again.
func (db *DB) TakeUp(t testing.TB, members *member.Service, handle string, offer func(context.Context) (string, error)) (member.Opened, member.Offer) {
	t.Helper()
	ctx := context.Background()
	token, err := offer(ctx)
	if err != nil {
		t.Fatal(err)
	}
	shown, err := members.ReadLink(ctx, token, "Portico")
	if err != nil {
		t.Fatal(err)
	}
	code, err := totp.GenerateCode(shown.Factor, db.Time.Now())
	if err != nil {
		t.Fatal(err)
	}
	opened, err := members.TakeUp(ctx, token, member.RoleForm{Handle: handle, Passphrase: shown.Passphrase, Code: code, Ticket: shown.Ticket})
	if err != nil {
		t.Fatal(err)
	}
	return opened, shown
}

// Join lets somebody join without a code.
func (db *DB) Join(t testing.TB, members *member.Service) member.Actor {
	t.Helper()
	opened, err := members.Join(context.Background(), member.JoinForm{Adult: true, Rules: true}, "")
	if err != nil {
		t.Fatal(err)
	}
	return opened.Actor
}
