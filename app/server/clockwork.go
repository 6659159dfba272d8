package server

import (
	"context"
	"sync"
	"time"

	"gorm.io/gorm"

	"portico/app/audit"
	"portico/app/backup"
	"portico/app/job"
)

// nightly is the one job that always waits: what has to be deleted is deleted, and the
// order of the day's writes is taken out of the files.
const nightly = "nightly"

// nightHour is when the nightly job runs, in the host's zone.
const nightHour = 4

// startClockwork keeps the server's regular work going until ctx ends, and closes the
// returned channel when all of it has stopped.
func (s *Server) startClockwork(ctx context.Context) <-chan struct{} {
	s.Jobs.Handle(nightly, s.night)
	s.Jobs.Handle(job.Erased, func(_ context.Context, mark string) error { return s.erasedList().Add(mark) })
	s.Jobs.Handle(job.EndRole, s.Members.EndAgainJob)
	// Before anybody reads a page: who had left before a restore must not show on one.
	if err := s.Jobs.Finish(ctx, job.EndRole); err != nil {
		s.log.Error("somebody who had left before the restore is not ended yet; the queue tries again", "cause", err.Error())
	}
	if err := s.erasedList().Tidy(); err != nil {
		s.log.Error("the list of what people delete cannot be kept, which a restore needs", "cause", err.Error())
	}
	var running sync.WaitGroup
	start := func(pause time.Duration, name string, work func(context.Context) error) {
		running.Go(func() {
			job.Every(ctx, pause, func(ctx context.Context) {
				if err := work(ctx); err != nil && ctx.Err() == nil {
					s.log.Error("regular work failed", "work", name, "cause", err.Error())
				}
			})
		})
	}
	start(time.Second, "chain the audit log", func(ctx context.Context) error { _, err := audit.Chain(ctx, s.Store); return err })
	start(time.Minute, "empty the write-ahead log", s.Store.Checkpoint)
	start(time.Hour, "count invitations", s.Members.FlushUses)
	start(time.Hour, "end surveys whose day is over", s.Survey.EndDue)
	start(time.Hour, "count votes whose day is over", s.Material.CloseDue)
	start(time.Hour, "count votes about candidates and titles", s.Onboarding.CloseDue)
	start(2*time.Second, "do what is due", func(ctx context.Context) error {
		if err := s.planNight(ctx); err != nil {
			return err
		}
		_, err := s.Jobs.RunDue(ctx)
		return err
	})
	done := make(chan struct{})
	go func() {
		defer close(done)
		running.Wait()
		last, stop := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
		defer stop()
		if err := s.Jobs.Finish(last, job.Erased); err != nil {
			s.log.Error("not all that people deleted is on the list for restores yet; the next start goes on", "cause", err.Error())
		}
	}()
	return done
}

// erasedList is the list that keeps a restored backup from bringing back what people deleted.
func (s *Server) erasedList() *backup.Keeper {
	return backup.NewKeeper(s.Config.BackupFolder(), s.Store.Clock)
}

// planNight makes sure that one nightly job waits; a second one changes nothing.
func (s *Server) planNight(ctx context.Context) error {
	now := s.Store.Now().In(s.Store.Zone)
	due := time.Date(now.Year(), now.Month(), now.Day(), nightHour, 10, 0, 0, s.Store.Zone)
	if !due.After(now) {
		due = due.AddDate(0, 0, 1)
	}
	return s.Store.Tx(ctx, func(tx *gorm.DB) error { return job.Enqueue(ctx, tx, nightly, "", due) })
}

func (s *Server) night(ctx context.Context, _ string) error {
	if err := s.Store.Retain(ctx); err != nil {
		return err
	}
	if err := s.Onboarding.Retain(ctx); err != nil {
		return err
	}
	if err := s.Peerwork.Expire(ctx); err != nil {
		return err
	}
	if err := s.Peerwork.RenewLabels(ctx); err != nil {
		return err
	}
	if err := s.erasedList().Tidy(); err != nil {
		return err
	}
	if err := s.Store.Shuffle(ctx); err != nil {
		return err
	}
	return s.Store.Checkpoint(ctx)
}
