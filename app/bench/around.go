package bench

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"portico/app/member"
	"portico/app/server"
	"portico/app/store"
	"portico/app/supervision"
	"portico/content"
)

// around is what grows beside the talks, written by the verbs: texts in the library and logs
// of supervision.
type around struct{ texts, peers int }

// talksInLog is how many conversations stand in each log, whatever else grows.
const talksInLog = 12

// keepers are how many peers have their logs read while the load runs.
const keepers = 5

// surround writes what is around the talks, while no server runs.
func (b *community) surround(ctx context.Context, more around) error {
	if more == (around{}) {
		return nil
	}
	s, err := server.Open(ctx, b.config, server.Options{Clock: b.clock, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		return err
	}
	return errors.Join(b.fillLibrary(ctx, s, more.texts), b.fillLogs(ctx, s, more.peers), s.Store.Close())
}

// fillLibrary publishes the texts that ship again and again, each under another name.
func (b *community) fillLibrary(ctx context.Context, s *server.Server, texts int) error {
	shipped, err := content.Leaflets()
	if err != nil {
		return err
	}
	var more []content.Leaflet
	for i := range texts {
		l := shipped[i%len(shipped)]
		b.published++
		l.Slug = fmt.Sprintf("%s-%d", l.Slug, b.published)
		more = append(more, l)
	}
	return s.Material.LoadShipped(ctx, more)
}

// fillLogs brings peers in, each with a supervision of twelve conversations that both signed.
func (b *community) fillLogs(ctx context.Context, s *server.Server, peers int) error {
	if peers > 0 && b.team["supervisor"].Role == nil {
		if err := b.bring(ctx, s, "supervisor", member.RoleSupervisor); err != nil {
			return err
		}
	}
	for range peers {
		b.peers++
		handle := peerNamed(b.peers)
		if err := b.bring(ctx, s, handle, member.RolePeer); err != nil {
			return err
		}
		if err := b.supervise(ctx, s.Supervision, b.team[handle]); err != nil {
			return fmt.Errorf("a log of supervision: %w", err)
		}
	}
	return nil
}

func peerNamed(number int) string { return fmt.Sprintf("peer-%d", number) }

// bring gives somebody a role by a link.
func (b *community) bring(ctx context.Context, s *server.Server, handle string, role member.Role) error {
	link, err := s.Members.OfferRoles(ctx, b.team["head"], []member.Role{role})
	if err != nil {
		return err
	}
	return b.takeUp(ctx, s, link, handle)
}

func (b *community) supervise(ctx context.Context, s *supervision.Service, peer member.Actor) error {
	other := b.team["supervisor"]
	agreed, err := s.Propose(ctx, peer, supervision.ProposalForm{
		Peers: []store.ID{peer.Role.ID}, Supervisors: []store.ID{other.Role.ID}, Kind: "individual", CadenceDays: 28,
		Agreement: "A quiet hour each month to look at the work.",
	})
	if err != nil || !agreed.Stored {
		return errors.Join(err, errors.New("the agreement was not taken"))
	}
	if err := s.Accept(ctx, other, agreed.ID); err != nil {
		return err
	}
	for range talksInLog {
		written, err := s.Write(ctx, peer, agreed.ID, supervision.EntryForm{
			Day: b.clock.Today(), Minutes: 60, Mode: "person",
			Words: supervision.Words{Topics: []string{"boundary", "workload"}, Worked: "We had time and tea.", Hard: "The evenings are long.", Support: "A second person on the late shift."},
		})
		if err != nil || !written.Stored {
			return errors.Join(err, errors.New("an entry was not taken"))
		}
		for _, who := range []member.Actor{peer, other} {
			if _, err := s.Sign(ctx, who, written.ID, supervision.SignForm{Verdict: supervision.Agree, Version: 1}); err != nil {
				return err
			}
		}
	}
	return nil
}
