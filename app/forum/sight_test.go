package forum_test

import (
	"context"
	"testing"

	"gorm.io/gorm"

	"portico/app/forum"
)

// watch counts the reads of the table of group members.
func (p *place) watch(t *testing.T) (looks func() int) {
	t.Helper()
	n := 0
	err := p.DB.DB.Callback().Query().After("gorm:query").Register("count looks", func(db *gorm.DB) {
		if db.Statement.Table == "board_members" {
			n++
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return func() int { return n }
}

// TestWhatSheMaySeeIsAskedOncePerRequest counts the looks at the groups' member rows.
func TestWhatSheMaySeeIsAskedOncePerRequest(t *testing.T) {
	p := open(t)
	r := p.group(t, "One")
	looks := p.watch(t)
	count := func(ctx context.Context) int {
		before := looks()
		for range 3 {
			if _, err := p.forum.Board(ctx, r.first, r.slug, "en"); err != nil {
				t.Fatal(err)
			}
		}
		return looks() - before
	}
	if n := count(context.Background()); n != 3 {
		t.Fatalf("the counter saw %d looks of three: it counts nothing", n)
	}
	if n := count(forum.Once(context.Background())); n != 1 {
		t.Errorf("within one request: %d looks; want one", n)
	}
}
