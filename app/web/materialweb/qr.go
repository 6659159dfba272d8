package materialweb

import (
	"fmt"
	"strings"

	"github.com/boombuler/barcode/qr"

	"portico/app/fault"
)

// quietZone is the white border that a reader needs around the picture, in modules.
const quietZone = 4

// qrPicture is a QR code as the rectangles of one SVG path.
type qrPicture struct {
	Side int // modules along a side, with the border
	Path string
}

// drawQR draws an address. Neighbours in a row become one rectangle.
func drawQR(text string) (qrPicture, error) {
	code, err := qr.Encode(text, qr.M, qr.Auto)
	if err != nil {
		return qrPicture{}, fault.Wrap(err, "draw a QR code")
	}
	bounds := code.Bounds()
	var path strings.Builder
	for y := range bounds.Dy() {
		run := 0
		for x := range bounds.Dx() + 1 {
			dark := false
			if x < bounds.Dx() {
				r, _, _, _ := code.At(bounds.Min.X+x, bounds.Min.Y+y).RGBA()
				dark = r == 0
			}
			if dark {
				run++
				continue
			}
			if run > 0 {
				fmt.Fprintf(&path, "M%d %dh%dv1h-%dz", x-run+quietZone, y+quietZone, run, run)
			}
			run = 0
		}
	}
	return qrPicture{Side: bounds.Dx() + 2*quietZone, Path: path.String()}, nil
}

func (q qrPicture) viewBox() string { return fmt.Sprintf("0 0 %d %d", q.Side, q.Side) }
