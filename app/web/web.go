package web

import (
	"log/slog"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"portico/app/aloud"
	"portico/app/career"
	"portico/app/desk"
	"portico/app/directory"
	"portico/app/figures"
	"portico/app/forum"
	"portico/app/magazine"
	"portico/app/material"
	"portico/app/meeting"
	"portico/app/notice"
	"portico/app/onboarding"
	"portico/app/owndata"
	"portico/app/payroll"
	"portico/app/peerwork"
	"portico/app/picture"
	"portico/app/practice"
	"portico/app/recording"
	"portico/app/store"
	"portico/app/supervision"
	"portico/app/survey"
	"portico/app/timesheet"
	"portico/app/training"
	"portico/app/translate"
	"portico/app/web/aloudweb"
	"portico/app/web/careerweb"
	"portico/app/web/deskweb"
	"portico/app/web/directoryweb"
	"portico/app/web/figuresweb"
	"portico/app/web/forumweb"
	"portico/app/web/homeweb"
	"portico/app/web/magazineweb"
	"portico/app/web/materialweb"
	"portico/app/web/meetingweb"
	"portico/app/web/memberweb"
	"portico/app/web/noticeweb"
	"portico/app/web/onboardingweb"
	"portico/app/web/payrollweb"
	"portico/app/web/peerworkweb"
	"portico/app/web/practiceweb"
	"portico/app/web/request"
	"portico/app/web/supervisionweb"
	"portico/app/web/surveyweb"
	"portico/app/web/timesheetweb"
	"portico/app/web/trainingweb"
	"portico/app/web/translateweb"
	"portico/content"
)

// Parts are the services that pages are made of.
type Parts struct {
	Kit         *request.Kit
	Store       *store.Store
	Forum       *forum.Service
	Desk        *desk.Service
	Directory   *directory.Service
	Practice    *practice.Service
	Supervision *supervision.Service
	Peerwork    *peerwork.Service
	Payroll     *payroll.Service
	Career      *career.Service
	Timesheet   *timesheet.Service
	Training    *training.Service
	Meeting     *meeting.Service
	Own         *owndata.Service
	Onboarding  *onboarding.Service
	Modules     []content.Module // those that ship
	Material    *material.Service
	Magazine    *magazine.Service
	Translate   *translate.Service
	Notice      *notice.Service
	Survey      *survey.Service
	Aloud       *aloud.Service
	Cards       noticeweb.Cards // texts on rights to print
	Figures     *figures.Service
	Dates       supervisionweb.Dates // what the calendar holds for an agreement
	Duties      []deskweb.Duties     // what the areas know that the organisation owes
	Log         *slog.Logger
}

// bodyLimit is the largest form in bytes. A form writes a sign in up to twelve of them, and
// whoever pastes 100,000 signs shall get them back with a word about what is too long: what
// is larger than this is refused unread.
const bodyLimit = 1536 * 1024

// largest is the body limit: a picture needs more room than words, where the host allows it.
// It is twice what is kept, so that a photo which is too large is refused in words.
func largest(images bool) int {
	if images {
		return max(2*picture.LargestFile, trainingweb.LargestSent) + bodyLimit
	}
	return max(trainingweb.LargestSent, recording.LargestFile) + bodyLimit
}

// answerWithin is how long a request may take before its statements are cancelled.
const answerWithin = 15 * time.Second

// Web is the application with its route table, which tests walk.
type Web struct {
	App    *fiber.App
	Routes []Route
	edge   *edge
}

// Kept reports to the shelf of finished pages whether it hears of every change: with true it
// begins to keep pages, with false it loses those that it has.
func (w *Web) Kept(whole bool) { w.edge.shelf.Whole(whole) }

// Doubt is for tests: each page from the shelf is also drawn anew, and fn hears whether both
// are the same. It is set before the first request.
func (w *Web) Doubt(fn func(path string, same bool)) { w.edge.doubt = fn }

// New builds the application.
func New(p Parts) *Web {
	edge := &edge{kit: p.Kit, log: p.Log, limits: newLimits(p.Kit.Clock), shelf: newShelf(), store: p.Store, langs: newWishes(p.Kit.Bundle, p.Kit.Config.Lang)}
	proxies := []string{}
	if p.Kit.Config.TrustedProxy != "" {
		proxies = append(proxies, p.Kit.Config.TrustedProxy)
	}
	app := fiber.New(fiber.Config{
		AppName: "Portico", Immutable: true, DisableStartupMessage: true, ErrorHandler: edge.fail,
		BodyLimit: largest(p.Kit.Config.Images), ReadTimeout: 20 * time.Second, WriteTimeout: 20 * time.Second, IdleTimeout: 60 * time.Second,
		EnableTrustedProxyCheck: true, TrustedProxies: proxies, ProxyHeader: proxyHeader(proxies), Network: "tcp",
		StrictRouting: false, CaseSensitive: true,
	})
	// What a form says is what its fields say: a value in the address of a POST never takes their place.
	app.Server().FormValueFunc = fasthttp.NetHttpFormValueFunc
	a := areas{
		home:        homeweb.New(p.Kit, p.Store, p.Forum, p.Desk),
		member:      memberweb.New(p.Kit).DataFrom(p.Own, homeweb.Explained),
		forum:       forumweb.New(p.Kit, p.Forum, p.Desk),
		desk:        deskweb.New(p.Kit, p.Forum, p.Desk, p.Duties...).WithTold(p.Notice.Count),
		directory:   directoryweb.New(p.Kit, p.Directory),
		practice:    practiceweb.New(p.Kit, p.Practice),
		supervision: supervisionweb.New(p.Kit, p.Supervision, p.Training).DatesFrom(p.Dates),
		peerwork:    peerworkweb.New(p.Kit, p.Peerwork).PayrollFor(p.Payroll.Shown),
		payroll:     payrollweb.New(p.Kit, p.Payroll),
		career:      careerweb.New(p.Kit, p.Career),
		timesheet:   timesheetweb.New(p.Kit, p.Timesheet),
		meeting:     meetingweb.New(p.Kit, p.Meeting, p.Modules),
		onboarding:  onboardingweb.New(p.Kit, p.Onboarding),
		training:    trainingweb.New(p.Kit, p.Training),
		material:    materialweb.New(p.Kit, p.Material),
		magazine:    magazineweb.New(p.Kit, p.Magazine),
		figures:     figuresweb.New(p.Kit, p.Figures),
		translate:   translateweb.New(p.Kit, p.Translate),
		notice:      noticeweb.New(p.Kit, p.Notice, p.Cards),
		survey:      surveyweb.New(p.Kit, p.Survey),
		aloud:       aloudweb.New(p.Kit, p.Aloud),
	}
	routes := table(a)
	if !p.Kit.Config.Production() {
		routes = append(routes, development(a)...)
	}
	app.Use(edge.recover, edge.press, edge.headers, edge.deadline, edge.keep, edge.clean, edge.person, edge.source)
	for _, r := range routes {
		app.Add(r.Method, r.Path, edge.enter(r), r.Handle)
	}
	p.Store.OnChange(edge.shelf.Drop)
	return &Web{App: app, Routes: routes, edge: edge}
}

func proxyHeader(proxies []string) string {
	if len(proxies) == 0 {
		return ""
	}
	return fiber.HeaderXForwardedFor
}
