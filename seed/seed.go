// Package seed fills an empty database with the demonstration: an invented community with
// its boards, eight weeks of talks in four languages, a group and private questions, a
// moderators' desk with work on it, and a season of what people do beside the talks: learning, supervision, hours and pay,
// a rota, and materials on their way from an idea to a leaflet in four languages.
//
// Everything goes through the services, under a clock that travels from the first day to
// now; no row is written by hand. So the demonstration passes the same rules as people do,
// and stops loading when it breaks one.
//
// Invariants: the cast is returned and never stored, and its keys and passphrases are drawn
// anew each time; names of the cast and notes of reports stand in no table; a database that
// holds anything is refused before the first write. A load that fails half-way leaves a
// database that is to be thrown away; it carries the mark of the demonstration only when
// all of it is there.
package seed

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"gorm.io/gorm"

	"portico/app/aloud"
	"portico/app/career"
	"portico/app/desk"
	"portico/app/directory"
	"portico/app/forum"
	"portico/app/magazine"
	"portico/app/material"
	"portico/app/meeting"
	"portico/app/member"
	"portico/app/notice"
	"portico/app/onboarding"
	"portico/app/payroll"
	"portico/app/peerwork"
	"portico/app/server"
	"portico/app/store"
	"portico/app/supervision"
	"portico/app/survey"
	"portico/app/timesheet"
	"portico/app/training"
	"portico/app/translate"
	"portico/app/vault"
	"portico/content"
)

// ErrNotEmpty says that the database holds something already.
var ErrNotEmpty = errors.New("the database is not empty: the demonstration goes only into a new one")

// day is a day of the plan; what is planned at the same time of day stays there.
const day = 24 * time.Hour

// settling is how many days before the first talk the team and the members arrive.
const settling = 7

// Load fills an empty database with the demonstration. Salt is the site's salt for member keys.
func Load(ctx context.Context, s *store.Store, server *vault.Server, salt []byte) (Cast, error) {
	w, err := readWorld()
	if err != nil {
		return Cast{}, err
	}
	if err := refuseUsed(ctx, s); err != nil {
		return Cast{}, err
	}
	l, err := newLoader(s, server, salt, w)
	if err != nil {
		return Cast{}, err
	}
	if err := l.directory.Load(ctx, l.library.entries); err != nil {
		return Cast{}, fmt.Errorf("load the directory: %w", err)
	}
	if err := l.translate.LoadTerms(ctx, l.library.terms); err != nil {
		return Cast{}, fmt.Errorf("load the glossary: %w", err)
	}
	cast, err := l.settleIn(ctx)
	if err != nil {
		return Cast{}, fmt.Errorf("load the demonstration: %w", err)
	}
	if err := l.live(ctx); err != nil {
		return Cast{}, fmt.Errorf("load the demonstration: %w", err)
	}
	cast.People = append(cast.People, l.late...)
	return cast, s.MarkDemo(ctx)
}

// refuseUsed looks for people and boards: with neither there is nothing else either.
func refuseUsed(ctx context.Context, s *store.Store) error {
	accounts, err := gorm.G[member.Account](s.DB).Select("id").Limit(1).Find(ctx)
	if err != nil {
		return store.Translate(err)
	}
	boards, err := gorm.G[forum.Board](s.DB).Select("slug").Limit(1).Find(ctx)
	if err != nil {
		return store.Translate(err)
	}
	if len(accounts)+len(boards) > 0 {
		return ErrNotEmpty
	}
	return nil
}

// loader lives the weeks of the demonstration.
type loader struct {
	world  world
	clock  *journey
	store  *store.Store // under the travelling clock
	people *member.Service
	forum  *forum.Service
	desk   *desk.Service

	library     library
	training    *training.Service
	meetings    *meeting.Service
	supervision *supervision.Service
	work        *peerwork.Service
	payroll     *payroll.Service
	career      *career.Service
	hours       *timesheet.Service
	joining     *onboarding.Service
	directory   *directory.Service
	notices     *notice.Service
	surveys     *survey.Service
	aloud       *aloud.Service
	materials   *material.Service
	magazine    *magazine.Service
	translate   *translate.Service
	// look makes the forum give the next post a look before others read it.
	look   bool
	actors map[string]member.Actor // by name
	late   []Person                // who came in the course of the season
	topics map[string]*opened      // by title
}

// opened is a talk that takes place: the ids behind the numbers of the data files.
type opened struct {
	topic store.ID
	posts map[int]store.ID
}

func newLoader(s *store.Store, secrets *vault.Server, salt []byte, w world) (*loader, error) {
	end := s.Now()
	l := &loader{
		world: w, clock: &journey{now: end.Add(-time.Duration(w.daysBack()+settling) * day), end: end},
		actors: map[string]member.Actor{}, topics: map[string]*opened{},
	}
	l.store = s.At(l.clock.Now)
	l.people = member.New(l.store, secrets, member.Options{Salt: salt})
	queue := desk.NewQueue(l.store.Clock)
	l.forum = forum.New(l.store, queue).WithLook(func() bool { return l.look })
	l.desk = desk.New(l.store, queue, l.forum)
	var err error
	if l.library, err = readLibrary(); err != nil {
		return nil, err
	}
	l.meetings = meeting.New(l.store)
	l.training = training.New(l.store, secrets, l.library.modules)
	l.supervision = supervision.New(l.store)
	server.ConnectCalendar(l.meetings, l.forum, l.supervision)
	l.work = peerwork.New(l.store)
	l.payroll = payroll.New(l.store, l.people)
	l.career = career.New(l.store)
	l.joining = l.openJoining()
	l.hours = timesheet.New(l.store, terms{l.work})
	l.directory = directory.New(l.store)
	l.surveys = survey.New(l.store)
	l.aloud = aloud.New(l.store)
	l.notices = notice.New(l.store, content.Regions)
	l.translate = translate.New(l.store, slog.New(slog.DiscardHandler), nil)
	l.materials = material.New(l.store, otherLanguages{l.translate})
	l.magazine = magazine.New(l.store, takenOver{l.materials})
	return l, nil
}

// journey is the clock of the demonstration. It never goes back and never passes the
// present, so that no row has a day that has not come.
type journey struct{ now, end time.Time }

// Now is where the journey has come to.
func (j *journey) Now() time.Time { return j.now }

// to travels to a moment, when that is ahead.
func (j *journey) to(moment time.Time) {
	if moment.After(j.end) {
		moment = j.end
	}
	if moment.After(j.now) {
		j.now = moment
	}
}

// later lets time pass.
func (j *journey) later(d time.Duration) { j.to(j.now.Add(d)) }
