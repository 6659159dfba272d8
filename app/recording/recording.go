// Package recording makes a recording that somebody sends safe to keep: the file is walked
// frame by frame and written anew, so that nothing of it survives but the sound. No name,
// place, time, device, cover picture, chapter or comment is carried over, because none of
// it is ever copied.
//
// It knows MP3, AAC in an MP4 file (M4A, what most phones record) and Opus in Ogg (what
// messengers record). A plain WAV is refused: a few minutes of it cost a month's data. The
// sound itself is not decoded, so that what somebody hid inside the frames of the sound
// would stay, and so would her voice: that a voice can be recognised is for people to know.
package recording

import (
	"bytes"
	"time"

	"portico/app/fault"
)

// The limits of what is kept.
const (
	LargestFile = 6 << 20 // bytes
	Longest     = 20 * time.Minute
	shortest    = time.Second / 4 // below it there is nothing to hear
)

// The types that are kept.
const (
	MP3  = "audio/mpeg"
	M4A  = "audio/mp4"
	Opus = "audio/ogg"
)

// Recording is what is kept.
type Recording struct {
	Type   string // MP3, M4A or Opus
	Length time.Duration
	Bytes  []byte
}

// Seconds is the length as pages say it, at least one.
func (r Recording) Seconds() int {
	return max(1, int((r.Length+time.Second/2)/time.Second))
}

// Ending is how a file of a type is named.
func Ending(kind string) string {
	switch kind {
	case M4A:
		return ".m4a"
	case Opus:
		return ".ogg"
	}
	return ".mp3"
}

// Clean writes a recording anew without anything but its sound. What is no recording, holds
// pictures that move, is cut off or too long is a fault that says so.
func Clean(file []byte) (Recording, error) {
	if len(file) == 0 {
		return Recording{}, refuse("recording.empty")
	}
	if len(file) > LargestFile {
		return Recording{}, tooLarge()
	}
	kept, err := cleanAs(file)
	switch {
	case err != nil:
		return Recording{}, err
	case kept.Length > Longest:
		return Recording{}, refuse("recording.long", "Most", int(Longest/time.Minute))
	case kept.Length < shortest:
		return Recording{}, broken()
	case len(kept.Bytes) > LargestFile:
		return Recording{}, tooLarge()
	}
	return kept, nil
}

func cleanAs(file []byte) (Recording, error) {
	switch {
	case bytes.HasPrefix(file, []byte("OggS")):
		return cleanOgg(file)
	case len(file) > 12 && string(file[4:8]) == "ftyp":
		return cleanMP4(file)
	case bytes.HasPrefix(file, []byte("\x1a\x45\xdf\xa3")), bytes.HasPrefix(file, []byte("RIFF")) && len(file) > 12 && string(file[8:12]) == "AVI ":
		return Recording{}, video()
	}
	return cleanMP3(file)
}

func refuse(key string, args ...any) error {
	return fault.Mend(fault.Field{Name: "recording", Key: key, Args: args})
}

func tooLarge() error { return refuse("recording.large", "Most", LargestFile>>20) }

// unknown is a file of another kind.
func unknown() error { return refuse("recording.unknown") }

// broken is a file of a kind that is known, and cut off or damaged.
func broken() error { return refuse("recording.broken") }

func video() error { return refuse("recording.video") }
