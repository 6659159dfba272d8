package recording_test

import (
	"bytes"
	"encoding/binary"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"portico/app/fault"
	"portico/app/recording"
)

func read(t testing.TB, name string) []byte {
	t.Helper()
	file, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// The words that the samples hold about whoever recorded them, and where such words stand. The
// name of the program that coded the sound may stand inside its frames, which nobody opens.
var told = []string{"Valentina", "Padova", "45.4064", "Lavf", "udta", "ID3", "TAG", "Xing", "Info"}

func TestNothingOfAFileSurvivesButTheSound(t *testing.T) {
	for _, row := range []struct{ name, kind string }{
		{"voice.mp3", recording.MP3}, {"vbr.mp3", recording.MP3}, {"voice.ogg", recording.Opus}, {"voice.m4a", recording.M4A},
	} {
		t.Run(row.name, func(t *testing.T) {
			file := read(t, row.name)
			if !bytes.Contains(file, []byte("Valentina")) {
				t.Fatal("the sample holds no name: the test would show nothing")
			}
			kept, err := recording.Clean(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, word := range told {
				if bytes.Contains(kept.Bytes, []byte(word)) {
					t.Errorf("the kept file holds %q", word)
				}
			}
			if kept.Type != row.kind || kept.Length < 1900*time.Millisecond || kept.Length > 2300*time.Millisecond || kept.Seconds() != 2 {
				t.Errorf("kept %s of %v", kept.Type, kept.Length)
			}
			again, err := recording.Clean(kept.Bytes)
			if err != nil || !bytes.Equal(again.Bytes, kept.Bytes) || again.Length != kept.Length {
				t.Errorf("a kept file is not kept as it is: %v", err)
			}
			plays(t, kept.Bytes)
		})
	}
}

// plays asks an independent program, where there is one, whether the file is whole.
func plays(t *testing.T, file []byte) {
	t.Helper()
	player, err := exec.LookPath("ffmpeg")
	if err != nil {
		t.Log("no ffmpeg here: the file is not played")
		return
	}
	cmd := exec.Command(player, "-v", "warning", "-i", "-", "-f", "null", "-")
	cmd.Stdin = bytes.NewReader(file)
	if said, err := cmd.CombinedOutput(); err != nil || len(bytes.TrimSpace(said)) > 0 && !bytes.Contains(said, []byte("Estimating duration")) {
		t.Errorf("ffmpeg: %v %s", err, said)
	}
}

// cut returns the first part of a sample.
func cut(t testing.TB, name string, share float64) []byte {
	file := read(t, name)
	return file[:int(float64(len(file))*share)]
}

// grown is a recording in MP3 that goes on for longer than anybody listens.
func grown(t testing.TB, seconds int) []byte {
	kept, err := recording.Clean(read(t, "voice.mp3"))
	if err != nil {
		t.Fatal(err)
	}
	return bytes.Repeat(kept.Bytes, seconds/2)
}

// bomb is a small M4A whose table names the same bytes again and again.
func bomb(t testing.TB) []byte {
	file := bytes.Clone(read(t, "voice.m4a"))
	at := bytes.Index(file, []byte("stsz"))
	binary.BigEndian.PutUint32(file[at+8:], 4000) // every sample is as large as the file
	return file
}

// claims is a small M4A that says how many samples it has: more than memory holds.
func claims(t testing.TB) []byte {
	file := bytes.Clone(read(t, "voice.m4a"))
	at := bytes.Index(file, []byte("stsz"))
	binary.BigEndian.PutUint32(file[at+12:], 0xffff_ffff)
	return file
}

func TestWhatIsNoRecordingIsRefusedWithWords(t *testing.T) {
	bent := bytes.Clone(read(t, "voice.ogg"))
	bent[len(bent)-3] ^= 0x40
	for _, row := range []struct {
		what string
		file []byte
		key  string
	}{
		{"nothing", nil, "recording.empty"},
		{"a text", []byte("<script>alert(1)</script>"), "recording.unknown"},
		{"a picture", []byte("\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01"), "recording.unknown"},
		{"a plain WAV", read(t, "short.wav"), "recording.unknown"},
		{"a packed file", []byte("PK\x03\x04" + strings.Repeat("a", 400)), "recording.unknown"},
		{"a film in MP4", read(t, "film.mp4"), "recording.video"},
		{"a film in WebM", read(t, "film.webm"), "recording.video"},
		{"a film in Ogg", read(t, "film.ogv"), "recording.video"},
		{"Vorbis, which old iPhones do not play", read(t, "vorbis.ogg"), "recording.unknown"},
		{"a live stream", read(t, "live.m4a"), "recording.unknown"},
		{"half an MP3", cut(t, "vbr.mp3", 0.5), "recording.broken"},
		{"an MP3 of words alone", read(t, "voice.mp3")[:120], "recording.broken"},
		{"half an M4A", cut(t, "voice.m4a", 0.5), "recording.broken"},
		{"half an Opus file", cut(t, "voice.ogg", 0.5), "recording.broken"},
		{"an Opus file with a bent byte", bent, "recording.broken"},
		{"an M4A that unpacks to far more than it is", bomb(t), "recording.broken"},
		{"an M4A that claims four thousand million samples", claims(t), "recording.broken"},
		{"21 minutes", grown(t, 21*60), "recording.long"},
		{"a file that is too large", make([]byte, recording.LargestFile+1), "recording.large"},
	} {
		t.Run(row.what, func(t *testing.T) {
			_, err := recording.Clean(row.file)
			f := fault.As(err)
			if f == nil || f.Kind != fault.Invalid || len(f.Fields) != 1 || f.Fields[0].Name != "recording" || f.Fields[0].Key != row.key {
				t.Errorf("got %v; want %s", err, row.key)
			}
		})
	}
}

func TestNineteenMinutesAreKept(t *testing.T) {
	kept, err := recording.Clean(grown(t, 19*60))
	if err != nil || kept.Length > 20*time.Minute || kept.Length < 18*time.Minute {
		t.Errorf("%v, %v", kept.Length, err)
	}
}

func FuzzClean(f *testing.F) {
	for _, name := range []string{"voice.mp3", "vbr.mp3", "voice.ogg", "voice.m4a", "film.mp4", "film.ogv", "live.m4a"} {
		f.Add(read(f, name))
	}
	f.Add(bomb(f))
	f.Add(claims(f))
	f.Fuzz(func(t *testing.T, file []byte) {
		kept, err := recording.Clean(file)
		if err != nil {
			return
		}
		if len(kept.Bytes) == 0 || len(kept.Bytes) > recording.LargestFile || kept.Length > recording.Longest {
			t.Errorf("kept %d bytes of %v", len(kept.Bytes), kept.Length)
		}
		if again, err := recording.Clean(kept.Bytes); err != nil || again.Type != kept.Type {
			t.Errorf("what was kept is not read again: %v", err)
		}
	})
}
