package picture

import "encoding/binary"

// orientation reads from a JPEG which way the camera was held: the one fact of its hidden
// part that the eye needs. Anything odd is upright. Nothing else of that part is read.
func orientation(file []byte) int {
	at := 2 // behind the mark of the file
	for at+4 <= len(file) && file[at] == 0xff {
		mark, size := file[at+1], int(binary.BigEndian.Uint16(file[at+2:]))
		if mark == 0xda || size < 2 || at+2+size > len(file) {
			return 1 // the pixels begin
		}
		if body := file[at+4 : at+2+size]; mark == 0xe1 && len(body) > 14 && string(body[:6]) == "Exif\x00\x00" {
			return turnOf(body[6:])
		}
		at += 2 + size
	}
	return 1
}

// turnOf looks for the one entry in the first list of a TIFF block.
func turnOf(block []byte) int {
	var order binary.ByteOrder = binary.LittleEndian
	switch string(block[:2]) {
	case "MM":
		order = binary.BigEndian
	case "II":
	default:
		return 1
	}
	start := int64(order.Uint32(block[4:]))
	if start < 8 || start+2 > int64(len(block)) {
		return 1
	}
	const entry = 12
	for at := start + 2; order.Uint16(block[start:]) > 0 && at+entry <= int64(len(block)); at += entry {
		if (at-start-2)/entry >= int64(order.Uint16(block[start:])) {
			break
		}
		if order.Uint16(block[at:]) == 0x0112 {
			if turn := int(order.Uint16(block[at+8:])); turn >= 1 && turn <= 8 {
				return turn
			}
			return 1
		}
	}
	return 1
}
