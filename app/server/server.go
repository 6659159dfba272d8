// Package server wires one Portico server together and runs it: it opens the database,
// builds the services and the web, keeps the clockwork going and stops cleanly. It decides
// nothing about any area.
package server

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"runtime/debug"
	"time"

	"gorm.io/gorm"

	"portico/app/aloud"
	"portico/app/career"
	"portico/app/config"
	"portico/app/desk"
	"portico/app/directory"
	"portico/app/figures"
	"portico/app/forum"
	"portico/app/i18n"
	"portico/app/job"
	"portico/app/magazine"
	"portico/app/material"
	"portico/app/meeting"
	"portico/app/member"
	"portico/app/notice"
	"portico/app/onboarding"
	"portico/app/owndata"
	"portico/app/payroll"
	"portico/app/peerwork"
	"portico/app/practice"
	"portico/app/store"
	"portico/app/supervision"
	"portico/app/survey"
	"portico/app/timesheet"
	"portico/app/training"
	"portico/app/translate"
	"portico/app/vault"
	"portico/app/web"
	"portico/app/web/request"
	"portico/app/web/static"
	"portico/content"
	"portico/moderation"
)

// Names of the files in the data folder.
const (
	secretsFile = "secrets.key"
	CastFile    = "demo-cast.json"
)

// Server is one running instance with its services.
type Server struct {
	Config      config.Config
	Store       *store.Store
	Secrets     *vault.Server
	Salt        []byte
	Members     *member.Service
	Forum       *forum.Service
	Desk        *desk.Service
	Directory   *directory.Service
	Practice    *practice.Service
	Material    *material.Service
	Magazine    *magazine.Service
	Notice      *notice.Service
	Survey      *survey.Service
	Aloud       *aloud.Service
	Figures     *figures.Service
	Translate   *translate.Service
	Supervision *supervision.Service
	Peerwork    *peerwork.Service
	Payroll     *payroll.Service
	Career      *career.Service
	Timesheet   *timesheet.Service
	Training    *training.Service
	Meeting     *meeting.Service
	Onboarding  *onboarding.Service
	Jobs        *job.Queue
	Web         *web.Web
	modules     []content.Module // those that ship
	log         *slog.Logger
	kit         *request.Kit
}

// Options are what a test may replace.
type Options struct {
	Clock store.Clock
	Log   *slog.Logger
}

// Open opens the database, brings it up to date, and builds every service.
func Open(ctx context.Context, cfg config.Config, o Options) (*Server, error) {
	if err := os.MkdirAll(cfg.Data, 0o700); err != nil {
		return nil, fmt.Errorf("make the data folder: %w", err)
	}
	db, err := store.Open(store.Address{SQLite: cfg.SQLite(), Postgres: cfg.Database, Replicas: cfg.Replicas}, o.Clock, o.Log)
	if err != nil {
		return nil, err
	}
	s := &Server{Config: cfg, Store: db, log: o.Log}
	if err := s.prepare(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return s, nil
}

func (s *Server) prepare(ctx context.Context) error {
	if err := s.Store.Migrate(ctx); err != nil {
		return err
	}
	if err := s.unlock(ctx); err != nil {
		return err
	}
	demo, err := s.Store.IsDemo(ctx)
	if err != nil {
		return err
	}
	if s.Config.Production() {
		_, castErr := os.Stat(filepath.Join(s.Config.Data, CastFile))
		if demo || castErr == nil {
			return fmt.Errorf("this data folder holds the demonstration, whose keys are public: production needs a fresh PORTICO_DATA and database")
		}
	}
	return s.build(ctx, demo)
}

// unlock reads the secrets that belong to the database. New ones are made only for an empty
// database: new secrets over a full one would lock everybody out for ever.
func (s *Server) unlock(ctx context.Context) error {
	path := filepath.Join(s.Config.Data, secretsFile)
	secrets, err := vault.ReadServer(path)
	if errors.Is(err, vault.ErrNoSecrets) {
		claimed, claimErr := s.Store.Claimed(ctx)
		if claimErr != nil {
			return claimErr
		}
		if claimed {
			return fmt.Errorf("the database is not empty, but its secrets file %s is missing: put it back from the backup", path)
		}
		secrets, err = vault.CreateServer(path)
	}
	if err != nil {
		return err
	}
	s.Secrets = secrets
	if s.Salt, err = s.Store.Claim(ctx, secrets); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}

func (s *Server) build(ctx context.Context, demo bool) error {
	go warm()
	bundle, err := i18n.Load()
	if err == nil {
		err = bundle.StandIn(s.Config.Fallback)
	}
	if err != nil {
		return err
	}
	files, err := static.Load()
	if err != nil {
		return err
	}
	if err := s.loadContent(ctx); err != nil {
		return err
	}
	lines, err := newHelpLines(s.Directory, s.Store.Clock, s.log)
	if err != nil {
		return err
	}
	s.Members = member.New(s.Store, s.Secrets, member.Options{Salt: s.Salt, OpenJoin: s.Config.OpenJoin})
	s.Members.HandOnWhen(s.hasLearned)
	queue := desk.NewQueue(s.Store.Clock)
	s.Forum = forum.New(s.Store, queue)
	s.Desk = desk.New(s.Store, queue, s.Forum)
	s.Supervision = supervision.New(s.Store)
	s.Meeting = meeting.New(s.Store)
	ConnectCalendar(s.Meeting, s.Forum, s.Supervision)
	s.Peerwork = peerwork.New(s.Store)
	s.Payroll = payroll.New(s.Store, s.Members)
	s.Onboarding = onboarding.New(s.Store, s.Members, Places{s.Peerwork}, HouseRules{s.Desk})
	s.Peerwork.With(peerwork.Sources{Titles: s.Onboarding, Training: s.Training, Towns: s.Directory})
	s.Career = career.New(s.Store)
	s.Material = material.New(s.Store, translations{s.Translate}, s.forgetInMagazine)
	s.Translate.Heed(groupWords{s.Material})
	s.Aloud = aloud.New(s.Store)
	s.Notice, s.Survey = notice.New(s.Store, content.Regions), survey.New(s.Store)
	s.Magazine = magazine.New(s.Store, magazineTexts{s.Material})
	if err := s.loadLeaflets(ctx); err != nil {
		return err
	}
	s.Timesheet = timesheet.New(s.Store, contractTerms{s.Peerwork}, trainingHours{s.Training}, meetingHours{s.Meeting}, supervisionHours{s.Supervision}, dutyHours{s.Desk},
		materialHours{s.Material}, translationHours{s.Translate})
	s.Timesheet.PayTo(payees{s.Payroll})
	s.Figures = figures.New(s.Store, CountedBy(Counters{
		Forum: s.Forum, Desk: s.Desk, Material: s.Material, Peerwork: s.Peerwork, Training: s.Training, Supervision: s.Supervision, Timesheet: s.Timesheet, Members: s.Members,
	}))
	s.eraseWithAccount()
	s.Jobs = job.New(s.Store, s.log)
	s.Jobs.Handle(translate.DraftJob, s.Translate.Draft)
	s.Jobs.Handle(translate.BackJob, s.Translate.Back)
	s.kit = &request.Kit{
		Config: s.Config, Bundle: bundle, Static: files, Members: s.Members, Server: s.Secrets, Clock: s.Store.Clock, Lines: lines.now, Aloud: newSpokenPages(s.Aloud, s.Store.Clock, s.log).now, Demo: demo,
	}
	s.Web = web.New(web.Parts{
		Kit: s.kit, Store: s.Store, Forum: s.Forum, Desk: s.Desk, Directory: s.Directory, Practice: s.Practice, Supervision: s.Supervision,
		Peerwork: s.Peerwork, Payroll: s.Payroll, Career: s.Career, Timesheet: s.Timesheet, Training: s.Training, Meeting: s.Meeting, Own: owndata.New(s.Store, slugs(s.modules)), Onboarding: s.Onboarding, Modules: s.modules, Material: s.Material, Magazine: s.Magazine, Translate: s.Translate, Log: s.log,
		Notice: s.Notice, Survey: s.Survey, Aloud: s.Aloud, Cards: rightsCards(s.Material),
		Duties: s.duties(), Dates: plannedDates{s.Meeting}, Figures: s.Figures,
	})
	return nil
}

// warm reads the rules of screening, which happens at the first call, so that no post waits for
// it and neither does the start; then it gives back the memory that reading took.
func warm() {
	moderation.Screen("", nil, nil)
	debug.FreeOSMemory()
}

// eraseWithAccount names what each area does when somebody deletes her account.
func (s *Server) eraseWithAccount() {
	s.Members.OnDelete(s.eraseDecisions)
	s.Members.OnDelete(s.Forum.Erase)
	s.Members.OnDelete(s.Desk.LeaveDuty)
	s.Members.OnDelete(s.Training.Erase)
	s.Members.OnDelete(s.Meeting.Erase)
	s.Members.OnDelete(s.Supervision.Erase)
	s.Members.OnDelete(s.Supervision.EraseDuties)
	s.Members.OnDelete(s.Peerwork.Erase)
	s.Members.OnDelete(s.Payroll.Erase)
	s.Members.OnDelete(s.Career.Erase)
	s.Members.OnDelete(s.Onboarding.Erase)
	s.Members.OnDelete(s.Material.Erase)
	s.Members.OnDelete(s.Magazine.Erase)
	s.Members.OnDelete(aloud.Erase)
	s.Members.OnDelete(s.Translate.Erase)
	s.Members.OnDelete(s.Practice.Erase)
}

// loadContent reads the shipped modules, and brings the shipped organisations and lines into
// the database. Whatever does not read stops the start with its file and line.
func (s *Server) loadContent(ctx context.Context) error {
	modules, err := content.Modules()
	if err != nil {
		return err
	}
	s.modules = modules
	s.Training = training.New(s.Store, s.Secrets, modules)
	entries, err := content.Directory()
	if err != nil {
		return err
	}
	s.Directory = directory.New(s.Store)
	if err := s.Directory.Load(ctx, entries); err != nil {
		return err
	}
	if err := s.loadLibrary(ctx); err != nil {
		return err
	}
	terms, err := content.Glossary()
	if err != nil {
		return err
	}
	s.Translate = translate.New(s.Store, s.log, machine(s.Config.Model))
	return s.Translate.LoadTerms(ctx, terms)
}

// slugs are the addresses of modules.
func slugs(modules []content.Module) []string {
	all := make([]string, len(modules))
	for i, m := range modules {
		all[i] = m.Slug
	}
	return all
}

// MarkDemo makes every page say that this is the demonstration.
func (s *Server) MarkDemo() { s.kit.Demo = true }

// eraseDecisions takes the decisions about her words with them; it runs before the forum
// forgets which topics were hers.
func (s *Server) eraseDecisions(ctx context.Context, tx *gorm.DB, who member.Actor, posts bool) error {
	if !posts {
		return nil
	}
	tags, err := s.Forum.Tags(ctx, tx, who)
	if err != nil {
		return err
	}
	return s.Desk.Erase(ctx, tx, tags)
}

// Run serves until ctx ends, then finishes what is in flight and closes the database.
// Ready is called once with the address when the first request could be answered.
func (s *Server) Run(ctx context.Context, ready func(address string)) error {
	listener, err := net.Listen("tcp", s.Config.Listen)
	if err != nil {
		return errors.Join(fmt.Errorf("listen on %s: %w", s.Config.Listen, err), s.Store.Close())
	}
	working, stopWork := context.WithCancel(context.Background())
	go s.Store.Follow(working, s.Web.Kept)
	go s.Store.WatchReplicas(working)
	finished := s.startClockwork(working)
	served := make(chan error, 1)
	go func() { served <- s.Web.App.Listener(listener) }()
	ready(listener.Addr().String())
	select {
	case err = <-served:
	case <-ctx.Done():
		err = s.Web.App.ShutdownWithTimeout(10 * time.Second)
	}
	stopWork()
	<-finished
	closing, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	return errors.Join(err, s.Members.FlushUses(closing), s.Store.Close())
}
