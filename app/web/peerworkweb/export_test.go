package peerworkweb

import "portico/app/peerwork"

// Family is a list of codes with their messages.
type Family struct {
	Codes []string
	Words map[string]string
}

// Families are all codes that have messages.
func Families() []Family {
	return []Family{
		{peerwork.Modes, modeWords}, {peerwork.Fields, fieldWords}, {peerwork.Levels, levelWords}, {[]string{peerwork.ViewProfile, peerwork.ViewWish, peerwork.ViewRisk, peerwork.ViewContract}, viewWords}, {peerwork.Audiences, audienceWords}, {peerwork.WorkKinds, workWords},
		{peerwork.Units, unitWords}, {peerwork.LeaveKinds, leaveWords}, {[]string{peerwork.Hidden, peerwork.Asked, peerwork.Shown}, profileWords},
	}
}
