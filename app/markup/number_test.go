package markup_test

import (
	"testing"

	"portico/app/markup"
)

func TestTheGroupsOfATelephoneNumberKeepTheirOrder(t *testing.T) {
	for _, c := range []struct{ name, source, want string }{
		{"in Arabic words", "اتصلوا على **800 186 086** من ٩ إلى ١٨.", `<p>اتصلوا على <strong><bdi dir="ltr">800 186 086</bdi></strong> من ٩ إلى ١٨.</p>`},
		{"in the digits of Arabic", "على ٠٣٤٧ ٥٥٥ ٠١٤٢.", `<p>على <bdi dir="ltr">٠٣٤٧ ٥٥٥ ٠١٤٢</bdi>.</p>`},
		{"from abroad", "هاتف: +39 02 1234567", `<p>هاتف: <bdi dir="ltr">+39 02 1234567</bdi></p>`},
		{"in one piece", "1522", `<p>1522</p>`},
		{"a help line of six digits", "على **116 006**", `<p>على <strong><bdi dir="ltr">116 006</bdi></strong></p>`},
		{"a help line of six digits that does not break", "على 116\u00a0123 أو 112", "<p>على <bdi dir=\"ltr\">116\u00a0123</bdi> أو 112</p>"},
		{"a help line of six digits in the digits of Arabic", "١١٦ ٠٠٦", `<p><bdi dir="ltr">١١٦ ٠٠٦</bdi></p>`},
		{"short help lines in one piece", "112 · 114 · 1522 · 3919", `<p>112 · 114 · 1522 · 3919</p>`},
		{"days and months are none", "22.11.2026 · 22/11 · 8-12 · 20 30", `<p><bdi dir="ltr">22.11.2026</bdi> · 22/11 · 8-12 · 20 30</p>`},
		{"hours and prices are none", "9.30 · 3.50 · 10-12", `<p>9.30 · 3.50 · 10-12</p>`},
		{"the address of a link is no number", "[us](/directory/800-186-086) 800 186 086", `<p><a href="/directory/800-186-086" rel="noreferrer">us</a> <bdi dir="ltr">800 186 086</bdi></p>`},
		{"signs stay safe", "a < 800 186 086 > b", `<p>a &lt; <bdi dir="ltr">800 186 086</bdi> &gt; b</p>`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := markup.Page(c.source); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}
