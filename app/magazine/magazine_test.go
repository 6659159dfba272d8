package magazine_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/magazine"
	"portico/app/member"
	"portico/app/store"
)

func TestTopicsAreWantedOnceByEverybody(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	id := w.begun(t)
	first, err := w.mag.Propose(ctx, w.anna, id, "  Night   buses ", "n1")
	must(t, err)
	again, err := w.mag.Propose(ctx, w.anna, id, "Night buses", "n1")
	must(t, err)
	second, err := w.mag.Propose(ctx, w.bianca, id, "Doctors who ask nothing", "n2")
	must(t, err)
	if first.ID != again.ID {
		t.Error("the same form made two topics")
	}
	for _, who := range []member.Actor{w.anna, w.anna, w.bianca, w.leader} {
		must(t, w.mag.Want(ctx, who, id, second.ID))
	}
	must(t, w.mag.Want(ctx, w.carla, id, first.ID))
	o, err := w.mag.Open(ctx, w.anna, id)
	must(t, err)
	if len(o.Topics) != 2 || o.Topics[0].Words != "Doctors who ask nothing" || o.Topics[0].Wants != 3 || !o.Topics[0].Wanted || o.Topics[1].Wants != 1 || o.Topics[1].Wanted || !o.Voting {
		t.Errorf("topics: %+v", o.Topics)
	}
	r, err := w.mag.Propose(ctx, w.anna, id, "Call me at +39 333 123 4567", "n3")
	must(t, err)
	if r.Stored || len(r.Verdict.Findings) == 0 {
		t.Errorf("a phone number in a topic: %+v", r)
	}
}

func TestAWantAfterTheVoteIsToldSo(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	id := w.begun(t)
	topic, err := w.mag.Propose(ctx, w.anna, id, "Night buses", "")
	must(t, err)
	w.Time.Advance(8 * 24 * time.Hour)
	refused(t, "a want after the day", w.mag.Want(ctx, w.bianca, id, topic.ID), fault.Refused, "magazine.topics.over")
	_, err = w.mag.Propose(ctx, w.bianca, id, "Late", "")
	refused(t, "a topic after the day", err, fault.Refused, "magazine.topics.over")
	must(t, w.mag.Move(ctx, w.peer, id, magazine.Pieces))
	refused(t, "a want while pieces are collected", w.mag.Want(ctx, w.bianca, id, topic.ID), fault.Refused, "magazine.topics.over")
	must(t, w.mag.Move(ctx, w.leader, id, magazine.Stopped))
	refused(t, "a want for an issue that was stopped", w.mag.Want(ctx, w.bianca, id, topic.ID), fault.NotFound, "")
}

func TestWhoMayDoWhatInTheMagazine(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	id := w.collecting(t)
	piece := w.sent(t, w.anna, id, "An evening at the clinic")
	must(t, w.mag.Invite(ctx, w.leader, id, "keystone"))
	people := map[string]member.Actor{
		"nobody": {}, "a member": w.bianca, "its author": w.anna, "a leader of no board": w.other, "leader": w.leader, "peer": w.peer, "mediator": w.mediator, "coordinator": w.coord,
	}
	board := "leader peer mediator coordinator"
	for _, row := range []struct {
		verb, may string
		try       func(who member.Actor) error
	}{
		{"Begin", "leader coordinator a leader of no board", func(who member.Actor) error {
			_, err := w.mag.Begin(ctx, who, magazine.IssueForm{})
			return err
		}},
		{"Words", board, func(who member.Actor) error { return w.mag.Words(ctx, who, id, magazine.WordsForm{Title: "Winter"}) }},
		{"Invite", "leader coordinator", func(who member.Actor) error { return w.mag.Invite(ctx, who, id, "nobody-here") }},
		{"Leave", "leader", func(who member.Actor) error { return w.mag.Leave(ctx, who, id, store.NewID()) }},
		{"DropTopic", board, func(who member.Actor) error { return w.mag.DropTopic(ctx, who, id, store.NewID()) }},
		{"TakeOver", board, func(who member.Actor) error { return w.mag.TakeOver(ctx, who, id, store.NewID()) }},
		{"Opine", board, func(who member.Actor) error { return w.mag.Opine(ctx, who, id, piece, magazine.OpinionForm{}) }},
		{"Edit", board, func(who member.Actor) error { return w.mag.Edit(ctx, who, id, piece, magazine.EditForm{}) }},
		{"AddCopies", board, func(who member.Actor) error { return w.mag.AddCopies(ctx, who, id, "", 0, "") }},
		{"DropCopies", "", func(who member.Actor) error { return w.mag.DropCopies(ctx, who, id, store.NewID()) }},
		{"Move to layout", board, func(who member.Actor) error { return w.mag.Move(ctx, who, id, magazine.Layout) }},
		{"Move to published", "leader coordinator", func(who member.Actor) error { return w.mag.Move(ctx, who, id, magazine.Published) }},
		{"Room", board, func(who member.Actor) error { _, err := w.mag.Room(ctx, who, id); return err }},
		{"Distribution", board, func(who member.Actor) error { _, err := w.mag.Distribution(ctx, who, id); return err }},
		{"Piece", board + " its author", func(who member.Actor) error { _, err := w.mag.Piece(ctx, who, id, piece); return err }},
		{"Open", board + " its author a member a leader of no board", func(who member.Actor) error { _, err := w.mag.Open(ctx, who, id); return err }},
		{"TakeBack", "its author", func(who member.Actor) error { return w.mag.TakeBack(ctx, who, id, piece) }},
	} {
		for name, who := range people {
			if name == "its author" && row.verb == "TakeBack" {
				continue
			}
			err := row.try(who)
			may := row.may != "" && strings.Contains(row.may, name)
			if name == "a member" {
				may = strings.Contains(row.may, "a member")
			}
			if name == "leader" {
				may = strings.HasPrefix(row.may, "leader")
			}
			if row.verb == "DropCopies" {
				may = false // there is no such line
			}
			if hidden := fault.Is(err, fault.NotFound) || fault.Is(err, fault.SignIn); hidden == may {
				t.Errorf("%s by %s: %v, may be %v", row.verb, name, err, may)
			}
		}
	}
	must(t, w.mag.TakeBack(ctx, w.anna, id, piece))
}

func TestTheBoardDecidesOnAPiece(t *testing.T) {
	for _, row := range []struct {
		name   string
		author string
		votes  map[string]magazine.PieceState
		want   magazine.PieceState
	}{
		{"three of four take it", "", map[string]magazine.PieceState{"leader": magazine.Taken, "peer": magazine.Taken, "second": magazine.Taken}, magazine.Taken},
		{"two of four are not enough", "", map[string]magazine.PieceState{"leader": magazine.Taken, "peer": magazine.Taken}, magazine.Waiting},
		{"with changes, if as many want them", "", map[string]magazine.PieceState{"leader": magazine.Taken, "peer": magazine.Changed, "second": magazine.Changed}, magazine.Changed},
		{"not now", "", map[string]magazine.PieceState{"leader": magazine.Later, "peer": magazine.Later, "second": magazine.Later}, magazine.Later},
		{"two against two comes to not now", "", map[string]magazine.PieceState{"leader": magazine.Taken, "peer": magazine.Taken, "second": magazine.Later, "mediator": magazine.Later}, magazine.Later},
		{"one of the board wrote it: two of three", "leader", map[string]magazine.PieceState{"peer": magazine.Taken, "second": magazine.Taken}, magazine.Taken},
		{"staff and one peer do not decide alone", "leader", map[string]magazine.PieceState{"peer": magazine.Taken, "mediator": magazine.Taken}, magazine.Waiting},
	} {
		t.Run(row.name, func(t *testing.T) {
			w, ctx := newWorld(t), context.Background()
			id := w.collecting(t)
			people := map[string]member.Actor{"leader": w.leader, "peer": w.peer, "second": w.second, "mediator": w.mediator, "": w.anna}
			piece := w.sent(t, people[row.author], id, "An evening at the clinic")
			for name, choice := range row.votes {
				must(t, w.mag.Opine(ctx, people[name], id, piece, magazine.OpinionForm{Choice: choice, Words: "Because it is long."}))
			}
			if got := w.piece(t, piece); got.State != row.want || got.In() != (got.Place > 0) {
				t.Errorf("state %s at place %d, want %s", got.State, got.Place, row.want)
			}
			if row.author != "" {
				refused(t, "her own piece", w.mag.Opine(ctx, people[row.author], id, piece, magazine.OpinionForm{Choice: magazine.Taken}), fault.Refused, "magazine.piece.own")
			}
		})
	}
}

func TestAnOpinionMayBeChangedUntilThePieceIsDecided(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	id := w.collecting(t)
	piece := w.sent(t, w.anna, id, "An evening at the clinic")
	for _, choice := range []magazine.PieceState{magazine.Later, magazine.Taken} {
		must(t, w.mag.Opine(ctx, w.leader, id, piece, magazine.OpinionForm{Choice: choice, Words: "Too long."}))
	}
	v, err := w.mag.Piece(ctx, w.leader, id, piece)
	must(t, err)
	if v.Voted != 1 || !v.Said || v.People != 4 || v.Words != nil {
		t.Errorf("after two opinions of one: %+v", v)
	}
	refused(t, "not now without a reason", w.mag.Opine(ctx, w.peer, id, piece, magazine.OpinionForm{Choice: magazine.Later}), fault.Invalid, "")
	refused(t, "no choice", w.mag.Opine(ctx, w.peer, id, piece, magazine.OpinionForm{Choice: "gone"}), fault.Invalid, "")
	w.decided(t, id, piece, magazine.Later)
	refused(t, "after the decision", w.mag.Opine(ctx, w.mediator, id, piece, magazine.OpinionForm{Choice: magazine.Taken}), fault.Refused, "magazine.piece.decided")
	if v, err = w.mag.Piece(ctx, w.anna, id, piece); err != nil || len(v.Words) != 3 || !v.Mine {
		t.Errorf("what its author reads: %+v, %v", v, err)
	}
}

func TestChangesKeepBothTexts(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	id := w.collecting(t)
	piece := w.sent(t, w.anna, id, "An evening at the clinic")
	refused(t, "before it was taken with changes", w.mag.Edit(ctx, w.peer, id, piece, magazine.EditForm{Title: "An evening", Body: body}), fault.Conflict, "")
	w.decided(t, id, piece, magazine.Changed)
	mark := w.piece(t, piece).Mark()
	changed := body + " It is open until eight."
	must(t, w.mag.Edit(ctx, w.peer, id, piece, magazine.EditForm{Title: "An evening", Body: changed, Mark: mark}))
	must(t, w.mag.Edit(ctx, w.peer, id, piece, magazine.EditForm{Title: "An evening", Body: changed, Mark: mark}))
	refused(t, "an edit of older words", w.mag.Edit(ctx, w.leader, id, piece, magazine.EditForm{Title: "Evenings", Body: body, Mark: mark}), fault.Conflict, "magazine.piece.stale")
	v, err := w.mag.Piece(ctx, w.anna, id, piece)
	must(t, err)
	if v.Sent != body || v.Body != changed || v.Title != "An evening" {
		t.Errorf("its author reads %q and %q", v.Sent, v.Body)
	}
}

func TestAnIssueIsLaidOutAndRead(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	id := w.collecting(t)
	refused(t, "layout without a piece", w.mag.Move(ctx, w.peer, id, magazine.Layout), fault.Refused, "magazine.pieces.none")
	var ids []store.ID
	for _, title := range []string{"First", "Second", "Third"} {
		piece := w.sent(t, w.anna, id, title)
		ids = append(ids, piece)
		refused(t, "layout while one waits", w.mag.Move(ctx, w.peer, id, magazine.Layout), fault.Refused, "magazine.pieces.waiting")
		w.decided(t, id, piece, magazine.Taken)
	}
	w.decided(t, id, w.sent(t, w.bianca, id, "Fourth"), magazine.Later)
	must(t, w.mag.Move(ctx, w.peer, id, magazine.Layout))
	_, err := w.mag.Send(ctx, w.anna, id, magazine.PieceForm{Title: "Fifth", Body: body})
	refused(t, "a piece that comes too late", err, fault.Refused, "magazine.pieces.over")
	must(t, w.mag.Shift(ctx, w.peer, id, ids[2], true))
	must(t, w.mag.Shift(ctx, w.peer, id, ids[0], false))
	must(t, w.mag.Shift(ctx, w.peer, id, ids[2], true)) // already the first
	must(t, w.mag.Words(ctx, w.peer, id, magazine.WordsForm{Title: "Winter", Greeting: "Good evening.", Imprint: "Made by seven."}))
	must(t, w.mag.AddCopies(ctx, w.peer, id, "clinic", 40, "one"))
	must(t, w.mag.AddCopies(ctx, w.peer, id, "clinic", 40, "one"))
	must(t, w.mag.AddCopies(ctx, w.peer, id, "street", 60, "two"))
	refused(t, "no place", w.mag.AddCopies(ctx, w.peer, id, "Via Roma 12", 60, ""), fault.Invalid, "")
	refused(t, "no copies", w.mag.AddCopies(ctx, w.peer, id, "clinic", 0, ""), fault.Invalid, "")
	_, err = w.mag.Read(ctx, w.anna, id)
	refused(t, "reading before it is published", err, fault.NotFound, "")
	refused(t, "publishing by somebody who does not lead", w.mag.Move(ctx, w.peer, id, magazine.Published), fault.NotFound, "")
	must(t, w.mag.Move(ctx, w.leader, id, magazine.Published))
	r, err := w.mag.Read(ctx, member.Actor{}, id)
	must(t, err)
	if len(r.Pieces) != 3 || r.Pieces[0].Title != "Third" || r.Pieces[1].Title != "First" || r.Pieces[2].Title != "Second" || r.Copies != 100 || r.Imprint == "" {
		t.Errorf("the issue: %+v", r)
	}
	list, err := w.mag.Issues(ctx, member.Actor{})
	must(t, err)
	if len(list) != 1 || *list[0].PublishedDay != w.Today() {
		t.Errorf("the list: %+v", list)
	}
	must(t, w.mag.Move(ctx, w.leader, id, magazine.Stopped))
	_, err = w.mag.Read(ctx, member.Actor{}, id)
	refused(t, "an issue that was taken back", err, fault.NotFound, "")
}

func TestABoardIsFairBeforeItGoesOn(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	form := magazine.IssueForm{Title: "Winter", Month: "2026-12", Lang: "en", Closes: w.DayAfter(1)}
	id, err := w.mag.Begin(ctx, w.coord, form)
	must(t, err)
	refused(t, "without a leader", w.mag.Move(ctx, w.coord, id, magazine.Pieces), fault.Refused, "magazine.board.leader")
	must(t, w.mag.Invite(ctx, w.coord, id, "Lanterna"))
	refused(t, "with staff as half", w.mag.Move(ctx, w.coord, id, magazine.Pieces), fault.Refused, "magazine.board.staff")
	refused(t, "an unknown handle", w.mag.Invite(ctx, w.coord, id, "nessuna"), fault.Invalid, "")
	must(t, w.mag.Invite(ctx, w.leader, id, "lampione"))
	must(t, w.mag.Move(ctx, w.coord, id, magazine.Pieces))
	must(t, w.mag.Leave(ctx, w.coord, id, w.coord.Role.ID))
	refused(t, "the last who leads", w.mag.Leave(ctx, w.leader, id, w.leader.Role.ID), fault.Refused, "magazine.board.last")
}

func TestWordsThatAreTakenBackAreGone(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	issue, piece, text := w.published(t)
	read := func(pieces, gone int) {
		t.Helper()
		r, err := w.mag.Read(ctx, member.Actor{}, issue)
		must(t, err)
		if len(r.Pieces) != pieces || r.Gone != gone {
			t.Errorf("%d pieces, %d gone; want %d and %d", len(r.Pieces), r.Gone, pieces, gone)
		}
	}
	read(2, 0)
	kept := w.shelf[text]
	delete(w.shelf, text) // her consent for the magazine ended
	read(1, 1)
	w.shelf[text] = kept
	read(2, 0)
	must(t, w.Tx(ctx, func(tx *gorm.DB) error { return w.mag.Forget(ctx, tx, text) }))
	read(1, 1)
	refused(t, "to take back what is not hers", w.mag.TakeBack(ctx, w.bianca, issue, piece), fault.NotFound, "")
	must(t, w.mag.TakeBack(ctx, w.anna, issue, piece))
	read(0, 2)
	for _, p := range w.pieces(t, issue) {
		if p.Title+p.Body+p.Sent+p.Signed != "" || len(p.Tag) > 0 || p.State != magazine.Gone {
			t.Errorf("words are left: %+v", p)
		}
	}
}

func TestAPieceOfSomebodyWhoLeft(t *testing.T) {
	for _, row := range []struct {
		name  string
		posts bool
		state magazine.PieceState
		wants int
	}{
		{"her words stay", false, magazine.Taken, 1},
		{"her words go", true, magazine.Gone, 0},
	} {
		t.Run(row.name, func(t *testing.T) {
			w, ctx := newWorld(t), context.Background()
			id := w.begun(t)
			topic, err := w.mag.Propose(ctx, w.bianca, id, "Night buses", "")
			must(t, err)
			must(t, w.mag.Want(ctx, w.peer, id, topic.ID))
			must(t, w.mag.Move(ctx, w.leader, id, magazine.Pieces))
			piece := w.sent(t, w.peer, id, "An evening at the clinic")
			for _, who := range []member.Actor{w.leader, w.second} {
				must(t, w.mag.Opine(ctx, who, id, piece, magazine.OpinionForm{Choice: magazine.Taken}))
			}
			must(t, w.Tx(ctx, func(tx *gorm.DB) error { return w.mag.Erase(ctx, tx, w.peer, row.posts) }))
			if got := w.piece(t, piece).State; got != row.state {
				t.Errorf("her piece is %s, want %s", got, row.state)
			}
			_, err = w.mag.Room(ctx, w.peer, id)
			refused(t, "the room of a board that she left", err, fault.NotFound, "")
			o, err := w.mag.Open(ctx, w.anna, id)
			must(t, err)
			if o.Topics[0].Wants != row.wants {
				t.Errorf("%d wants are left, want %d", o.Topics[0].Wants, row.wants)
			}
		})
	}
}

func TestAStoryComesOnlyWithHerConsent(t *testing.T) {
	w := newWorld(t)
	id := w.collecting(t)
	err := w.mag.TakeOver(context.Background(), w.peer, id, store.NewID())
	if f := fault.As(err); f == nil || len(f.Fields) != 1 || f.Fields[0].Key != "magazine.material.refused" {
		t.Errorf("a text without her consent: %v", err)
	}
}

func TestWhatReadersMissOpensTheNextTopics(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	issue, _, _ := w.published(t)
	_, err := w.mag.Say(ctx, issue, magazine.SaidForm{})
	refused(t, "nothing said", err, fault.Invalid, "")
	for _, missing := range []string{"More about night buses", strings.Repeat("long ", 60), "My number is +39 333 123 4567"} {
		_, err := w.mag.Say(ctx, issue, magazine.SaidForm{Useful: "yes", Missing: missing, Insist: true, Nonce: missing})
		must(t, err)
	}
	room, err := w.mag.Room(ctx, w.peer, issue)
	must(t, err)
	if room.Said.UsefulYes != 3 || len(room.Said.Missing) != 3 {
		t.Errorf("what readers said: %+v", room.Said)
	}
	next, err := w.mag.Begin(ctx, w.leader, magazine.IssueForm{Title: "Spring", Month: "2027-01", Lang: "en", Closes: w.DayAfter(7)})
	must(t, err)
	o, err := w.mag.Open(ctx, w.carla, next)
	must(t, err)
	if len(o.Topics) != 1 || o.Topics[0].Words != "More about night buses" || !o.Topics[0].Readers || o.Number != 2 {
		t.Errorf("the next topics: %+v", o.Topics)
	}
	if next, err := w.mag.Room(ctx, w.mediator, next); err != nil || len(next.People) != 4 {
		t.Errorf("the next board: %+v, %v", next.People, err)
	}
}

func TestBadFormsAreSaidFieldByField(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	id := w.collecting(t)
	fields := func(err error) (names string) {
		if f := fault.As(err); f != nil {
			for _, one := range f.Fields {
				names += one.Name + " "
			}
		}
		return strings.TrimSpace(names)
	}
	_, begin := w.mag.Begin(ctx, w.leader, magazine.IssueForm{Title: "x", Month: "2026-13", Lang: "english please", Closes: "2020-01-01"})
	_, send := w.mag.Send(ctx, w.anna, id, magazine.PieceForm{Title: "x", Body: "short", Signed: strings.Repeat("a", 61)})
	_, long := w.mag.Send(ctx, w.anna, id, magazine.PieceForm{Title: "Long", Body: strings.Repeat("a", 12_001)})
	_, said := w.mag.Say(ctx, id, magazine.SaidForm{Useful: "yes"})
	refused(t, "feedback before it is published", said, fault.NotFound, "")
	for _, row := range []struct {
		name string
		err  error
		want string
	}{
		{"an issue", begin, "title month language closes"}, {"a piece", send, "title body signed"}, {"a long piece", long, "body"},
		{"words", w.mag.Words(ctx, w.peer, id, magazine.WordsForm{Imprint: strings.Repeat("a", 2001)}), "title imprint"},
	} {
		if got := fields(row.err); got != row.want {
			t.Errorf("%s: %q, want %q", row.name, got, row.want)
		}
	}
}
