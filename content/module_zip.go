package content

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// What a packed module may hold. A recording of a whole unit spoken slowly stays below it,
// and a file that swells when it is opened does not.
const (
	LargestZIP   = 24 << 20 // bytes as it is sent
	largestText  = 256 << 10
	largestAudio = 12 << 20
	largestWhole = 64 << 20
	mostFiles    = 600
)

// packed is the moment that every file of a packed module bears, so that the same module
// is the same file wherever it was packed.
var packed = time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)

// Pack makes one ZIP of the whole module, the same bytes each time.
func (m Module) Pack() ([]byte, error) {
	if m.files == nil {
		return nil, fs.ErrNotExist
	}
	all := map[string][]byte{}
	err := fs.WalkDir(m.files, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		all[m.Slug+"/"+name], err = fs.ReadFile(m.files, name)
		return err
	})
	if err != nil {
		return nil, err
	}
	return pack(all)
}

func pack(all map[string][]byte) ([]byte, error) {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, name := range slices.Sorted(maps.Keys(all)) {
		f, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: packed})
		if err != nil {
			return nil, err
		}
		if _, err := f.Write(all[name]); err != nil {
			return nil, err
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// Unpack reads a module out of a ZIP and checks it like a shipped one. Whole is the same
// module packed anew: a ZIP made by Pack comes back byte for byte. Faults say what is wrong;
// with any, nothing else may be used.
func Unpack(raw []byte, others []Module) (m Module, whole []byte, faults []string) {
	all, err := open(raw)
	if err != nil {
		return Module{}, nil, []string{err.Error()}
	}
	slug, err := oneFolder(all)
	if err != nil {
		return Module{}, nil, []string{err.Error()}
	}
	if whole, err = pack(all); err != nil {
		return Module{}, nil, []string{err.Error()}
	}
	from, err := zip.NewReader(bytes.NewReader(whole), int64(len(whole)))
	if err != nil {
		return Module{}, nil, []string{err.Error()}
	}
	m, faults = ReadModule(from, slug, others)
	return m, whole, faults
}

// open reads every file of a ZIP and stops at what is too much.
func open(raw []byte) (map[string][]byte, error) {
	from, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return nil, fmt.Errorf("this is no whole ZIP file: %w", err)
	}
	all := map[string][]byte{}
	total := 0
	for _, entry := range from.File {
		if strings.HasSuffix(entry.Name, "/") {
			continue
		}
		if !fs.ValidPath(entry.Name) || strings.Contains(entry.Name, "\\") || all[entry.Name] != nil {
			return nil, fmt.Errorf("%q: a name like this may not stand in the ZIP", entry.Name)
		}
		if len(all) == mostFiles {
			return nil, fmt.Errorf("the ZIP holds more than %d files", mostFiles)
		}
		body, err := inflate(entry)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", entry.Name, err)
		}
		if total += len(body); total > largestWhole {
			return nil, errors.New("the files of the ZIP are too large together")
		}
		all[entry.Name] = body
	}
	return all, nil
}

// inflate reads one file, and no more of it than the portal takes, whatever its header says.
func inflate(entry *zip.File) ([]byte, error) {
	most := int64(largestAudio)
	text := slices.Contains([]string{".md", ".toml"}, path.Ext(entry.Name))
	if text {
		most = largestText
	}
	f, err := entry.Open()
	if err != nil {
		return nil, err
	}
	defer f.Close()
	body, err := io.ReadAll(io.LimitReader(f, most+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("it is damaged: %w", err)
	case int64(len(body)) > most:
		return nil, errors.New("it is too large")
	case text && !utf8.Valid(body):
		return nil, errors.New("it is not written in UTF-8")
	}
	return append([]byte{}, body...), nil
}

// oneFolder is the name of the one folder in which all files of a module lie.
func oneFolder(all map[string][]byte) (string, error) {
	slug := ""
	for name := range all {
		top, _, inside := strings.Cut(name, "/")
		if !inside || slug != "" && top != slug {
			return "", errors.New("a packed module is one folder that bears its name, with module.toml in it")
		}
		slug = top
	}
	if slug == "" {
		return "", errors.New("the ZIP is empty")
	}
	return slug, nil
}
