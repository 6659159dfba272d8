package content

import (
	"fmt"
	"sync"

	"github.com/BurntSushi/toml"
)

// Risks are what telling an office may cost somebody, a sentence each, by language.
type Risks struct {
	General map[string][]string            `toml:"general"`
	Country map[string]map[string][]string `toml:"country"`
}

// ReadRisks reads the shipped sentences. A key that Risks does not know is an error.
func ReadRisks() (Risks, error) {
	var r Risks
	return r, readShipped("risks.toml", &r)
}

// ReadRegions reads the regions of each country: large areas, so that a place gives nobody away.
func ReadRegions() (map[string][]string, error) {
	regions := map[string][]string{}
	return regions, readShipped("regions.toml", &regions)
}

func readShipped(name string, into any) error {
	raw, err := files.ReadFile(name)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	meta, err := toml.Decode(string(raw), into)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	if unknown := meta.Undecoded(); len(unknown) > 0 {
		return fmt.Errorf("%s: unknown key %s", name, unknown[0])
	}
	return nil
}

var shippedRisks = sync.OnceValue(func() Risks { r, _ := ReadRisks(); return r })

var shippedRegions = sync.OnceValue(func() map[string][]string { r, _ := ReadRegions(); return r })

// Regions lists those of a country, nothing where it has none here.
func Regions(country string) []string { return shippedRegions()[country] }

// RisksIn lists the sentences for a country in a language: what holds everywhere, then what
// holds there. In is the language that they are in, English where there are none in hers;
// own says that there are any for this country.
func RisksIn(country, lang string) (all []string, in string, own bool) {
	r := shippedRisks()
	if in = lang; r.General[in] == nil {
		in = "en"
	}
	there := r.Country[country][in]
	return append(append([]string{}, r.General[in]...), there...), in, len(there) > 0
}
