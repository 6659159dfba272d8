package forum_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"portico/app/fault"
	"portico/app/forum"
	"portico/app/member"
	"portico/moderation"
)

// change sends words for a group from what stands there now.
func (p *place) change(t *testing.T, who member.Actor, slug string, texts ...forum.BoardText) (forum.GroupChange, error) {
	t.Helper()
	now, err := p.forum.GroupToEdit(context.Background(), who, slug)
	if err != nil {
		return forum.GroupChange{}, err
	}
	return p.forum.ChangeGroup(context.Background(), who, forum.BoardForm{Slug: slug, Texts: texts, Base: now.Base()})
}

func TestThePeopleOfAGroupWriteItsWords(t *testing.T) {
	ctx := context.Background()
	p := open(t)
	r := p.group(t, "One")
	arabic := forum.BoardText{Lang: "ar", Name: "نحن", Purpose: "لنا", Rules: "دون أسماء"}
	italian := forum.BoardText{Lang: "it", Name: "Noi", Purpose: " Per  noi ", Rules: "Una cosa alla volta"}
	if c, err := p.change(t, r.first, r.slug, italian, arabic); err != nil || !c.Stored {
		t.Fatalf("%+v, %v", c, err)
	}
	for lang, want := range map[string]forum.BoardView{
		"ar": {Name: "نحن", Purpose: "لنا", TextLang: "ar", Rules: "دون أسماء", RulesLang: "ar"},
		"it": {Name: "Noi", Purpose: "Per noi", TextLang: "it", Rules: "Una cosa alla volta", RulesLang: "it"},
		"fr": {Name: "نحن", Purpose: "لنا", TextLang: "ar", Rules: "دون أسماء", RulesLang: "ar"},
	} {
		g, err := p.forum.Group(ctx, member.Actor{}, r.slug, lang)
		if want.Board = g.Board; err != nil || g.BoardView != want {
			t.Errorf("in %s a visitor reads %+v, %v", lang, g.BoardView, err)
		}
	}
	now, err := p.forum.GroupToEdit(ctx, r.second, r.slug)
	if err != nil {
		t.Fatal(err)
	}
	mine := forum.BoardForm{Slug: r.slug, Base: now.Base(), Texts: []forum.BoardText{{Lang: "it", Name: "Le nostre sere", Purpose: "Per noi"}, {Lang: "ar"}}}
	if c, err := p.forum.ChangeGroup(ctx, r.second, mine); err != nil || !c.Stored {
		t.Fatal(err)
	}
	c, err := p.forum.ChangeGroup(ctx, r.first, mine)
	if !fault.Is(err, fault.Conflict) || c.Standing.Texts["it"].Name != "Le nostre sere" || len(c.Standing.Texts) != 1 {
		t.Errorf("from an older look: %+v, %v", c, err)
	}
	if c, err := p.change(t, p.team, r.slug, forum.BoardText{Lang: "it", Name: "Noi", Purpose: "Per noi"}); err != nil || !c.Stored {
		t.Errorf("a host puts the name right: %v", err)
	}
	var matters []string
	if err := p.DB.DB.Table("audit_rows").Where("kind = 'group' AND matter LIKE '%words%'").Pluck("matter", &matters).Error; err != nil || len(matters) != 3 {
		t.Fatalf("audited %q, %v", matters, err)
	}
	named := 0
	for _, matter := range matters {
		if strings.Contains(matter, p.team.Role.ID.String()) {
			named++
		}
	}
	if named != 1 {
		t.Errorf("the log names a host in %d of %q", named, matters)
	}
}

func TestWordsForAGroupAreRefusedOrMended(t *testing.T) {
	ctx := context.Background()
	p := open(t)
	r := p.group(t, "One")
	peer := p.takeUp(t, "bussola", func() (string, error) { return p.members.OfferRoles(ctx, p.admin, []member.Role{member.RolePeer}) })
	fine := forum.BoardText{Lang: "it", Name: "Noi", Purpose: "Per noi"}
	for name, who := range map[string]member.Actor{"a member": p.join(t), "a peer": peer, "a visitor": {}} {
		if _, err := p.change(t, who, r.slug, fine); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, row := range map[string]struct {
		texts []forum.BoardText
		key   string
	}{
		"no words at all":         {[]forum.BoardText{{Lang: "it"}, {Lang: "fr"}}, "board.name.length"},
		"a name and no purpose":   {[]forum.BoardText{fine, {Lang: "fr", Name: "Nous"}}, "board.purpose.length"},
		"rules alone":             {[]forum.BoardText{fine, {Lang: "fr", Rules: "Une chose"}}, "board.name.length"},
		"long rules":              {[]forum.BoardText{{Lang: "it", Name: "Noi", Purpose: "Per noi", Rules: strings.Repeat("x", forum.LongestRules+1)}}, "board.rules.length"},
		"a language that is none": {[]forum.BoardText{fine, {Lang: "??", Name: "Nous"}}, "forum.lang.unknown"},
		"a long purpose":          {[]forum.BoardText{{Lang: "it", Name: "Noi", Purpose: strings.Repeat("x", forum.LongestPurpose+1)}}, "board.purpose.length"},
	} {
		if _, err := p.change(t, r.first, r.slug, row.texts...); keyOf(err) != row.key {
			t.Errorf("%s: %v; want %s", name, err, row.key)
		}
	}
	for name, text := range map[string]forum.BoardText{
		"a number in the purpose": {Lang: "it", Name: "Noi", Purpose: "Chiama 347 123 45 67"},
		"a number in the rules":   {Lang: "it", Name: "Noi", Purpose: "Per noi", Rules: "Chiama 347 123 45 67"},
	} {
		c, err := p.change(t, r.first, r.slug, text)
		if err != nil || c.Stored || c.Verdict.Outcome == moderation.Publish || len(c.Verdict.Findings) == 0 {
			t.Errorf("%s: %+v, %v", name, c, err)
		}
	}
	if g, err := p.forum.Group(ctx, member.Actor{}, r.slug, "it"); err != nil || g.Name != "One" || g.Purpose != "For us" {
		t.Errorf("the words are %q and %q, %v", g.Name, g.Purpose, err)
	}
}

// asks wants what a wish did.
func (p *place) asks(t *testing.T, who member.Actor, slug string, shut bool, want forum.Closing) {
	t.Helper()
	if did, err := p.forum.CloseGroup(context.Background(), who, slug, shut); err != nil || did != want {
		t.Fatalf("a wish: %q, %v; want %q", did, err, want)
	}
}

func (p *place) listed(t *testing.T, who member.Actor, slug string) (groups, boards bool) {
	t.Helper()
	all, err := p.forum.Groups(context.Background(), who, "it")
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range all {
		groups = groups || g.Slug == slug
	}
	rooms, err := p.forum.Boards(context.Background(), who, "it")
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range rooms {
		boards = boards || b.Slug == slug
	}
	return groups, boards
}

func TestTwoPeopleOfAGroupCloseItsRoomAndOpenItAgain(t *testing.T) {
	ctx := context.Background()
	p := open(t)
	r := p.group(t, "One")
	talk := p.start(t, r.first, r.slug, forum.Draft{Title: "Among us", Body: "Quiet words.", Lang: "it"})
	p.keep(t)
	for name, who := range map[string]member.Actor{"a host": p.team, "a member": p.join(t)} {
		if _, err := p.forum.CloseGroup(ctx, who, r.slug, true); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s closes the room: %v", name, err)
		}
		if err := p.forum.KeepGroup(ctx, who, r.slug); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s takes a wish back: %v", name, err)
		}
	}
	p.asks(t, r.first, r.slug, true, forum.ClosingAsked)
	p.asks(t, r.first, r.slug, true, forum.ClosingAsked)
	for who, want := range map[*member.Actor][2]bool{&r.first: {true, true}, &r.second: {true, false}, &p.team: {}} {
		if g, err := p.forum.Group(ctx, *who, r.slug, "it"); err != nil || g.Asks != want[0] || g.MyAsk != want[1] || g.Archived {
			t.Errorf("what is told: %+v, %v; want %v", g, err, want)
		}
	}
	if err := p.forum.KeepGroup(ctx, r.second, r.slug); err != nil {
		t.Fatal(err)
	}
	p.asks(t, r.second, r.slug, true, forum.ClosingAsked)
	p.Time.Advance((forum.ClosingDays + 1) * 24 * time.Hour)
	p.asks(t, r.first, r.slug, true, forum.ClosingAsked) // the other wish is too old to count
	p.asks(t, r.second, r.slug, true, forum.RoomClosed)
	if _, err := p.forum.Conversation(ctx, r.second, talk.Topic, 1); err != nil {
		t.Errorf("what was written there cannot be read: %v", err)
	}
	for name, err := range map[string]error{
		"an answer": errOf(p.forum.Reply(ctx, r.first, talk.Topic, forum.Draft{Body: "More."})),
		"a sign":    errOf(p.forum.UseCode(ctx, r.first, r.slug, p.codes(1)[0])),
		"new words": errOf(p.change(t, r.first, r.slug, forum.BoardText{Lang: "it", Name: "Noi", Purpose: "Per noi"})),
	} {
		if !fault.Is(err, fault.Refused) {
			t.Errorf("%s in a closed room: %v", name, err)
		}
	}
	if groups, boards := p.listed(t, r.first, r.slug); !groups || !boards {
		t.Errorf("on the day her lists show it: %v, %v", groups, boards)
	}
	if groups, boards := p.listed(t, p.team, r.slug); groups || boards {
		t.Errorf("others have it in their lists: %v, %v", groups, boards)
	}
	if _, err := p.forum.Group(ctx, p.team, r.slug, "it"); !fault.Is(err, fault.NotFound) {
		t.Errorf("its page for others: %v", err)
	}
	p.Time.Advance((forum.ListedAfter + 1) * 24 * time.Hour)
	if groups, boards := p.listed(t, r.first, r.slug); groups || boards {
		t.Errorf("after its time her lists show it: %v, %v", groups, boards)
	}
	p.asks(t, r.first, r.slug, false, forum.ClosingAsked)
	p.asks(t, r.second, r.slug, false, forum.RoomOpened)
	if groups, boards := p.listed(t, r.first, r.slug); !groups || !boards {
		t.Errorf("opened again her lists show it: %v, %v", groups, boards)
	}
	if _, err := p.forum.Reply(ctx, r.first, talk.Topic, forum.Draft{Body: "More."}); err != nil {
		t.Errorf("an answer in the open room: %v", err)
	}
	if _, err := p.forum.CloseGroup(ctx, r.first, r.slug, false); !fault.Is(err, fault.Conflict) {
		t.Errorf("open what is open: %v", err)
	}
}

func TestAWishLeavesWithWhoHasItAndTheLastPersonNeedsNoSecond(t *testing.T) {
	ctx := context.Background()
	p := open(t)
	r := p.group(t, "One")
	p.asks(t, r.first, r.slug, true, forum.ClosingAsked)
	if err := p.forum.LeaveGroup(ctx, r.first, r.slug); err != nil {
		t.Fatal(err)
	}
	var n int64
	if err := p.DB.DB.Table("board_closings").Count(&n).Error; err != nil || n != 0 {
		t.Errorf("%d wishes are left, %v", n, err)
	}
	p.asks(t, r.second, r.slug, true, forum.RoomClosed)
}

func TestRulesOfABoardStandInHerLanguageOrInEnglish(t *testing.T) {
	h, ctx := newHall(t), context.Background()
	h.open(t, "care")
	f := words("care")
	f.Base = h.board(t, "care").Base()
	f.Texts = []forum.BoardText{{Lang: "en", Name: "Care", Purpose: "To talk", Rules: " One thing\nat a time "}, {Lang: "it", Name: "Cura", Purpose: "Per parlare"}}
	if _, err := h.forum.ChangeBoard(ctx, h.boss, f); err != nil {
		t.Fatal(err)
	}
	b, err := h.forum.Board(ctx, h.boss, "care", "it")
	if err != nil || b.Name != "Cura" || b.TextLang != "it" || b.Rules != "One thing at a time" || b.RulesLang != "en" {
		t.Errorf("she reads %+v, %v", b, err)
	}
	if _, err := h.forum.ChangeBoard(ctx, h.boss, f); !fault.Is(err, fault.Conflict) {
		t.Errorf("rules alone do not change what stands: %v", err)
	}
	f.Base, f.Texts[0].Rules = h.board(t, "care").Base(), ""
	if _, err := h.forum.ChangeBoard(ctx, h.boss, f); err != nil {
		t.Fatal(err)
	}
	if b, err := h.forum.Board(ctx, h.boss, "care", "it"); err != nil || b.Rules != "" {
		t.Errorf("rules that were taken out: %q, %v", b.Rules, err)
	}
	f.Texts[0].Rules = strings.Repeat("x", forum.LongestRules+1)
	if _, err := h.forum.ChangeBoard(ctx, h.boss, f); keyOf(err) != "board.rules.length" {
		t.Errorf("long rules: %v", err)
	}
}
