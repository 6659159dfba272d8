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
