package moderation

// ligatures are letters that people write as two and Unicode does not take apart.
var ligatures = map[rune]string{'œ': "oe", 'Œ': "oe", 'æ': "ae", 'Æ': "ae", 'ß': "ss", 'ẞ': "ss"}

// plainForms are signs that mean the same to a reader and that decomposition leaves alone:
// quotes, dashes, dots, small capitals, and Arabic letters whose spelling wavers.
var plainForms = map[rune]rune{
	'’': '\'', '‘': '\'', 'ʼ': '\'', '`': '\'', '´': '\'', 'ʹ': '\'', '′': '\'', '‛': '\'',
	'‐': '-', '‑': '-', '‒': '-', '–': '-', '—': '-', '―': '-', '−': '-', '﹣': '-', '－': '-', '⁃': '-',
	'·': '.', '•': '.', '∙': '.', '・': '.', '‧': '.', '⋅': '.', '●': '.', '。': '.', '٫': '.', '…': '.',
	'〇': '零', '⁄': '/', '∕': '/', '╱': '/',
	'،': ',', '٬': ',', '、': ',', '؛': ';', '؟': '?', '∶': ':', '：': ':', '꞉': ':', '٪': '%', '﹪': '%',
	'ى': 'ي', 'ی': 'ي', 'ة': 'ه', 'ک': 'ك', 'ہ': 'ه', 'ە': 'ه', 'ٱ': 'ا', 'گ': 'ك', 'ڨ': 'ق', 'ڤ': 'ف', 'پ': 'ب',
	'ł': 'l', 'ø': 'o', 'đ': 'd', 'ð': 'd', 'ı': 'i', 'ɑ': 'a', 'ɡ': 'g', 'ħ': 'h', 'ŧ': 't', 'ɩ': 'i', 'ǀ': 'l',
	'ᴀ': 'a', 'ʙ': 'b', 'ᴄ': 'c', 'ᴅ': 'd', 'ᴇ': 'e', 'ꜰ': 'f', 'ɢ': 'g', 'ʜ': 'h', 'ɪ': 'i', 'ᴊ': 'j', 'ᴋ': 'k',
	'ʟ': 'l', 'ᴍ': 'm', 'ɴ': 'n', 'ᴏ': 'o', 'ᴘ': 'p', 'ʀ': 'r', 'ꜱ': 's', 'ᴛ': 't', 'ᴜ': 'u', 'ᴠ': 'v', 'ᴡ': 'w',
	'ʏ': 'y', 'ᴢ': 'z', '\t': ' ', '\r': ' ', 0x2800: ' ', 0x2028: '\n', 0x2029: '\n', 0x85: '\n',
}

// enclosed reads the circled and boxed letters and digits that have no decomposition.
func enclosed(r rune) (fold, bool) {
	number := func(v rune) (fold, bool) {
		return fold{r: '0' + v, class: digit}, v >= 0 && v <= 9
	}
	switch {
	case r >= 0x2776 && r <= 0x277E: // negative circled 1 to 9
		return number(r - 0x2776 + 1)
	case r >= 0x2780 && r <= 0x2788: // sans-serif circled 1 to 9
		return number(r - 0x2780 + 1)
	case r >= 0x278A && r <= 0x2792: // negative sans-serif circled 1 to 9
		return number(r - 0x278A + 1)
	case r >= 0x24F5 && r <= 0x24FD: // double circled 1 to 9
		return number(r - 0x24F5 + 1)
	case r == 0x24FF || r == 0x1F10B || r == 0x1F10C:
		return number(0)
	case r >= 0x1F150 && r <= 0x1F169: // negative circled A to Z
		return fold{r: 'a' + r - 0x1F150, class: latin, upper: true}, true
	case r >= 0x1F170 && r <= 0x1F189: // negative squared A to Z
		return fold{r: 'a' + r - 0x1F170, class: latin, upper: true}, true
	}
	return fold{}, false
}

// latinLike are the letters of other scripts that a reader takes for a Latin letter, by their
// lower-case form.
var latinLike = map[rune]rune{
	'а': 'a', 'в': 'b', 'с': 'c', 'е': 'e', 'н': 'h', 'і': 'i', 'ј': 'j', 'к': 'k', 'м': 'm', 'о': 'o', 'р': 'p',
	'ѕ': 's', 'т': 't', 'у': 'y', 'х': 'x', 'һ': 'h', 'ԁ': 'd', 'ԛ': 'q', 'ԝ': 'w', 'ӏ': 'l',
	'α': 'a', 'β': 'b', 'ε': 'e', 'ι': 'i', 'κ': 'k', 'ν': 'v', 'ο': 'o', 'ρ': 'p', 'τ': 't', 'υ': 'u', 'χ': 'x',
	'γ': 'y', 'ω': 'w', 'η': 'n', 'μ': 'm', 'ζ': 'z', 'σ': 'o', 'ς': 'c', 'ϲ': 'c', 'ϳ': 'j',
}

// greekCapitals are the Greek capitals that look like another Latin letter than their small form.
var greekCapitals = map[rune]rune{'η': 'h', 'ν': 'n', 'υ': 'y', 'γ': 'r'}

// cyrillicLike are the Latin letters that pass for a Cyrillic one.
var cyrillicLike = map[rune]rune{
	'a': 'а', 'b': 'в', 'c': 'с', 'e': 'е', 'h': 'н', 'i': 'і', 'k': 'к', 'm': 'м', 'o': 'о', 'p': 'р', 't': 'т',
	'x': 'х', 'y': 'у', 'r': 'г', 'n': 'п', 'u': 'и',
}

// leet reads a digit or sign that stands for a letter inside a word. The digit 1 stands for i
// or l, so a word with a 1 is read twice.
func leet(r, one rune) rune {
	switch r {
	case '0':
		return 'o'
	case '1':
		return one
	case '3':
		return 'e'
	case '4', '@':
		return 'a'
	case '5', '$':
		return 's'
	case '6':
		return 'g'
	case '7':
		return 't'
	case '8':
		return 'b'
	case '9':
		return 'g'
	}
	return r
}

// leetCyrillic does the same in Cyrillic, where the digit 3 stands for a letter that it looks like
// or, as in Latin, for e.
func leetCyrillic(r, three rune) rune {
	switch r {
	case '0':
		return 'о'
	case '1':
		return 'и'
	case '3':
		return three
	case '4':
		return 'ч'
	case '6':
		return 'б'
	case '@':
		return 'а'
	}
	return r
}

// digitLike reads a letter that stands for a digit inside a number, as in "O6 I2 34".
func digitLike(r rune) (rune, bool) {
	switch r {
	case 'o', 'о', 'ο':
		return '0', true
	case 'i', 'l', 'і':
		return '1', true
	case 'z':
		return '2', true
	case 's':
		return '5', true
	case 'b':
		return '8', true
	case 'з':
		return '3', true
	case 'б':
		return '6', true
	}
	return 0, false
}
