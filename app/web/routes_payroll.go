package web

// payrollRoutes are what a peer gives so that pay reaches her, the text of her contract,
// and the drawer that two of three people open together.
func payrollRoutes(a areas) []Route {
	return []Route{
		get("/me/role-key", colleagues, reading, a.member.RoleKeyForm),
		post("/me/role-key", colleagues, keys, a.member.RoleKey),
		get("/team/recovery", leads, reading, a.member.Recovery),
		post("/team/recovery/set-up", leads, writing, a.member.SetUpRecovery),
		post("/team/recovery/cover", leads, writing, a.member.CoverRecords),
		text("/team/recovery/ask/:form", everybody, a.member.AskRecovery),
		post("/team/recovery/requests/:id/confirm", leads, writing, a.member.ConfirmRecovery),
		post("/team/recovery/requests/:id/close", leads, writing, a.member.CloseRecovery),
		get("/work/contract/texts/:id", peers, reading, a.peerwork.Text),
		get("/work/contract/texts/:id/print", peers, reading, a.peerwork.PrintText),
		get("/work/contract/texts/:id/parts/:part", peers, reading, a.peerwork.Part),
		text("/work/contract/texts/:id/parts/:part/explained", everybody, a.peerwork.Explain),
		text("/work/contract/texts/:id/parts/:part/question", everybody, a.peerwork.AskAbout),
		get("/work/team/contracts/:id/text", inviters, reading, a.peerwork.TextForm),
		text("/work/team/contracts/:id/text", everybody, a.peerwork.SaveText),
		get("/work/team/texts/:id", inviters, reading, a.peerwork.Text),
		text("/work/team/texts/:id/answers/:question", everybody, a.peerwork.Answer),
		get("/work/payroll", peers, reading, a.payroll.Mine),
		text("/work/payroll/keep/:form", everybody, a.payroll.Save),
		post("/work/payroll/remove", peers, writing, a.payroll.Remove),
		get("/work/team/circles/:circle", inviters, reading, a.payroll.Desk),
		post("/work/team/circles/:circle/take-up", inviters, writing, a.payroll.TakeUp),
		post("/work/team/circles/:circle/open", inviters, writing, a.payroll.Open),
		post("/work/team/circles/:circle/keys/:id", inviters, writing, a.payroll.HandOn),
	}
}
