package backup

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"unicode/utf8"
)

// raw is text that is no UTF-8, which JSON cannot carry: SQLite keeps such text, and a backup
// must not change a byte of it.
type raw struct {
	Bytes []byte `json:"raw"`
}

// plain brings a value as a driver returns it to one of nil, []byte, string, int64 and bool.
func plain(v any, k kind) (any, error) {
	switch v := v.(type) {
	case nil:
		return nil, nil
	case []byte:
		if k == ofText {
			return string(v), nil
		}
		if k == ofBytes {
			return append([]byte{}, v...), nil // empty is not NULL
		}
	case string:
		if k == ofBytes {
			return []byte(v), nil
		}
		if k == ofText {
			return v, nil
		}
	case int64:
		if k == ofTruth && (v == 0 || v == 1) {
			return v == 1, nil
		}
		if k == ofNumber {
			return v, nil
		}
	case bool:
		if k == ofTruth {
			return v, nil
		}
	}
	return nil, fmt.Errorf("a value of the kind %T stands where %s should", v, k)
}

// line writes a row as one line of the stream.
func line(values []any) ([]byte, error) {
	cells := make([]any, len(values))
	for i, v := range values {
		cells[i] = v
		if text, ok := v.(string); ok && !utf8.ValidString(text) {
			cells[i] = raw{[]byte(text)}
		}
	}
	text, err := json.Marshal(cells)
	return append(text, '\n'), err
}

var errRow = errors.New("a row is not as its table says")

// values reads a row that line wrote.
func values(text []byte, columns []column) ([]any, error) {
	var cells []json.RawMessage
	if err := json.Unmarshal(text, &cells); err != nil || len(cells) != len(columns) {
		return nil, errRow
	}
	all := make([]any, len(cells))
	for i, cell := range cells {
		v, err := value(cell, columns[i].Kind)
		if err != nil {
			return nil, errRow
		}
		all[i] = v
	}
	return all, nil
}

func value(cell json.RawMessage, k kind) (any, error) {
	if string(cell) == "null" {
		return nil, nil
	}
	switch k {
	case ofBytes:
		var text string
		if err := json.Unmarshal(cell, &text); err != nil {
			return nil, err
		}
		return base64.StdEncoding.DecodeString(text)
	case ofText:
		if cell[0] == '{' {
			var r raw
			err := json.Unmarshal(cell, &r)
			return string(r.Bytes), err
		}
		var text string
		err := json.Unmarshal(cell, &text)
		return text, err
	case ofNumber:
		var n int64
		err := json.Unmarshal(cell, &n)
		return n, err
	case ofTruth:
		var b bool
		err := json.Unmarshal(cell, &b)
		return b, err
	}
	return nil, errRow
}
