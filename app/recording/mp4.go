package recording

import (
	"encoding/binary"
	"time"
)

// The most that a table of a file may claim: more than 20 minutes of sound ever need.
const mostSamples = 250_000

// box is one box of an MP4 file, without its head.
type box struct {
	kind string
	body []byte
}

// boxesOf cuts bytes into boxes.
func boxesOf(b []byte) (all []box, ok bool) {
	for len(b) > 0 {
		if len(b) < 8 {
			return all, false
		}
		size, head := uint64(binary.BigEndian.Uint32(b)), uint64(8)
		switch size {
		case 0:
			size = uint64(len(b)) // to the end
		case 1:
			if len(b) < 16 {
				return all, false
			}
			size, head = binary.BigEndian.Uint64(b[8:]), 16
		}
		if size < head || size > uint64(len(b)) {
			return all, false
		}
		all, b = append(all, box{string(b[4:8]), b[head:size]}), b[size:]
	}
	return all, true
}

// child finds a box inside others, one step after the other; nil where it is not.
func child(b []byte, path ...string) []byte {
	for _, kind := range path {
		all, ok := boxesOf(b)
		b = nil
		for _, one := range all {
			if ok && one.kind == kind {
				b = one.body
				break
			}
		}
		if b == nil {
			return nil
		}
	}
	return b
}

// cleanMP4 takes the sound out of the file, and writes a new file around it.
func cleanMP4(file []byte) (Recording, error) {
	all, ok := boxesOf(file)
	var movie []byte
	for _, one := range all {
		switch one.kind {
		case "moov":
			movie = one.body
		case "moof":
			return Recording{}, unknown() // made for a live broadcast
		}
	}
	if !ok || movie == nil {
		return Recording{}, broken()
	}
	parts, ok := boxesOf(movie)
	if !ok {
		return Recording{}, broken()
	}
	var sound []byte
	for _, one := range parts {
		if one.kind != "trak" {
			continue
		}
		switch handler := child(one.body, "mdia", "hdlr"); {
		case len(handler) < 12:
			return Recording{}, broken()
		case string(handler[8:12]) == "vide":
			return Recording{}, video()
		case string(handler[8:12]) == "soun" && sound != nil:
			return Recording{}, broken()
		case string(handler[8:12]) == "soun":
			sound = one.body
		}
	}
	if sound == nil {
		return Recording{}, unknown()
	}
	t, err := trackOf(sound, file)
	if err != nil {
		return Recording{}, err
	}
	return Recording{M4A, time.Duration(t.ticks) * time.Second / time.Duration(t.scale), t.write()}, nil
}

// track is the sound of a file with what is needed to play it.
type track struct {
	scale    uint32 // ticks in a second
	ticks    uint64
	channels uint16
	rate     uint32
	config   []byte // what the decoder has to know
	times    []byte // how long the samples are: pairs of count and ticks
	sizes    []uint32
	data     []byte
}

func trackOf(b, file []byte) (t track, err error) {
	header, table := child(b, "mdia", "mdhd"), child(b, "mdia", "minf", "stbl")
	at := 12
	if len(header) > 0 && header[0] == 1 {
		at = 20
	}
	if len(header) < at+4 || table == nil {
		return t, broken()
	}
	t.scale = binary.BigEndian.Uint32(header[at:])
	if t.scale < 1000 || t.scale > 192_000 {
		return t, broken()
	}
	var known bool
	if known, err = t.coding(child(table, "stsd")); err != nil || !known {
		if err == nil {
			err = unknown()
		}
		return t, err
	}
	if !t.readSizes(child(table, "stsz")) || !t.readTimes(child(table, "stts")) || !t.readData(table, file) {
		return t, broken()
	}
	return t, nil
}

// coding reads how the sound is coded; only AAC is known.
func (t *track) coding(stsd []byte) (known bool, err error) {
	const entryHead = 28
	if len(stsd) < 8 {
		return false, broken()
	}
	entries, ok := boxesOf(stsd[8:])
	if !ok || len(entries) == 0 {
		return false, broken()
	}
	entry := entries[0]
	if entry.kind != "mp4a" || len(entries) > 1 {
		return false, nil
	}
	if len(entry.body) < entryHead {
		return false, broken()
	}
	t.channels, t.rate = binary.BigEndian.Uint16(entry.body[16:]), binary.BigEndian.Uint32(entry.body[24:])
	head := entryHead
	switch binary.BigEndian.Uint16(entry.body[8:]) { // what QuickTime puts between
	case 1:
		head += 16
	case 2:
		head += 36
	}
	if len(entry.body) < head {
		return false, broken()
	}
	esds := child(entry.body[head:], "esds")
	if esds == nil {
		esds = child(entry.body[head:], "wave", "esds")
	}
	if len(esds) < 4 {
		return false, broken()
	}
	kind, config := decoderOf(esds[4:])
	t.config = config
	const aac, longestConfig = 0x40, 64
	if kind == 0 || len(config) < 2 || len(config) > longestConfig || t.channels < 1 || t.channels > 8 {
		return false, broken()
	}
	return kind == aac, nil
}

// decoderOf finds the kind of sound and the decoder's part in the descriptors of an entry.
func decoderOf(b []byte) (kind byte, config []byte) {
	const whole, decoder, specific = 3, 4, 5
	for len(b) > 1 {
		tag, size, at := b[0], 0, 1
		for more := true; more && at < len(b) && at <= 4; at++ {
			size, more = size<<7|int(b[at]&0x7f), b[at]&0x80 != 0
		}
		if size > len(b)-at {
			return 0, nil
		}
		body := b[at : at+size]
		switch {
		case tag == whole && size > 3 && body[2] == 0:
			b = body[3:]
		case tag == decoder && size > 13:
			kind, b = body[0], body[13:]
		case tag == specific:
			return kind, body
		default:
			b = b[at+size:]
		}
	}
	return 0, nil
}

func (t *track) readSizes(b []byte) bool {
	if len(b) < 12 {
		return false
	}
	same, n := binary.BigEndian.Uint32(b[4:]), int(binary.BigEndian.Uint32(b[8:]))
	if n < 1 || n > mostSamples || same == 0 && len(b) < 12+4*n {
		return false
	}
	total := uint64(0)
	for i := range n {
		size := same
		if same == 0 {
			size = binary.BigEndian.Uint32(b[12+4*i:])
		}
		total += uint64(size)
		if total > LargestFile { // the same bytes may be named again and again
			return false
		}
		t.sizes = append(t.sizes, size)
	}
	return true
}

func (t *track) readTimes(b []byte) bool {
	if len(b) < 8 {
		return false
	}
	n, samples := int(binary.BigEndian.Uint32(b[4:])), uint64(0)
	if n < 1 || n > mostSamples || len(b) < 8+8*n {
		return false
	}
	for i := range n {
		count, ticks := uint64(binary.BigEndian.Uint32(b[8+8*i:])), uint64(binary.BigEndian.Uint32(b[12+8*i:]))
		samples += count
		t.ticks += count * ticks
		if samples > uint64(len(t.sizes)) || t.ticks > uint64(t.scale)*3600*10 { // what a Duration holds
			return false
		}
	}
	t.times = b[8 : 8+8*n]
	return samples == uint64(len(t.sizes))
}
