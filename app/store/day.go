package store

import "time"

// IsDay reports whether a text is a day as rows keep them: "2026-03-07".
func IsDay(text string) bool {
	_, err := time.Parse(time.DateOnly, text)
	return err == nil
}

// DayIn reports whether a text is a day between two others, both included.
func DayIn(text, from, to string) bool { return IsDay(text) && text >= from && text <= to }

// DaysAfter is the day that lies days after another, or before it with a number below zero.
// A text that is no day comes back as it is.
func DaysAfter(day string, days int) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return day
	}
	return t.AddDate(0, 0, days).Format(time.DateOnly)
}

// DaysBetween counts the days from one to another; what is no day counts none.
func DaysBetween(from, to string) int {
	a, errA := time.Parse(time.DateOnly, from)
	b, errB := time.Parse(time.DateOnly, to)
	if errA != nil || errB != nil {
		return 0
	}
	return int(b.Sub(a).Hours() / 24)
}

// DaysOf bounds the days of a month, as text that sorts: every day of it lies between the two.
func DaysOf(month string) (first, last string) { return month + "-01", month + "-31" }
