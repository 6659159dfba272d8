package ui_test

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/boombuler/barcode/qr"

	"portico/app/web/ui"
)

func TestThePictureHasExactlyTheModulesOfTheCode(t *testing.T) {
	const text, border = "https://portal.example/learn/verify", 4
	picture, err := ui.DrawQR(text)
	if err != nil {
		t.Fatal(err)
	}
	var page strings.Builder
	if err := ui.QRImage(picture, "words", "104").Render(context.Background(), &page); err != nil {
		t.Fatal(err)
	}
	path := regexp.MustCompile(`fill="#000" d="([^"]+)z"`).FindStringSubmatch(page.String())
	code, err := qr.Encode(text, qr.M, qr.Auto)
	if err != nil || path == nil {
		t.Fatalf("%v in %s", err, page.String())
	}
	dark := map[[2]int]bool{}
	for _, rect := range strings.Split(path[1], "z") {
		var x, y, width, back int
		if _, err := fmt.Sscanf(rect, "M%d %dh%dv1h-%d", &x, &y, &width, &back); err != nil || width != back {
			t.Fatalf("the piece %q of the path is no rectangle: %v", rect, err)
		}
		for i := range width {
			dark[[2]int{x + i - border, y - border}] = true
		}
	}
	for y := range code.Bounds().Dy() {
		for x := range code.Bounds().Dx() {
			r, _, _, _ := code.At(x, y).RGBA()
			if want := r == 0; dark[[2]int{x, y}] != want {
				t.Fatalf("module %d,%d: got %v, want %v", x, y, dark[[2]int{x, y}], want)
			}
		}
	}
	side := code.Bounds().Dx() + 2*border
	if len(dark) == 0 || !strings.Contains(page.String(), fmt.Sprintf(`viewBox="0 0 %d %d"`, side, side)) {
		t.Errorf("%d dark modules in %s", len(dark), page.String()[:120])
	}
	if _, err := ui.DrawQR(strings.Repeat("x", 5000)); err == nil {
		t.Error("a text that fits no code is drawn")
	}
}
