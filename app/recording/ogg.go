package recording

import (
	"encoding/binary"
	"time"
)

// Opus counts in samples of this rate, whatever was recorded.
const opusRate = 48_000

// serial is the number of the one stream in every file that is written here: a random one
// would tell two files of one device from others.
const serial = 0x504f5254

// The flags of a page.
const (
	continued = 1
	begins    = 2
	ends      = 4
)

// The last granule of a page on which no packet ends.
const noPacketEnds = ^uint64(0)

// page is one page of an Ogg file.
type page struct {
	flags byte
	laces []byte
	body  []byte
}

// pageAt reads a page and how many bytes it took; what is damaged is not ok.
func pageAt(b []byte) (p page, stream uint32, size int, ok bool) {
	const head = 27
	if len(b) < head || string(b[:4]) != "OggS" || b[4] != 0 {
		return p, 0, 0, false
	}
	laces := int(b[26])
	if len(b) < head+laces {
		return p, 0, 0, false
	}
	p.flags, p.laces = b[5], b[head:head+laces]
	size = head + laces
	for _, n := range p.laces {
		size += int(n)
	}
	if len(b) < size {
		return p, 0, 0, false
	}
	p.body = b[head+laces : size]
	sum := checksum(0, b[:22])
	sum = checksum(sum, []byte{0, 0, 0, 0})
	sum = checksum(sum, b[26:size])
	return p, binary.LittleEndian.Uint32(b[14:]), size, sum == binary.LittleEndian.Uint32(b[22:])
}

// oggWriter writes pages anew.
type oggWriter struct {
	out []byte
	n   uint32
}

func (w *oggWriter) write(p page, granule uint64) {
	start := len(w.out)
	w.out = append(w.out, "OggS\x00"...)
	w.out = append(w.out, p.flags)
	w.out = binary.LittleEndian.AppendUint64(w.out, granule)
	w.out = binary.LittleEndian.AppendUint32(w.out, serial)
	w.out = binary.LittleEndian.AppendUint32(w.out, w.n)
	w.out = append(w.out, 0, 0, 0, 0, byte(len(p.laces)))
	w.out = append(append(w.out, p.laces...), p.body...)
	binary.LittleEndian.PutUint32(w.out[start+22:], checksum(0, w.out[start:]))
	w.n++
}

// cleanOgg keeps the pages with sound, under a head without words.
func cleanOgg(file []byte) (Recording, error) {
	pages, err := pagesOf(file)
	if err != nil {
		return Recording{}, err
	}
	head := pages[0].body
	if len(head) < 8 || string(head[:8]) != "OpusHead" {
		return Recording{}, unknown() // Vorbis, FLAC, Speex or pictures
	}
	if len(head) != 19 || head[8]>>4 != 0 || head[9] < 1 || head[9] > 2 || head[18] != 0 || len(pages[0].laces) != 1 {
		return Recording{}, broken()
	}
	rest, ok := behindWords(pages[1:])
	if !ok || len(rest) == 0 {
		return Recording{}, broken()
	}
	skip := uint64(binary.LittleEndian.Uint16(head[10:]))
	w := &oggWriter{}
	// The rate of the device that recorded plays no part in playing.
	clean := append([]byte{}, head...)
	binary.LittleEndian.PutUint32(clean[12:], opusRate)
	w.write(page{begins, []byte{19}, clean}, 0)
	const words = "OpusTags\x00\x00\x00\x00\x00\x00\x00\x00"
	w.write(page{0, []byte{byte(len(words))}, []byte(words)}, 0)
	samples, ok := writeSound(w, rest)
	if !ok || samples <= skip {
		return Recording{}, broken()
	}
	return Recording{Opus, time.Duration(samples-skip) * time.Second / opusRate, w.out}, nil
}

// pagesOf reads all pages of the one stream.
func pagesOf(file []byte) (pages []page, err error) {
	var stream uint32
	for at := 0; at < len(file); {
		p, of, size, ok := pageAt(file[at:])
		switch {
		case !ok:
			return nil, broken()
		case at == 0:
			stream = of
		case p.flags&begins != 0 && of != stream:
			return nil, video() // a second stream beside the first
		case of != stream || p.flags&begins != 0:
			return nil, broken()
		}
		pages, at = append(pages, p), at+size
	}
	if pages[0].flags&begins == 0 {
		return nil, broken()
	}
	return pages, nil
}

// behindWords are the pages behind the packet of words, which ends its page.
func behindWords(pages []page) (rest []page, ok bool) {
	for i, p := range pages {
		if i == 0 && (len(p.body) < 8 || string(p.body[:8]) != "OpusTags") || len(p.laces) == 0 || i > 0 && p.flags&continued == 0 {
			return nil, false
		}
		for j, n := range p.laces {
			if n < 255 {
				return pages[i+1:], j == len(p.laces)-1
			}
		}
	}
	return nil, false
}

// writeSound writes the pages of sound with a count of samples of its own, because a file
// may say what it likes about its length.
func writeSound(w *oggWriter, pages []page) (samples uint64, ok bool) {
	var packet []byte // the first bytes of the packet that is being read
	open := false
	for i, p := range pages {
		if (p.flags&continued != 0) != open || len(p.laces) == 0 {
			return 0, false
		}
		granule, at := noPacketEnds, 0
		for _, n := range p.laces {
			if len(packet) < 2 {
				packet = append(packet, p.body[at:at+min(int(n), 2)]...)
			}
			at, open = at+int(n), n == 255
			if open {
				continue
			}
			samples += samplesOf(packet)
			packet, granule = nil, samples
		}
		p.flags &= continued
		if i == len(pages)-1 {
			p.flags |= ends
		}
		w.write(p, granule)
	}
	return samples, !open
}

// samplesOf is how long a packet of Opus sounds: its first byte says how long a frame is,
// and how many there are or that the second byte does.
func samplesOf(packet []byte) uint64 {
	if len(packet) == 0 {
		return 0
	}
	var frame uint64
	switch config := packet[0] >> 3; {
	case config < 12:
		frame = []uint64{480, 960, 1920, 2880}[config&3]
	case config < 16:
		frame = []uint64{480, 960}[config&1]
	default:
		frame = []uint64{120, 240, 480, 960}[config&3]
	}
	switch packet[0] & 3 {
	case 0:
		return frame
	case 3:
		if len(packet) < 2 {
			return 0
		}
		return frame * uint64(packet[1]&0x3f)
	}
	return 2 * frame
}

// sums is the table of Ogg's checksum: CRC-32 with the plain polynomial, high bit first.
var sums = func() (table [256]uint32) {
	for i := range table {
		sum := uint32(i) << 24
		for range 8 {
			if sum&0x8000_0000 != 0 {
				sum = sum<<1 ^ 0x04c1_1db7
			} else {
				sum <<= 1
			}
		}
		table[i] = sum
	}
	return table
}()

func checksum(sum uint32, b []byte) uint32 {
	for _, c := range b {
		sum = sum<<8 ^ sums[byte(sum>>24)^c]
	}
	return sum
}
