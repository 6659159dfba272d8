// Package static holds the files that browsers may keep: the stylesheet, the scripts,
// the icon and the manifest.
//
// Invariants: every file is served under a name that carries a hash of its bytes, so a
// kept copy can never be stale; nothing here points to another host; there is no build
// step, the stylesheet and the scripts are squeezed when the server starts.
package static

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"path"
	"sort"
	"strings"
)

//go:embed *.css *.js *.svg *.webmanifest
var embedded embed.FS

// Prefix is the address under which the files are served.
const Prefix = "/static/"

// contentTypes names the type of each kind of file; the type is fixed here because
// browsers are told never to guess it.
var contentTypes = map[string]string{
	".css":         "text/css; charset=utf-8",
	".js":          "text/javascript; charset=utf-8",
	".svg":         "image/svg+xml",
	".webmanifest": "application/manifest+json",
}

// Files is the set of static files, read once and never changed.
type Files struct {
	hrefs  map[string]string // plain name to address
	hashed map[string]file   // hashed name to file
}

type file struct {
	body, gzip  []byte
	contentType string
}

// Load reads the embedded files, names them by their hash and compresses them once.
func Load() (*Files, error) {
	entries, err := embedded.ReadDir(".")
	if err != nil {
		return nil, fmt.Errorf("read static files: %w", err)
	}
	names := make([]string, 0, len(entries))
	for _, e := range entries {
		names = append(names, e.Name())
	}
	// The manifest comes last because it names the icon by its hashed address.
	sort.SliceStable(names, func(i, j int) bool { return !isManifest(names[i]) && isManifest(names[j]) })
	fs := &Files{hrefs: map[string]string{}, hashed: map[string]file{}}
	for _, name := range names {
		if err := fs.add(name); err != nil {
			return nil, fmt.Errorf("static file %s: %w", name, err)
		}
	}
	return fs, nil
}

func isManifest(name string) bool { return path.Ext(name) == ".webmanifest" }

func (fs *Files) add(name string) error {
	contentType, ok := contentTypes[path.Ext(name)]
	if !ok {
		return fmt.Errorf("no content type for %q", path.Ext(name))
	}
	body, err := embedded.ReadFile(name)
	if err != nil {
		return err
	}
	if isManifest(name) {
		for plain, href := range fs.hrefs {
			body = bytes.ReplaceAll(body, []byte(`"`+Prefix+plain+`"`), []byte(`"`+href+`"`))
		}
	}
	if path.Ext(name) == ".css" {
		body = []byte(squeeze(string(body)))
	}
	if path.Ext(name) == ".js" {
		body = []byte(squeezeScript(string(body)))
	}
	small, err := compress(body)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(body)
	ext := path.Ext(name)
	hashed := strings.TrimSuffix(name, ext) + "." + hex.EncodeToString(sum[:4]) + ext
	fs.hrefs[name] = Prefix + hashed
	fs.hashed[hashed] = file{body: body, gzip: small, contentType: contentType}
	return nil
}

func compress(body []byte) ([]byte, error) {
	var buf bytes.Buffer
	w, err := gzip.NewWriterLevel(&buf, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(body); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return buf.Bytes(), nil
}

// Href returns the address of a file by its plain name: "portico.css" gives
// "/static/portico.ab12cd34.css". A name that is not there gives "".
func (fs *Files) Href(name string) string { return fs.hrefs[name] }

// Get returns a file by its hashed name, plain and compressed, and its content type.
// The caller must not change the bytes.
func (fs *Files) Get(hashedName string) (body, gzip []byte, contentType string, ok bool) {
	f, ok := fs.hashed[hashedName]
	return f.body, f.gzip, f.contentType, ok
}
