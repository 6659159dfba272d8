package notice

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
	"portico/app/vault"
	"portico/moderation"
)

// Notice is the clear side of what somebody told: enough to put the waiting ones in order.
type Notice struct {
	ID           store.ID `gorm:"primaryKey"`
	Country      string   // ISO 3166
	Region       string   // a name of the list of regions, or ""
	Kind         string   // one of Kinds
	Wish         string   // one of Wishes
	Lang         string   // of the page on which she told it
	Urgent       bool     // her words speak of danger
	State        State
	Step         string // one of Steps, once it was offered
	Goes         Answer // what she said to it
	Day          string // of the last word
	CodeHash     []byte
	Hers         []byte // the key of her words, under her code
	LastNo       int    // number of the last part
	ClaimedBy    store.ID
	ClaimedUntil string // minute, UTC
	KeepUntil    string // month
}

// TableName names the table.
func (Notice) TableName() string { return "notices" }

// Part is one contribution: hers or a moderator's, which only the sealed words say.
type Part struct {
	ID       store.ID `gorm:"primaryKey"`
	NoticeID store.ID
	No       int
	SealedID store.ID
	Day      string
}

// TableName names the table.
func (Part) TableName() string { return "notice_parts" }

// State is where a notice stands.
type State string

// The states. Her words bring an answered one back to those that wait.
const (
	Waits    State = "waits"
	Answered State = "answered"
	Closed   State = "closed"
)

// Answer is what she says to a step.
type Answer string

// The answers; nothing yet is the empty one.
const (
	Yes Answer = "yes"
	No  Answer = "no"
)

// What a notice is about, what she wants, and where a step may lead. The kinds follow the
// typology of violence of the field's booklet (CONECTA, 004:64), the wishes its rule that
// nothing is reported unless the author asks (004:449).
var (
	Kinds  = []string{"violence", "sexual", "threat", "robbery", "forced", "police", "office", "online", "other"}
	Wishes = []string{"nothing", "warn", "talk", "report"}
	Steps  = []string{"service", "lawyer", "police"}
)

const (
	sealedKind = "notice"
	// Longest is the length of words in characters, hers and those of an answer.
	Longest    = 4000
	mostOpen   = 500 // notices in all that wait or are answered: anybody may tell, so a flood ends somewhere
	mostParts  = 60  // of one notice
	keepMonths = 12  // after the day on which it was told
	endMonths  = 2   // after it was closed
	claimLasts = 15 * time.Minute
)

// Telling is what somebody fills in.
type Telling struct {
	Country, Region, Kind, Wish, Lang, Words string
	Nonce                                    string
}

// Code is how she will show that a notice is hers: the keyed hash under which it is found,
// and the key that opens her words. Neither leads back to the code.
type Code struct {
	Hash []byte
	Key  []byte // 32 bytes
}

// Service holds the verbs. Each exported verb is one transaction.
type Service struct {
	store   *store.Store
	regions func(country string) []string
}

// New makes the service; regions lists those of a country.
func New(s *store.Store, regions func(country string) []string) *Service {
	return &Service{s, regions}
}

// CanTell reports whether anybody could read a notice now.
func (s *Service) CanTell(ctx context.Context) (bool, error) {
	return member.CircleHeld(ctx, s.store.DB, member.CircleModerators)
}

func (t Telling) check(regions []string) error {
	var wrong []fault.Field
	if !slices.Contains(Kinds, t.Kind) {
		wrong = append(wrong, fault.Field{Name: "kind", Key: "notice.kind.empty"})
	}
	if !slices.Contains(Wishes, t.Wish) {
		wrong = append(wrong, fault.Field{Name: "wish", Key: "notice.wish.empty"})
	}
	if t.Region != "" && !slices.Contains(regions, t.Region) {
		wrong = append(wrong, fault.Field{Name: "region", Key: "notice.region.unknown"})
	}
	if f, ok := checkWords(t.Words); !ok {
		wrong = append(wrong, f)
	}
	if len(wrong) > 0 {
		return fault.Mend(wrong...)
	}
	return nil
}

func checkWords(words string) (fault.Field, bool) {
	switch {
	case words == "":
		return fault.Field{Name: "words", Key: "notice.words.empty"}, false
	case utf8.RuneCountInString(words) > Longest:
		return fault.Field{Name: "words", Key: "notice.words.long", Args: []any{"Most", Longest}}, false
	}
	return fault.Field{}, true
}

// Tell seals what somebody tells. Who is signed in does not matter and is not asked. The same
// form sent twice is one notice. Danger in her words is what Danger says; it puts the notice
// first and refuses nothing.
func (s *Service) Tell(ctx context.Context, t Telling, code Code) (danger bool, err error) {
	t.Words = strings.TrimSpace(t.Words)
	if err := t.check(s.regions(t.Country)); err != nil {
		return false, err
	}
	danger = moderation.Screen(t.Words, []string{t.Lang}, nil).Danger
	id := store.FormID("notice", t.Nonce)
	return danger, s.store.Tx(ctx, func(tx *gorm.DB) error {
		there, err := gorm.G[Notice](tx).Where("id = ?", id).Count(ctx, "id")
		if err != nil || there > 0 {
			return err
		}
		if err := s.hasRoom(ctx, tx); err != nil {
			return err
		}
		until := s.store.Now().In(s.store.Zone).AddDate(0, keepMonths, 0).Format("2006-01")
		sealed, key, err := member.SealKept(ctx, tx, s.store.Clock, member.CircleRecord{
			Circle: member.CircleModerators, Kind: sealedKind, Words: said{Words: t.Words}.text(), Until: until,
		})
		if err != nil {
			return err
		}
		row := Notice{
			ID: id, Country: t.Country, Region: t.Region, Kind: t.Kind, Wish: t.Wish, Lang: t.Lang, Urgent: danger, State: Waits,
			Day: s.store.Today(), CodeHash: code.Hash, Hers: vault.Wrap(code.Key, key[:], id[:]), LastNo: 1, KeepUntil: until,
		}
		if err := gorm.G[Notice](tx).Create(ctx, &row); err != nil {
			return err
		}
		return gorm.G[Part](tx).Create(ctx, &Part{ID: store.FormID("notice part", t.Nonce), NoticeID: id, No: 1, SealedID: sealed, Day: row.Day})
	})
}

func (s *Service) hasRoom(ctx context.Context, tx *gorm.DB) error {
	held, err := member.CircleHeld(ctx, tx, member.CircleModerators)
	if err == nil && !held {
		err = fault.New(fault.Refused, "notice.nobody")
	}
	if err != nil {
		return err
	}
	open, err := gorm.G[Notice](tx).Where("state <> ?", Closed).Count(ctx, "id")
	if err == nil && open >= mostOpen {
		err = fault.New(fault.Refused, "notice.full")
	}
	return err
}

// said is what is sealed of one part.
type said struct {
	Team  bool   `json:"team,omitempty"` // a moderator said it; who, is nowhere
	Words string `json:"words"`
}

func (p said) text() string {
	raw, err := json.Marshal(p)
	if err != nil {
		panic("notice: strings always marshal: " + err.Error())
	}
	return string(raw)
}
