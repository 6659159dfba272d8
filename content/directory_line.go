package content

import "strings"

// lineNeeds are the words for what a help line is there for, by language. They stand here
// and not in the messages, because an entry carries its own words into the open data file.
var lineNeeds = map[string]map[string]string{
	"emergency":   {"en": "danger right now", "it": "pericolo immediato", "fr": "un danger immédiat", "ar": "الخطر الآن"},
	"violence":    {"en": "violence", "it": "violenza", "fr": "les violences", "ar": "العنف"},
	"trafficking": {"en": "trafficking and being forced", "it": "tratta e costrizione", "fr": "la traite et la contrainte", "ar": "الاتجار بالبشر والإجبار"},
	"self-harm":   {"en": "thoughts of ending your life", "it": "pensieri di farla finita", "fr": "des pensées de mort", "ar": "التفكير في إنهاء الحياة"},
	"minor":       {"en": "children and young people", "it": "minori", "fr": "les enfants et les jeunes", "ar": "الأطفال والقاصرين"},
	"health":      {"en": "health", "it": "salute", "fr": "la santé", "ar": "الصحة"},
}

var lineStarts = map[string]string{"en": "A number to call about: ", "it": "Un numero da chiamare per: ", "fr": "Un numéro à appeler pour : ", "ar": "رقم للاتصال بشأن: "}

var lineCommas = map[string]string{"en": ", ", "it": ", ", "fr": ", ", "ar": "، "}

// entry is a help line as the directory shows it. False means "not known" in the file of
// help lines, so it says nothing here either.
func (l HelpLine) entry() Entry {
	e := Entry{
		ID: l.ID, Name: l.Name, Kind: "helpline", Country: l.Country, Languages: l.Languages, Needs: l.Kinds,
		What: map[string]string{}, Phone: l.Phone, Hours: l.Hours, Source: l.Source,
	}
	if l.Free {
		e.Free = &l.Free
	}
	if l.Anonymous {
		e.Anonymous = &l.Anonymous
	}
	for lang, start := range lineStarts {
		var words []string
		for _, kind := range l.Kinds {
			words = append(words, lineNeeds[kind][lang])
		}
		e.What[lang] = start + strings.Join(words, lineCommas[lang]) + "."
	}
	return e
}
