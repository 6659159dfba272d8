package desk_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"portico/app/desk"
	"portico/app/fault"
	"portico/app/forum"
	"portico/app/member"
	"portico/app/store"
	"portico/app/store/storetest"
	"portico/moderation"
)

// crowded is how many items two moderators clear at once.
const crowded = 500

// elsewhere makes this test program a second server: it clears the queue of the PostgreSQL
// database that it names and prints the items that it decided.
const elsewhere = "PORTICO_TEST_DESK_ELSEWHERE"

func TestMain(m *testing.M) {
	address := os.Getenv(elsewhere)
	if address == "" {
		os.Exit(m.Run())
	}
	db, err := store.Open(store.Address{Postgres: address}, store.Clock{Now: func() time.Time { return storetest.Start }, Zone: time.UTC}, slog.New(slog.DiscardHandler))
	if err == nil {
		var decided []string
		decided, err = clearQueue(server(db), team("from elsewhere", member.RoleModerator))
		fmt.Println(strings.Join(decided, "\n"))
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// server is a desk of its own on a database.
func server(db *store.Store) *desk.Service {
	queue := desk.NewQueue(db.Clock)
	return desk.New(db, queue, forum.New(db, queue))
}

// clearQueue takes one item after the other until none waits, and returns those that it decided.
func clearQueue(d *desk.Service, who member.Actor) (decided []string, err error) {
	ctx := context.Background()
	for {
		items, err := d.Waiting(ctx, who, "")
		if err != nil {
			return decided, err
		}
		free := slices.DeleteFunc(items, func(i desk.Item) bool { return i.TakenBy(who, storetest.Start) == "other" })
		if len(free) == 0 {
			if len(items) == 0 {
				return decided, nil
			}
			continue // the other is about to decide what is left
		}
		// Both reach for the head of the queue, as two people would.
		item := free[0]
		if err := d.Claim(ctx, who, item.ID); err != nil {
			if fault.Is(err, fault.Conflict) || fault.Is(err, fault.NotFound) {
				continue
			}
			return decided, err
		}
		choice := desk.Choice{Action: desk.Keep}
		if len(decided)%2 == 1 {
			choice = desk.Choice{Action: desk.Hide, Reason: "spam"}
		}
		if err := d.Decide(ctx, who, item.ID, choice, forum.Reasons); err != nil {
			return decided, fmt.Errorf("decide what she holds: %w", err)
		}
		decided = append(decided, item.ID.String())
	}
}

// TestTwoModeratorsNeverDecideTheSameItem lets two people clear 500 items at once: on
// SQLite in one server, on PostgreSQL in two processes.
func TestTwoModeratorsNeverDecideTheSameItem(t *testing.T) {
	p := open(t)
	waiting := map[string]bool{}
	for i := range crowded {
		p.write(t, someone(), forum.Draft{Body: fmt.Sprintf("How do you sleep on night %d?", i)})
	}
	var items []desk.Item
	if err := p.Store.DB.Where("kind = ?", moderation.Look).Find(&items).Error; err != nil || len(items) != crowded {
		t.Fatalf("%d items wait, %v; want %d", len(items), err, crowded)
	}
	for _, item := range items {
		waiting[item.ID.String()] = true
	}
	done := workers(t, p)
	seen := map[string]int{}
	for _, decided := range done {
		for _, id := range decided {
			seen[id]++
			if !waiting[id] {
				t.Errorf("an item was decided that never waited: %s", id)
			}
		}
	}
	for id := range waiting {
		if seen[id] != 1 {
			t.Errorf("item %s was decided %d times", id, seen[id])
		}
	}
	var counted, left int64
	p.Store.DB.Raw("SELECT COALESCE(SUM(n), 0) FROM desk_counts").Scan(&counted)
	p.Store.DB.Model(&desk.Item{}).Count(&left)
	if counted != crowded || left != 0 {
		t.Errorf("%d decisions are counted and %d items wait; want %d and none", counted, left, crowded)
	}
	t.Logf("the first decided %d, the second %d", len(done[0]), len(done[1]))
}

func workers(t *testing.T, p *place) [2][]string {
	t.Helper()
	var done [2][]string
	var errs [2]error
	var wg sync.WaitGroup
	for i := range done {
		wg.Go(func() {
			if storetest.Postgres() {
				done[i], errs[i] = process(p.Address.Postgres)
			} else {
				done[i], errs[i] = clearQueue(p.desk, team(fmt.Sprintf("moderator %d", i), member.RoleModerator))
			}
		})
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			t.Fatal(err)
		}
	}
	return done
}

// process runs this test program once more as a server of its own.
func process(address string) ([]string, error) {
	program, err := os.Executable()
	if err != nil {
		return nil, err
	}
	var stdout, stderr bytes.Buffer
	cmd := exec.Command(program)
	cmd.Env = append(os.Environ(), elsewhere+"="+address)
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("the other server: %w: %s", err, stderr.String())
	}
	return strings.Fields(stdout.String()), nil
}
