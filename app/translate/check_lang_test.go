package translate_test

import (
	"strings"
	"testing"

	"portico/app/translate"
	"portico/content"
)

// TestEachCheckInEachLanguage tries every check from English into five languages: what must
// be found, and a good translation beside it in which nothing is found.
func TestEachCheckInEachLanguage(t *testing.T) {
	long := "You can call us at any hour of the day and we will listen to you."
	for _, c := range []struct {
		check, source string
		// bad and good translations by language
		bad, good map[string]string
		want      string
	}{
		{"a number", "Open from 9 to 17 every day.", map[string]string{
			"it": "Aperto dalle 9 alle 18 ogni giorno.", "fr": "Ouvert de 9 h à 18 h tous les jours.", "ar": "مفتوح من ٩ إلى ١٨ كل يوم.", "zh-Hans": "每天9点到18点开放。", "ru": "Открыто с 9 до 18 каждый день.",
		}, map[string]string{
			"it": "Aperto dalle 9 alle 17 ogni giorno.", "fr": "Ouvert de 9 h à 17 h tous les jours.", "ar": "مفتوح من ٩ إلى ١٧ كل يوم.", "zh-Hans": "每天9点到17点开放。", "ru": "Открыто с 9 до 17 каждый день.",
		}, "number.missing*"},
		{"a phone number", "Call 800 186 086 at night.", map[string]string{
			"it": "Chiama di notte 800 186 068.", "fr": "Appelle la nuit le 800 186 068.", "ar": "الاتصال ليلا \u2066800 186 068\u2069.", "zh-Hans": "夜里请打800 186 068。", "ru": "Ночью звоните 800 186 068.",
		}, map[string]string{
			"it": "Chiama di notte 800186086.", "fr": "Appelle la nuit le 800 186 086.", "ar": "الاتصال ليلا \u2066٨٠٠ ١٨٦ ٠٨٦\u2069.", "zh-Hans": "夜里请打800-186-086。", "ru": "Ночью звоните 800 186-086.",
		}, "phone.missing*"},
		{"a link", "Read [the rules](/rules) today.", map[string]string{
			"it": "Leggi [le regole](/regole) oggi.", "fr": "Lis [les règles](/regles) ce jour.", "ar": "قراءة [القواعد](/قواعد) اليوم.", "zh-Hans": "今天就读[规则](/guize)。", "ru": "Прочти [правила](/pravila) сегодня.",
		}, map[string]string{
			"it": "Leggi [le regole](/rules) oggi.", "fr": "Lis [les règles](/rules) ce jour.", "ar": "قراءة [القواعد](/rules) اليوم.", "zh-Hans": "今天就读[规则](/rules)。", "ru": "Прочти [правила](/rules) сегодня.",
		}, "link.missing*"},
		{"a mark", "Help is **free** here.", map[string]string{
			"it": "Qui l'aiuto è gratuito.", "fr": "Ici l'aide est gratuite.", "ar": "المساعدة هنا مجانية.", "zh-Hans": "这里的帮助是免费的。", "ru": "Помощь здесь бесплатная.",
		}, map[string]string{
			"it": "Qui l'aiuto è **gratuito**.", "fr": "Ici l'aide est **gratuite**.", "ar": "المساعدة هنا **مجانية**.", "zh-Hans": "这里的帮助是**免费**的。", "ru": "Помощь здесь **бесплатная**.",
		}, "mark.missing*"},
		{"a placeholder", "Good morning {{.Name}}, {days} are left.", map[string]string{
			"it": "Buongiorno {{.Nome}}, restano {days}.", "fr": "Bonjour {{.Nom}}, il reste {days}.", "ar": "صباح الخير {{.الاسم}}، بقي {days}.", "zh-Hans": "早上好{{.名字}}，还剩{days}。", "ru": "Доброе утро, {{.Имя}}, осталось {days}.",
		}, map[string]string{
			"it": "Buongiorno {{.Name}}, restano {days}.", "fr": "Bonjour {{.Name}}, il reste {days}.", "ar": "صباح الخير {{.Name}}، بقي {days}.", "zh-Hans": "早上好{{.Name}}，还剩{days}。", "ru": "Доброе утро, {{.Name}}, осталось {days}.",
		}, "placeholder.missing*"},
		{"a denial", "You do not have to answer the police.", map[string]string{
			"it": "Devi rispondere alla polizia subito.", "fr": "Tu dois répondre à la police tout de suite.", "ar": "يجب الرد على الشرطة فورا وبكل تفصيل.", "zh-Hans": "你必须立刻回答警察的问题。", "ru": "Ты обязана ответить полиции сразу.",
		}, map[string]string{
			"it": "Non devi rispondere alla polizia.", "fr": "Tu n'es pas obligée de répondre à la police.", "ar": "لا يلزم الرد على الشرطة.", "zh-Hans": "你不必回答警察的问题。", "ru": "Ты не обязана отвечать полиции.",
		}, "denial*"},
		{"nothing", long, map[string]string{"it": " ", "fr": "\n", "ar": "", "zh-Hans": "\t", "ru": "  "}, nil, "empty*"},
		{"the source itself", long, map[string]string{"it": long, "fr": long, "ar": long, "zh-Hans": long, "ru": long}, nil, "same*"},
		{"another script", "You are welcome here any day.", map[string]string{
			"it": "Мы рады тебе здесь всегда.", "fr": "Мы рады тебе здесь всегда.", "ar": "ahlan bik huna fi kull yawm", "zh-Hans": "huanying ni mei tian dao zheli lai", "ru": "My rady tebe zdes' vsegda.",
		}, map[string]string{
			"it": "Qui sei sempre benvenuta.", "fr": "Ici tu es toujours la bienvenue.", "ar": "أهلا بك هنا في كل يوم.", "zh-Hans": "欢迎你每天到这里来。", "ru": "Мы рады тебе здесь всегда.",
		}, "script*"},
		{"marks of direction", "Call us at any time.", map[string]string{
			"it": "Chiamaci \u2066sempre.", "fr": "Appelle-nous \u202equand tu veux\u202c.", "ar": "يمكن الاتصال \u2067بنا دائما.", "zh-Hans": "随时\u202e打电话\u202c给我们。", "ru": "Звоните \u202bв любое время.",
		}, map[string]string{
			"it": "Chiamaci quando vuoi.", "fr": "Appelle-nous quand tu veux.", "ar": "يمكن الاتصال \u2067بنا\u2069 دائما.", "zh-Hans": "随时打电话给我们。", "ru": "Звоните нам в любое время.",
		}, "direction* or override*"},
		{"a refused word", "Every sex worker may come.", map[string]string{
			"it": "Ogni prostituta può venire.", "fr": "Chaque prostituée peut venir.", "ar": "يمكن لكل عاهرة أن تأتي.", "zh-Hans": "每个妓女都可以来。", "ru": "Каждая проститутка может прийти.",
		}, map[string]string{
			"it": "Ogni sex worker può venire.", "fr": "Toute travailleuse du sexe peut venir.", "ar": "يمكن لكل عاملة بالجنس أن تأتي.", "zh-Hans": "每个性工作者都可以来。", "ru": "Любая секс-работница может прийти.",
		}, "refused*"},
		{"an absurd length", long, map[string]string{
			"it": "Chiama.", "fr": "Appelle.", "ar": "اتصال.", "zh-Hans": "打。", "ru": "Звони.",
		}, map[string]string{
			"it": "Puoi chiamarci a ogni ora del giorno e ti ascolteremo.", "fr": "Tu peux nous appeler à toute heure et nous t'écouterons.", "ar": "يمكن الاتصال بنا في كل ساعة وسوف نصغي.",
			"zh-Hans": "你可以在一天中的任何时候给我们打电话，我们会听你说。", "ru": "Вы можете звонить нам в любой час, и мы вас выслушаем.",
		}, "short*"},
	} {
		for _, lang := range []string{"it", "fr", "ar", "zh-Hans", "ru"} {
			t.Run(c.check+" in "+lang, func(t *testing.T) {
				keys := found(c.source, c.bad[lang], lang)
				first, other, _ := strings.Cut(c.want, " or ")
				if !strings.Contains(keys, first) && (other == "" || !strings.Contains(keys, other)) {
					t.Errorf("%q is not found in %q: %q", c.want, c.bad[lang], keys)
				}
				if c.good == nil {
					return
				}
				if keys := found(c.source, c.good[lang], lang); keys != "" {
					t.Errorf("%q in a good one, %q", keys, c.good[lang])
				}
			})
		}
	}
}

// words of the glossary for these tests.
var refusedIn = []translate.TermRow{
	{FromLang: "en", Lang: "it", Term: "sex worker", Preferred: "sex worker", Refused: "prostituta"},
	{FromLang: "en", Lang: "fr", Term: "sex worker", Preferred: "travailleuse du sexe", Refused: "prostituée"},
	{FromLang: "en", Lang: "ar", Term: "sex worker", Preferred: "عاملة بالجنس", Refused: "عاهرة"},
	{FromLang: "en", Lang: "zh-Hans", Term: "sex worker", Preferred: "性工作者", Refused: "妓女"},
	{FromLang: "en", Lang: "ru", Term: "sex worker", Preferred: "секс-работница", Refused: "проститутка"},
}

// found are the keys of what the checks find, a star behind those that fail.
func found(source, target, lang string) string {
	var terms []translate.TermRow
	for _, term := range refusedIn {
		if term.Lang == lang {
			terms = append(terms, term)
		}
	}
	var keys []string
	for _, f := range translate.Check(translate.Pair{From: "en", To: lang, Source: source, Target: target, Piece: translate.Piece{Text: source}}, terms) {
		key := strings.TrimPrefix(f.Key, "translate.check.")
		if f.Fails {
			key += "*"
		}
		keys = append(keys, key)
	}
	return strings.Join(keys, " ")
}

// TestEveryLanguageDenies holds each of the thirteen languages to a sentence that denies,
// and to one that has lost its denial.
func TestEveryLanguageDenies(t *testing.T) {
	sentences := map[string][2]string{
		"en": {"You do not need papers.", "You need papers."}, "it": {"Non servono documenti.", "Servono documenti."},
		"fr": {"Il ne faut pas de papiers.", "Il faut des papiers."}, "ar": {"لا حاجة إلى أوراق.", "هناك حاجة إلى أوراق."},
		"es": {"No hacen falta papeles.", "Hacen falta papeles."}, "pt-BR": {"Não precisa de documentos.", "Precisa de documentos."},
		"ro": {"Nu ai nevoie de acte.", "Ai nevoie de acte."}, "sq": {"Nuk duhen dokumente.", "Duhen dokumente."},
		"ru": {"Документы не нужны.", "Документы нужны."}, "uk": {"Документи не потрібні.", "Документи потрібні."},
		"bg": {"Не са нужни документи.", "Нужни са документи."}, "zh-Hans": {"你不需要证件。", "你需要证件。"}, "pcm": {"You no need papers.", "You need papers."},
	}
	for _, lang := range translate.Targets() {
		two, ok := sentences[lang]
		if !ok {
			t.Errorf("no sentence in %s", lang)
			continue
		}
		source, from := "Documents are never asked for.", "en"
		if lang == "en" {
			source, from = "Non chiediamo mai i documenti.", "it"
		}
		for i, words := range two {
			lost := false
			for _, f := range translate.Check(translate.Pair{From: from, To: lang, Source: source, Target: words, Piece: translate.Piece{Text: source}}, nil) {
				lost = lost || f.Key == translate.DenialLost && f.Fails
			}
			if lost != (i == 1) {
				t.Errorf("%s, %q: lost %v", lang, words, lost)
			}
		}
		// And as a source.
		back := translate.Check(translate.Pair{From: lang, To: "it", Source: two[0], Target: "Servono le carte, tutte quante.", Piece: translate.Piece{Text: two[0]}}, nil)
		if lang != "it" && (len(back) == 0 || !strings.Contains(keysOf(back), "denial")) {
			t.Errorf("from %s nobody sees the lost denial: %+v", lang, back)
		}
	}
}

func keysOf(list []translate.Finding) string {
	var keys []string
	for _, f := range list {
		keys = append(keys, f.Key)
	}
	return strings.Join(keys, " ")
}

// TestNoHelpLineGetsLost tries the number of every help line that is shipped.
func TestNoHelpLineGetsLost(t *testing.T) {
	lines, err := content.HelpLines()
	must(t, err)
	if len(lines) < 5 {
		t.Fatalf("only %d lines", len(lines))
	}
	for _, line := range lines {
		if strings.TrimSpace(line.Phone) == "" {
			continue
		}
		source := "Call " + line.Phone + " whenever you want to talk to somebody."
		if keys := found(source, "يمكن الاتصال على \u2066"+line.Phone+"\u2069 في كل وقت للحديث مع شخص.", "ar"); keys != "" {
			t.Errorf("%s between its marks: %q", line.Phone, keys)
		}
		last := line.Phone[len(line.Phone)-1]
		wrong := line.Phone[:len(line.Phone)-1] + string('0'+(last-'0'+1)%10)
		for _, target := range []string{"Chiama quando vuoi parlare con qualcuno di noi.", "Chiama il " + wrong + " quando vuoi parlare con qualcuno."} {
			if keys := found(source, target, "it"); !strings.Contains(keys, "missing*") {
				t.Errorf("%s is lost in %q and nobody says so: %q", line.Phone, target, keys)
			}
		}
	}
	if keys := found("Call 116 016 at once, please do.", "يمكن الاتصال على +39 333 123 4567 فورا.", "ar"); !strings.Contains(keys, "isolate") {
		t.Errorf("groups between Arabic words: %q", keys)
	}
}

const table = "| Where | When |\n| --- | --- |\n| Clinic | 9 to 17 |\n| \u2067العيادة\u2069 | \u206617–21\u2069 |"

// TestAMarkdownTableWithRightToLeftCells keeps a table as one segment, byte by byte.
func TestAMarkdownTableWithRightToLeftCells(t *testing.T) {
	text := "# Hours\n\n" + table + "\n\nCome in.\n"
	pieces, tail := translate.Cut(text)
	if len(pieces) != 3 || pieces[1].Text != table || translate.Join(pieces, tail) != text {
		t.Fatalf("the table comes apart: %q", pieces)
	}
	good := "| أين | متى |\n| --- | --- |\n| \u2067العيادة\u2069 | \u20669–17\u2069 |\n| العيادة | \u206617–21\u2069 |"
	if keys := found(table, good, "ar"); keys != "" {
		t.Errorf("a good table: %q", keys)
	}
	for name, bad := range map[string]string{
		"a lost cell": strings.Replace(good, "| أين | متى |", "| أين متى |", 1), "a lost row": good[:strings.LastIndex(good, "\n")],
		"an isolate left open": strings.Replace(good, "\u2069", "", 1),
	} {
		if keys := found(table, bad, "ar"); !strings.Contains(keys, "*") {
			t.Errorf("%s: %q", name, keys)
		}
	}
	w := newWorld(t)
	w.lang = "ar"
	w.open(t, text)
	for n, words := range []string{"الساعات", good, "أهلا بكم هنا."} {
		w.save(t, w.mediator, n+1, words)
		w.review(t, w.second, n+1)
	}
	must(t, w.tr.Approve(ctx, w.second, w.doc, "ar"))
	if got, err := w.tr.Text(ctx, w.doc, "ar"); err != nil || got != "# الساعات\n\n"+good+"\n\nأهلا بكم هنا.\n" {
		t.Errorf("published: %q, %v", got, err)
	}
}

func TestNestedListsAndLinksComeBackWhole(t *testing.T) {
	for _, text := range []string{
		"- one\n  - two [link](/a)\n    1. three\n       more of three\n- four\n", "> - a\n> - b\n>   c\n", "1) x\n\n   y\n\n   - z\n", "[a](https://example.org/(x))\n* b\n\t* c\n",
		table, table + "\n" + table, "a | b\n--- | ---\n1 | 2\n",
	} {
		pieces, tail := translate.Cut(text)
		if got := translate.Join(pieces, tail); got != text {
			t.Errorf("%q comes back as %q", text, got)
		}
	}
	pieces, _ := translate.Cut("- one\n  - two [link](/a)\n    1. three\n       more of three\n- four\n")
	if len(pieces) != 4 || pieces[1].Text != "two [link](/a)" || pieces[2].Text != "three\n       more of three" {
		t.Errorf("nested: %q", pieces)
	}
}
