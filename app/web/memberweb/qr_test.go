package memberweb

import (
	"fmt"
	"strings"
	"testing"

	"github.com/boombuler/barcode/qr"
)

func TestThePictureHasExactlyTheModulesOfTheCode(t *testing.T) {
	text := "https://walk.example/join?code=K7MQ-3XWP"
	picture, err := drawQR(text)
	if err != nil {
		t.Fatal(err)
	}
	code, err := qr.Encode(text, qr.M, qr.Auto)
	if err != nil {
		t.Fatal(err)
	}
	dark := map[[2]int]bool{}
	for _, rect := range strings.Split(strings.TrimSuffix(picture.Path, "z"), "z") {
		var x, y, width, back int
		if _, err := fmt.Sscanf(rect, "M%d %dh%dv1h-%d", &x, &y, &width, &back); err != nil || width != back {
			t.Fatalf("the piece %q of the path is no rectangle: %v", rect, err)
		}
		for i := range width {
			dark[[2]int{x + i - quietZone, y - quietZone}] = true
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
	if len(dark) == 0 || picture.Side != code.Bounds().Dx()+2*quietZone {
		t.Errorf("%d dark modules on a side of %d", len(dark), picture.Side)
	}
}
