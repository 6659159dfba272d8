package noticeweb_test

import (
	"context"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"gorm.io/gorm"

	"portico/app/notice"
	"portico/app/web/webtest"
)

func TestSomebodyTellsAndReadsTheAnswerByHerCode(t *testing.T) {
	h := newHouse(t).withModerators(t)
	v := h.Visitor(t)
	v.Get("/notices").Wants(t, 200, "Something bad happened", "Read the answer")
	v.Get("/notices/tell/IT").Wants(t, 200, "article 18", "No lawyer has checked", "Veneto", "1522")
	code := h.tells(t, v, "first", "A man in a grey car waits for us.")
	if !regexp.MustCompile(`^([2-9A-HJKMNP-TV-Z]{3}-){5}[2-9A-HJKMNP-TV-Z]{3}$`).MatchString(code) {
		t.Errorf("the code is %q", code)
	}

	item := h.waiting(t)
	h.one.Get("/desk/notices").Wants(t, 200, "Threats", "Veneto", "waits for an answer")
	h.one.Get(item).Wants(t, 200, "Take it").Lacks(t, "grey car")
	h.one.Post(item+"/claim").Wants(t, 303)
	h.two.Post(item+"/claim").Wants(t, 409)
	h.one.Get(item).Wants(t, 200, "grey car")
	h.two.Get(item).Wants(t, 200, "Another moderator has this in hand").Lacks(t, "grey car")
	h.one.Post(item+"/answer", "words", "We hear you. Stay with others tonight.", "step", "police", "nonce", "r1").Wants(t, 303)

	sent := 0
	open := func(fields ...string) webtest.Answer {
		sent++
		return v.Post("/notices/answer/f"+strconv.Itoa(sent), append([]string{"code", strings.ToLower(strings.ReplaceAll(code, "-", " "))}, fields...)...)
	}
	open().Wants(t, 200, "grey car", "Stay with others tonight", "the police", "article 18", "Nothing happens without your yes")
	open("act", "no").Wants(t, 200, "You said no. Nothing goes on.")
	open("act", "more", "words", "He came again.").Wants(t, 200, "Your words have arrived", "He came again.")
	h.one.Get(item).Wants(t, 200, "He came again.", "she said no")
	h.one.Post(item+"/close").Wants(t, 303)
	open("act", "more", "words", "One thing more").Wants(t, 403, "This message is closed", "One thing more")
	open("act", "back").Wants(t, 303)
	open().Wants(t, 422, "No message has this code")
	if n, err := gorm.G[notice.Part](h.Store.DB).Where("1 = 1").Count(context.Background(), "id"); err != nil || n != 0 {
		t.Errorf("%d parts are left: %v", n, err)
	}
}

// TestNothingJoinsWhatIsToldToWhoTellsIt compares the rows of somebody signed in with those of
// a visitor, and looks for her words and her code in everything that is stored.
func TestNothingJoinsWhatIsToldToWhoTellsIt(t *testing.T) {
	h := newHouse(t).withModerators(t)
	her := h.Person(t, h.Joined(t))
	boxes := func() (n int64) {
		webtest.Must(t, h.Store.DB.Raw("SELECT count(*) FROM boxes").Scan(&n).Error)
		return n
	}
	before := boxes()
	code := h.tells(t, her, "hers", "The landlord wants the money twice.")
	if after := boxes(); after != before {
		t.Errorf("telling changed her boxes: %d, then %d", before, after)
	}
	rows, err := gorm.G[notice.Notice](h.Store.DB).Where("1 = 1").Find(context.Background())
	webtest.Must(t, err)
	if len(rows) != 1 || len(rows[0].Day) != len("2026-03-07") || rows[0].Region != "Veneto" {
		t.Errorf("the rows are %+v", rows)
	}
	dump := h.Dump(t)
	for _, canary := range []string{"landlord", code, strings.ReplaceAll(code, "-", "")} {
		if strings.Contains(dump, canary) {
			t.Errorf("%q is stored in clear", canary)
		}
	}
}

func TestTheSameFormSentTwiceIsOneMessageWithOneCode(t *testing.T) {
	h := newHouse(t).withModerators(t)
	v := h.Visitor(t)
	one, two := h.tells(t, v, "same", "It was at the station."), h.tells(t, v, "same", "It was at the station. ")
	if one != two {
		t.Errorf("two codes: %s and %s", one, two)
	}
	h.waiting(t)
}

func TestNobodyFindsAMessageByTryingCodes(t *testing.T) {
	h := newHouse(t).withModerators(t)
	v := h.Visitor(t)
	_ = h.tells(t, v, "x", "Something.")
	status := 0
	for range 12 {
		status = v.Post("/notices/answer/f", "code", "234-567-89A-BCD-EFG-HJK").Status
	}
	if status != 429 {
		t.Errorf("after twelve wrong codes the answer is %d, want 429", status)
	}
	v.Post("/notices/answer/f", "code", "").Wants(t, 422)
	v.Post("/notices/answer/f", "code", strings.Repeat("A", 5000)).Wants(t, 429)
}

func TestWhatIsWrongIsSaidAndNothingIsLost(t *testing.T) {
	h := newHouse(t).withModerators(t)
	v := h.Visitor(t)
	v.Get("/notices/tell/XX").Wants(t, 404)
	v.Get("/help/now/XX").Wants(t, 404)
	v.Get("/notices/choose?country=FR").Leads(t, "/notices/tell/FR")
	v.Get("/notices/choose?country=FR&to=now").Leads(t, "/help/now/FR")
	v.Get("/notices/choose?country=//evil").Leads(t, "/notices")
	v.Post("/notices/tell/IT/f", "words", "Kept words").Wants(t, 422, "Choose what it was", "Choose what you want", "Kept words")
	v.Post("/notices/tell/IT/f", "kind", "other", "wish", "warn", "region", "Bretagne", "words", "x").Wants(t, 422, "not one of that country")
	v.Post("/notices/tell/IT/f", "kind", "other", "wish", "warn", "words", "").Wants(t, 422, "Write a few words")
	v.Post("/notices/tell/IT/f", "kind", "other", "wish", "warn", "words", strings.Repeat("long ", 25000)).Wants(t, 422, "4000 characters fit")
	v.Post("/notices/tell/IT/f", "kind", "other", "wish", "warn", "words", "broken \xff\x00 sign").Wants(t, 200, "It has arrived")
	old := h.Person(t, webtest.Member())
	old.OldForm = true
	old.Post("/notices/tell/IT/g", "kind", "other", "wish", "warn", "words", "Old form").Wants(t, 409, "Old form")
}

func TestDangerComesFirstAndNumbersStandThere(t *testing.T) {
	h := newHouse(t).withModerators(t)
	v := h.Visitor(t)
	said := v.Post("/notices/tell/IT/d", "kind", "violence", "wish", "talk", "words", "He is going to kill me tonight, he has a knife and I am locked in.")
	said.Wants(t, 200, "sounds dangerous", "tel:112")
	h.one.Get("/desk/notices").Wants(t, 200, "danger")
}

func TestWithoutAnybodyWhoCouldReadItTheFormSaysSo(t *testing.T) {
	h := newHouse(t)
	v := h.Visitor(t)
	v.Get("/notices/tell/IT").Wants(t, 200, "nobody could read it", "1522").Lacks(t, `name="words"`)
	v.Post("/notices/tell/IT/f", "kind", "other", "wish", "warn", "words", "Kept").Wants(t, 403, "Kept")
}

func TestAClaimEndsAfterFifteenMinutes(t *testing.T) {
	h := newHouse(t).withModerators(t)
	_ = h.tells(t, h.Visitor(t), "x", "Something.")
	item := h.waiting(t)
	h.one.Post(item+"/claim").Wants(t, 303)
	h.Time.Advance(16 * time.Minute)
	h.one.Post(item+"/answer", "words", "Late words", "nonce", "n").Wants(t, 409, "Late words")
	h.two.Post(item+"/claim").Wants(t, 303)
	h.two.Post(item+"/release").Wants(t, 303)
	h.one.Post(item+"/claim").Wants(t, 303)
	h.one.Post(item+"/answer", "words", "", "nonce", "n").Wants(t, 422, "Write a few words")
	h.one.Post(item+"/answer", "words", "x", "step", "army", "nonce", "n").Wants(t, 422)
	v := h.Visitor(t)
	v.Get(item).Wants(t, 404)
	v.Get("/desk/notices").Wants(t, 404)
	v.Post(item+"/claim").Wants(t, 404)
}

func TestATipNeedsASecondModeratorInEachLanguage(t *testing.T) {
	h := newHouse(t).withModerators(t)
	v := h.Visitor(t)
	write := func(p *webtest.Person, path string, fields ...string) webtest.Answer {
		return p.Post(path, append([]string{"kind", "robbery", "country", "IT", "region", "Lazio", "lang", "en", "title", "Paid with false notes"}, fields...)...)
	}
	write(h.one, "/desk/tips/new/a", "words", "His number is 333 1234567, plate AB 123 CD.").Wants(t, 422, "Could they lead to somebody", "333 1234567")
	write(h.one, "/desk/tips/new/a", "words", "").Wants(t, 422, "Write a few words")
	write(h.one, "/desk/tips/new/a", "words", "Look at each note before the door closes.").Leads(t, "/desk/tips")
	v.Get("/notices/tips").Wants(t, 200, "No warnings here")
	page := h.two.Get("/desk/tips").Wants(t, 200, "Paid with false notes", "Show it to everybody")
	path := regexp.MustCompile(`/desk/tips/[a-z0-9]+/show`).FindString(page.Body)
	read := regexp.MustCompile(`name="read" value="([^"]+)"`).FindStringSubmatch(page.Body)[1]
	h.one.Post(path, "lang", "en", "read", read).Wants(t, 403)
	h.two.Post(path, "lang", "en", "read", "older").Wants(t, 409)
	h.two.Post(path, "lang", "en", "read", read).Wants(t, 303)
	v.Get("/notices/tips?country=IT").Wants(t, 200, "Look at each note", "Lazio")
	v.Get("/notices/tips?country=FR").Wants(t, 200, "No warnings here")

	again := strings.TrimSuffix(path, "/show") + "/write"
	h.two.Get(again+"?lang=en").Wants(t, 200, "Look at each note")
	write(h.two, again, "lang", "it", "title", "Soldi falsi", "words", "Guarda ogni banconota.").Wants(t, 303)
	v.Lang = "it"
	v.Get("/notices/tips").Wants(t, 200, "Look at each note").Lacks(t, "Guarda ogni banconota")
	v.Lang = "en"
	write(h.one, again, "words", "Changed words.").Wants(t, 303)
	v.Get("/notices/tips").Lacks(t, "Changed words")
	h.one.Post(strings.TrimSuffix(path, "/show")+"/down").Wants(t, 303)
	v.Get("/notices/tips").Wants(t, 200, "No warnings here")
	write(v, "/desk/tips/new/b", "words", "x").Wants(t, 401, "x")
}

func TestTheCrisisPageIsSmallAndHonest(t *testing.T) {
	h := newHouse(t)
	v := h.Visitor(t)
	v.Get("/help/now").Wants(t, 200, "112", "1522", "They answer now", "When the police stop you")
	v.Get("/help/now/AL").Wants(t, 200, "112")
	v.Get("/help/now/BR").Wants(t, 200, "We know no emergency number").Lacks(t, "tel:112")
	for _, lang := range []string{"en", "it", "fr", "ar"} {
		v.Lang = lang
		for _, path := range []string{"/help/now", "/help/now/FR", "/help/now/RO"} {
			if size := len(v.Get(path).Body); size > 12<<10 {
				t.Errorf("%s in %s has %d bytes", path, lang, size)
			}
		}
	}
}
