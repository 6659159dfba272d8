package hsds

import (
	"regexp"
	"strings"
)

// simpleRule is a rule of opening hours that the specification can say: days of the week and
// times. Holidays, seasons and what a later rule takes back have no place there; the whole
// text stands in the attributes and in the description of the first schedule.
var simpleRule = regexp.MustCompile(`^((?:Mo|Tu|We|Th|Fr|Sa|Su)(?:-(?:Mo|Tu|We|Th|Fr|Sa|Su))?(?:,(?:Mo|Tu|We|Th|Fr|Sa|Su)(?:-(?:Mo|Tu|We|Th|Fr|Sa|Su))?)*) ((?:\d\d:\d\d-\d\d:\d\d,?)+)(?: ".*")?$`)

var weekdays = []string{"Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"}

// schedulesOf writes opening hours as schedules.
func schedulesOf(r Record, id func(...string) string) []schedule {
	if r.Opening == "24/7" || r.Opening == "" && r.Hours == "24h" {
		return []schedule{{ID: id("schedule"), Freq: "WEEKLY", ByDay: strings.ToUpper(strings.Join(weekdays, ",")), Opens: "00:00", Closes: "24:00", Description: r.Opening}}
	}
	var all []schedule
	for rule := range strings.SplitSeq(r.Opening, ";") {
		m := simpleRule.FindStringSubmatch(strings.TrimSpace(rule))
		if m == nil {
			continue
		}
		for span := range strings.SplitSeq(m[2], ",") {
			from, to, _ := strings.Cut(span, "-")
			all = append(all, schedule{ID: id("schedule", rule, span), Freq: "WEEKLY", ByDay: days(m[1]), Opens: from, Closes: to, Description: r.Opening})
		}
	}
	if len(all) == 0 && r.Opening+r.Hours != "" {
		return []schedule{{ID: id("schedule"), Description: strings.TrimSpace(r.Opening + " " + r.Hours)}}
	}
	return all
}

// days writes "Mo-We,Fr" as the specification does: "MO,TU,WE,FR".
func days(text string) string {
	var all []string
	for part := range strings.SplitSeq(text, ",") {
		from, to, span := strings.Cut(part, "-")
		if !span {
			to = from
		}
		for i, on := 0, false; i < 2*len(weekdays); i++ {
			d := weekdays[i%len(weekdays)]
			on = on || d == from
			if on {
				all = append(all, strings.ToUpper(d))
			}
			if on && d == to {
				break
			}
		}
	}
	return strings.Join(all, ",")
}

// openingOf reads the schedules of somebody else's file. "" where they say nothing that a
// timetable could hold.
func openingOf(all []schedule) string {
	var rules []string
	for _, s := range all {
		opens, closes := clock(s.Opens), clock(s.Closes)
		if s.ByDay == "" || opens == "" || closes == "" {
			continue
		}
		var on []string
		for d := range strings.SplitSeq(s.ByDay, ",") {
			d = strings.TrimSpace(d)
			if len(d) != 2 {
				return "" // such as the first Monday of a month, which this notation here does not say
			}
			on = append(on, strings.ToUpper(d[:1])+strings.ToLower(d[1:]))
		}
		rules = append(rules, strings.Join(on, ",")+" "+opens+"-"+closes)
	}
	return strings.Join(rules, ", ")
}

var clockShape = regexp.MustCompile(`^T?(\d\d:\d\d)`)

// clock reads a time, with or without seconds and zone.
func clock(text string) string {
	if m := clockShape.FindStringSubmatch(strings.TrimSpace(text)); m != nil {
		return m[1]
	}
	return ""
}
