package recording

import (
	"bytes"
	"encoding/binary"
	"time"
)

// Bit rates in kbit/s and sampling rates in Hz of layer III, by the codes in a frame's head.
var (
	ratesFirst  = [16]int{0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0}
	ratesSecond = [16]int{0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0}
	sampling    = [3]int{44100, 48000, 32000}
)

// frame is the head of one frame of MP3.
type frame struct {
	version  byte // 3 is MPEG 1, 2 is MPEG 2, 0 is MPEG 2.5
	rate     int  // samples in a second
	samples  int
	size     int // bytes, with the head
	channels int
}

const headSize = 4

// frameAt reads the head of a frame; ok is false for anything else.
func frameAt(b []byte) (f frame, ok bool) {
	if len(b) < headSize || b[0] != 0xff || b[1]&0xe0 != 0xe0 {
		return f, false
	}
	f.version = b[1] >> 3 & 3
	bits, rate, padding := b[2]>>4, b[2]>>2&3, int(b[2]>>1&1)
	if f.version == 1 || b[1]>>1&3 != 1 || rate == 3 { // layer III only
		return f, false
	}
	f.channels = 2
	if b[3]>>6 == 3 {
		f.channels = 1
	}
	kbits := ratesSecond[bits]
	f.rate, f.samples = sampling[rate]>>1, 576
	switch f.version {
	case 3:
		kbits, f.rate, f.samples = ratesFirst[bits], sampling[rate], 1152
	case 0:
		f.rate = sampling[rate] >> 2
	}
	if kbits == 0 {
		return f, false
	}
	f.size = f.samples/8*kbits*1000/f.rate + padding
	return f, true
}

// goesWith reports whether two frames may be of one recording.
func (f frame) goesWith(next frame) bool { return f.version == next.version && f.rate == next.rate }

// cleanMP3 keeps the frames, and nothing before, between or behind them.
func cleanMP3(file []byte) (Recording, error) {
	at := skipTags(file)
	first, ok := frameAt(file[at:])
	if !ok || at+first.size > len(file) {
		if at > 0 {
			return Recording{}, broken()
		}
		return Recording{}, unknown()
	}
	if next, ok := frameAt(file[at+first.size:]); !ok || !first.goesWith(next) {
		return Recording{}, unknown() // two bytes that look like a head are in many files
	}
	promised, counts := framesPromised(file[at:at+first.size], first)
	if counts {
		at += first.size // its table is made of the file as it was, and names the program that wrote it
	}
	var kept bytes.Buffer
	frames := 0
	for at < len(file) {
		f, ok := frameAt(file[at:])
		if !ok || !f.goesWith(first) || at+f.size > len(file) {
			break
		}
		kept.Write(file[at : at+f.size])
		at, frames = at+f.size, frames+1
	}
	if frames == 0 || promised > 0 && frames < promised-promised/50-1 || !isTail(file[at:], first.size) {
		return Recording{}, broken()
	}
	length := time.Duration(frames) * time.Duration(first.samples) * time.Second / time.Duration(first.rate)
	return Recording{MP3, length, kept.Bytes()}, nil
}

// skipTags finds where the words in front of the sound end.
func skipTags(file []byte) int {
	at := 0
	for len(file)-at >= 10 && string(file[at:at+3]) == "ID3" {
		b := file[at:]
		if (b[6]|b[7]|b[8]|b[9])&0x80 != 0 {
			return 0
		}
		size := 10 + int(b[6])<<21 + int(b[7])<<14 + int(b[8])<<7 + int(b[9])
		if b[5]&0x10 != 0 {
			size += 10
		}
		if size > len(b) {
			return len(file)
		}
		at += size
	}
	for at < len(file) && file[at] == 0 { // padding that some programs leave
		at++
	}
	return at
}

// framesPromised reads how many frames the first one says there are, and whether it is such
// a frame: it holds no sound.
func framesPromised(b []byte, f frame) (n int, is bool) {
	side := map[bool]int{true: 17, false: 9}[f.version == 3]
	if f.channels == 2 {
		side = map[bool]int{true: 32, false: 17}[f.version == 3]
	}
	if at := headSize + side; at+12 <= len(b) {
		if mark := string(b[at : at+4]); mark == "Xing" || mark == "Info" {
			if b[at+7]&1 != 0 {
				n = int(binary.BigEndian.Uint32(b[at+8:]))
			}
			return n, true
		}
	}
	if at := headSize + 32; at+18 <= len(b) && string(b[at:at+4]) == "VBRI" {
		return int(binary.BigEndian.Uint32(b[at+14:])), true
	}
	return 0, false
}

// isTail reports whether what stands behind the last whole frame is what programs write
// there: nothing, words, or the beginning of one more frame.
func isTail(rest []byte, usual int) bool {
	if len(bytes.Trim(rest, "\x00")) == 0 {
		return true
	}
	for _, mark := range []string{"TAG", "APETAGEX", "LYRICSBEGIN", "ID3"} {
		if bytes.HasPrefix(rest, []byte(mark)) {
			return true
		}
	}
	_, ok := frameAt(rest)
	return ok && len(rest) < max(2*usual, 1500) || len(rest) < headSize
}
