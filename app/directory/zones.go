package directory

import (
	"maps"
	"slices"
	"sync"
	"time"
)

// zoneNames are the clocks of countries with one. Where a country has several, it is the
// clock of its capital; an entry of another place is off by their difference, and pages show
// times as they stand on the wall of the place, never counted over.
var zoneNames = map[string]string{
	"AL": "Europe/Tirane", "AT": "Europe/Vienna", "BA": "Europe/Sarajevo", "BE": "Europe/Brussels", "BG": "Europe/Sofia",
	"BR": "America/Sao_Paulo", "CH": "Europe/Zurich", "CN": "Asia/Shanghai", "CZ": "Europe/Prague", "DE": "Europe/Berlin",
	"DK": "Europe/Copenhagen", "ES": "Europe/Madrid", "FI": "Europe/Helsinki", "FR": "Europe/Paris", "GB": "Europe/London",
	"GR": "Europe/Athens", "HR": "Europe/Zagreb", "HU": "Europe/Budapest", "IE": "Europe/Dublin", "IT": "Europe/Rome",
	"MD": "Europe/Chisinau", "NG": "Africa/Lagos", "NL": "Europe/Amsterdam", "NO": "Europe/Oslo", "PL": "Europe/Warsaw",
	"PT": "Europe/Lisbon", "RO": "Europe/Bucharest", "RS": "Europe/Belgrade", "RU": "Europe/Moscow", "SE": "Europe/Stockholm",
	"SI": "Europe/Ljubljana", "SK": "Europe/Bratislava", "TR": "Europe/Istanbul", "UA": "Europe/Kyiv",
}

// Countries are those in which a new entry can stand: all with a clock, and the two codes that
// stand for many.
func Countries() []string {
	return append(slices.Sorted(maps.Keys(zoneNames)), Europe, Worldwide)
}

// zones keeps what was loaded: reading a zone costs more than a search.
var zones sync.Map

// zoneOf is the clock of a country, and the host's where it has none here.
func zoneOf(country string, home *time.Location) *time.Location {
	if z, ok := zones.Load(country); ok {
		return z.(*time.Location)
	}
	name, ok := zoneNames[country]
	if !ok {
		return home
	}
	z, err := time.LoadLocation(name)
	if err != nil {
		return home
	}
	zones.Store(country, z)
	return z
}
