package moderation

// isCard says whether digits are those of a payment card: a known first digit, a known length,
// and a right check digit.
func isCard(digits string) bool {
	switch {
	case len(digits) == 16 && digits[0] >= '2' && digits[0] <= '6':
	case len(digits) == 15 && digits[0] == '3' && (digits[1] == '4' || digits[1] == '7'):
	case len(digits) == 19 && (digits[0] == '4' || digits[0] == '6'):
	default:
		return false
	}
	sum := 0
	for i := range len(digits) {
		v := int(digits[len(digits)-1-i] - '0')
		if i%2 == 1 {
			if v *= 2; v > 9 {
				v -= 9
			}
		}
		sum += v
	}
	return sum%10 == 0
}

// ibanLength is how long an account number is in the countries that people here bank in.
var ibanLength = map[string]int{
	"it": 27, "fr": 27, "ro": 24, "es": 24, "al": 28, "bg": 22, "ua": 29, "de": 22, "gb": 22, "be": 16, "nl": 18,
	"pt": 25, "ch": 21, "at": 20, "gr": 27, "sk": 24, "md": 24, "lt": 20, "pl": 28, "hu": 28, "hr": 21, "si": 19,
	"ie": 22, "lu": 20, "mc": 27, "mt": 31, "sm": 27, "tn": 24, "br": 29, "cz": 24, "xk": 20, "dk": 18, "fi": 18, "se": 24,
}

// findIBANs looks for account numbers, whole or in groups, and proves them by their check digits.
func (pg *page) findIBANs() {
	for i := range pg.words {
		w := &pg.words[i]
		if w.last-w.first < 4 || !pg.shaped(w.first, "LLDD") {
			continue
		}
		country := string([]rune{pg.glyphs[w.first].r, pg.glyphs[w.first+1].r})
		want := ibanLength[country]
		chars, last := pg.alphanumerics(w.first, want)
		if want > 0 && len(chars) == want && proved(chars) {
			pg.take(ruleIBAN, int(w.from), int(pg.glyphs[last].to))
		}
	}
}

// shaped says whether the glyphs from i on are letters (L) and digits (D) as in shape.
func (pg *page) shaped(i int32, shape string) bool {
	if int(i)+len(shape) > len(pg.glyphs) {
		return false
	}
	for k, s := range shape {
		if c := pg.glyphs[int(i)+k].class; s == 'L' && c != latin || s == 'D' && c != digit {
			return false
		}
	}
	return true
}

// alphanumerics reads up to want letters and digits over single blanks, dashes and dots.
func (pg *page) alphanumerics(i int32, want int) (chars []rune, last int32) {
	gap := 0
	for ; int(i) < len(pg.glyphs) && len(chars) < want; i++ {
		switch g := pg.glyphs[i]; {
		case g.class == latin || g.class == digit:
			chars, last, gap = append(chars, g.r), i, 0
		case (g.r == ' ' || g.r == '-' || g.r == '.') && gap == 0:
			gap++
		default:
			return chars, last
		}
	}
	return chars, last
}

// proved checks an account number: moved round and read as one number, it leaves 1 over 97.
func proved(chars []rune) bool {
	rest := 0
	for i := range chars {
		r := chars[(i+4)%len(chars)]
		switch {
		case r >= '0' && r <= '9':
			rest = (rest*10 + int(r-'0')) % 97
		case r >= 'a' && r <= 'z':
			rest = (rest*100 + int(r-'a') + 10) % 97
		default:
			return false
		}
	}
	return rest == 1
}
