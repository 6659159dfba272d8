package directory

import (
	"strings"
	"time"

	"portico/app/search"
)

// When is at which time somebody needs it open.
type When string

// The times that the form offers.
const (
	AnyTime When = ""
	Now     When = "now"
	Tonight When = "tonight" // from six in the evening until six in the morning
	Weekend When = "weekend"
)

// Times are those that the form offers, in its order.
var Times = []When{Now, Tonight, Weekend}

// asked are the words by which people say what the form has a box for, as they type them into
// the field of words. The longest come first within a line, because "no papers needed" holds
// "no papers".
var asked = []struct {
	set   func(*Filter)
	words string
}{
	{func(f *Filter) { f.NoPapers = true }, `no papers needed|without papers|no papers|no documents needed|without documents|no documents|undocumented
		|senza documenti|senza permesso di soggiorno|senza permesso|senza carte|irregolare|sans papiers|sans titre de séjour|sans document
		|بدون أوراق|بلا أوراق|بدون وثائق|بدون إقامة|sin papeles|sin documentos|sem papéis|sem documentos|fără acte|fără documente|pa dokumente|pa letra
		|без документов|без документів|без паперів|без документи|无证件|没有证件|no get papers`},
	{func(f *Filter) { f.When = Tonight }, `this night|tonight|questa notte|questa sera|stanotte|stasera|cette nuit|ce soir|هذه الليلة|الليلة|esta noche|hoje à noite|esta noite
		|în seara asta|diseară|la noapte|sonte|сегодня ночью|сегодня вечером|сьогодні вночі|сьогодні ввечері|тази нощ|тази вечер|довечера|今晚`},
	{func(f *Filter) { f.When = Now }, `open right now|open now|right now|aperto adesso|aperto ora|aperta ora|adesso|ouvert maintenant|maintenant|مفتوح الآن|الآن|abierto ahora|ahora
		|aberto agora|agora|deschis acum|acum|hapur tani|tani|сейчас открыто|сейчас|зараз відчинено|зараз|отворено сега|сега|现在`},
	{func(f *Filter) { f.When = Weekend }, `at the weekend|this weekend|weekend|nel fine settimana|fine settimana|le week-end|week-end|نهاية الأسبوع|عطلة الأسبوع|fin de semana|fim de semana
		|fundjavë|в выходные|на вихідних|уикенда|周末`},
	{func(f *Filter) { f.Free = true }, `free of charge|for free|gratuitamente|gratuito|gratuita|gratis|gratuitement|gratuit|gratuite|مجانا|مجاني|مجانية|gratuitos|falas|бесплатно|безкоштовно|безплатно|免费`},
	{func(f *Filter) { f.Anonymous = true }, `anonymously|anonymous|without a name|anonimo|anonima|senza nome|anonyme|anonymement|sans nom|بدون اسم|مجهول|anónimo|anônimo|anonim|anonime|анонимно|анонімно|匿名`},
}

// understood takes out of the words what the form has a box for, and ticks it.
func understood(f Filter) Filter {
	words := " " + search.Tokens(f.Words) + " "
	for _, a := range asked {
		for phrase := range strings.SplitSeq(a.words, "|") {
			tokens := remembered("phrase "+phrase, func() string { return search.Tokens(phrase) })
			if cut := strings.Replace(words, " "+tokens+" ", " ", 1); tokens != "" && cut != words {
				words = cut
				a.set(&f)
			}
		}
	}
	f.Words = strings.TrimSpace(words)
	return f
}

// span is when a When begins and ends, on the clock of the host. A weekend that has begun
// goes on; a night too.
func (w When) span(now time.Time) (from, to time.Time) {
	at := func(days, hour int) time.Time {
		return time.Date(now.Year(), now.Month(), now.Day()+days, hour, 0, 0, 0, now.Location())
	}
	switch w {
	case Tonight:
		if now.Hour() < 6 {
			return now, at(0, 6)
		}
		return later(now, at(0, 18)), at(1, 6)
	case Weekend:
		ahead := (int(time.Saturday) - int(now.Weekday()) + 7) % 7
		if now.Weekday() == time.Sunday {
			return now, at(1, 0)
		}
		return later(now, at(ahead, 0)), at(ahead+2, 0)
	}
	return now, now.Add(time.Minute)
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
