package content

import (
	"fmt"
	"slices"

	"github.com/BurntSushi/toml"
)

// Path is an order in which somebody learns, and the role that she takes up at its end.
type Path struct {
	ID      string
	Role    string   // the role that cannot be active without it, "" for none
	Modules []string // slugs in order
	Titles  map[string]string
}

// Title is the name of the path in the language, or in English where it has none there.
func (p Path) Title(lang string) (title, in string) {
	if t, ok := p.Titles[lang]; ok {
		return t, lang
	}
	return p.Titles[fallback], fallback
}

type pathsFile struct {
	Path []struct {
		ID      string            `toml:"id"`
		Role    string            `toml:"role"`
		Modules []string          `toml:"modules"`
		Title   map[string]string `toml:"title"`
	} `toml:"path"`
}

// Paths lists the paths that ship with the program.
func Paths() []Path {
	paths, _ := readPaths()
	return paths
}

func readPaths() (all []Path, err error) {
	raw, err := files.ReadFile("paths.toml")
	if err != nil {
		return nil, err
	}
	var file pathsFile
	if err := toml.Unmarshal(raw, &file); err != nil {
		return nil, err
	}
	for _, p := range file.Path {
		all = append(all, Path{ID: p.ID, Role: p.Role, Modules: p.Modules, Titles: p.Title})
	}
	return all, nil
}

// checkPaths holds the paths to the modules: each step exists, comes after what it needs,
// and a step of a role's path is said to be required for that role.
func checkPaths() (faults []string) {
	all, err := readPaths()
	if err != nil {
		return []string{"content/paths.toml:1: " + err.Error()}
	}
	shipped, _ := ReadModules(modules)
	for _, p := range all {
		for i, slug := range p.Modules {
			at := slices.IndexFunc(shipped, func(m Module) bool { return m.Slug == slug })
			if at < 0 {
				faults = append(faults, fmt.Sprintf("content/paths.toml:1: path %s has %q, which is no module", p.ID, slug))
				continue
			}
			for _, before := range shipped[at].Needs {
				if !slices.Contains(p.Modules[:i], before) {
					faults = append(faults, fmt.Sprintf("content/paths.toml:1: in path %s, %s needs %s before it", p.ID, slug, before))
				}
			}
			if p.Role != "" && !slices.Contains(shipped[at].RequiredFor, p.Role) {
				faults = append(faults, fmt.Sprintf("content/paths.toml:1: path %s has %s, which is not required for %s", p.ID, slug, p.Role))
			}
		}
		if p.Titles[fallback] == "" || len(p.Modules) == 0 {
			faults = append(faults, fmt.Sprintf("content/paths.toml:1: path %q needs an English title and modules", p.ID))
		}
	}
	return faults
}
