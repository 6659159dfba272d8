package translateweb_test

import (
	"strings"
	"testing"

	"gorm.io/gorm"

	"portico/app/member"
	"portico/app/translate"
	"portico/app/translate/modeltest"
	"portico/app/web/translateweb"
	"portico/app/web/webtest"
)

func TestADraftThatWasNotTakenOverSaysWhy(t *testing.T) {
	p := open(t, true)
	p.source(t, "# Help\n\nRead [the rules](/rules) today.\n")
	webtest.Must(t, p.tr.Open(ctx, p.mediator, p.doc, "it"))
	p.model.Set(modeltest.EatsMarks)
	webtest.Must(t, p.tr.AskDraft(ctx, p.mediator, p.doc, "it"))
	_, err := p.jobs.RunDue(ctx)
	webtest.Must(t, err)
	p.Who = p.mediator
	webtest.Wants(t, p.Get(t, p.path("/it")).Body, "1 of 2 segments drafted.", "1 draft did not pass the checks", "Its links were not those of the source.")
	webtest.Wants(t, p.Get(t, p.path("/it/2")).Body, "A machine draft was not taken over.", "Its links were not those of the source.", `name="words"`)
	for _, source := range []string{"Call 1522 at 9 with **all** your [friends](/a) {{.X}}, 800 186 086."} {
		for _, target := range []string{"x", "", source, "\u202e", strings.Repeat("Мы ", 200)} {
			for _, f := range translate.Check(translate.Pair{From: "en", To: "it", Source: source, Target: target, Piece: translate.Piece{Text: source}}, nil) {
				if f.Fails && f.Key != translate.DenialLost && translateweb.Unfit(f.Key) == "" {
					t.Errorf("%s has no words for a draft", f.Key)
				}
			}
		}
	}
}

func TestWhereWordsComeFromStandsBesideThem(t *testing.T) {
	p := open(t, true)
	p.source(t, small)
	webtest.Must(t, p.tr.Open(ctx, p.mediator, p.doc, "it"))
	webtest.Must(t, p.tr.AskDraft(ctx, p.mediator, p.doc, "it"))
	_, err := p.jobs.RunDue(ctx)
	webtest.Must(t, err)
	p.Who = p.mediator
	webtest.Wants(t, p.Get(t, p.path("/it/2")).Body, "Drafted by the machine \u2068small\u2069 on 7 March 2026.", "Made from edition 1 of the text, the present one.")
	p.save(t, p.mediator, 2, "Puoi dire di no.")
	p.save(t, p.mediator, 2, "Puoi sempre dire di no.")
	p.source(t, small+"\nMore.\n")
	webtest.Wants(t, p.Get(t, p.path("/it/2")).Body, "Written by \u2068ponte\u2069 on 7 March 2026.", "Made from edition 1 of the text; now it is edition 2.")
}

func TestASecondMachineOnThePage(t *testing.T) {
	p := open(t, true)
	p.source(t, small)
	webtest.Must(t, p.tr.Open(ctx, p.mediator, p.doc, "it"))
	p.Who = p.mediator
	webtest.WantsNot(t, p.Get(t, p.path("/it/2")).Body, "Translate it back")
	p.save(t, p.mediator, 2, "Puoi dire di no.")
	body := p.Get(t, p.path("/it/2")).Body
	webtest.Wants(t, body, "Translate it back", "a second machine reads this translation and nothing else")
	if a := p.Post(t, p.path("/it/2/back"), form(body)...); a.To != p.path("/it/2") {
		t.Fatalf("ask: %d %s", a.Status, a.Body)
	}
	webtest.Wants(t, p.Get(t, p.path("/it/2")).Body, "It is on its way.", "Look again")
	_, err := p.jobs.RunDue(ctx)
	webtest.Must(t, err)
	webtest.Wants(t, p.Get(t, p.path("/it/2")).Body, "Translated back", "You may say no.", "the machine may be wrong as well", "Puoi dire di no.</textarea>")
	p.Who = p.peer
	if a := p.Post(t, p.path("/it/2/back"), form(body)...); a.Status != 404 {
		t.Errorf("a peer without the language: %d", a.Status)
	}
	without := open(t, false)
	without.source(t, small)
	webtest.Must(t, without.tr.Open(ctx, without.mediator, without.doc, "it"))
	without.save(t, without.mediator, 2, "Puoi dire di no.")
	webtest.WantsNot(t, without.Get(t, without.path("/it/2")).Body, "Translate it back")
}

func TestAReviewerGivesHerWordForADenial(t *testing.T) {
	p := open(t, false)
	p.source(t, "# Help\n\nYou do not pay anything here.\n")
	webtest.Must(t, p.tr.Open(ctx, p.mediator, p.doc, "it"))
	p.save(t, p.mediator, 2, "Qui è tutto offerto a chi arriva.")
	p.Who = p.second
	body := p.Get(t, p.path("/it/2")).Body
	webtest.Wants(t, body, "The source denies something with \u2068not\u2069", "The denial is there, in other words", `name="denies"`)
	if a := p.review(t, p.second, 2); a.Status != 403 {
		t.Errorf("without her word: %d", a.Status)
	}
	if a := p.Post(t, p.path("/it/2/review"), append(form(body), "denies", "1")...); a.To != p.path("/it/2") {
		t.Errorf("with her word: %d", a.Status)
	}
	webtest.Wants(t, p.Get(t, p.path("/it/2")).Body, "reviewed by \u2068varco\u2069", "The denial is there, in other words.")
	p.save(t, p.mediator, 1, "Aiuto")
	p.Who = p.second
	webtest.WantsNot(t, p.Get(t, p.path("/it/1")).Body, `name="denies"`)
}

func TestATextThatMayHarmSaysWhatIsStillNeeded(t *testing.T) {
	p := open(t, false)
	webtest.Must(t, p.Tx(ctx, func(tx *gorm.DB) error {
		return p.tr.SourceChanged(ctx, tx, p.doc, translate.Document{Kind: "leaflet", Lang: "en", Text: "# Help\n", Critical: true})
	}))
	webtest.Must(t, p.tr.Open(ctx, p.mediator, p.doc, "it"))
	p.save(t, p.mediator, 1, "Aiuto")
	if a := p.review(t, p.second, 1); a.To == "" {
		t.Errorf("the first reader: %d", a.Status)
	}
	webtest.Wants(t, p.Get(t, p.path("/it")).Body, "Two people read each segment", "1 needs a second reader", "0 of 1 segment reviewed")
	webtest.Wants(t, p.Get(t, p.path("/it/1")).Body, "One person has read it; another still has to.", "the second reader is somebody else")
	webtest.Wants(t, p.Get(t, "/translate").Body, "1 needs a second reader")
}

func TestReadersOfTheCommunityOnThePage(t *testing.T) {
	p := open(t, false)
	p.source(t, "# Help\n")
	webtest.Must(t, p.tr.Open(ctx, p.mediator, p.doc, "it"))
	p.Who = p.peer
	webtest.WantsNot(t, p.Get(t, p.path("/it")).Body, "/reading")
	p.save(t, p.mediator, 1, "Aiuto")
	webtest.Wants(t, p.Get(t, p.path("/it")).Body, "Readers of the community", "Nothing about the person.")
	a := p.Post(t, p.path("/it/reading"), "understood", "", "hard", "La <prima> parola")
	if a.Status != 422 || !strings.Contains(a.Body, "La &lt;prima&gt; parola</textarea>") || !strings.Contains(a.Body, `href="#understood"`) {
		t.Errorf("without an answer: %d", a.Status)
	}
	if a := p.Post(t, p.path("/it/reading"), "understood", "partly", "hard", "La prima parola"); a.To != p.path("/it") {
		t.Errorf("kept: %d", a.Status)
	}
	webtest.Wants(t, p.Get(t, p.path("/it")).Body, "7 March 2026: understood in part.", "La prima parola")
	p.source(t, "# Help for you\n")
	webtest.Wants(t, p.Get(t, p.path("/it")).Body, "That was an earlier edition.")
	p.Who = member.Actor{}
	if a := p.Post(t, p.path("/it/reading"), "understood", "yes", "hard", "Careful words"); a.Status != 401 || !strings.Contains(a.Body, "Careful words</textarea>") {
		t.Errorf("signed out: %d", a.Status)
	}
	p.Who = p.Colleague(t, "faro", member.RoleModerator)
	if a := p.Post(t, p.path("/it/reading"), "understood", "yes"); a.Status != 404 {
		t.Errorf("a moderator: %d", a.Status)
	}
}

func TestTheLogOfWhatLeft(t *testing.T) {
	p := open(t, true)
	boss := p.Colleague(t, "keystone", member.RoleCoordinator)
	p.source(t, small)
	webtest.Must(t, p.tr.Open(ctx, p.mediator, p.doc, "it"))
	p.Who = boss
	webtest.Wants(t, p.Get(t, "/translate/machine").Body, "Nothing has left yet.", "This month: 0.00 of 5.00")
	webtest.Must(t, p.tr.AskDraft(ctx, p.mediator, p.doc, "it"))
	_, err := p.jobs.RunDue(ctx)
	webtest.Must(t, err)
	webtest.Wants(t, p.Get(t, "/translate").Body, `href="/translate/machine"`)
	body := p.Get(t, "/translate/machine").Body
	webtest.Wants(t, body, "What left for the machine", "Your rights", "<bdi>ponte</bdi>", "127.0.0.1", "bytes", "7 March 2026")
	webtest.WantsNot(t, body, "You can say no.", "Puoi dire di no.")
	file := p.Get(t, "/translate/machine.csv").Body
	if lines := strings.Split(strings.TrimSpace(file), "\n"); len(lines) != 2 || !strings.Contains(lines[0], "sha256") || !strings.Contains(lines[1], "ponte") || strings.Contains(file, "You can say no.") {
		t.Errorf("the file is %q", file)
	}
	for name, who := range map[string]member.Actor{"a mediator": p.mediator, "a peer": p.peer, "a visitor": {}} {
		p.Who = who
		for _, path := range []string{"/translate/machine", "/translate/machine.csv"} {
			if a := p.Get(t, path); a.Status != 404 {
				t.Errorf("%s, %s: %d", name, path, a.Status)
			}
		}
	}
	without := open(t, false)
	without.Who = without.Colleague(t, "keystone", member.RoleCoordinator)
	webtest.Wants(t, without.Get(t, "/translate/machine").Body, "Nothing has left yet.")
	webtest.WantsNot(t, without.Get(t, "/translate").Body, "/translate/machine")
}
