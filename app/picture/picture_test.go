package picture_test

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"testing"

	"portico/app/fault"
	"portico/app/picture"
)

// corner is a picture with one dark quarter, so that a turn shows.
func corner(w, h int) *image.NRGBA {
	p := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.NRGBA{240, 240, 240, 255}
			if x < w/2 && y < h/2 {
				c = color.NRGBA{10, 10, 10, 255}
			}
			p.SetNRGBA(x, y, c)
		}
	}
	return p
}

// secret is what a camera writes about her.
const secret = "GPS 45.4064N 11.8768E, phone of Valentina"

// photographed is a JPEG as a phone makes it: held in some way, with what it knows of her.
func photographed(t testing.TB, turn uint16) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := jpeg.Encode(&out, corner(64, 32), nil); err != nil {
		t.Fatal(err)
	}
	tiff := []byte("MM\x00\x2a\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00\x00")
	binary.BigEndian.PutUint16(tiff[18:], turn)
	part := append([]byte("Exif\x00\x00"), append(tiff, secret...)...)
	head := []byte{0xff, 0xe1, 0, 0}
	binary.BigEndian.PutUint16(head[2:], uint16(len(part)+2))
	comment := append([]byte{0xff, 0xfe, 0, byte(len(secret) + 2)}, secret...)
	file := append([]byte{0xff, 0xd8}, head...)
	file = append(append(file, part...), comment...)
	return append(append(file, out.Bytes()[2:]...), secret...) // and behind the end
}

func TestNothingOfAFileSurvivesButWhatTheEyeSees(t *testing.T) {
	kept, err := picture.Clean(photographed(t, 1))
	if err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{secret, "GPS", "Valentina", "Exif"} {
		if bytes.Contains(kept.Bytes, []byte(word)) {
			t.Errorf("the kept picture holds %q", word)
		}
	}
	if kept.Type != "image/jpeg" || kept.Width != 64 || kept.Height != 32 {
		t.Errorf("kept %s, %d × %d", kept.Type, kept.Width, kept.Height)
	}
}

func TestAPictureStandsAsItWasHeld(t *testing.T) {
	for turn, want := range map[uint16]image.Point{ // where the dark quarter is, in quarters
		1: {0, 0}, 2: {1, 0}, 3: {1, 1}, 4: {0, 1}, 5: {0, 0}, 6: {1, 0}, 7: {1, 1}, 8: {0, 1}, 0: {0, 0}, 99: {0, 0},
	} {
		kept, err := picture.Clean(photographed(t, turn))
		if err != nil {
			t.Fatal(err)
		}
		p, _, err := image.Decode(bytes.NewReader(kept.Bytes))
		if err != nil {
			t.Fatal(err)
		}
		if sides := kept.Width == 32; sides != (turn >= 5 && turn <= 8) {
			t.Errorf("turn %d: %d × %d", turn, kept.Width, kept.Height)
		}
		r, _, _, _ := p.At(kept.Width/4+want.X*kept.Width/2, kept.Height/4+want.Y*kept.Height/2).RGBA()
		if r > 0x4000 {
			t.Errorf("turn %d: the dark quarter is not at %v", turn, want)
		}
	}
}

func TestLargePicturesBecomeSmallAndSeeThroughOnesStay(t *testing.T) {
	var large, through, moving bytes.Buffer
	clear := corner(20, 20)
	clear.SetNRGBA(15, 15, color.NRGBA{})
	for _, err := range []error{
		jpeg.Encode(&large, corner(4000, 1000), nil), png.Encode(&through, clear), gif.Encode(&moving, corner(30, 10), nil),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, row := range []struct {
		what          string
		file          []byte
		kind          string
		width, height int
	}{
		{"a large one", large.Bytes(), "image/jpeg", 1280, 320},
		{"a see-through one", through.Bytes(), "image/png", 20, 20},
		{"the first frame of a moving one", moving.Bytes(), "image/jpeg", 30, 10},
	} {
		kept, err := picture.Clean(row.file)
		if err != nil || kept.Type != row.kind || kept.Width != row.width || kept.Height != row.height {
			t.Errorf("%s: %s, %d × %d, %v", row.what, kept.Type, kept.Width, kept.Height, err)
		}
	}
}

func TestWhatIsNoPictureIsRefusedWithWords(t *testing.T) {
	var bomb bytes.Buffer
	if err := png.Encode(&bomb, image.NewNRGBA(image.Rect(0, 0, 2, 2))); err != nil {
		t.Fatal(err)
	}
	claims := bomb.Bytes()
	binary.BigEndian.PutUint32(claims[16:], 60_000)
	binary.BigEndian.PutUint32(claims[20:], 60_000)
	for what, file := range map[string][]byte{
		"nothing":                      nil,
		"a text":                       []byte("<svg onload=alert(1)>"),
		"half a picture":               photographed(t, 1)[:300],
		"a file that is too large":     make([]byte, picture.LargestFile+1),
		"a small file of huge pixels":  claims,
		"a document with a picture in": append([]byte("%PDF-1.7\n"), photographed(t, 1)...),
	} {
		_, err := picture.Clean(file)
		if f := fault.As(err); f == nil || f.Kind != fault.Invalid || len(f.Fields) != 1 || f.Fields[0].Name != "picture" {
			t.Errorf("%s: %v; want something to mend", what, err)
		}
	}
}

func FuzzClean(f *testing.F) {
	f.Add(photographed(f, 6))
	var p bytes.Buffer
	if err := png.Encode(&p, corner(8, 8)); err != nil {
		f.Fatal(err)
	}
	f.Add(p.Bytes())
	f.Fuzz(func(t *testing.T, file []byte) {
		kept, err := picture.Clean(file)
		if err == nil && (len(kept.Bytes) == 0 || kept.Width > 1280 || kept.Height > 1280) {
			t.Errorf("kept %d bytes, %d × %d", len(kept.Bytes), kept.Width, kept.Height)
		}
	})
}
