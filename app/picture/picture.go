// Package picture makes a picture that somebody sends safe to keep: it is decoded within
// limits and encoded anew, so that nothing of the file survives but what the eye sees. No
// place, time, camera, name, thumbnail or hidden text is carried over, because none of it
// is ever copied.
//
// It knows JPEG, PNG, GIF (its first frame) and WebP, and nothing else.
package picture

import (
	"bytes"
	"image"
	_ "image/gif" // its first frame
	"image/jpeg"
	"image/png"
	"sync"

	"golang.org/x/image/draw"
	_ "golang.org/x/image/webp"

	"portico/app/fault"
)

// The limits. A picture is refused before its pixels are unpacked when it claims more.
const (
	LargestFile = 6 << 20    // bytes
	mostPixels  = 24_000_000 // what phones take today; one at a time is unpacked
	longestSide = 1280       // pixels of what is kept
	quality     = 80
)

// Picture is what is kept.
type Picture struct {
	Type          string // image/jpeg or image/png
	Width, Height int
	Bytes         []byte
}

// one keeps a second picture from being unpacked beside the first: the memory of a small
// machine is what a stranger would aim at.
var one sync.Mutex

// Clean decodes a picture, turns it the way the camera held it, makes it smaller where it is
// large, and encodes it anew. What is no picture, or too large, is a fault that says so.
func Clean(file []byte) (Picture, error) {
	if len(file) == 0 {
		return Picture{}, refuse("picture.empty")
	}
	if len(file) > LargestFile {
		return Picture{}, refuse("picture.large", "Most", LargestFile>>20)
	}
	one.Lock()
	defer one.Unlock()
	claimed, kind, err := image.DecodeConfig(bytes.NewReader(file))
	if err != nil {
		return Picture{}, refuse("picture.unknown")
	}
	if claimed.Width < 1 || claimed.Height < 1 || claimed.Width > mostPixels/claimed.Height {
		return Picture{}, refuse("picture.large", "Most", LargestFile>>20)
	}
	source, _, err := image.Decode(bytes.NewReader(file))
	if err != nil {
		return Picture{}, refuse("picture.unknown")
	}
	turn := 1
	if kind == "jpeg" {
		turn = orientation(file)
	}
	return encode(turned(smaller(source), turn))
}

func refuse(key string, args ...any) error {
	return fault.Mend(fault.Field{Name: "picture", Key: key, Args: args})
}

// smaller copies the pixels, and nothing else, into an image whose longer side is
// longestSide at most.
func smaller(source image.Image) *image.NRGBA {
	size := source.Bounds().Size()
	width, height := size.X, size.Y
	if longer := max(width, height); longer > longestSide {
		width, height = max(1, width*longestSide/longer), max(1, height*longestSide/longer)
	}
	kept := image.NewNRGBA(image.Rect(0, 0, width, height))
	draw.ApproxBiLinear.Scale(kept, kept.Bounds(), source, source.Bounds(), draw.Src, nil)
	return kept
}

// turned puts the picture upright. The numbers are those of EXIF: 2 to 4 mirror or turn in
// place, 5 to 8 change the sides.
func turned(p *image.NRGBA, turn int) *image.NRGBA {
	if turn < 2 || turn > 8 {
		return p
	}
	w, h := p.Rect.Dx(), p.Rect.Dy()
	out := image.NewNRGBA(image.Rect(0, 0, w, h))
	if turn >= 5 {
		out = image.NewNRGBA(image.Rect(0, 0, h, w))
	}
	for y := range h {
		for x := range w {
			to := image.Pt(x, y)
			switch turn {
			case 2:
				to = image.Pt(w-1-x, y)
			case 3:
				to = image.Pt(w-1-x, h-1-y)
			case 4:
				to = image.Pt(x, h-1-y)
			case 5:
				to = image.Pt(y, x)
			case 6:
				to = image.Pt(h-1-y, x)
			case 7:
				to = image.Pt(h-1-y, w-1-x)
			case 8:
				to = image.Pt(y, w-1-x)
			}
			out.SetNRGBA(to.X, to.Y, p.NRGBAAt(x, y))
		}
	}
	return out
}

// encode keeps what is see-through as PNG; everything else becomes JPEG.
func encode(p *image.NRGBA) (Picture, error) {
	kept := Picture{Type: "image/jpeg", Width: p.Rect.Dx(), Height: p.Rect.Dy()}
	var out bytes.Buffer
	var err error
	if p.Opaque() {
		err = jpeg.Encode(&out, p, &jpeg.Options{Quality: quality})
	} else {
		kept.Type = "image/png"
		err = png.Encode(&out, p)
	}
	kept.Bytes = out.Bytes()
	return kept, fault.Wrap(err, "encode a picture")
}
