//go:build e2e

package e2e

import "strings"

// leaflet is what people of these journeys write. The words of everything beside the text
// itself hold one that stands nowhere else, so that it can be looked for.
type leaflet struct {
	title, purpose, audience string
	unmet, unmetWhy          string // an idea that nobody takes up
	talk, talkBody           string // in the forum
	body                     string // the first draft
	unloved                  string // a word of it that the field does not use
	unlovedIn, loved         string // the sentence with it, and the one in its place
	before, item             string // what the other leader puts in, and behind which line
	note                     string // of a version
	notAsked                 string
	call, called             string // a passage, and as a member would like it
	why, whyNot, because     string // her reason; the other's reason, and the answer to it
	easy                     string // what the other would like, and does not get
	reply, dissent           string
	missing                  string // what a reader misses
	pairs                    [][2]string
}

// second is the text of the second leader.
func (l leaflet) second() string { return strings.Replace(l.body, l.unlovedIn, l.loved, 1) }

// added is a text with the line that the first leader puts in.
func (l leaflet) added(body string) string {
	return strings.Replace(body, l.before, l.before+"\n"+l.item, 1)
}

// final is the text that the group decides.
func (l leaflet) final() string {
	return strings.Replace(l.added(l.second()), l.call, l.called, 1)
}

// italian is what the machine knows.
func (l leaflet) italian() map[string]string {
	words := map[string]string{}
	for _, pair := range l.pairs {
		words[pair[0]] = pair[1]
	}
	return words
}

// unsaid are the words that belong to people and not to the text.
func (l leaflet) unsaid() []string {
	return []string{l.purpose, l.audience, l.unmet, l.unmetWhy, l.talk, l.talkBody, l.unloved, l.note, l.notAsked, l.why, l.whyNot, l.because, l.easy,
		l.reply, l.dissent, l.missing}
}

var leaflets = map[string]leaflet{
	"en": {
		title: "What to take along to the clinic", purpose: "I forgot half of it last time, quillwort.", audience: "Whoever goes for the first time, marrowstone.",
		unmet: "A song about saxifrage", unmetWhy: "Because zephyrine mornings are long.",
		talk: "Waiting rooms and thistledown", talkBody: "I sat there for two hours and counted bellwethers.",
		body: "A visit is easier when you know what to bring.\n\n## What to bring\n\n- Your health card, if you have one.\n- The list of medicines that you take.\n\n" +
			"We never ask if you are a prostitute.\n\nCall **800 186 086** from 9 to 18. You need no residence permit.",
		unloved: "prostitute", unlovedIn: "We never ask if you are a prostitute.", loved: "We never ask what work you do.",
		before: "- The list of medicines that you take.", item: "- A friend, if you like.",
		note: "One sentence put more kindly, larkspur.", notAsked: "People who do not read: the round of pergolesque evenings will ask them.",
		call: "from 9 to 18. You", called: "from 9 to 18, without a name. You",
		why: "My cousin would never say hers, amaranthine as she is.", easy: "A visit is a vetiver breeze.",
		whyNot: "Short is beautiful, said the cormorant.", because: "It is not easy for everybody, dear gossamer.",
		reply: "The opening hours of the hollyhock house.", dissent: "I would wait for the pharmacists, snapdragon.",
		missing: "Where to leave the tamarisk.",
		pairs: [][2]string{
			{"What to take along to the clinic", "Cosa portare con sé in ambulatorio"},
			{"A visit is easier when you know what to bring.", "Una visita è più facile se sai cosa portare."},
			{"What to bring", "Cosa portare"},
			{"Your health card, if you have one.", "La tessera sanitaria, se ce l'hai."},
			{"The list of medicines that you take.", "L'elenco delle medicine che prendi."},
			{"A friend, if you like.", "Una persona amica, se vuoi."},
			{"We never ask what work you do.", "Non chiediamo mai che lavoro fai."},
			{"Call **800 186 086** from 9 to 18, without a name. You need no residence permit.",
				"Chiama **800 186 086** dalle 9 alle 18, senza dire il nome. Non serve il permesso di soggiorno."},
		},
	},
	"ar": {
		title: "ما نأخذه معنا إلى العيادة", purpose: "نسيت نصف الأشياء في المرة الماضية، يا كهرمان.", audience: "من يذهب للمرة الأولى، مثل السنونو.",
		unmet: "أغنية عن البنفسج", unmetWhy: "لأن صباح الزمرد طويل.",
		talk: "غرف الانتظار واللازورد", talkBody: "جلست هناك ساعتين أعد أوراق الياسمين.",
		body: "الزيارة أسهل حين نعرف ما نأخذه معنا.\n\n## ما نأخذه معنا\n\n- البطاقة الصحية، إن وجدت.\n- قائمة الأدوية المستعملة.\n\n" +
			"لا نسأل أحدا إن كان مدمن مخدرات.\n\nاتصلوا على **800 186 086** من ٩ إلى ١٨. لا حاجة إلى تصريح إقامة.",
		unloved: "مدمن", unlovedIn: "لا نسأل أحدا إن كان مدمن مخدرات.", loved: "لا نسأل أحدا عن عمله.",
		before: "- قائمة الأدوية المستعملة.", item: "- صديق أو صديقة، لمن يرغب.",
		note: "جملة واحدة بكلمات ألطف، يا أقحوان.", notAsked: "من لا يقرأ: ستسأله جولة العقيق في المساء.",
		call: "إلى ١٨. لا", called: "إلى ١٨، دون ذكر الاسم. لا",
		why: "ابنة خالتي لا تقول اسمها أبدا، فهي كالخزامى.", easy: "الزيارة نسمة من الصندل.",
		whyNot: "القصير جميل، قال طائر الغاق.", because: "ليست سهلة على الجميع، يا سندس.",
		reply: "ساعات بيت الخطمي.", dissent: "كنت أنتظر رأي الصيادلة، يا زنبق.",
		missing: "أين نترك شجرة الطرفاء.",
		pairs: [][2]string{
			{"ما نأخذه معنا إلى العيادة", "Cosa portare con sé in ambulatorio"},
			{"الزيارة أسهل حين نعرف ما نأخذه معنا.", "Una visita è più facile se sai cosa portare."},
			{"ما نأخذه معنا", "Cosa portare"},
			{"البطاقة الصحية، إن وجدت.", "La tessera sanitaria, se ce l'hai."},
			{"قائمة الأدوية المستعملة.", "L'elenco delle medicine che prendi."},
			{"صديق أو صديقة، لمن يرغب.", "Una persona amica, se vuoi."},
			{"لا نسأل أحدا عن عمله.", "Non chiediamo mai che lavoro fai."},
			{"اتصلوا على **800 186 086** من ٩ إلى ١٨، دون ذكر الاسم. لا حاجة إلى تصريح إقامة.",
				"Chiama **800 186 086** dalle 9 alle 18, senza dire il nome. Non serve il permesso di soggiorno."},
		},
	},
}
