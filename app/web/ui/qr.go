package ui

import (
	"fmt"
	"strings"

	"github.com/boombuler/barcode/qr"

	"portico/app/fault"
)

// quietZone is the white border that a reader needs around the picture, in modules.
const quietZone = 4

// QR is a QR code as the rectangles of one SVG path. It is drawn here because the page's
// policy lets neither inline pictures nor foreign ones in.
type QR struct {
	side int // modules along a side, with the border
	path string
}

// DrawQR draws a text. Neighbours in a row become one rectangle, which keeps the page light.
func DrawQR(text string) (QR, error) {
	code, err := qr.Encode(text, qr.M, qr.Auto)
	if err != nil {
		return QR{}, fault.Wrap(err, "draw a QR code")
	}
	bounds := code.Bounds()
	dark := func(x, y int) bool {
		r, _, _, _ := code.At(bounds.Min.X+x, bounds.Min.Y+y).RGBA()
		return r == 0
	}
	var path strings.Builder
	for y := range bounds.Dy() {
		for x := 0; x < bounds.Dx(); x++ {
			run := 0
			for x+run < bounds.Dx() && dark(x+run, y) {
				run++
			}
			if run > 0 {
				fmt.Fprintf(&path, "M%d %dh%dv1h-%dz", x+quietZone, y+quietZone, run, run)
				x += run
			}
		}
	}
	return QR{side: bounds.Dx() + 2*quietZone, path: path.String()}, nil
}

func (q QR) viewBox() string { return fmt.Sprintf("0 0 %d %d", q.side, q.side) }
