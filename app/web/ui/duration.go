package ui

// Duration writes minutes as hours and minutes, and leaves out which of them is nothing.
func (p *Page) Duration(minutes int) string {
	switch {
	case minutes >= 60 && minutes%60 == 0:
		return p.T("common.duration.hours", "Hours", minutes/60)
	case minutes < 60:
		return p.T("common.duration.minutes", "Minutes", minutes)
	}
	return p.T("common.duration", "Hours", minutes/60, "Minutes", minutes%60)
}
