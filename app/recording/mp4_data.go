package recording

import "encoding/binary"

// readData copies the samples, chunk after chunk, from where the tables say they are.
func (t *track) readData(table, file []byte) bool {
	offsets, ok := offsetsOf(child(table, "stco"), child(table, "co64"))
	runs := child(table, "stsc")
	if !ok || len(runs) < 8 {
		return false
	}
	n := int(binary.BigEndian.Uint32(runs[4:]))
	if n < 1 || n > mostSamples || len(runs) < 8+12*n {
		return false
	}
	next := 0
	for chunk, run, per := 0, 0, 0; chunk < len(offsets) && next < len(t.sizes); chunk++ {
		for run < n && int(binary.BigEndian.Uint32(runs[8+12*run:])) <= chunk+1 {
			per = int(binary.BigEndian.Uint32(runs[12+12*run:]))
			run++
		}
		at := offsets[chunk]
		for i := 0; i < per && next < len(t.sizes); i++ {
			size := uint64(t.sizes[next])
			if at > uint64(len(file)) || size > uint64(len(file))-at {
				return false
			}
			t.data = append(t.data, file[at:at+size]...)
			at, next = at+size, next+1
		}
	}
	return next == len(t.sizes)
}

// offsetsOf reads where the chunks begin, in either of two spellings.
func offsetsOf(short, long []byte) (all []uint64, ok bool) {
	b, wide := short, 4
	if b == nil {
		b, wide = long, 8
	}
	if len(b) < 8 {
		return nil, false
	}
	n := int(binary.BigEndian.Uint32(b[4:]))
	if n < 1 || n > mostSamples || len(b) < 8+wide*n {
		return nil, false
	}
	for i := range n {
		if wide == 4 {
			all = append(all, uint64(binary.BigEndian.Uint32(b[8+4*i:])))
		} else {
			all = append(all, binary.BigEndian.Uint64(b[8+8*i:]))
		}
	}
	return all, true
}

// written puts a box together.
func written(kind string, parts ...[]byte) []byte {
	size := 8
	for _, p := range parts {
		size += len(p)
	}
	b := append(binary.BigEndian.AppendUint32(make([]byte, 0, size), uint32(size)), kind...)
	for _, p := range parts {
		b = append(b, p...)
	}
	return b
}

// numbers are whole numbers of four bytes each.
func numbers(all ...uint32) []byte {
	b := make([]byte, 0, 4*len(all))
	for _, n := range all {
		b = binary.BigEndian.AppendUint32(b, n)
	}
	return b
}

// unity is the matrix that turns nothing.
var unity = numbers(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)

// write makes the new file: what is needed to play stands before the sound, so that playing
// begins before all has come. No day and no name is in it.
func (t *track) write() []byte {
	kind := written("ftyp", []byte("M4A "), numbers(0), []byte("M4A mp42isom"))
	at := uint32(len(kind) + len(t.movie(0)) + 8)
	out := append(kind, t.movie(at)...)
	return append(out, written("mdat", t.data)...)
}

// movie is the head of the file; at is where the first sample will stand.
func (t *track) movie(at uint32) []byte {
	const undetermined = 0x55c4 << 16 // the language of the sound
	ticks, n := uint32(t.ticks), uint32(len(t.sizes))
	header := written("mvhd", numbers(0, 0, 0, t.scale, ticks, 0x10000, 0x1000000, 0, 0), unity, make([]byte, 24), numbers(2))
	place := written("tkhd", numbers(7, 0, 0, 1, 0, ticks, 0, 0, 0, 0x1000000), unity, numbers(0, 0))
	source := written("dinf", written("dref", numbers(0, 1), written("url ", numbers(1))))
	runs := written("stsc", numbers(0, 1, 1, n, 1))
	table := written("stbl", t.entry(), written("stts", numbers(0, uint32(len(t.times)/8)), t.times), runs,
		written("stsz", numbers(0, 0, n), numbers(t.sizes...)), written("stco", numbers(0, 1, at)))
	media := written("mdia", written("mdhd", numbers(0, 0, 0, t.scale, ticks, undetermined)),
		written("hdlr", numbers(0, 0), []byte("soun"), make([]byte, 13)),
		written("minf", written("smhd", numbers(0, 0)), source, table))
	return written("moov", header, written("trak", place, media))
}

// entry says how the sound is coded.
func (t *track) entry() []byte {
	specific := append([]byte{5, byte(len(t.config))}, t.config...)
	decoder := append([]byte{4, byte(13 + len(specific)), 0x40, 0x15}, make([]byte, 11)...)
	decoder = append(decoder, specific...)
	whole := append([]byte{3, byte(3 + len(decoder) + 3), 0, 0, 0}, decoder...)
	whole = append(whole, 6, 1, 2)
	form := append(make([]byte, 6), 0, 1)
	form = append(form, make([]byte, 8)...)
	form = binary.BigEndian.AppendUint16(form, t.channels)
	form = append(form, 0, 16, 0, 0, 0, 0)
	form = binary.BigEndian.AppendUint32(form, t.rate)
	return written("stsd", numbers(0, 1), written("mp4a", form, written("esds", numbers(0), whole)))
}
