package member

import (
	"context"
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/store"
	"portico/app/vault"
)

// RecoveryRequest is one opening of the drawer: who asks, for whom, and who confirms. It
// stays after it is done, because those whose records were opened are shown it.
type RecoveryRequest struct {
	ID          store.ID `gorm:"primaryKey"`
	Epoch       int
	Purpose     string
	AskedBy     store.ID
	ForID       store.ID
	LeavesID    store.ID // with PurposeHolder: whose place the new holder takes
	WhyID       store.ID // sealed for the holders
	AskedDay    string
	Ends        string // hour, UTC
	State       string
	ConfirmedBy store.ID
	DoneDay     *string
}

// TableName names the table.
func (RecoveryRequest) TableName() string { return "recovery_requests" }

// What a request is for.
const (
	PurposeRead   = "read"   // a coordinator gets to read
	PurposeHolder = "holder" // somebody takes a holder's place
)

// The states of a request; an open one whose hour is over has expired.
const (
	RequestOpen   = "open"
	RequestDone   = "done"
	RequestClosed = "closed"
)

// RecoveryHalf is the half of who asks, wrapped for one who may confirm. It lives no longer
// than the request waits.
type RecoveryHalf struct {
	RequestID store.ID `gorm:"primaryKey"`
	HolderID  store.ID `gorm:"primaryKey"`
	Wrap      []byte
	Ends      string
}

// TableName names the table.
func (RecoveryHalf) TableName() string { return "recovery_halves" }

// A request waits three days for its second person, and says why in so many signs at most.
const (
	requestLasts = 72 * time.Hour
	LongestWhy   = 1000
)

func (r SealedRow) about() vault.About {
	return vault.About{Kind: r.Kind, ID: r.ID[:], Schema: sealedSchema}
}

func (r RecoveryShare) about() string {
	return fmt.Sprintf("recovery %d %s %s", r.Epoch, r.HolderID, r.OtherID)
}

func (h RecoveryHalf) about() string { return fmt.Sprintf("request %s %s", h.RequestID, h.HolderID) }

// RecoveryAsk is what the first of the two people says.
type RecoveryAsk struct {
	Purpose string
	For     store.ID
	Leaves  store.ID
	Why     string
	Nonce   string
}

// AskRecovery is the first of the two people: a holder asks that the drawer be opened. Her
// halves are wrapped for the others, who can do nothing with them but confirm.
func (s *Service) AskRecovery(ctx context.Context, who Actor, f RecoveryAsk) error {
	now, here, err := s.mayOpen(ctx, who)
	if err != nil {
		return err
	}
	if err := s.checkAsk(ctx, who, f, now.Epoch); err != nil {
		return err
	}
	ends := s.store.Time().Add(requestLasts)
	r := RecoveryRequest{
		ID: store.NewID(), Epoch: now.Epoch, Purpose: f.Purpose, AskedBy: who.Role.ID, ForID: f.For, LeavesID: f.Leaves,
		AskedDay: s.store.Today(), Ends: ends.Format("2006-01-02T15"), State: RequestOpen,
	}
	if f.Nonce != "" {
		sum := sha256.Sum256([]byte("recovery form " + f.Nonce))
		r.ID = store.ID(sum[:16])
	}
	err = s.store.Tx(ctx, func(tx *gorm.DB) error {
		if again, err := gorm.G[RecoveryRequest](tx).Where("id = ?", r.ID).Count(ctx, "id"); err != nil || again > 0 {
			return err // the same form again
		}
		if err := s.oneAtATime(ctx, tx); err != nil {
			return err
		}
		why := RoleRecord{Kind: "recovery reason", Words: strings.TrimSpace(f.Why), KeepMonths: 60, Readers: here}
		if r.WhyID, err = SealForRoles(ctx, tx, s.store.Clock, why); err != nil {
			return err
		}
		if err := gorm.G[RecoveryRequest](tx).Create(ctx, &r); err != nil {
			return err
		}
		if err := lendHalves(ctx, tx, who, r, here); err != nil {
			return err
		}
		return s.noteRecovery(ctx, tx, "asked", who, r.ID.String())
	})
	return err
}

// mayOpen admits the holders of the present key and says which of them are here.
func (s *Service) mayOpen(ctx context.Context, who Actor) (now Recovery, here []store.ID, err error) {
	gone := fault.New(fault.NotFound, "error.missing")
	if !leads(who) {
		return now, nil, gone
	}
	now, found, err := presentRecovery(ctx, s.store.DB)
	if err != nil {
		return now, nil, err
	}
	if !found {
		return now, nil, gone
	}
	if _, here, err = holdersOfRecovery(ctx, s.store.DB, now.Epoch); err != nil {
		return now, nil, err
	}
	if !slices.Contains(here, who.Role.ID) {
		return now, nil, gone
	}
	return now, here, nil
}

func (s *Service) checkAsk(ctx context.Context, who Actor, f RecoveryAsk, epoch int) error {
	all, here, err := holdersOfRecovery(ctx, s.store.DB, epoch)
	if err != nil {
		return err
	}
	var mend []fault.Field
	bad := func(name, key string) { mend = append(mend, fault.Field{Name: name, Key: key}) }
	roles := []Role{RoleCoordinator}
	switch f.Purpose {
	case PurposeRead:
	case PurposeHolder:
		roles = holderRoles
		others := slices.DeleteFunc(slices.Clone(here), func(id store.ID) bool { return id == who.Role.ID || id == f.Leaves })
		if !slices.Contains(all, f.Leaves) || f.Leaves == who.Role.ID || len(others) == 0 {
			bad("leaves", "recovery.leaves.missing")
		}
		if slices.Contains(all, f.For) {
			bad("for", "recovery.holder.same")
		}
	default:
		bad("purpose", "recovery.purpose.missing")
	}
	people, err := Colleagues(ctx, s.store.DB, roles...)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(people, func(p RoleAccount) bool { return p.ID == f.For }) {
		bad("for", "recovery.for.missing")
	}
	switch n := utf8.RuneCountInString(strings.TrimSpace(f.Why)); {
	case n == 0:
		bad("why", "recovery.why.empty")
	case n > LongestWhy:
		mend = append(mend, fault.Field{Name: "why", Key: "recovery.why.long", Args: []any{"Most", LongestWhy}})
	}
	if len(mend) > 0 {
		return fault.Mend(mend...)
	}
	return nil
}

// oneAtATime refuses a second request while one waits, and clears away what has expired.
func (s *Service) oneAtATime(ctx context.Context, tx *gorm.DB) error {
	open, err := gorm.G[RecoveryRequest](tx).Where("state = ?", RequestOpen).Find(ctx)
	if err != nil {
		return err
	}
	for _, r := range open {
		if !s.expired(r) {
			return fault.New(fault.Conflict, "recovery.waits")
		}
		if err := closeRequest(ctx, tx, r.ID); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) expired(r RecoveryRequest) bool {
	return r.State == RequestOpen && r.Ends <= s.store.Time().Format("2006-01-02T15")
}

func closeRequest(ctx context.Context, tx *gorm.DB, id store.ID) error {
	if _, err := gorm.G[RecoveryHalf](tx).Where("request_id = ?", id).Delete(ctx); err != nil {
		return err
	}
	n, err := gorm.G[RecoveryRequest](tx).Where("id = ? AND state = ?", id, RequestOpen).Update(ctx, "state", RequestClosed)
	if err == nil && n == 0 {
		return fault.New(fault.Conflict, "error.changed")
	}
	return err
}

// lendHalves wraps the asker's half of each pair for the other of the pair.
func lendHalves(ctx context.Context, tx *gorm.DB, who Actor, r RecoveryRequest, here []store.ID) error {
	shares, err := gorm.G[RecoveryShare](tx).Where("epoch = ? AND holder_id = ?", r.Epoch, who.Role.ID).Find(ctx)
	if err != nil {
		return err
	}
	for _, share := range shares {
		if share.OtherID == r.LeavesID || !slices.Contains(here, share.OtherID) {
			continue
		}
		half, err := who.Role.Identity.TakeHalf(share.about(), share.Wrap)
		if err != nil {
			return fault.New(fault.Refused, "recovery.broken").Because(err)
		}
		key, err := PresentKey(ctx, tx, share.OtherID)
		if err != nil {
			return err
		}
		lent := RecoveryHalf{RequestID: r.ID, HolderID: share.OtherID, Ends: r.Ends}
		if lent.Wrap, err = vault.WrapHalf(lent.about(), half, [32]byte(key.EncPub)); err != nil {
			return err
		}
		if err := gorm.G[RecoveryHalf](tx).Create(ctx, &lent); err != nil {
			return err
		}
	}
	return nil
}

// CloseRecovery takes a request back, or refuses it: each holder may, without a reason.
func (s *Service) CloseRecovery(ctx context.Context, who Actor, id store.ID) error {
	if _, _, err := s.mayOpen(ctx, who); err != nil {
		return err
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		if err := closeRequest(ctx, tx, id); err != nil {
			return err
		}
		return s.noteRecovery(ctx, tx, "closed", who, id.String())
	})
}
