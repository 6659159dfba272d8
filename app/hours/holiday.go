package hours

import (
	"sync"
	"time"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/at"
	"github.com/rickar/cal/v2/be"
	"github.com/rickar/cal/v2/bg"
	"github.com/rickar/cal/v2/br"
	"github.com/rickar/cal/v2/ch"
	"github.com/rickar/cal/v2/cz"
	"github.com/rickar/cal/v2/de"
	"github.com/rickar/cal/v2/dk"
	"github.com/rickar/cal/v2/es"
	"github.com/rickar/cal/v2/fr"
	"github.com/rickar/cal/v2/gb"
	"github.com/rickar/cal/v2/gr"
	"github.com/rickar/cal/v2/hr"
	"github.com/rickar/cal/v2/ie"
	"github.com/rickar/cal/v2/it"
	"github.com/rickar/cal/v2/nl"
	"github.com/rickar/cal/v2/pl"
	"github.com/rickar/cal/v2/ro"
	"github.com/rickar/cal/v2/ru"
	"github.com/rickar/cal/v2/se"
	"github.com/rickar/cal/v2/si"
	"github.com/rickar/cal/v2/sk"
	"github.com/rickar/cal/v2/ua"
)

// calendars are the public holidays of whole countries. Days of single regions are not in
// them; an entry of such a region says "off" for its own days.
var calendars = map[string][]*cal.Holiday{
	"AT": at.Holidays, "BE": be.Holidays, "BG": bg.Holidays, "BR": br.Holidays, "CH": ch.Holidays, "CZ": cz.Holidays,
	"DE": de.Holidays, "DK": dk.Holidays, "ES": es.Holidays, "FR": fr.Holidays, "GB": gb.Holidays, "GR": gr.Holidays,
	"HR": hr.Holidays, "IE": ie.Holidays, "IT": it.Holidays, "NL": nl.Holidays, "PL": pl.Holidays, "RO": ro.Holidays,
	"RU": ru.Holidays, "SE": se.Holidays, "SI": si.Holidays, "SK": sk.Holidays, "UA": ua.Holidays,
}

// KnowsHolidays says whether the public holidays of a country are known at all.
func KnowsHolidays(country string) bool { return calendars[country] != nil }

// year is the public holidays of one country in one year.
type year struct {
	country string
	year    int
}

// years keeps what was computed: the movable feasts cost a thousand times a look. There are
// as many as countries and years that anybody asked about, and the past is not asked about.
var years sync.Map

// Holiday says whether a day is a public holiday of a country, by ISO code. Where the
// country's calendar is not known, no day is.
func Holiday(country string, day time.Time) bool {
	if calendars[country] == nil {
		return false
	}
	which := year{country, day.Year()}
	known, ok := years.Load(which)
	if !ok {
		var days [367]bool // by the day of the year, the first is 1
		for _, h := range calendars[country] {
			if actual, _ := h.Calc(which.year); !actual.IsZero() && actual.Year() == which.year {
				days[actual.YearDay()] = true
			}
		}
		known, _ = years.LoadOrStore(which, &days)
	}
	return known.(*[367]bool)[day.YearDay()]
}
