package forum

// drawName makes a two-word name in the language of the topic, not of the reader or the
// writer: her interface language is nobody's business. The words are things one sees from
// a quiet street, and fit together in gender whatever is drawn.
func drawName(lang string, seed uint64) string {
	words, ok := nameWords[lang]
	if !ok {
		words = nameWords["en"]
	}
	first := words.first[seed%uint64(len(words.first))]
	second := words.second[(seed>>20)%uint64(len(words.second))]
	return first + " " + second
}

// nameList holds the two halves of the names of one language.
type nameList struct{ first, second []string }

var nameWords = map[string]nameList{
	"en": {
		first: []string{
			"Quiet", "Amber", "Silver", "Early", "Gentle", "Copper", "Clear", "Winter", "Summer", "Autumn", "Northern", "Southern",
			"Steady", "Golden", "Velvet", "Morning", "Evening", "Open", "Plain", "Bright", "Woven", "Painted", "Folded", "Round",
			"Tall", "Small", "Warm", "Cool", "Soft", "Slow", "Swift", "Patient", "Brave", "Honest", "Kind", "Mellow",
		},
		second: []string{
			"Lantern", "Harbour", "Willow", "River", "Window", "Feather", "Garden", "Bridge", "Pebble", "Candle", "Sparrow", "Meadow",
			"Teacup", "Staircase", "Cloud", "Cedar", "Thimble", "Kettle", "Balcony", "Orchard", "Ribbon", "Compass", "Lighthouse", "Blanket",
			"Acorn", "Heron", "Juniper", "Mosaic", "Button", "Basket", "Clover", "Swallow", "Marble", "Saffron", "Island", "Doorway",
		},
	},
	"it": {
		first: []string{
			"Lanterna", "Finestra", "Collina", "Nuvola", "Barca", "Fontana", "Luna", "Piuma", "Betulla", "Rondine", "Tazza", "Candela",
			"Sasso", "Ponte", "Cortile", "Balcone", "Cedro", "Passero", "Faro", "Fiume", "Sentiero", "Nido", "Bottone", "Cuscino",
			"Mosaico", "Ginepro", "Airone", "Gomitolo", "Ombrello", "Mattino", "Autunno", "Castagno", "Quaderno", "Trifoglio", "Gradino", "Telaio",
		},
		second: []string{
			"verde", "blu", "celeste", "gentile", "forte", "dolce", "semplice", "felice", "grande", "vivace", "leale", "viola",
			"rosa", "lucente", "paziente", "sottile", "lieve", "mite", "silente", "brillante", "tenace", "audace", "agile", "veloce",
			"di mare", "di neve", "di pane", "di carta", "di lana", "di seta", "di sera", "di maggio",
		},
	},
	"fr": {
		first: []string{
			"Lanterne", "Fenêtre", "Colline", "Barque", "Fontaine", "Plume", "Hirondelle", "Tasse", "Bougie", "Pierre", "Prairie", "Écharpe",
			"Pont", "Balcon", "Cèdre", "Moineau", "Phare", "Sentier", "Nid", "Bouton", "Coussin", "Genévrier", "Héron", "Parapluie",
			"Matin", "Automne", "Cahier", "Trèfle", "Panier", "Ruban", "Verger", "Nuage", "Escalier", "Tilleul", "Galet", "Jardin",
		},
		second: []string{
			"calme", "tranquille", "jaune", "rouge", "rose", "turquoise", "sincère", "agile", "sage", "brave", "libre", "fidèle",
			"paisible", "aimable", "solide", "rapide", "magique", "orange", "tendre", "honnête", "modeste", "habile",
			"de mer", "de neige", "de laine", "de papier", "de soie", "de mai", "du soir", "du matin",
		},
	},
	"ar": {
		first: []string{
			"نجمة", "قمر", "نسمة", "وردة", "جسر", "نافذة", "شمعة", "غيمة", "زيتونة", "عصفور", "قارب", "مصباح",
			"ياسمينة", "نخلة", "صدفة", "ريشة", "حديقة", "شرفة", "ينبوع", "درب", "لؤلؤة", "سنبلة", "موجة", "فراشة",
			"بستان", "ظل", "حمامة", "رمانة", "زورق", "منارة",
		},
		second: []string{
			"الصباح", "المساء", "البحر", "الجبل", "الوادي", "الربيع", "الخريف", "الشتاء", "الميناء", "النهر", "الحقل", "الليل",
			"الفجر", "الجزيرة", "السهل", "الرمل", "الندى", "الشاطئ", "القرية", "الحي", "المدينة", "الغابة", "الضوء", "الهدوء",
		},
	},
}
