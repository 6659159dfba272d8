package career_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pquerna/otp/totp"

	"portico/app/career"
	"portico/app/fault"
	"portico/app/member"
	"portico/app/store/storetest"
)

// world is a small team on a fresh database, with a supervisor from outside.
type world struct {
	*storetest.DB
	members                                    *member.Service
	path                                       *career.Service
	boss, second, peer, other, outer, outsider member.Actor
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{DB: storetest.New(t)}
	w.members = member.New(w.Store, w.Server, member.Options{Salt: w.Salt, OpenJoin: true})
	w.path = career.New(w.Store)
	w.boss = w.takeUp(t, "keystone", w.members.OfferFirstAdmin)
	w.second = w.hire(t, "bussola", member.RoleCoordinator, member.RolePeer)
	w.peer = w.hire(t, "lampione", member.RolePeer)
	w.other = w.hire(t, "girasole", member.RolePeer)
	w.outer = w.hire(t, "traghetto", member.RoleSupervisor)
	w.outsider = w.hire(t, "faro-lento", member.RoleLeader)
	return w
}

func (w *world) hire(t *testing.T, handle string, roles ...member.Role) member.Actor {
	t.Helper()
	return w.takeUp(t, handle, func(ctx context.Context) (string, error) { return w.members.OfferRoles(ctx, w.boss, roles) })
}

func (w *world) takeUp(t *testing.T, handle string, offer func(context.Context) (string, error)) member.Actor {
	t.Helper()
	ctx := context.Background()
	token, err := offer(ctx)
	if err != nil {
		t.Fatal(err)
	}
	shown, err := w.members.ReadLink(ctx, token, "Portico")
	if err != nil {
		t.Fatal(err)
	}
	code, err := totp.GenerateCode(shown.Factor, w.Time.Now())
	if err != nil {
		t.Fatal(err)
	}
	opened, err := w.members.TakeUp(ctx, token, member.RoleForm{Handle: handle, Passphrase: shown.Passphrase, Code: code, Ticket: shown.Ticket})
	if err != nil {
		t.Fatal(err)
	}
	return opened.Actor
}

func (w *world) join(t *testing.T) member.Actor {
	t.Helper()
	opened, err := w.members.Join(context.Background(), member.JoinForm{Adult: true, Rules: true}, "")
	if err != nil {
		t.Fatal(err)
	}
	return opened.Actor
}

// dump is every table and the database's own files, as a thief would read them.
func (w *world) dump(t *testing.T) string {
	t.Helper()
	tables, err := w.DB.DB.Migrator().GetTables()
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, table := range tables {
		var rows []map[string]any
		if strings.HasPrefix(table, "post_words") || strings.HasPrefix(table, "sqlite_") {
			continue
		}
		if err := w.DB.DB.Table(table).Find(&rows).Error; err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			for column, value := range row {
				if raw, ok := value.([]byte); ok {
					row[column] = string(raw)
				}
			}
			fmt.Fprintf(&b, "%s %v\n", table, row)
		}
	}
	if !storetest.Postgres() {
		for _, suffix := range []string{"", "-wal"} {
			raw, err := os.ReadFile(filepath.Join(w.Folder, "portico.db"+suffix))
			if err != nil {
				t.Fatal(err)
			}
			b.Write(raw)
		}
	}
	return b.String() + w.Logs.String()
}

// refuses holds that an act is refused with one message, of the whole form or of a field.
func refuses(t *testing.T, what, key string, err error) {
	t.Helper()
	f := fault.As(err)
	if f == nil || f.Key != key && (len(f.Fields) == 0 || f.Fields[0].Key != key) {
		t.Errorf("%s: got %v; want %s", what, err, key)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
