package forumweb

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/forum"
	"portico/app/member"
	"portico/app/web/request"
	"portico/app/web/ui"
	"portico/moderation"
)

// draftForm is what somebody writes, whether she starts a talk or answers in one, with
// everything that the form says about it.
type draftForm struct {
	Action   string // where it is sent
	Starts   bool
	Audience forum.Audience
	Naming   naming
	Title    string
	Warning  string
	Body     string
	Lang     string
	Mode     forum.NameMode
	Both     bool
	Insist   bool
	Nonce    string
	Few      string // name of the language, when few people write in it here
	Draft    bool   // the words are a draft that she kept
	Rules    rules  // of the board
	cameBack
}

// rules are what a board asks of those who write there, with their language.
type rules struct{ Words, Lang string }

func rulesOf(b forum.BoardView) rules { return rules{b.Rules, b.RulesLang} }

// cameBack is what a form says when it is shown again.
type cameBack struct {
	Notice *ui.Notice
	SignIn bool   // her session is over: the form asks for her key
	Ticket string // proof of a wait after wrong keys
	Errs   []ui.FieldError
	Found  []spoken
	Refuse bool // the words are not kept, whatever she ticks
	// Private words go to the peers alone, so no moderator reads what she insists on.
	Private bool
}

// spoken are the words that one screening rule speaks about.
type spoken struct {
	Rule  string
	Words []string
}

// naming is under which name she would write.
type naming struct {
	Known   string // the name drawn for her in this talk, "" for none yet
	Handle  string // of a person with a role, "" for everybody else
	Badge   string
	ByName  bool // she has written here under the drawn name
	AsBadge bool // she has signed here openly
}

func namingOf(who member.Actor, conv forum.Conversation) naming {
	n := naming{Known: conv.MyName, ByName: conv.ByName, AsBadge: conv.AsBadge}
	if who.Colleague() {
		n.Handle, n.Badge = who.Role.Handle, badgeOf(who)
	}
	return n
}

// crosses reports whether writing in this way would set her handle and her drawn name side
// by side in one talk.
func (n naming) crosses(mode forum.NameMode) bool {
	if n.Handle == "" {
		return false
	}
	if mode == forum.ByHandle {
		return n.ByName
	}
	return n.AsBadge
}

// usual is the way she signed here before; the drawn name where she is new, because what
// was signed openly cannot be taken back.
func (n naming) usual() forum.NameMode {
	if n.AsBadge && !n.ByName {
		return forum.ByHandle
	}
	return forum.ByTopicName
}

// newReply is a fresh form at the end of a talk.
func newReply(where place, who member.Actor) draftForm {
	n := namingOf(who, where.conv)
	return draftForm{
		Action: topicPath(where.conv.Topic) + "/posts", Audience: where.board.Audience, Naming: n, Mode: n.usual(),
		Nonce: request.NewNonce(), Rules: rulesOf(where.board),
	}
}

// newTalk is a fresh form that starts a talk.
func newTalk(board forum.BoardView, who member.Actor, lang string) draftForm {
	n := namingOf(who, forum.Conversation{})
	return draftForm{
		Action: boardPath(board.Slug) + "/topics", Starts: true, Audience: board.Audience, Naming: n, Mode: n.usual(),
		Lang: lang, Nonce: request.NewNonce(), Rules: rulesOf(board),
	}
}

// kept fills a form with the talk that she had not begun yet.
func (f draftForm) kept(d forum.StartDraft) draftForm {
	f.Title, f.Warning, f.Body, f.Draft = d.Title, d.Warning, d.Body, true
	if talkLang(d.Lang) != "" {
		f.Lang = d.Lang
	}
	return f
}

// typed fills a form with what was sent.
func (f draftForm) typed(c *fiber.Ctx) draftForm {
	f.Title, f.Warning, f.Body = words(c, "title"), words(c, "warning"), words(c, "body")
	f.Mode, f.Nonce = forum.NameMode(c.FormValue("name_mode")), c.FormValue("nonce")
	f.Both, f.Insist = c.FormValue("both") == "1", c.FormValue("insist") == "1"
	if lang := c.FormValue("lang"); lang != "" {
		f.Lang = lang
	}
	if f.Mode != forum.ByHandle {
		f.Mode = forum.ByTopicName
	}
	return f
}

// words reads a field of text without what no database or page can hold.
func words(c *fiber.Ctx, name string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(c.FormValue(name), "\ufffd"), "\x00", "")
}

// draft is the form as the forum takes it.
func (f draftForm) draft() forum.Draft {
	return forum.Draft{
		Title: f.Title, Warning: f.Warning, Body: f.Body, Lang: talkLang(f.Lang), Mode: f.Mode, Nonce: f.Nonce, Insist: f.Insist,
	}
}

// check says what only the form can know: a language that is none, and a tick that is
// missing before two names of hers stand side by side.
func (f draftForm) check(p *ui.Page) (errs []ui.FieldError) {
	if f.Starts && talkLang(f.Lang) == "" {
		errs = append(errs, ui.FieldError{Field: "lang", Text: p.T("forum.lang.unknown")})
	}
	if f.Naming.crosses(f.Mode) && !f.Both {
		errs = append(errs, ui.FieldError{Field: "both", Text: p.T("forum.both.missing")})
	}
	return errs
}

// mend turns a refusal into words on the same form, so that what was typed stays. What is
// broken on our side, or does not exist, stays an error.
func mend(p *ui.Page, err error) (status int, back cameBack, rest error) {
	if errs, ok := request.Mend(p.P, err); ok {
		return fiber.StatusUnprocessableEntity, cameBack{Errs: errs}, nil
	}
	switch fault.KindOf(err) {
	case fault.Refused:
		status = fiber.StatusForbidden
	case fault.Conflict:
		status = fiber.StatusConflict
	case fault.Busy:
		status = fiber.StatusServiceUnavailable
	default:
		return 0, cameBack{}, err
	}
	return status, cameBack{Notice: &ui.Notice{Tone: ui.Due, Text: refusal(p, err)}}, nil
}

// refusal is a fault in words, with the day of a pause written out.
func refusal(p *ui.Page, err error) string {
	f := fault.As(err)
	args := append([]any{}, f.Args...)
	for i := 0; i+1 < len(args); i += 2 {
		if day, ok := args[i+1].(string); ok && args[i] == "Day" {
			args[i+1] = p.P.Day(day)
		}
	}
	return p.T(f.Key, args...)
}

// warning is what screening found, rule by rule in the order of the text.
func warning(v moderation.Verdict) cameBack {
	back := cameBack{Refuse: v.Outcome == moderation.Refuse}
	at := map[string]int{}
	for _, f := range v.Findings {
		if f.Outcome == moderation.Publish {
			continue
		}
		i, seen := at[f.Rule]
		if !seen {
			i = len(back.Found)
			at[f.Rule] = i
			back.Found = append(back.Found, spoken{Rule: f.Rule})
		}
		back.Found[i].Words = append(back.Found[i].Words, f.Text)
	}
	return back
}

// withCompany says so when few people write in a language here: then style and hour may
// tell somebody that two names are one person.
func (a *Area) withCompany(c *fiber.Ctx, f draftForm, lang string) (draftForm, error) {
	if !request.Actor(c).SignedIn() {
		return f, nil // a visitor has no form yet
	}
	few, err := a.forum.FewWriters(c.UserContext(), lang)
	if few {
		f.Few = request.LanguageName(lang)
	}
	return f, err
}
